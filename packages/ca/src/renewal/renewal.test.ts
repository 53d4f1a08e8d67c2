import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { parseCertificate } from '@madoguchi/pki';
import type { Hono } from 'hono';
import type { Ca } from '../ca.js';
import { caApp } from '../http/app.js';
import { residents } from '../queries.js';
import { demoRegister } from '../register/demo.js';
import { applyEvent } from '../register/events.js';
import { importRegister } from '../register/import.js';
import { missing, openssl, startAuthority, type TestAuthority, writePem } from '../testing/authority.js';
import { renewingCard, spkiOf } from '../testing/renewing.js';

let authority: TestAuthority;
/** Renewal is open from the day of issue here, so that the clock can stay; one test is about the window. */
let app: Hono;
const skip = missing('openssl');
const openFrom = (ca: Ca, renewalDays: number): Hono =>
  caApp({ ...ca, context: { ...ca.context, renewalDays } }, { access: { open: true } });
before(async () => {
  authority = await startAuthority('p384');
  await importRegister(authority.ca.context, await readFile(demoRegister), 'ca');
  app = openFrom(authority.ca, 3000);
});
after(() => authority.close());

async function nonce(from = app): Promise<Uint8Array> {
  const answer = (await (await from.request('/renewal/nonce')).json()) as { nonce: string };
  return Buffer.from(answer.nonce, 'base64');
}

const post = (body: Uint8Array, step: '' | '/confirm' | '/done' = '', to = app) =>
  to.request(`/renewal${step}`, {
    method: 'POST',
    body: Buffer.from(body),
    headers: { 'Content-Type': 'application/pkcs7-mime' },
  });

async function ruleOf(answer: Promise<Response> | Response): Promise<string> {
  const { status } = await answer;
  const said = (await (await answer).json()) as { rule?: string };
  return status < 300 ? 'good' : (said.rule ?? String(status));
}

async function newCertificate(body: Uint8Array): Promise<{ certificate: Uint8Array; issuer: Uint8Array }> {
  const answer = await post(body);
  const said = (await answer.json()) as { certificate: string; issuer: string; rule?: string };
  assert.equal(answer.status, 201, said.rule);
  return {
    certificate: Buffer.from(said.certificate, 'base64'),
    issuer: Buffer.from(said.issuer, 'base64'),
  };
}

async function activation(body: Uint8Array): Promise<Uint8Array> {
  const answer = await post(body, '/confirm');
  const said = (await answer.json()) as { activation: string; rule?: string };
  assert.equal(answer.status, 200, said.rule);
  return Buffer.from(said.activation, 'base64');
}

const changed = Buffer.from('madoguchi-renewal-done-1');
const nothing = Buffer.from('madoguchi-renewal-done-2');

const statuses = async (resident: string, profile: 'signature' | 'authentication') =>
  (await authority.ca.list({ resident, profile })).map(
    ({ status, state, revocation }) => `${state} ${revocation?.reason ?? status}`,
  );

