import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { before, describe, test } from 'node:test';
import type { KeyKind } from '@madoguchi/pki';
import { agencyWorld, citizenWorld, loginWorld, mutations, now } from '@madoguchi/testing';
import { createSigningRequest, verifySigningRequest } from '../request.js';
import { createLoginRequest, type LoginRequestClaims, verifyLoginRequest } from './request.js';
import { buildLoginToken, type LoginToken, parseLoginToken } from './token.js';
import { type ExpectedLogin, verifyLoginToken } from './verify-token.js';

const origin = 'https://city.mihon.example';
const nonce = Buffer.alloc(32, 7).toString('base64');
const seconds = now.getTime() / 1000;
const say = (text: string) => ({ ja: text, jaEasy: text, en: text });

let world: Awaited<ReturnType<typeof agencyWorld>>;
let citizens: Awaited<ReturnType<typeof citizenWorld>>;
let people: Awaited<ReturnType<typeof loginWorld>>;
let modern: Awaited<ReturnType<typeof loginWorld>>;
before(async () => {
  [world, citizens, people, modern] = await Promise.all([
    agencyWorld(),
    citizenWorld(),
    loginWorld(),
    loginWorld('p384'),
  ]);
});

function tokenOf(
  who: { der: Uint8Array; signer: { sign(data: Uint8Array): Promise<Uint8Array> } } = people.holder,
  change: { origin?: string; nonce?: string } = {},
): Promise<LoginToken> {
  return buildLoginToken({
    certificate: who.der,
    origin,
    nonce,
    appVersion: 'https://madoguchi.example/agent/0.1.0',
    sign: (input) => who.signer.sign(input),
    ...change,
  });
}

async function judge(text: string, change: Partial<ExpectedLogin> = {}, from = people): Promise<string> {
  const result = verifyLoginToken(text, {
    anchors: [from.ca.der],
    demo: true,
    origin,
    nonce,
    now,
    ocspResponses: [await from.ocsp()],
    ...change,
  });
  return result.ok ? 'ok' : result.rule;
}

