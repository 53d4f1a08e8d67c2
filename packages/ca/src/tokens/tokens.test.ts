import assert from 'node:assert/strict';
import { createPrivateKey, sign as signBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import {
  buildCertificationRequest,
  buildOcspRequest,
  cadesPolicy,
  demoOids,
  generateKeyPair,
  signCades,
  verifyOcspResponse,
  verifySignedData,
} from '@madoguchi/pki';
import type { Hono } from 'hono';
import { holdByPhone } from '../counter/loss.js';
import { caApp } from '../http/app.js';
import { setOffice } from '../office/settings.js';
import { applyEvent } from '../register/events.js';
import { residentById } from '../register/find.js';
import { startAuthority, type TestAuthority } from '../testing/authority.js';
import { cmsClient, ruleOf } from '../testing/cms-client.js';
import { openCounterRoom } from '../testing/counter-room.js';
import { renewingCard } from '../testing/renewing.js';

type Holder = Awaited<ReturnType<typeof renewingCard>>;

let authority: TestAuthority;
let app: Hono;
let nonce: () => Promise<string>;
let post: (body: Uint8Array, step?: '' | '/confirm') => Promise<Response>;
before(async () => {
  authority = await startAuthority('p384');
  app = caApp(authority.ca, { access: { open: true } });
  ({ nonce, post } = cmsClient(app, '/tokens'));
});
after(() => authority.close());

/** A key of a phone, in software: what a token's image does. */
async function phoneKey() {
  const { publicKey, pkcs8 } = await generateKeyPair('p256');
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  const sign = async (bytes: Uint8Array) => signBytes('sha256', bytes, key);
  const request = await buildCertificationRequest({ publicKey, algorithm: 'ecdsa-sha256', sign });
  return { sign, request: Buffer.from(request).toString('base64') };
}

/** The nonce that a request of ours was made for. */
function nonceIn(cms: Uint8Array): string {
  const { content } = verifySignedData({
    cms,
    policy: { ...cadesPolicy, contentType: demoOids.holderRequest },
  });
  return (JSON.parse(Buffer.from(content ?? '').toString()) as { nonce: string }).nonce;
}

/** A request by the card, which says what `more` says. */
async function request(holder: Holder, more: object): Promise<Uint8Array> {
  const said = { type: 'madoguchi-token-1', nonce: await nonce(), ...more };
  const own = await holder.signature.inUse();
  await holder.signature.unlock();
  return holder.signature.cms(own, Buffer.from(JSON.stringify(said)), holder.signature.byOld);
}

async function issue(holder: Holder, medium: string, replace = false) {
  const [sign, auth] = [await phoneKey(), await phoneKey()];
  const wish = { action: 'issue', medium, replace, sign: sign.request, auth: auth.request };
  const cms = await request(holder, wish);
  return { cms, answer: await post(cms), sign };
}

async function confirm(made: Awaited<ReturnType<typeof issue>>): Promise<Response> {
  const said = (await made.answer.json()) as { sign: string };
  const confirmation = await signCades({
    content: Buffer.from('madoguchi-token-confirm-1'),
    contentType: demoOids.holderRequest,
    detached: false,
    signerCertificate: Buffer.from(said.sign, 'base64'),
    algorithm: 'ecdsa-sha256',
    signingTime: authority.now,
    sign: made.sign.sign,
  });
  return post(confirmation, '/confirm');
}

const statuses = async (resident: string) =>
  (await authority.ca.list({ resident }))
    .filter(({ profile }) => profile.startsWith('phone-'))
    .map(({ profile, state, status, revocation }) => `${profile} ${state} ${revocation?.reason ?? status}`)
    .sort();

test('a token counts from its own word on; sent again, everything says the same; a nonce works once; a second of the kind takes the word', async () => {
  const holder = await renewingCard(authority, 0);
  const first = await issue(holder, 'iphone');
  const again = (await (await post(first.cms)).json()) as { sign: string };
  assert.equal(first.answer.status, 201);
  const { id } = holder.resident;
  assert.deepEqual(await statuses(id), ['phone-authentication issued valid', 'phone-signature issued valid']);
  const copy = { ...first, answer: Response.json(again) };
  assert.equal((await confirm(copy)).status, 200);
  assert.equal((await confirm({ ...first, answer: Response.json(again) })).status, 200);
  assert.deepEqual(await statuses(id), [
    'phone-authentication delivered valid',
    'phone-signature delivered valid',
  ]);
  assert.equal(await ruleOf((await issue(holder, 'iphone')).answer), 'token.exists');
  assert.equal(await ruleOf((await issue(holder, 'desktop')).answer), 'token.form');
  const second = await issue(holder, 'iphone', true);
  assert.deepEqual((await statuses(id)).filter((one) => one.includes('delivered valid')).length, 2);
  assert.equal((await confirm(second)).status, 200);
  assert.deepEqual((await statuses(id)).filter((one) => one.includes('superseded')).length, 2);
  assert.equal((await authority.ca.verifyAudit()).ok, true);
  await holder.card.close();
});

test('a file with the words of a request, signed by the card as a file, gets nothing', async () => {
  const holder = await renewingCard(authority, 2);
  const [sign, auth] = [await phoneKey(), await phoneKey()];
  const wish = { action: 'issue', medium: 'iphone', sign: sign.request, auth: auth.request };
  const said = { type: 'madoguchi-token-1', nonce: await nonce(), ...wish };
  const signerCertificate = await holder.signature.inUse();
  await holder.signature.unlock();
  const file = await signCades({
    ...{ content: Buffer.from(JSON.stringify(said)), detached: false, signerCertificate },
    ...{ algorithm: 'ecdsa-sha384', signingTime: authority.now, sign: holder.signature.byOld },
  });
  assert.equal(await ruleOf(await post(file)), 'token.form');
  assert.deepEqual(await statuses(holder.resident.id), []);
  await holder.card.close();
});

test('the card’s certificate revoked by itself ends its twin on the phone, and its reason is not the phone’s leak; an online renewal leaves it', async () => {
  const holder = await renewingCard(authority, 1);
  const { id } = holder.resident;
  await confirm(await issue(holder, 'android'));
  const [own] = await authority.ca.list({ resident: id, profile: 'signature' });
  await authority.ca.revoke({ certificate: { alias: own?.alias ?? '' }, reason: 'keyCompromise' });
  assert.deepEqual(await statuses(id), [
    'phone-authentication delivered valid',
    'phone-signature delivered cessationOfOperation',
  ]);
  const said = await issue(holder, 'android', true);
  assert.equal(await ruleOf(said.answer), 'token.card');
  const [row] = await authority.db.sql<{ number: string }[]>`select number from ca.resident where id = ${id}`;
  await applyEvent(
    authority.ca.context,
    {
      number: 'T1',
      municipality: '99201',
      resident: row?.number ?? '',
      kind: 'death',
      day: '2020-01-01',
      now: {},
    },
    'clerk-1',
  );
  assert.deepEqual(await statuses(id), [
    'phone-authentication delivered cessationOfOperation',
    'phone-signature delivered cessationOfOperation',
  ]);
  await holder.card.close();
});

test('at the counter: one certificate revoked on its page ends its twin in the same commit, OCSP at once; the loss line holds card and phone', async () => {
  const room = await openCounterRoom(authority);
  const clerk = await room.byLink('clerk-21', 'supervisor');
  const holder = await renewingCard(authority, 3);
  const { id } = holder.resident;
  await confirm(await issue(holder, 'iphone'));
  const [own] = await authority.ca.list({ resident: id, profile: 'signature' });
  const page = `/counter/certificates/${own?.alias}`;
  const form = { who: 'self', evidence: 'licence', confirm: 'yes', ground: 'request' };
  const done = await clerk.post(`${page}/revoke`, form, page);
  assert.equal(done.status, 303, await done.text());
  assert.deepEqual(await statuses(id), [
    'phone-authentication delivered valid',
    'phone-signature delivered cessationOfOperation',
  ]);
  const [twin] = await authority.ca.list({ resident: id, profile: 'phone-signature' });
  const issuer = (await authority.ca.authorities()).find((one) => one.id === twin?.authority);
  const der = (await authority.ca.show({ alias: twin?.alias ?? '' }))?.certificate;
  assert.ok(issuer && der);
  const asked = await app.request('/ocsp', {
    method: 'POST',
    headers: { 'Content-Type': 'application/ocsp-request' },
    body: Buffer.from(buildOcspRequest({ certificate: der, issuer: issuer.certificate.der })),
  });
  const verdict = verifyOcspResponse({
    response: new Uint8Array(await asked.arrayBuffer()),
    certificate: der,
    issuer: issuer.certificate.der,
    time: authority.now,
  });
  assert.equal(verdict.ok && verdict.status, 'revoked');

  const resident = await residentById(authority.ca.context, id, '99201');
  assert.ok(resident);
  const answers = { name: '', kana: '', birth: '', address: '' };
  await holdByPhone(authority.ca.context, resident, { answers, kind: 'lost', presenter: 'self' }, 'line-1');
  assert.deepEqual(await statuses(id), [
    'phone-authentication delivered certificateHold',
    'phone-signature delivered cessationOfOperation',
  ]);
  await holder.card.close();
});

test('somebody else’s token is not ended or listed; hostile bytes get a verdict', async () => {
  const [one, other] = [await renewingCard(authority, 2), await renewingCard(authority, 3)];
  const made = await issue(one, 'iphone');
  assert.equal((await confirm({ ...made, answer: made.answer.clone() as Response })).status, 200);
  const { token } = (await made.answer.json()) as { token: string };
  const end = { action: 'end', token, why: 'lost' };
  assert.equal(await ruleOf(await post(await request(other, end))), 'token.unknown');
  const listed = (await (await post(await request(other, { action: 'list' }))).json()) as {
    tokens: unknown[];
  };
  assert.deepEqual(listed.tokens, []);
  const good = await request(one, { action: 'list' });
  for (let at = 0; at < good.length; at += 61) {
    const bad = Uint8Array.from(good);
    bad[at] = (bad[at] ?? 0) ^ 0x41;
    for (const step of ['', '/confirm'] as const)
      assert.ok((await post(bad, step)).status < 500, `octet ${at}${step}`);
  }
  for (const more of [
    { action: 'end', token: '../x', why: 'lost' },
    { action: 7 },
    { action: 'issue', sign: {} },
  ])
    assert.equal(await ruleOf(await post(await request(one, more))), 'token.form');
  // A request works once; the same octets within a minute get the same answer, since the first may have been lost.
  const ending = await request(one, end);
  for (let time = 0; time < 2; time += 1) assert.equal(await ruleOf(await post(ending)), 'good');
  assert.equal(await ruleOf(await post(await request(one, end))), 'token.unknown');
  const taken = { nonce: nonceIn(ending) };
  assert.equal(await ruleOf(await post(await request(one, { action: 'list', ...taken }))), 'token.nonce');
  const list = await request(one, { action: 'list' });
  assert.equal(await ruleOf(await post(list)), 'good');
  const now = authority.now;
  authority.now = new Date(now.getTime() + 61_000);
  for (const late of [list, ending]) assert.equal(await ruleOf(await post(late)), 'token.nonce');
  authority.now = new Date(now.getTime() + 301_000);
  assert.equal(await ruleOf(await post(await request(one, { action: 'list', ...taken }))), 'token.nonce');
  authority.now = now;
  await one.card.close();
  await other.card.close();
});

test('who begins tokens without end is stopped for the day, many at once too: each would leave entries in the lists', async () => {
  const { context } = authority.ca;
  await setOffice(context, 'attemptsPerDay', '3', 'operator');
  const holder = await renewingCard(authority, 6);
  const wish = async () => {
    const [sign, auth] = [await phoneKey(), await phoneKey()];
    const keys = { sign: sign.request, auth: auth.request };
    return request(holder, { action: 'issue', medium: 'iphone', replace: true, ...keys });
  };
  const requests = [];
  for (let count = 0; count < 5; count += 1) requests.push(await wish());
  const rules = await Promise.all(requests.map(async (cms) => ruleOf(await post(cms))));
  assert.deepEqual(rules.sort(), ['good', 'good', 'good', 'token.tooMany', 'token.tooMany']);
  authority.now = new Date(authority.now.getTime() + 25 * 3600_000);
  assert.equal(await ruleOf(await post(await wish())), 'good', 'the day after');
  await setOffice(context, 'attemptsPerDay', '20', 'operator');
  await holder.card.close();
});
