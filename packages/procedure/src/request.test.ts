import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { KeyKind } from '@madoguchi/pki';
import { agencyWorld, citizenWorld, mutations, now } from '@madoguchi/testing';
import { signJws } from './jws.js';
import { createReceipt, verifyReceipt } from './receipt.js';
import { createSigningRequest, type SigningRequestClaims, verifySigningRequest } from './request.js';

let world: Awaited<ReturnType<typeof agencyWorld>>;
let citizens: Awaited<ReturnType<typeof citizenWorld>>;
before(async () => {
  [world, citizens] = await Promise.all([agencyWorld(), citizenWorld()]);
});

const origin = 'https://city.mihon.example';
const seconds = now.getTime() / 1000;
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

async function claims(
  change: Partial<SigningRequestClaims> = {},
  from = world,
): Promise<SigningRequestClaims> {
  return {
    iss: '99201',
    origin,
    jti: 'AAAAAAAAAAAAAAAAAAAAAA',
    iat: seconds,
    exp: seconds + 1800,
    procedure: { id: 'tennis-club', version: '1.0', digest: 'ab'.repeat(32) },
    answers: { court: 'clay' },
    attachments: [],
    intake: `${origin}/a/99201/intake`,
    return: `${origin}/a/99201/receipt`,
    ticket: 'AAAAAAAAAAAAAAAAAAAAAA.1.x',
    enc: base64(from.encryption.der),
    encOcsp: base64(await from.ocsp(from.encryption.certificate)),
    ...change,
  };
}

async function sign(change: Partial<SigningRequestClaims> = {}, from = world): Promise<string> {
  return createSigningRequest(await claims(change, from), {
    signer: from.city.signer,
    chain: [from.city.der],
    ocsp: await from.ocsp(from.city.certificate),
  });
}