for (const kind of ['signature', 'authentication'] as const)
  test(`the ${kind} certificate: new key in the card, written, read back, put into use; the old one is superseded at the card’s word; what is sent again gets the same answer`, {
    skip,
  }, async () => {
    const holder = await renewingCard(authority, kind === 'signature' ? 0 : 1);
    const side = holder[kind];
    const { id } = holder.resident;
    const old = await side.inUse();
    const { cms, publicKey } = await side.request(await nonce());
    const { certificate, issuer } = await newCertificate(cms);
    assert.deepEqual(Buffer.from(spkiOf(certificate)), Buffer.from(publicKey));
    assert.deepEqual(await statuses(id, kind), ['issued valid', 'delivered valid']);
    assert.deepEqual(Buffer.from((await newCertificate(cms)).certificate), Buffer.from(certificate));

    const confirmation = await side.confirmation(certificate);
    const mac = await activation(confirmation);
    const both = ['delivered valid', 'delivered valid'];
    assert.deepEqual(await statuses(id, kind), both, 'whichever the card holds, counts');
    assert.deepEqual(await side.inUse(), old, 'until the card has it, the old one stays');
    assert.deepEqual(await activation(confirmation), mac, 'a lost answer is given again');
    await side.unlock();
    await side.spare.activate(mac);
    assert.deepEqual(await side.inUse(), new Uint8Array(certificate));
    assert.deepEqual(await statuses(id, kind), both);
    const word = await side.cms(certificate, changed, side.byOld);
    assert.equal(await ruleOf(post(word, '/done')), 'good');
    assert.deepEqual(await statuses(id, kind), ['delivered valid', 'delivered superseded']);
    assert.equal(await ruleOf(post(word, '/done')), 'good', 'told again, nothing more happens');
    assert.equal(
      await ruleOf(post(await side.cms(certificate, nothing, side.byOld), '/done')),
      'renewal.form',
    );

    const root = await writePem(path.join(authority.dir, 'root.pem'), 'CERTIFICATE', [issuer]);
    const leaf = await writePem(path.join(authority.dir, 'leaf.pem'), 'CERTIFICATE', [certificate]);
    const verified = openssl('verify', '-CAfile', root, '-ignore_critical', leaf);
    assert.equal(verified.code, 0, verified.output);
    const other = kind === 'signature' ? 'authentication' : 'signature';
    assert.deepEqual(await statuses(id, other), ['delivered valid'], 'the other certificate is untouched');
    assert.equal((await authority.ca.verifyAudit()).ok, true);
    await holder.card.close();
  });

test('lost on the way: the same key gets the same certificate; a new key ends the earlier attempt; what lapsed asks for a new key', async () => {
  const holder = await renewingCard(authority, 2);
  const side = holder.signature;
  const { id } = holder.resident;
  const first = await side.request(await nonce());
  const { certificate } = await newCertificate(first.cms);
  const again = await side.request(await nonce(), first.publicKey);
  assert.deepEqual(Buffer.from((await newCertificate(again.cms)).certificate), Buffer.from(certificate));

  const second = await side.request(await nonce());
  const fresh = await newCertificate(second.cms);
  assert.deepEqual(await statuses(id, 'signature'), [
    'issued valid',
    'issued unspecified',
    'delivered valid',
  ]);
  assert.equal(await ruleOf(post(first.cms)), 'renewal.again');

  await authority.ca.recover(-1000);
  assert.equal(await ruleOf(post(await side.confirmation(fresh.certificate), '/confirm')), 'renewal.again');
  assert.deepEqual(await statuses(id, 'signature'), [
    'issued unspecified',
    'issued unspecified',
    'delivered valid',
  ]);
  const third = await side.request(await nonce());
  const mac = await activation(await side.confirmation((await newCertificate(third.cms)).certificate));
  await side.unlock();
  await side.spare.activate(mac);
  await holder.card.close();
});