describe('the token of a login', () => {
  test('is the five members of the Web eID format, in its order and encodings', async () => {
    const token = await tokenOf();
    assert.deepEqual(Object.keys(token), [
      'unverifiedCertificate',
      'algorithm',
      'signature',
      'format',
      'appVersion',
    ]);
    assert.equal(token.format, 'web-eid:1.0');
    assert.equal(token.algorithm, 'RS256');
    assert.equal(token.unverifiedCertificate, Buffer.from(people.holder.der).toString('base64'));
    assert.equal(Buffer.from(token.signature, 'base64').length, 256);
    assert.ok(URL.canParse(token.appVersion));
    const elliptic = await tokenOf(modern.holder);
    assert.equal(elliptic.algorithm, 'ES384');
    // r ‖ s side by side, as RFC 7518 has it, not DER.
    assert.equal(Buffer.from(elliptic.signature, 'base64').length, 96);
  });

  test('is believed for this origin and this nonce, whatever key the card has', async () => {
    for (const [kind, from] of [
      ['rsa2048', people],
      ['p384', modern],
      ['p256', await loginWorld('p256')],
    ] as const) {
      const text = JSON.stringify(await tokenOf(from.holder));
      assert.equal(await judge(text, {}, from), 'ok', kind);
      assert.equal(await judge(text, { origin: 'https://evil.example' }, from), 'token.signature');
      assert.equal(await judge(text, { origin: `${origin}/` }, from), 'token.signature');
      const other = randomBytes(32).toString('base64');
      assert.equal(await judge(text, { nonce: other }, from), 'token.signature');
    }
  });

  test('names its holder by the key that an application names too', async () => {
    const result = verifyLoginToken(JSON.stringify(await tokenOf()), {
      anchors: [people.ca.der],
      demo: true,
      origin,
      nonce,
      now,
      ocspResponses: [await people.ocsp()],
    });
    assert.ok(result.ok);
    const { spki } = people.holder.certificate;
    assert.equal(result.authenticationKey, createHash('sha256').update(spki).digest('base64url'));
  });

  test('needs a fresh good word on revocation, and says whom to ask only when all else is good', async () => {
    const text = JSON.stringify(await tokenOf());
    const asked = verifyLoginToken(text, { anchors: [people.ca.der], demo: true, origin, nonce, now });
    assert.ok(!asked.ok && asked.rule === 'token.revocationUnknown');
    assert.deepEqual(asked.path, [people.holder.der, people.ca.der]);
    const dayOld = new Date(now.getTime() - 24 * 3600_000);
    assert.equal(
      await judge(text, { ocspResponses: [await people.ocsp('good', dayOld)] }),
      'token.revocationUnknown',
    );
    for (const reason of ['keyCompromise', 'certificateHold'] as const) {
      const revoked = await people.ocsp({ revoked: new Date(now.getTime() - 3600_000), reason } as never);
      assert.equal(await judge(text, { ocspResponses: [revoked] }), 'token.revoked', reason);
    }
    // A wrong nonce is told before anybody is asked.
    const wrong = await judge(text, { ocspResponses: [], nonce: randomBytes(32).toString('base64') });
    assert.equal(wrong, 'token.signature');
  });

  test('a signature certificate, an agency, a namesake authority, another time, real trust: none of them logs in', async () => {
    const signature = JSON.stringify(await tokenOf(citizens.citizen));
    assert.equal(await judge(signature, { anchors: [people.ca.der, citizens.ca.der] }), 'token.usage');
    assert.match(await judge(JSON.stringify(await tokenOf(world.city))), /^token\.(usage|path)$/);
    const text = JSON.stringify(await tokenOf());
    assert.equal(await judge(text, { anchors: [(await loginWorld()).ca.der] }), 'token.path');
    assert.equal(await judge(text, { anchors: [citizens.ca.der] }), 'token.path');
    assert.equal(await judge(text, { now: new Date('2032-01-01T00:00:00Z') }), 'token.expired');
    assert.equal(await judge(text, { demo: false }), 'token.demo');
  });

  test('of another form, version or algorithm is refused, and nothing in it makes the reader throw', async () => {
    const token = await tokenOf();
    const changed = (change: Partial<Record<keyof LoginToken, unknown>>) =>
      judge(JSON.stringify({ ...token, ...change }));
    assert.equal(await changed({ format: 'web-eid:2.0' }), 'token.format');
    assert.equal(await changed({ format: 'web-eid:1.1' }), 'ok');
    assert.equal(await changed({ format: undefined }), 'token.format');
    for (const algorithm of ['none', 'HS256', 'RS1', 'ES512', 'toString', null])
      assert.equal(await changed({ algorithm }), 'token.algorithm', String(algorithm));
    assert.equal(await changed({ algorithm: 'ES384' }), 'token.form');
    assert.equal(await changed({ algorithm: 'PS256' }), 'token.signature');
    assert.equal(await changed({ signature: `${token.signature} ` }), 'token.form');
    assert.equal(await changed({ signature: '' }), 'token.form');
    assert.equal(await changed({ unverifiedCertificate: 'AAAA' }), 'token.certificate');
    assert.equal(await changed({ appVersion: 7 }), 'ok');
    for (const text of ['', '[]', 'null', '{', JSON.stringify({ ...token, more: 'x'.repeat(10_000) })])
      assert.notEqual(await judge(text), 'ok', text.slice(0, 10));
    const twice = JSON.stringify(token).replace('{', '{"format":"web-eid:1.0",');
    assert.equal(await judge(twice), 'token.form');
    // An ES384 name on a P-256 key: RFC 7518 ties the algorithm to the curve.
    const small = await loginWorld('p256');
    const text = JSON.stringify({ ...(await tokenOf(small.holder)), algorithm: 'ES384' });
    assert.equal(await judge(text, {}, small), 'token.form');
  });

  test('survives four thousand mutations without a throw, and none is believed that changed what counts', async () => {
    const token = await tokenOf(modern.holder);
    const text = JSON.stringify(token);
    const expected = {
      anchors: [modern.ca.der],
      demo: true,
      origin,
      nonce,
      now,
      ocspResponses: [await modern.ocsp()],
    };
    const counts = { ok: 0, refused: 0 };
    for (const bytes of mutations(Buffer.from(text), 4000)) {
      const mutated = Buffer.from(bytes).toString('utf8');
      const result = verifyLoginToken(mutated, expected);
      counts[result.ok ? 'ok' : 'refused'] += 1;
      if (!result.ok) continue;
      const parsed = parseLoginToken(mutated);
      assert.ok(parsed.ok);
      assert.deepEqual(Buffer.from(parsed.token.certificate), Buffer.from(modern.holder.der));
    }
    assert.ok(counts.refused > 3500, JSON.stringify(counts));
  });

  test('is not made for a nonce that is too short, nor for an address instead of an origin', async () => {
    for (const short of ['', 'abc', Buffer.alloc(31).toString('base64'), '-'.repeat(44), `${nonce}=`])
      await assert.rejects(tokenOf(people.holder, { nonce: short }), TypeError);
    for (const address of [`${origin}/`, `${origin}/login`, 'city.mihon.example'])
      await assert.rejects(tokenOf(people.holder, { origin: address }), TypeError);
  });
});

