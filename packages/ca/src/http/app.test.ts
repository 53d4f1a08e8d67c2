import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { serve } from '@hono/node-server';
import {
  buildHolderOcspRequest,
  buildOcspRequest,
  bytesOf,
  der,
  generateKeyPair,
  inside,
  loadCrl,
  parseOcspRequest,
  softwareSigner,
  verifyOcspResponse,
  wholeTlv,
} from '@madoguchi/pki';
import type { Hono } from 'hono';
import type { Resident } from '../identity/resident.js';
import type { Issued } from '../issuance/issue.js';
import { demoResidents } from '../residents.js';
import { missing, openssl, startAuthority, type TestAuthority, writePem } from '../testing/authority.js';
import { caApp, type LogLine } from './app.js';

let authority: TestAuthority;
let app: Hono;
const log: LogLine[] = [];
before(async () => {
  authority = await startAuthority();
  app = caApp(authority.ca, { access: { open: true }, log: (line) => log.push(line) });
});
after(() => authority.close());

const [taro] = demoResidents as [Resident, ...Resident[]];

async function issueCertificate(profile: 'signature' | 'authentication' = 'signature'): Promise<Issued> {
  const { publicKey } = await generateKeyPair('p256');
  return authority.ca.issue({ profile, publicKey, resident: taro });
}

const bytes = async (response: Response | Promise<Response>) =>
  new Uint8Array(await (await response).arrayBuffer());

async function ask(issued: Issued, nonce?: Uint8Array, by: 'GET' | 'POST' = 'POST') {
  const issuer = issued.chain[0];
  assert.ok(issuer);
  const request = buildOcspRequest({
    certificate: issued.certificate,
    issuer,
    ...(nonce === undefined ? {} : { nonce }),
  });
  const response = await (by === 'POST'
    ? app.request('/ocsp', {
        method: 'POST',
        body: Buffer.from(request),
        headers: { 'Content-Type': 'application/ocsp-request' },
      })
    : app.request(`/ocsp/${encodeURIComponent(Buffer.from(request).toString('base64'))}`));
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'application/ocsp-response');
  const der = await bytes(response);
  return {
    der,
    verdict: verifyOcspResponse({
      response: der,
      certificate: issued.certificate,
      issuer,
      time: authority.now,
      ...(nonce === undefined ? {} : { nonce }),
    }),
  };
}

test('OCSP says good, and revoked at once after a revocation, with and without a nonce, by GET and POST', async () => {
  const issued = await issueCertificate();
  const nonce = crypto.getRandomValues(new Uint8Array(32));
  for (const by of ['GET', 'POST'] as const) {
    for (const n of [undefined, nonce]) {
      const { verdict } = await ask(issued, n, by);
      assert.ok(verdict.ok, JSON.stringify(verdict));
      assert.equal(verdict.status, 'good');
    }
  }
  await authority.ca.revoke({ certificate: { serial: issued.serial }, reason: 'affiliationChanged' });
  for (const n of [undefined, nonce]) {
    const { verdict } = await ask(issued, n);
    assert.ok(verdict.ok);
    assert.equal(verdict.status, 'revoked');
    assert.equal(verdict.reason, 'affiliationChanged');
  }
});

test('an answer without a nonce comes from the cache, one with a nonce is always signed freshly', async () => {
  const issued = await issueCertificate();
  const first = await ask(issued);
  const second = await ask(issued);
  assert.deepEqual(first.der, second.der);
  const nonce = new Uint8Array(16).fill(7);
  authority.now = new Date(authority.now.getTime() + 5000);
  const fresh = await ask(issued, nonce);
  assert.notDeepEqual(fresh.der, first.der);
  const verdict = fresh.verdict;
  assert.ok(verdict.ok);
  assert.equal(verdict.thisUpdate.getTime(), Math.floor(authority.now.getTime() / 1000) * 1000);
});