test('refused: an old, used or invented nonce, a key that the card did not make, another card, a confirmation by another key', async () => {
  const holder = await renewingCard(authority, 3);
  const stranger = await renewingCard(authority, 4);
  const side = holder.signature;
  assert.equal(await ruleOf(post((await side.request(new Uint8Array(32))).cms)), 'renewal.nonce');
  const once = await nonce();
  const { cms } = await side.request(once);
  const { certificate } = await newCertificate(cms);
  assert.equal(await ruleOf(post((await side.request(once)).cms)), 'renewal.nonce', 'a nonce works once');

  const late = await side.request(await nonce());
  const before = authority.now;
  authority.now = new Date(before.getTime() + 6 * 60_000);
  assert.equal(await ruleOf(post(late.cms)), 'renewal.nonce');

  // Another card's spare key and its proof, under this card's signature: what a thief of a PIN would send.
  const given = await nonce();
  const theirs = await stranger.signature.request(given);
  const taken = await import('@madoguchi/pki').then(({ verifySignedData, cadesPolicy }) =>
    verifySignedData({ cms: theirs.cms, policy: cadesPolicy }),
  );
  assert.ok(taken.content);
  const own = await side.inUse();
  const planted = await side.cms(own, taken.content, side.byOld);
  assert.equal(await ruleOf(post(planted)), 'renewal.card');

  const wrong = await side.cms(own, Buffer.from('madoguchi-renewal-confirm-1\u0000'), side.byOld);
  assert.equal(await ruleOf(post(wrong, '/confirm')), 'renewal.unknown');
  await assert.rejects(
    side
      .cms(certificate, Buffer.from('madoguchi-renewal-confirm-2\u0000'), side.bySpare)
      .then(async (bad) => {
        const rule = await ruleOf(post(bad, '/confirm'));
        if (rule === 'renewal.form') throw new Error(rule);
      }),
    /renewal\.form/,
  );
  await holder.card.close();
  await stranger.card.close();
});

test('refused: held, changed 基本4情報, dead; a change between request and confirmation ends what was begun', async () => {
  const { ca } = authority;
  const held = await renewingCard(authority, 5);
  const pending = await newCertificate((await held.signature.request(await nonce())).cms);
  const [alias] = (await ca.list({ resident: held.resident.id, profile: 'signature' }))
    .filter(({ state }) => state === 'delivered')
    .map((one) => one.alias);
  await ca.revoke({ certificate: { alias: alias ?? '' }, reason: 'certificateHold' });
  assert.equal(
    await ruleOf(post(await held.signature.confirmation(pending.certificate), '/confirm')),
    'renewal.revoked',
  );
  assert.deepEqual(await statuses(held.resident.id, 'signature'), [
    'issued unspecified',
    'delivered certificateHold',
  ]);
  assert.equal(await ruleOf(post((await held.signature.request(await nonce())).cms)), 'renewal.revoked');

  const moved = await renewingCard(authority, 6);
  const begun = await newCertificate((await moved.signature.request(await nonce())).cms);
  const { id } = moved.resident;
  // The register changes behind the events' back, as a faulty import would: the certificate is not revoked, yet it is not renewed.
  await authority.db.sql`update ca.resident set address = '見本県見本市港町１番地' where id = ${id}`;
  assert.equal(
    await ruleOf(post(await moved.signature.confirmation(begun.certificate), '/confirm')),
    'renewal.changed',
  );
  assert.deepEqual(await statuses(id, 'signature'), ['issued unspecified', 'delivered valid']);
  assert.equal(await ruleOf(post((await moved.signature.request(await nonce())).cms)), 'renewal.changed');
  const [row] = await authority.db.sql<{ number: string }[]>`select number from ca.resident where id = ${id}`;
  await applyEvent(
    ca.context,
    {
      number: 'R1',
      municipality: '99201',
      resident: row?.number ?? '',
      kind: 'death',
      day: '2020-01-01',
      now: {},
    },
    'clerk-1',
  );
  assert.equal(
    await ruleOf(post((await moved.authentication.request(await nonce())).cms)),
    'renewal.revoked',
  );
  assert.equal((await ca.verifyAudit()).ok, true);
  await held.card.close();
  await moved.card.close();
});

test('an adult ward’s signature certificate is not renewed without the representative; the authentication certificate is', async () => {
  const holder = await renewingCard(authority, 11);
  const { id } = holder.resident;
  const [row] = await authority.db.sql<{ number: string }[]>`select number from ca.resident where id = ${id}`;
  const event = { number: 'W1', municipality: '99201', resident: row?.number ?? '', kind: 'ward' } as const;
  await applyEvent(authority.ca.context, { ...event, day: '2020-01-01', now: {} }, 'clerk-1');
  assert.equal(await ruleOf(post((await holder.signature.request(await nonce())).cms)), 'renewal.guardian');
  assert.equal((await post((await holder.authentication.request(await nonce())).cms)).status, 201);
  await holder.card.close();
});

