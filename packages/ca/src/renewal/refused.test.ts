import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cadesPolicy, demoOids, parseCertificate, verifySignedData } from '@madoguchi/pki';
import { formatDate } from '@madoguchi/ui';
import { certificateCopy } from '../counter/copy.js';
import { caApp } from '../http/app.js';
import { setOffice } from '../office/settings.js';
import { applyEvent } from '../register/events.js';
import type { TestAuthority } from '../testing/authority.js';
import { openCounterRoom } from '../testing/counter-room.js';
import { type RenewalRoom, renewalRoom } from '../testing/renewal-room.js';
import { renewingCard } from '../testing/renewing.js';

let room: RenewalRoom;
let authority: TestAuthority;
before(async () => {
  room = await renewalRoom();
  authority = room.authority;
});
after(() => authority.close());

test('refused: an old, used or invented nonce, a key that the card did not make, another card, a confirmation by another key', async () => {
  const holder = await renewingCard(authority, 3);
  const stranger = await renewingCard(authority, 4);
  const side = holder.signature;
  assert.equal(await room.ruleOf(room.post((await side.request(new Uint8Array(32))).cms)), 'renewal.nonce');
  const once = await room.nonce();
  const { cms } = await side.request(once);
  const { certificate } = await room.newCertificate(cms);
  assert.equal(
    await room.ruleOf(room.post((await side.request(once)).cms)),
    'renewal.nonce',
    'a nonce works once',
  );

  const late = await side.request(await room.nonce());
  const before = authority.now;
  authority.now = new Date(before.getTime() + 6 * 60_000);
  assert.equal(await room.ruleOf(room.post(late.cms)), 'renewal.nonce');

  // Another card's spare key and its proof, under this card's signature: what a thief of a PIN would send.
  const given = await room.nonce();
  const theirs = await stranger.signature.request(given);
  const taken = verifySignedData({
    cms: theirs.cms,
    policy: { ...cadesPolicy, contentType: demoOids.holderRequest },
  });
  assert.ok(taken.content);
  const own = await side.inUse();
  const planted = await side.cms(own, taken.content, side.byOld);
  assert.equal(await room.ruleOf(room.post(planted)), 'renewal.card');

  const wrong = await side.cms(own, Buffer.from('madoguchi-renewal-confirm-1\u0000'), side.byOld);
  assert.equal(await room.ruleOf(room.post(wrong, '/confirm')), 'renewal.unknown');
  await assert.rejects(
    side
      .cms(certificate, Buffer.from('madoguchi-renewal-confirm-2\u0000'), side.bySpare)
      .then(async (bad) => {
        const rule = await room.ruleOf(room.post(bad, '/confirm'));
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
  const pending = await room.newCertificate((await held.signature.request(await room.nonce())).cms);
  const [alias] = (await ca.list({ resident: held.resident.id, profile: 'signature' }))
    .filter(({ state }) => state === 'delivered')
    .map((one) => one.alias);
  await ca.revoke({ certificate: { alias: alias ?? '' }, reason: 'certificateHold' });
  assert.equal(
    await room.ruleOf(room.post(await held.signature.confirmation(pending.certificate), '/confirm')),
    'renewal.revoked',
  );
  assert.deepEqual(await room.statuses(held.resident.id, 'signature'), [
    'issued unspecified',
    'delivered certificateHold',
  ]);
  assert.equal(
    await room.ruleOf(room.post((await held.signature.request(await room.nonce())).cms)),
    'renewal.revoked',
  );

  const moved = await renewingCard(authority, 6);
  const begun = await room.newCertificate((await moved.signature.request(await room.nonce())).cms);
  const { id } = moved.resident;
  // The register changes behind the events' back, as a faulty import would: the certificate is not revoked, yet it is not renewed.
  await authority.db.sql`update ca.resident set address = '見本県見本市港町１番地' where id = ${id}`;
  assert.equal(
    await room.ruleOf(room.post(await moved.signature.confirmation(begun.certificate), '/confirm')),
    'renewal.changed',
  );
  assert.deepEqual(await room.statuses(id, 'signature'), ['issued unspecified', 'delivered valid']);
  assert.equal(
    await room.ruleOf(room.post((await moved.signature.request(await room.nonce())).cms)),
    'renewal.changed',
  );
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
    await room.ruleOf(room.post((await moved.authentication.request(await room.nonce())).cms)),
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
  assert.equal(
    await room.ruleOf(room.post((await holder.signature.request(await room.nonce())).cms)),
    'renewal.guardian',
  );
  assert.equal((await room.post((await holder.authentication.request(await room.nonce())).cms)).status, 201);
  await holder.card.close();
});

test('a certificate of a person who is in no register, or of a card that is not known, is not renewed', async () => {
  const holder = await renewingCard(authority, 7);
  await authority.db.sql`delete from ca.counter_card where resident = ${holder.resident.id}`;
  assert.equal(
    await room.ruleOf(room.post((await holder.signature.request(await room.nonce())).cms)),
    'renewal.card',
  );
  await holder.card.close();
});

test('open from 90 days before the end, closed after it; not where the card ends with the certificate', async () => {
  const real = caApp(authority.ca, { access: { open: true } });
  const holder = await renewingCard(authority, 9);
  const parsed = parseCertificate(await holder.signature.inUse());
  assert.ok(parsed.ok);
  const end = parsed.value.notAfter.getTime();
  const days = (count: number) => new Date(end - count * 24 * 3600_000);
  const ask = async () =>
    room.ruleOf(room.post((await holder.signature.request(await room.nonce(real))).cms, '', real));
  assert.equal(await ask(), 'renewal.early');
  authority.now = days(90.01);
  assert.equal(await ask(), 'renewal.early');
  authority.now = days(89.99);
  assert.equal(await ask(), 'good');
  const { id } = holder.resident;
  await authority.db.sql`update ca.counter_card set expires_at = ${new Date(end)} where resident = ${id}`;
  assert.equal(await ask(), 'renewal.cardEnds');
  authority.now = days(-1);
  assert.equal(await ask(), 'renewal.expired');
  await holder.card.close();
});

test('refused: a renewal begun again and again within a day; the day after it goes on', async () => {
  const { context } = authority.ca;
  await setOffice(context, 'attemptsPerDay', '2', 'operator');
  const { signature, card, resident } = await renewingCard(authority, 12);
  authority.now = new Date(authority.now.getTime() + 3600_000);
  const begin = async () => room.ruleOf(room.post((await signature.request(await room.nonce())).cms));
  assert.deepEqual([await begin(), await begin(), await begin()], ['good', 'good', 'renewal.tooMany']);

  // At the counter what was begun is no second good certificate.
  const clerk = await (await openCounterRoom(authority)).byLink('clerk-1', 'clerk');
  const page = await clerk.text(`/counter/residents/${resident.id}`);
  const words = ['発行の途中', '失効', '有効'].map((word) => page.split(`>${word}<`).length - 1);
  assert.deepEqual(words, [1, 1, 2], 'begun, given up for the one begun since, and both that the card holds');

  // The copy for the holder is of what the card holds, not of what was begun since.
  const [own] = (await authority.ca.list({ resident: resident.id, profile: 'signature' })).filter(
    ({ state }) => state === 'delivered',
  );
  assert.ok(own);
  let printed = '';
  const typeset = (_: string, data: object) => {
    printed = JSON.stringify((data as { parts: object[] }).parts[0]);
    return new Uint8Array(1);
  };
  authority.now = new Date(authority.now.getTime() + 60_000);
  assert.ok(await certificateCopy(authority.ca, typeset, own));
  const { notBefore } = own;
  assert.ok(notBefore);
  assert.ok(printed.includes(formatDate(notBefore, 'ja', { time: true })), printed);
  authority.now = new Date(authority.now.getTime() + 25 * 3600_000);
  assert.equal(await begin(), 'good');
  await setOffice(context, 'attemptsPerDay', '20', 'operator');
  await card.close();
});