test('a number that was never issued is unknown, not good', async () => {
  const other = await startAuthority('p384');
  try {
    const { publicKey } = await generateKeyPair('p256');
    const foreign = await other.ca.issue({ profile: 'signature', publicKey, resident: taro });
    const issuer = (await authority.ca.anchors()).signature[0];
    assert.ok(issuer);
    // Another authority's number far above ours, asked of ours.
    await other.db.sql`select setval('ca.serial', 33554432)`;
    const far = await other.ca.issue({
      profile: 'signature',
      publicKey: (await generateKeyPair('p256')).publicKey,
      resident: taro,
    });
    const request = buildOcspRequest({ certificate: far.certificate, issuer });
    const der = await bytes(app.request('/ocsp', { method: 'POST', body: Buffer.from(request) }));
    const verdict = verifyOcspResponse({
      response: der,
      certificate: far.certificate,
      issuer,
      time: authority.now,
    });
    assert.ok(verdict.ok);
    assert.equal(verdict.status, 'unknown');
    // Of another issuer nothing is said at all.
    const own = foreign.chain[0];
    assert.ok(own);
    const wrong = buildOcspRequest({ certificate: foreign.certificate, issuer: own });
    const refused = await bytes(app.request('/ocsp', { method: 'POST', body: Buffer.from(wrong) }));
    assert.deepEqual([...refused], [0x30, 3, 0x0a, 1, 6]);
  } finally {
    await other.close();
  }
});

test('openssl ocsp gets good, then revoked, from a listening server', {
  skip: missing('openssl'),
}, async () => {
  const issued = await issueCertificate('authentication');
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const leaf = await writePem(path.join(authority.dir, 'leaf.pem'), 'CERTIFICATE', [issued.certificate]);
    const issuer = await writePem(path.join(authority.dir, 'issuer.pem'), 'CERTIFICATE', issued.chain);
    const { spawn } = await import('node:child_process');
    const run = (...options: string[]) =>
      new Promise<string>((resolve) => {
        // The digest must stand before -cert.
        const where = ['-url', `http://127.0.0.1:${port}/ocsp`, '-CAfile', issuer, '-timeout', '30'];
        const args = ['ocsp', '-issuer', issuer, ...options, '-cert', leaf, ...where];
        const child = spawn('openssl', args);
        let output = '';
        child.stdout.on('data', (data) => (output += data));
        child.stderr.on('data', (data) => (output += data));
        child.on('close', () => resolve(output));
      });
    for (const options of [[], ['-no_nonce'], ['-sha256']]) {
      const good = await run(...options);
      assert.match(good, /Response verify OK/, good);
      assert.match(good, /leaf\.pem: good/, good);
    }
    await authority.ca.revoke({ certificate: { serial: issued.serial }, reason: 'keyCompromise' });
    const revoked = await run();
    assert.match(revoked, /leaf\.pem: revoked/);
    assert.match(revoked, /keyCompromise/);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});

test('hostile OCSP requests get an OCSP error, never a page or a crash', async () => {
  const issued = await issueCertificate();
  const issuer = issued.chain[0];
  assert.ok(issuer);
  const request = buildOcspRequest({ certificate: issued.certificate, issuer, nonce: new Uint8Array(16) });
  let seed = 1;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return seed % below;
  };
  for (let i = 0; i < 300; i++) {
    const mutated = Uint8Array.from(request);
    for (let n = 0; n <= random(3); n++) mutated[random(mutated.length)] = random(256);
    const body = random(4) === 0 ? mutated.slice(0, random(mutated.length)) : mutated;
    const response = await app.request('/ocsp', { method: 'POST', body: Buffer.from(body) });
    assert.equal(response.status, 200);
    assert.equal((await bytes(response))[0], 0x30);
  }
  assert.deepEqual([...(await bytes(app.request('/ocsp/%%%')))], [0x30, 3, 0x0a, 1, 1]);
  assert.equal((await app.request('/ocsp', { method: 'POST', body: Buffer.alloc(20_000) })).status, 413);
});