test('a certificate of a person who is in no register, or of a card that is not known, is not renewed', async () => {
  const holder = await renewingCard(authority, 7);
  await authority.db.sql`delete from ca.counter_card where resident = ${holder.resident.id}`;
  assert.equal(await ruleOf(post((await holder.signature.request(await nonce())).cms)), 'renewal.card');
  await holder.card.close();
});

test('open from 90 days before the end, closed after it; not where the card ends with the certificate', async () => {
  const again = await startAuthority('p384');
  const first = authority;
  try {
    authority = again;
    const real = caApp(again.ca, { access: { open: true } });
    const holder = await renewingCard(again, 0);
    const parsed = parseCertificate(await holder.signature.inUse());
    assert.ok(parsed.ok);
    const end = parsed.value.notAfter.getTime();
    const days = (count: number) => new Date(end - count * 24 * 3600_000);
    const ask = async () => ruleOf(post((await holder.signature.request(await nonce(real))).cms, '', real));
    assert.equal(await ask(), 'renewal.early');
    again.now = days(90.01);
    assert.equal(await ask(), 'renewal.early');
    again.now = days(89.99);
    assert.equal(await ask(), 'good');
    const [{ id = '' } = {}] = (await residents(again.ca.context, '99201')).filter(
      (one) => one.id === holder.resident.id,
    );
    await again.db.sql`update ca.counter_card set expires_at = ${new Date(end)} where resident = ${id}`;
    assert.equal(await ask(), 'renewal.cardEnds');
    again.now = days(-1);
    assert.equal(await ask(), 'renewal.expired');
    await holder.card.close();
  } finally {
    authority = first;
    await again.close();
  }
});

test('the authority dies at each step of making and of exchanging: the old certificate is good, and the next attempt ends well', async () => {
  const again = await startAuthority('p384');
  const [first, app1] = [authority, app];
  try {
    authority = again;
    app = openFrom(again.ca, 3000);
    const holder = await renewingCard(again, 0);
    const side = holder.authentication;
    const { id } = holder.resident;
    const valid = async () =>
      (await again.ca.list({ resident: id, profile: 'authentication' })).filter(
        ({ status, state }) => status === 'valid' && state === 'delivered',
      );
    const [old] = await valid();
    for (const lost of ['reserved', 'linted', 'intended', 'signed', 'issued'] as const) {
      const { cms, publicKey } = await side.request(await nonce());
      again.onStep = (step) => {
        if (step === lost) throw new Error('power lost');
      };
      assert.ok((await post(cms)).status >= 500, lost);
      again.onStep = () => undefined;
      assert.deepEqual(
        (await valid()).map(({ alias }) => alias),
        [old?.alias],
        lost,
      );
      const same = await ruleOf(post((await side.request(await nonce(), publicKey)).cms));
      assert.equal(same, lost === 'issued' ? 'good' : 'renewal.again', lost);
    }
    const { certificate } = await newCertificate((await side.request(await nonce())).cms);
    const confirmation = await side.confirmation(certificate);
    again.onStep = (step) => {
      if (step === 'revoked') throw new Error('power lost');
    };
    // The commit stands, whether or not the answer left.
    await post(confirmation, '/confirm');
    const mac = await activation(confirmation);
    const counts = async () => {
      const inUse = spkiOf(await side.inUse());
      const all = await Promise.all((await valid()).map(({ alias }) => again.ca.show({ alias })));
      return all.some((one) => Buffer.from(spkiOf(one?.certificate ?? inUse)).equals(inUse));
    };
    assert.ok(await counts(), 'before the card changed over, the old one counts');
    await side.unlock();
    await side.spare.activate(mac);
    assert.deepEqual(await side.inUse(), new Uint8Array(certificate));
    assert.ok(await counts(), 'and after it the new one');
    const word = await side.cms(certificate, changed, side.byOld);
    // Power lost between the ledger's commit and the answer.
    await post(word, '/done');
    again.onStep = () => undefined;
    assert.equal((await post(word, '/done')).status, 200);
    assert.ok(await counts());
    const [now, ...others] = await valid();
    assert.deepEqual(others, []);
    assert.notEqual(now?.alias, old?.alias);
    await holder.card.close();
  } finally {
    [authority, app] = [first, app1];
    await again.close();
  }
});

