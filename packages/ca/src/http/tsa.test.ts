import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { serve } from '@hono/node-server';
import {
  addSignatureTimeStamp,
  buildTimeStampRequest,
  findTimeStamps,
  generateKeyPair,
  loadCrl,
  parseTimeStampResponse,
  serialHex,
  signCades,
  softwareSigner,
  stampThrough,
  TimeStampError,
  type TimeStampExpectation,
  verifyTimeStampResponse,
} from '@madoguchi/pki';
import type { Hono } from 'hono';
import { demoResidents } from '../residents.js';
import { missing, openssl, startAuthority, type TestAuthority, writePem } from '../testing/authority.js';
import { caApp } from './app.js';

let authority: TestAuthority;
let app: Hono;
let root: Uint8Array;
before(async () => {
  authority = await startAuthority();
  app = caApp(authority.ca, { access: { open: true } });
  [root = new Uint8Array()] = (await authority.ca.anchors()).tsa;
});
after(() => authority.close());

const data = Buffer.from('見本市の申請書');
const imprint = { algorithm: 'sha256', digest: createHash('sha256').update(data).digest() } as const;
const headers = { 'Content-Type': 'application/timestamp-query' };
const send = (body: Uint8Array, with_: Record<string, string> = headers, to = app) =>
  to.request('/tsa', { method: 'POST', body: Buffer.from(body), headers: with_ });
const bytes = async (response: Response) => new Uint8Array(await response.arrayBuffer());
const statusOf = async (response: Response) => {
  assert.equal(response.headers.get('content-type'), 'application/timestamp-reply');
  const read = parseTimeStampResponse(await bytes(response));
  assert.ok(read.ok);
  return [response.status, read.value.status, ...read.value.failures].join(' ');
};

async function stamp(change: Partial<TimeStampExpectation> = {}) {
  const nonce = crypto.getRandomValues(new Uint8Array(8));
  const response = await bytes(await send(buildTimeStampRequest({ imprint, nonce })));
  const verdict = verifyTimeStampResponse(response, {
    over: data,
    nonce,
    anchors: [root],
    checkRevocation: false,
    ...change,
  });
  assert.ok(verdict.ok, verdict.ok ? '' : verdict.rule);
  return verdict.token;
}