test('while the database is away OCSP clients are told to try later, in OCSP', async () => {
  const issued = await issueCertificate();
  const issuer = issued.chain[0];
  assert.ok(issuer);
  const faults: unknown[] = [];
  const broken = () => {
    throw new Error('connection lost');
  };
  const sql = new Proxy(authority.db.sql, { apply: broken });
  const away = caApp(
    { ...authority.ca, context: { ...authority.ca.context, sql } },
    { access: { open: true }, onFault: (_number, error) => faults.push(error) },
  );
  const body = Buffer.from(buildOcspRequest({ certificate: issued.certificate, issuer }));
  const answer = await bytes(away.request('/ocsp', { method: 'POST', body }));
  assert.deepEqual([...answer], [0x30, 3, 0x0a, 1, 3]);
  assert.equal(faults.length, 1);
});

test('the ledger, the lists, OCSP and the record say the same about every certificate at every moment', async () => {
  const places = ['99201', '99301'] as const;
  const all: (Issued & { place: string })[] = [];
  for (let i = 0; i < 8; i++) {
    const place = places[i % 2] ?? '99201';
    const { publicKey } = await generateKeyPair('p256');
    const resident = { ...taro, municipality: place };
    all.push({ ...(await authority.ca.issue({ profile: 'signature', publicKey, resident })), place });
  }
  const revoked = new Map<string, string>();
  const agree = async () => {
    for (const issued of all) {
      const expected = revoked.get(issued.serial);
      const { verdict } = await ask(issued, crypto.getRandomValues(new Uint8Array(16)));
      assert.ok(verdict.ok);
      assert.equal(verdict.status, expected === undefined ? 'good' : 'revoked');
      assert.equal(verdict.reason ?? 'unspecified', expected ?? 'unspecified');
      assert.equal((await authority.ca.show({ serial: issued.serial }))?.revocation?.reason, expected);
      for (const place of places) {
        const list = loadCrl(await bytes(app.request(`/crl/sign-g1-${place}.crl`)));
        assert.ok(list.ok);
        const entry = list.crl.lookup(Buffer.from(issued.serial, 'hex'));
        const here = place === issued.place ? expected : undefined;
        assert.equal(entry === undefined ? undefined : (entry.reason ?? 'unspecified'), here);
      }
    }
  };
  await agree();
  const steps = [
    [5, 'keyCompromise'],
    [0, 'unspecified'],
    [3, 'certificateHold'],
    [6, 'superseded'],
  ] as const;
  for (const [index, reason] of steps) {
    const serial = all[index]?.serial ?? '';
    authority.now = new Date(authority.now.getTime() + 1000);
    await authority.ca.revoke({ certificate: { serial }, reason });
    revoked.set(serial, reason);
    await agree();
  }
});

test('the index names each list with its key, place, digest and number, and the lists are there', async () => {
  const index = (await (await app.request('/crl/index.json')).json()) as {
    crls: {
      issuerKeyId: string;
      url: string;
      sha256: string;
      number: string;
      code: string;
      authority: string;
      distributionPoint?: string;
    }[];
  };
  assert.ok(index.crls.length >= 8);
  const one = index.crls.find((crl) => crl.authority === 'sign-g1' && crl.code === '99201');
  assert.ok(one);
  assert.equal(
    one.distributionPoint,
    'C=JP, O=JPKI-DEMO, OU=JPKI for digital signature, OU=CRL Distribution Points, OU=Mihon-ken, CN=Mihon-shi CRLDP',
  );
  for (const crl of index.crls) {
    const { pathname } = new URL(crl.url);
    const response = await app.request(pathname);
    assert.equal(response.status, 200, pathname);
    assert.equal(response.headers.get('content-type'), 'application/pkix-crl');
    const der = await bytes(response);
    assert.equal(createHash('sha256').update(der).digest('hex'), crl.sha256);
    const etag = response.headers.get('etag') ?? '';
    assert.equal((await app.request(pathname, { headers: { 'If-None-Match': etag } })).status, 304);
  }
});