test('the card’s word never came: at the end of the overlap the old one is superseded; an old key that still signs ends the new one, a new key that signs the old one', async () => {
  const again = await startAuthority('p384');
  const [first, app1] = [authority, app];
  try {
    authority = again;
    app = openFrom(again.ca, 3000);
    const begin = async (index: number) => {
      const holder = await renewingCard(again, index);
      const side = holder.signature;
      const { certificate } = await newCertificate((await side.request(await nonce())).cms);
      const mac = await activation(await side.confirmation(certificate));
      return { holder, side, certificate, mac, id: holder.resident.id };
    };
    const [left, kept, changedOver] = [await begin(0), await begin(1), await begin(2)];

    // Written over in its spare place: the old key is in use, it says so over a fresh nonce, and the first new certificate is given up.
    await newCertificate((await kept.side.request(await nonce())).cms);
    assert.deepEqual(await statuses(kept.id, 'signature'), [
      'issued valid',
      'delivered unspecified',
      'delivered valid',
    ]);
    // Changed over, and nobody heard it: the next request is by the new key.
    await changedOver.side.unlock();
    await changedOver.side.spare.activate(changedOver.mac);
    await newCertificate((await changedOver.side.request(await nonce())).cms);
    assert.deepEqual(await statuses(changedOver.id, 'signature'), [
      'issued valid',
      'delivered valid',
      'delivered superseded',
    ]);

    await again.ca.publishDue();
    assert.deepEqual(await statuses(left.id, 'signature'), ['delivered valid', 'delivered valid']);
    again.now = new Date(again.now.getTime() + 24 * 3600_000);
    await again.ca.publishDue();
    assert.deepEqual(await statuses(left.id, 'signature'), ['delivered valid', 'delivered superseded']);
    // The new one still waits in the card, and the authority's word for it is given again.
    const mac = await activation(await left.side.confirmation(left.certificate));
    await left.side.unlock();
    await left.side.spare.activate(mac);
    assert.deepEqual(await left.side.inUse(), new Uint8Array(left.certificate));
    assert.equal((await again.ca.verifyAudit()).ok, true);
    for (const { holder } of [left, kept, changedOver]) await holder.card.close();
  } finally {
    [authority, app] = [first, app1];
    await again.close();
  }
});

test('hostile bytes get a verdict on both paths', async () => {
  const holder = await renewingCard(authority, 8);
  const { cms } = await holder.signature.request(await nonce());
  const good = await newCertificate(cms);
  const confirmation = await holder.signature.confirmation(good.certificate);
  for (const [body, step] of [
    [cms, ''],
    [confirmation, '/confirm'],
  ] as const)
    for (let at = 0; at < body.length; at += 97) {
      const bad = Uint8Array.from(body);
      bad[at] = (bad[at] ?? 0) ^ 0x41;
      const answer = await post(bad, step);
      assert.ok(answer.status < 500, `octet ${at}`);
    }
  assert.equal((await post(new Uint8Array(0))).status, 403);
  assert.equal((await post(new Uint8Array(0), '/confirm')).status, 403);
  assert.equal((await app.request('/renewal', { method: 'POST', body: 'x' })).status, 415);
  assert.equal((await post(new Uint8Array(64 * 1024))).status, 413);
  await holder.card.close();
});