test('OpenSSL asks over HTTP and verifies what comes back', { skip: missing('openssl') }, async () => {
  const file = (name: string) => path.join(authority.dir, name);
  await writeFile(file('data'), data);
  await writePem(file('tsa-root.pem'), 'CERTIFICATE', [root]);
  const query = ['ts', '-query', '-data', file('data'), '-sha512', '-cert', '-out', file('q.tsq')];
  assert.equal(openssl(...query).code, 0);
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  try {
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const body = await readFile(file('q.tsq'));
    const response = await fetch(`http://127.0.0.1:${port}/tsa`, { method: 'POST', body, headers });
    assert.equal(response.headers.get('content-type'), 'application/timestamp-reply');
    await writeFile(file('r.tsr'), await bytes(response));
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
  const verify = [...['ts', '-verify', '-queryfile', file('q.tsq')], ...['-in', file('r.tsr')]];
  const verified = openssl(...verify, '-CAfile', file('tsa-root.pem'));
  assert.match(verified.output, /Verification: OK/, verified.output);
});

test('stamps carry the time of the authority, and their lists clear the certificate', async () => {
  const crl = await authority.ca.crl('tsa-g1', 'all');
  assert.ok(crl);
  const loaded = loadCrl(crl.der);
  assert.ok(loaded.ok);
  const token = await stamp({ checkRevocation: true, crls: [loaded.crl] });
  assert.equal(token.info.time.toISOString(), authority.now.toISOString());
});

test('a signature is stamped through the authority, and what is not trusted is not used', async () => {
  const { pkcs8, publicKey } = await generateKeyPair('p256');
  const [resident] = demoResidents;
  assert.ok(resident);
  const holder = await authority.ca.issue({ profile: 'signature', publicKey, resident });
  const signer = softwareSigner(pkcs8);
  const cms = await signCades({
    content: data,
    detached: true,
    signerCertificate: holder.certificate,
    signingTime: authority.now,
    algorithm: signer.algorithm,
    sign: (bytes_) => signer.sign(bytes_),
  });
  const through = async (request: Uint8Array) => bytes(await send(request));
  const stamped = await addSignatureTimeStamp(cms, {
    stamp: stampThrough(through, { anchors: [root], checkRevocation: false }),
  });
  assert.ok(stamped.ok);
  const [found] = findTimeStamps(stamped.value, 0, data, []);
  assert.equal(found?.rule, undefined);
  assert.equal(found?.token?.info.time.toISOString(), authority.now.toISOString());
  const stranger = stampThrough(through, { anchors: holder.chain, checkRevocation: false });
  await assert.rejects(addSignatureTimeStamp(cms, { stamp: stranger }), TimeStampError);
  const refused = stampThrough(through, { anchors: [root], policy: '1.2.3' });
  await assert.rejects(addSignatureTimeStamp(cms, { stamp: refused }), /tsp\.refused\.unacceptedPolicy/);
});

test('no number is given twice, also by two processes at once, and one certificate stamps for both', async () => {
  const second = caApp(authority.ca, { access: { open: true } });
  const request = buildTimeStampRequest({ imprint });
  const serials = await Promise.all(
    Array.from({ length: 30 }, async (_, index) => {
      const response = await bytes(await send(request, headers, index % 2 === 0 ? app : second));
      const expected = { over: data, anchors: [root], checkRevocation: false };
      const verdict = verifyTimeStampResponse(response, expected);
      assert.ok(verdict.ok);
      const { info, certificate } = verdict.token;
      return [Buffer.from(info.serial).toString('hex'), serialHex(certificate)] as const;
    }),
  );
  assert.equal(new Set(serials.map(([serial]) => serial)).size, 30);
  assert.equal(new Set(serials.map(([, certificate]) => certificate)).size, 1);
});

test('every refusal is a TimeStampResp', async () => {
  const good = buildTimeStampRequest({ imprint });
  assert.equal(await statusOf(await send(good)), '200 0');
  assert.equal(await statusOf(await send(Uint8Array.of(0x30))), '200 2 badDataFormat');
  assert.equal(await statusOf(await send(new Uint8Array())), '200 2 badDataFormat');
  assert.equal(await statusOf(await send(Buffer.alloc(100_000))), '413 2 badDataFormat');
  assert.equal(await statusOf(await send(good, { 'Content-Type': 'text/plain' })), '415 2 badRequest');
  const sha1 = { algorithm: 'sha1', digest: Buffer.alloc(20) } as const;
  assert.equal(await statusOf(await send(buildTimeStampRequest({ imprint: sha1 }))), '200 2 badAlg');
  const policy = buildTimeStampRequest({ imprint, policy: '1.2.3' });
  assert.equal(await statusOf(await send(policy)), '200 2 unacceptedPolicy');
  assert.equal((await app.request('/tsa')).status, 405);
  const metrics = await (await app.request('/metrics')).text();
  assert.match(metrics, /madoguchi_ca_time_stamps_total\{outcome="granted"\} \d+/);
  assert.match(metrics, /madoguchi_ca_time_stamps_total\{outcome="badAlg"\} 1/);
});

test('while the database is away clients are told so in their own terms', async () => {
  const faults: unknown[] = [];
  const broken = () => {
    throw new Error('connection lost');
  };
  const sql = new Proxy(authority.db.sql, { apply: broken, get: broken });
  const away = caApp(
    { ...authority.ca, context: { ...authority.ca.context, sql } },
    { access: { open: true }, onFault: (_number, error) => faults.push(error) },
  );
  const answer = await send(buildTimeStampRequest({ imprint }), headers, away);
  assert.equal(await statusOf(answer), '200 2 systemFailure');
  assert.equal(faults.length, 1);
});

test('a revoked or expired certificate stamps no more: another one is issued', async () => {
  const first = await stamp();
  await authority.ca.revoke({
    certificate: { serial: serialHex(first.certificate) },
    reason: 'keyCompromise',
  });
  const second = await stamp();
  assert.notEqual(serialHex(second.certificate), serialHex(first.certificate));
  authority.now = new Date(second.certificate.notAfter.getTime() + 1000);
  const third = await stamp();
  assert.notEqual(serialHex(third.certificate), serialHex(second.certificate));
});