describe('a login request', () => {
  const claims = (change: Partial<LoginRequestClaims> = {}): LoginRequestClaims => ({
    iss: '99201',
    origin,
    nonce,
    iat: seconds,
    exp: seconds + 300,
    return: `${origin}/a/99201/login/token`,
    purpose: say('申請の状況を見る'),
    ...change,
  });
  const keys = async (kind?: KeyKind) => {
    const from = kind === undefined ? world : await agencyWorld({ kind });
    return { signer: from.city.signer, chain: [from.city.der], ocsp: await from.ocsp(from.city.certificate) };
  };
  const verify = (jws: string, change: Partial<Parameters<typeof verifyLoginRequest>[1]> = {}) => {
    const result = verifyLoginRequest(jws, {
      anchors: [world.root.der],
      demo: true,
      origin,
      now,
      ...change,
    });
    return result.ok ? 'ok' : result.rule;
  };
  const make = async (change: Partial<LoginRequestClaims> = {}) =>
    createLoginRequest(claims(change), await keys());

  test('is taken from an agency, for its own page, within five minutes', async () => {
    assert.equal(verify(await make()), 'ok');
    assert.equal(verify(await make(), { origin: 'https://evil.example' }), 'login.origin');
    assert.equal(verify(await make(), { now: new Date(now.getTime() + 301_000) }), 'login.expired');
    assert.equal(verify(await make(), { now: new Date(now.getTime() - 121_000) }), 'login.notYet');
    assert.equal(verify(await make({ exp: seconds + 301 })), 'login.lifetime');
    assert.equal(verify(await make({ iss: '99202' })), 'login.iss');
    assert.equal(verify(await make({ nonce: 'AAAA' })), 'login.nonce');
    assert.equal(verify(await make({ return: 'https://evil.example/x' })), 'login.host');
    assert.equal(verify(await make({ return: 'https://127.0.0.1/login' })), 'login.return');
    assert.equal(verify(await make({ return: 'http://city.mihon.example/login' })), 'login.scheme');
    assert.equal(verify(await make({ purpose: say('x'.repeat(201)) })), 'login.shape');
  });

  test('is not a signing request, and a signing request is not a login request', async () => {
    const login = await make();
    const asSigning = verifySigningRequest(login, { anchors: [world.root.der], demo: true, origin, now });
    assert.ok(!asSigning.ok && asSigning.rule === 'jws.typ');
    const signing = await createSigningRequest(claims() as never, await keys());
    assert.equal(verify(signing), 'jws.typ');
  });

  test('signed by a citizen, by a stranger, or without a fresh word on its signer is refused', async () => {
    const { citizen } = citizens;
    const { ocsp } = await keys();
    const byCitizen = await createLoginRequest(claims(), {
      signer: citizen.signer,
      chain: [citizen.der],
      ocsp,
    });
    assert.match(verify(byCitizen), /^signer\./);
    assert.match(verify(await createLoginRequest(claims(), await keys('p256'))), /^signer\./);
    const { signer, chain } = await keys();
    assert.equal(verify(await createLoginRequest(claims(), { signer, chain })), 'signer.revocationUnknown');
  });

  test('survives mutations without a throw', async () => {
    const jws = await make();
    for (const bytes of mutations(Buffer.from(jws), 1000)) {
      const mutated = Buffer.from(bytes).toString('latin1');
      if (mutated !== jws) assert.notEqual(verify(mutated), 'ok');
    }
  });
});