test('the paths of the contract answer, and others are not found', async () => {
  for (const good of [
    '/crl/sign-g1-99201.crl',
    '/crl/auth-g1-99301.crl',
    '/arl/sign-g1.crl',
    '/ca/sign-g1.cer',
    '/ca/agency-g1.cer',
    '/stats.json',
    '/healthz',
    '/readyz',
    '/metrics',
  ]) {
    assert.equal((await app.request(good)).status, 200, good);
  }
  for (const bad of [
    '/crl/sign-g2-99201.crl',
    '/crl/sign-g1-13101.crl',
    '/crl/sign-g1.crl',
    '/crl/..%2fx',
    '/arl/nobody.crl',
    '/ca/nobody.cer',
    '/nothing',
  ]) {
    assert.equal((await app.request(bad)).status, 404, bad);
  }
});

test('outside the demo only notified verifiers get citizens’ data, everyone gets agencies’', async () => {
  const key = 'verifier-key-0123456789';
  const closed = caApp(authority.ca, {
    access: { keys: [createHash('sha256').update(key).digest('hex')] },
  });
  const headers = { Authorization: `Bearer ${key}` };
  await authority.ca.preparePhones();
  for (const list of ['sign-g1', 'auth-g1', 'phone-sign-g1', 'phone-auth-g1'].flatMap((id) => [
    `${id}-99201`,
    `${id}-99201-delta`,
  ])) {
    const url = `/crl/${list}.crl`;
    assert.equal((await closed.request(url)).status, 401, url);
    assert.equal(
      (await closed.request(url, { headers: { Authorization: 'Bearer wrong-key-wrong-key' } })).status,
      401,
    );
    assert.equal((await closed.request(url, { headers })).status, 200, url);
  }
  for (const url of ['/crl/agency-g1.crl', '/arl/sign-g1.crl', '/ca/sign-g1.cer']) {
    assert.equal((await closed.request(url)).status, 200, url);
  }
  const codes = async (h: Record<string, string>) =>
    (
      (await (await closed.request('/crl/index.json', { headers: h })).json()) as { crls: { code: string }[] }
    ).crls.map((crl) => crl.code);
  assert.ok(!(await codes({})).includes('99201'));
  assert.ok((await codes(headers)).includes('99201'));
  for (const [profile, status] of [
    ['signature', 6],
    ['authentication', 0],
  ] as const) {
    const issued = await issueCertificate(profile);
    const issuer = issued.chain[0];
    assert.ok(issuer);
    const body = Buffer.from(buildOcspRequest({ certificate: issued.certificate, issuer }));
    const der = await bytes(closed.request('/ocsp', { method: 'POST', body }));
    // responseStatus: 6 unauthorized, 0 successful; behind the header of one or more length octets.
    assert.equal(der[der.indexOf(0x0a) + 2], status, profile);
    const known = await bytes(closed.request('/ocsp', { method: 'POST', body, headers }));
    assert.equal(known[known.indexOf(0x0a) + 2], 0);
  }
});