function verify(jws: string, change: Partial<Parameters<typeof verifySigningRequest>[1]> = {}): string {
  const result = verifySigningRequest(jws, {
    anchors: [world.root.der],
    demo: true,
    origin,
    now,
    ...change,
  });
  return result.ok ? 'ok' : result.rule;
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
function withHeader(jws: string, change: Record<string, unknown>): string {
  const [header = '', ...rest] = jws.split('.');
  const parsed = JSON.parse(Buffer.from(header, 'base64url').toString()) as object;
  return [part({ ...parsed, ...change }), ...rest].join('.');
}

test('a genuine request is accepted and names its agency from the certificate', async () => {
  const result = verifySigningRequest(await sign(), { anchors: [world.root.der], demo: true, origin, now });
  assert.ok(result.ok, result.ok ? '' : result.rule);
  assert.equal(result.agency.code, '99201');
  assert.equal(result.agency.name, '見本市');
  assert.deepEqual(Buffer.from(result.encryptionCertificate.der), Buffer.from(world.encryption.der));
});

test('RS256, ES256 and ES384 all carry a request, and RSA and EC keys an envelope', async () => {
  for (const kind of ['rsa2048', 'p256', 'p384'] satisfies KeyKind[]) {
    const other = await agencyWorld({ kind, encryptionKind: kind === 'rsa2048' ? 'rsa3072' : kind });
    assert.equal(verify(await sign({}, other), { anchors: [other.root.der] }), 'ok', kind);
  }
});

test('a citizen can sign neither a request nor a receipt, even where the citizens’ root is trusted by mistake', async () => {
  const keys = { signer: citizens.citizen.signer, chain: [citizens.citizen.der] };
  const ocsp = await world.ocsp(world.city.certificate);
  const request = await createSigningRequest(await claims(), { ...keys, ocsp });
  assert.equal(verify(request), 'signer.path');
  assert.equal(verify(request, { anchors: [world.root.der, citizens.ca.der] }), 'signer.path');
  const receipt = await createReceipt(receiptOf(), keys);
  const expected = { anchors: [world.root.der], demo: true, now, ...receiptExpected };
  assert.deepEqual(verifyReceipt(receipt, expected), { ok: false, rule: 'signer.path' });
  assert.deepEqual(verifyReceipt(receipt, { ...expected, anchors: [world.root.der, citizens.ca.der] }), {
    ok: false,
    rule: 'signer.path',
  });
});

test('signed by nobody we know, by the wrong key, or changed afterwards: refused', async () => {
  const other = await agencyWorld();
  assert.equal(verify(await sign({}, other)), 'signer.path');
  const jws = await sign();
  const [header = '', , signature = ''] = jws.split('.');
  assert.equal(
    verify([header, part(await claims({ answers: { court: 'grass' } })), signature].join('.')),
    'jws.signature',
  );
  const foreignKey = await createSigningRequest(await claims(), {
    signer: other.city.signer,
    chain: [world.city.der],
    ocsp: await world.ocsp(world.city.certificate),
  });
  assert.equal(verify(foreignKey), 'jws.signature');
});

test('the encryption certificate cannot sign a request', async () => {
  const jws = await createSigningRequest(await claims(), {
    signer: world.encryption.signer,
    chain: [world.encryption.der],
    ocsp: await world.ocsp(world.encryption.certificate),
  });
  assert.equal(verify(jws), 'signer.path');
});

test('headers that bring a key, unknown crit, other types and algorithms are refused before anything else', async () => {
  const jws = await sign();
  for (const name of ['jku', 'x5u', 'jwk'])
    assert.equal(verify(withHeader(jws, { [name]: 'x' })), 'jws.header');
  assert.equal(verify(withHeader(jws, { crit: ['exp'] })), 'jws.crit');
  assert.equal(verify(withHeader(jws, { crit: [] })), 'jws.crit');
  assert.equal(verify(withHeader(jws, { typ: 'JWT' })), 'jws.typ');
  for (const alg of ['none', 'HS256', 'RS512', 'EdDSA', 'rs256'])
    assert.equal(verify(withHeader(jws, { alg })), 'jws.alg');
  assert.equal(verify(withHeader(jws, { x5c: [] })), 'jws.x5c');
  assert.equal(verify(withHeader(jws, { x5c: ['AAAA'] })), 'jws.x5c');
  assert.equal(verify(withHeader(jws, { extra: 1 })), 'jws.signature');
  for (const text of ['', '.', '..', 'a.b.c', `${jws}.x`, `${jws}=`]) assert.equal(verify(text), 'jws.form');
});

test('a receipt is no request and a request no receipt, whoever signed', async () => {
  const keys = {
    signer: world.city.signer,
    chain: [world.city.der],
    ocsp: await world.ocsp(world.city.certificate),
  };
  assert.equal(verify(await signJws('madoguchi-receipt+jwt', await claims(), keys)), 'jws.typ');
  const asRequest = await signJws('madoguchi-request+jwt', receiptOf(), keys);
  const expected = { anchors: [world.root.der], demo: true, now, ...receiptExpected };
  assert.deepEqual(verifyReceipt(asRequest, expected), { ok: false, rule: 'jws.typ' });
});

test('origin, addresses and issuer must be the signer’s own', async () => {
  assert.equal(verify(await sign(), { origin: 'https://evil.example' }), 'request.origin');
  assert.equal(verify(await sign(), { origin: 'null' }), 'request.origin');
  assert.equal(verify(await sign({ iss: '99202' })), 'request.iss');
  assert.equal(verify(await sign({ intake: 'https://evil.example/intake' })), 'request.host');
  assert.equal(verify(await sign({ return: 'https://evil.example/' })), 'request.host');
  assert.equal(verify(await sign({ intake: 'http://city.mihon.example/intake' })), 'request.scheme');
  assert.equal(verify(await sign({ return: 'javascript:alert(1)' })), 'request.scheme');
  assert.equal(verify(await sign({ intake: 'https://user@city.mihon.example/' })), 'request.shape');
  const deep = `${origin}/page`;
  assert.equal(verify(await sign({ origin: deep }), { origin: deep }), 'request.shape');
});

test('plain http counts on loopback only, and only under demo anchors', async () => {
  const local = 'http://127.0.0.1:8080';
  const change = { origin: local, intake: `${local}/intake`, return: `${local}/receipt` };
  assert.equal(verify(await sign(change), { origin: local }), 'ok');
  assert.equal(verify(await sign(change), { origin: local, demo: false }), 'signer.demo');
});

test('a request lives from iat to exp, an hour at most', async () => {
  const jws = await sign();
  const at = (offset: number) => verify(jws, { now: new Date(now.getTime() + offset * 1000) });
  assert.equal(at(1799), 'ok');
  assert.equal(at(1800), 'request.expired');
  assert.equal(at(-60), 'ok');
  assert.equal(at(-240), 'request.notYet');
  assert.equal(verify(await sign({ exp: seconds + 4000 })), 'request.lifetime');
});

test('revocation fails closed: absent, stale, unknown, foreign and revoked answers are refused', async () => {
  const with_ = async (ocsp: Uint8Array | undefined) =>
    verify(
      await createSigningRequest(await claims(), {
        signer: world.city.signer,
        chain: [world.city.der],
        ocsp,
      }),
    );
  const { ocsp, city, encryption } = world;
  assert.equal(await with_(undefined), 'signer.revocationUnknown');
  assert.equal(await with_(Buffer.from('junk')), 'signer.revocationUnknown');
  assert.equal(await with_(await ocsp(encryption.certificate)), 'signer.revocationUnknown');
  assert.equal(await with_(await ocsp(city.certificate, 'unknown')), 'signer.revocationUnknown');
  assert.equal(
    await with_(await ocsp(city.certificate, 'good', new Date(now.getTime() - 3 * 24 * 3600_000))),
    'signer.revocationUnknown',
  );
  const revoked = { revoked: new Date('2026-06-01T00:00:00Z') };
  assert.equal(await with_(await ocsp(city.certificate, revoked)), 'signer.revoked');
  assert.equal(
    verify(await sign({ encOcsp: base64(await ocsp(encryption.certificate, revoked)) })),
    'request.encryptionRevoked',
  );
  const { encOcsp: _, ...without } = await claims();
  const jws = await createSigningRequest(without, {
    signer: city.signer,
    chain: [city.der],
    ocsp: await ocsp(city.certificate),
  });
  assert.equal(verify(jws), 'request.encryptionRevocationUnknown');
});

test('the encryption certificate must be the same agency’s, for encryption, in force', async () => {
  const neighbour = await world.neighbour();
  const change = async (certificate: typeof neighbour) => ({
    enc: base64(certificate.der),
    encOcsp: base64(await world.ocsp(certificate.certificate)),
  });
  assert.equal(verify(await sign(await change(neighbour))), 'request.encryption');
  assert.equal(verify(await sign(await change(world.city))), 'request.encryption');
  assert.equal(verify(await sign({ enc: 'AAAA' })), 'request.encryption');
  assert.equal(verify(await sign({ enc: base64(citizens.citizen.der) })), 'request.encryption');
});

test('an expired certificate is told apart from an unknown one', async () => {
  const later = new Date('2032-01-01T00:00:00Z');
  assert.equal(verify(await sign(), { now: later }), 'signer.expired');
});

test('a mutated request is never accepted and never throws', async () => {
  const jws = await sign();
  for (const mutant of mutations(Buffer.from(jws), 1500)) {
    const text = Buffer.from(mutant).toString('latin1');
    if (text !== jws) assert.notEqual(verify(text), 'ok');
  }
});

function receiptOf() {
  return {
    receiptNumber: '2026-0001234',
    jti: 'AAAAAAAAAAAAAAAAAAAAAA',
    envelopeSha256: 'cd'.repeat(32),
    arrivedAt: now,
    agency: { code: '99201', name: '見本市' },
  };
}
const receiptExpected = {
  jti: 'AAAAAAAAAAAAAAAAAAAAAA',
  envelopeSha256: 'cd'.repeat(32),
  agencyCode: '99201',
};

test('a receipt is checked for signer, agency, nonce and envelope', async () => {
  const keys = { signer: world.city.signer, chain: [world.city.der] };
  const jws = await createReceipt(receiptOf(), keys);
  const check = (text: string, change: Partial<typeof receiptExpected> = {}) => {
    const result = verifyReceipt(text, {
      anchors: [world.root.der],
      demo: true,
      now,
      ...receiptExpected,
      ...change,
    });
    return result.ok ? result.receipt.receiptNumber : result.rule;
  };
  assert.equal(check(jws), '2026-0001234');
  assert.equal(check(jws, { jti: 'BAAAAAAAAAAAAAAAAAAAAA' }), 'receipt.nonce');
  assert.equal(check(jws, { envelopeSha256: 'ab'.repeat(32) }), 'receipt.envelope');
  assert.equal(check(jws, { agencyCode: '99202' }), 'receipt.agency');
  const foreign = await createReceipt({ ...receiptOf(), agency: { code: '99202', name: '隣市' } }, keys);
  assert.equal(check(foreign), 'receipt.agency');
  const revoked = await world.ocsp(world.city.certificate, { revoked: new Date('2026-06-01T00:00:00Z') });
  assert.equal(check(await createReceipt(receiptOf(), { ...keys, ocsp: revoked })), 'signer.revoked');
});

test('a refused request tells whether its page is genuine, so that the agent may say that it is there', async () => {
  const trust = { anchors: [world.root.der], demo: true, origin, now };
  const expired = verifySigningRequest(await sign({}), { ...trust, now: new Date(now.getTime() + 1900_000) });
  assert.deepEqual(expired, { ok: false, rule: 'request.expired', genuineOrigin: origin });
  const foreign = verifySigningRequest(await sign(), { ...trust, origin: 'https://evil.example' });
  assert.deepEqual(foreign, { ok: false, rule: 'request.origin' });
});
