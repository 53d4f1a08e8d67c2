import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  buildOcspRequest,
  demoOids,
  generateKeyPair,
  signCades,
  softwareSigner,
  verifyOcspResponse,
} from '@madoguchi/pki';
import type { Hono } from 'hono';
import { caApp } from '../http/app.js';
import { startAuthority, type TestAuthority } from '../testing/authority.js';
import { cmsClient, ruleOf } from '../testing/cms-client.js';
import { renewingCard } from '../testing/renewing.js';

type Holder = Awaited<ReturnType<typeof renewingCard>>;
type Key = Holder['signature'];

let authority: TestAuthority;
let app: Hono;
let nonce: () => Promise<string>;
let post: (body: Uint8Array) => Promise<Response>;
before(async () => {
  authority = await startAuthority('p384');
  app = caApp(authority.ca, { access: { open: true } });
  ({ nonce, post } = cmsClient(app, '/revocation'));
});
after(() => authority.close());

const refusalOf = async (body: Uint8Array) => ruleOf(await post(body));

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
  const first = await post(cms);
  const said = (await first.json()) as { kind: string };
  assert.deepEqual([first.status, said.kind], [200, 'sign']);
  assert.deepEqual(await states(holder), ['authentication valid', 'signature cessationOfOperation']);

  const issuer = (await authority.ca.anchors()).signature[0];
  assert.ok(issuer);
  const body = Buffer.from(buildOcspRequest({ certificate, issuer }));
  const answer = await app.request('/ocsp', { method: 'POST', body });
  const response = new Uint8Array(await answer.arrayBuffer());
  const verdict = verifyOcspResponse({ response, certificate, issuer, time: authority.now });
  assert.ok(verdict.ok && verdict.status === 'revoked' && verdict.reason === 'cessationOfOperation');

  assert.deepEqual(await (await post(cms)).json(), said);
  assert.equal(await refusalOf(await request(holder.signature)), 'revocation.ended');
  assert.equal(await refusalOf(await request(holder.authentication)), 'good');
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
  assert.equal(await refusalOf(await request(stranger.signature, {}, own)), 'revocation.form');
  assert.equal(
    await refusalOf(await request(holder.signature, { type: 'madoguchi-token-1' })),
    'revocation.form',
  );
  assert.equal(await refusalOf(await request(holder.signature, { nonce: 'AAAA' })), 'revocation.nonce');

  const late = await request(holder.signature);
  const { now } = authority;
  authority.now = new Date(now.getTime() + 6 * 60_000);
  assert.equal(await refusalOf(late), 'revocation.nonce');
  authority.now = now;

  const used = await nonce();
  assert.equal(await refusalOf(await request(stranger.signature, { nonce: used })), 'good');
  assert.equal(await refusalOf(await request(holder.signature, { nonce: used })), 'revocation.nonce');

  await holder.signature.unlock();
  const file = await signCades({
    content: Buffer.from(JSON.stringify({ type: 'madoguchi-revocation-1', nonce: await nonce() })),
    ...{ detached: false, signerCertificate: own, algorithm: 'ecdsa-sha384', signingTime: now },
    sign: holder.signature.byOld,
  });
  assert.equal(await refusalOf(file), 'revocation.form');
  assert.deepEqual(await states(holder), ['authentication valid', 'signature valid']);
  await Promise.all([holder.card.close(), stranger.card.close()]);
});

test('what was held, has ended or is on no card is not ended once more', async () => {
  const holder = await renewingCard(authority, 3);
  const [own] = await authority.ca.list({ resident: holder.resident.id, profile: 'signature' });
  await authority.ca.revoke({ certificate: { alias: own?.alias ?? '' }, reason: 'certificateHold' });
  assert.equal(await refusalOf(await request(holder.signature)), 'revocation.ended');

  const { publicKey, pkcs8 } = await generateKeyPair('p256');
  const names = { agencyCode: '99201', agencyName: '見本市', hosts: ['127.0.0.1'] };
  const { certificate } = await authority.ca.issue({ profile: 'agency', publicKey, ...names });
  const signer = softwareSigner(pkcs8);
  const agencys = await signCades({
    content: Buffer.from(JSON.stringify({ type: 'madoguchi-revocation-1', nonce: await nonce() })),
    contentType: demoOids.holderRequest,
    ...{ detached: false, signerCertificate: certificate, signingTime: authority.now },
    ...{ algorithm: signer.algorithm, sign: (bytes: Uint8Array) => signer.sign(bytes) },
  });
  assert.equal(await refusalOf(agencys), 'revocation.card');

  const end = (await authority.ca.list({ resident: holder.resident.id, profile: 'authentication' }))[0]
    ?.notAfter;
  authority.now = new Date((end?.getTime() ?? 0) + 1000);
  assert.equal(await refusalOf(await request(holder.authentication)), 'revocation.ended');
  assert.deepEqual(await states(holder), ['authentication expired', 'signature certificateHold']);
  await holder.card.close();
});