test('where only verifiers may ask, a holder may about the own certificate: by a request that its key signed', async () => {
  const closed = caApp(authority.ca, { access: { keys: [] } });
  const holderOf = async () => {
    const { publicKey, pkcs8 } = await generateKeyPair('p256');
    const { certificate, chain, serial } = await authority.ca.issue({
      profile: 'signature',
      publicKey,
      resident: taro,
    });
    const signer = softwareSigner(pkcs8, 'ecdsa-sha256');
    const [issuer] = chain;
    assert.ok(issuer);
    return { certificate, issuer, serial, signer };
  };
  const [mine, other] = [await holderOf(), await holderOf()];
  const nonce = Buffer.alloc(32, 7);
  const answerTo = (body: Uint8Array) =>
    bytes(closed.request('/ocsp', { method: 'POST', body: Buffer.from(body) }));
  const statusOf = async (body: Uint8Array) => {
    const { certificate, issuer } = mine;
    const response = await answerTo(body);
    const verdict = verifyOcspResponse({ response, certificate, issuer, time: new Date(), maxAgeMs: 60_000 });
    return verdict.ok ? verdict.status : verdict.rule;
  };
  const refused = 'ocsp.status.unauthorized';
  const { signer } = mine;
  const request = await buildHolderOcspRequest({ ...mine, nonce }, signer);
  assert.equal(await statusOf(request), 'good');
  // Neither another holder's key, nor a stranger's signature, nor a changed question, nor none.
  assert.equal(await statusOf(await buildHolderOcspRequest({ ...mine, nonce }, other.signer)), refused);
  const changed = Buffer.from(request);
  changed[changed.indexOf(nonce)] = 8;
  assert.equal(await statusOf(changed), refused);
  const forgedDigest = { algorithm: 'rsa-sha1' as const, sign: (data: Uint8Array) => signer.sign(data) };
  assert.equal(await statusOf(await buildHolderOcspRequest({ ...mine, nonce }, forgedDigest)), refused);
  assert.equal(await statusOf(buildOcspRequest({ ...mine, nonce })), refused);
  // Nor another's certificate beside the own one, under a good signature of the own key.
  const questions = [mine, other].map((of) => {
    const tbs = inside(wholeTlv(buildOcspRequest(of))).sequence();
    return bytesOf(tbs.sequence().next());
  });
  const tbs = der.sequence(der.sequence(...questions));
  const signature = der.bitString(await signer.sign(tbs));
  const algorithm = der.sequence(der.oid('1.2.840.10045.4.3.2'));
  const both = der.sequence(tbs, der.explicit(0, der.sequence(algorithm, signature)));
  const read = parseOcspRequest(both);
  assert.ok(read.ok && read.value.requests.length === 2 && read.value.signature !== undefined);
  assert.equal(await statusOf(both), refused);
  // Without a nonce too, and what one was told is kept for nobody else.
  const bare = await buildHolderOcspRequest(mine, signer);
  assert.equal(await statusOf(bare), 'good');
  assert.equal(await statusOf(buildOcspRequest(mine)), refused);
  await authority.ca.revoke({ certificate: { serial: mine.serial }, reason: 'keyCompromise' });
  assert.equal(await statusOf(request), 'revoked');
  assert.equal(await statusOf(bare), 'revoked');
});

test('the log holds routes, never paths with serial numbers or tokens', () => {
  assert.ok(log.length > 50);
  for (const { route } of log) assert.match(route, /^\/[a-z.…]*$/);
});

test('a request made by openssl gives a certificate; a changed one is refused', {
  skip: missing('openssl'),
}, async () => {
  const { makeRequest } = await import('../testing/authority.js');
  const { readFile } = await import('node:fs/promises');
  const { csr } = makeRequest(
    authority.dir,
    'agency',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
  );
  const names = { agencyCode: '99201', agencyName: '見本市', hosts: ['127.0.0.1'] };
  const pem = await readFile(csr);
  const issued = await authority.ca.issue({ profile: 'agency', csr: pem, ...names });
  const file = path.join(authority.dir, 'agency.der');
  await writeFile(file, issued.certificate);
  const text = openssl('x509', '-inform', 'DER', '-in', file, '-noout', '-text', '-nameopt', 'utf8').output;
  assert.match(text, /IP Address:127\.0\.0\.1/);
  const der = Buffer.from(pem.toString().replace(/-----[^-]+-----|\s/g, ''), 'base64');
  const changed = Buffer.from(der);
  changed[40] = (changed[40] ?? 0) ^ 1;
  await assert.rejects(authority.ca.issue({ profile: 'agency', csr: changed, ...names }));
});
