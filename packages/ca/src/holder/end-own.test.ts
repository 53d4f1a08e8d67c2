import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buildOcspRequest, signCades, verifyOcspResponse } from '@madoguchi/pki';
import type { Hono } from 'hono';
import { caApp } from '../http/app.js';
import { startAuthority, type TestAuthority } from '../testing/authority.js';
import { renewingCard } from '../testing/renewing.js';

type Holder = Awaited<ReturnType<typeof renewingCard>>;
type Key = Holder['signature'];

let authority: TestAuthority;
let app: Hono;
before(async () => {
  authority = await startAuthority('p384');
  app = caApp(authority.ca, { access: { open: true } });
});
after(() => authority.close());

const nonce = async () =>
  ((await (await app.request('/revocation/nonce')).json()) as { nonce: string }).nonce;

async function post(body: Uint8Array): Promise<{ status: number; said: Record<string, unknown> }> {
  const answer = await app.request('/revocation', {
    method: 'POST',
    body: Buffer.from(body),
    headers: { 'Content-Type': 'application/pkcs7-mime' },
  });
  return { status: answer.status, said: (await answer.json()) as Record<string, unknown> };
}
const ruleOf = async (body: Uint8Array) => {
  const { status, said } = await post(body);
  return status === 200 ? 'good' : said.rule;
};

async function request(key: Key, more: object = {}, certificate?: Uint8Array): Promise<Uint8Array> {
  const said = { type: 'madoguchi-revocation-1', nonce: await nonce(), ...more };
  const own = certificate ?? (await key.inUse());
  await key.unlock();
  return key.cms(own, Buffer.from(JSON.stringify(said)), key.byOld);
}

const states = async ({ resident }: Holder) =>
  (await authority.ca.list({ resident: resident.id }))
    .map(({ profile, status, revocation }) => `${profile} ${revocation?.reason ?? status}`)
    .sort();

test('a certificate is ended by its own key, at once and alone; the same request says the same, another that nothing is left', async () => {
  const holder = await renewingCard(authority, 0);
  const certificate = await holder.signature.inUse();
  const cms = await request(holder.signature);
  const { status, said } = await post(cms);
  assert.deepEqual([status, said.kind], [200, 'sign']);
  assert.deepEqual(await states(holder), ['authentication valid', 'signature cessationOfOperation']);

  const issuer = (await authority.ca.anchors()).signature[0];
  assert.ok(issuer);
  const body = Buffer.from(buildOcspRequest({ certificate, issuer }));
  const answer = await app.request('/ocsp', { method: 'POST', body });
  const response = new Uint8Array(await answer.arrayBuffer());
  const verdict = verifyOcspResponse({ response, certificate, issuer, time: authority.now });
  assert.ok(verdict.ok && verdict.status === 'revoked' && verdict.reason === 'cessationOfOperation');

  assert.deepEqual(await post(cms), { status, said });
  assert.equal(await ruleOf(await request(holder.signature)), 'revocation.ended');
  assert.equal(await ruleOf(await request(holder.authentication)), 'good');
  assert.deepEqual(await states(holder), [
    'authentication cessationOfOperation',
    'signature cessationOfOperation',
  ]);
  const trail = await authority.ca.verifyAudit();
  assert.equal(trail.ok, true);
  await holder.card.close();
});

test('nothing ends by another key, an old or used nonce, another wish, or a file that was signed', async () => {
  const holder = await renewingCard(authority, 1);
  const stranger = await renewingCard(authority, 2);
  const own = await holder.signature.inUse();
  assert.equal(await ruleOf(await request(stranger.signature, {}, own)), 'revocation.form');
  assert.equal(
    await ruleOf(await request(holder.signature, { type: 'madoguchi-token-1' })),
    'revocation.form',
  );
  assert.equal(await ruleOf(await request(holder.signature, { nonce: 'AAAA' })), 'revocation.nonce');

  const late = await request(holder.signature);
  const { now } = authority;
  authority.now = new Date(now.getTime() + 6 * 60_000);
  assert.equal(await ruleOf(late), 'revocation.nonce');
  authority.now = now;

  const used = await nonce();
  assert.equal(await ruleOf(await request(stranger.signature, { nonce: used })), 'good');
  assert.equal(await ruleOf(await request(holder.signature, { nonce: used })), 'revocation.nonce');

  await holder.signature.unlock();
  const file = await signCades({
    content: Buffer.from(JSON.stringify({ type: 'madoguchi-revocation-1', nonce: await nonce() })),
    ...{ detached: false, signerCertificate: own, algorithm: 'ecdsa-sha384', signingTime: now },
    sign: holder.signature.byOld,
  });
  assert.equal(await ruleOf(file), 'revocation.form');
  assert.deepEqual(await states(holder), ['authentication valid', 'signature valid']);
  await Promise.all([holder.card.close(), stranger.card.close()]);
});
