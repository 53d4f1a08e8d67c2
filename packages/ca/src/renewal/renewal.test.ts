import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPrivateKey, sign as signBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { generateKeyPair, signCades } from '@madoguchi/pki';
import type { Hono } from 'hono';
import { issuingAuthority } from '../context.js';
import { caApp } from '../http/app.js';
import { templateFor } from '../issuance/issue.js';
import { makeCertificate } from '../issuance/make.js';
import { residents } from '../queries.js';
import { applyEvent } from '../register/events.js';
import {
  makeRequest,
  missing,
  openssl,
  startAuthority,
  type TestAuthority,
  writePem,
} from '../testing/authority.js';

let authority: TestAuthority;
let app: Hono;
const skip = missing('openssl');
before(async () => {
  authority = await startAuthority('p384');
  app = caApp(authority.ca, { access: { open: true } });
});
after(() => authority.close());

interface Holder {
  readonly certificate: Uint8Array;
  readonly alias: string;
  readonly resident: string;
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>;
}

let turn = 0;

/** A resident's signature certificate for a key of this test: what a card would hold. */
async function holder(index: number): Promise<Holder> {
  const { ca } = authority;
  const all = (await residents(ca.context, '99201')).filter(({ birthDate }) => birthDate < '2005');
  const resident = all[index];
  assert.ok(resident);
  const pair = await generateKeyPair('p256');
  const signing = await issuingAuthority(ca.context, 'sign', '99201');
  const template = await templateFor(
    ca.context,
    { profile: 'signature', publicKey: pair.publicKey, resident },
    {
      authority: signing,
      publicKey: pair.publicKey,
      notBefore: new Date(Math.floor(authority.now.getTime() / 1000) * 1000),
    },
  );
  const made = await makeCertificate(ca.context, {
    authority: signing,
    profile: 'signature',
    municipality: '99201',
    issue: crypto.randomUUID(),
    resident: resident.id,
    isDelivered: true,
    publicKey: pair.publicKey,
    template,
  });
  return {
    certificate: made.certificate,
    alias: made.alias,
    resident: resident.id,
    sign: async (bytes) =>
      signBytes(
        'sha256',
        bytes,
        createPrivateKey({ key: Buffer.from(pair.pkcs8), format: 'der', type: 'pkcs8' }),
      ),
  };
}

async function nonce(): Promise<Uint8Array> {
  const answer = (await (await app.request('/renewal/nonce')).json()) as { nonce: string };
  return Buffer.from(answer.nonce, 'base64');
}

async function newRequest(): Promise<Uint8Array> {
  turn += 1;
  const { csr } = makeRequest(authority.dir, `new-${turn}`, '-newkey', 'rsa:2048', '-outform', 'DER');
  return readFile(csr);
}

async function message(who: Holder, content: Uint8Array): Promise<Uint8Array> {
  return signCades({
    content,
    detached: false,
    signerCertificate: who.certificate,
    algorithm: 'ecdsa-sha256',
    signingTime: authority.now,
    sign: who.sign,
  });
}

const post = (body: Uint8Array) =>
  app.request('/renewal', {
    method: 'POST',
    body: Buffer.from(body),
    headers: { 'Content-Type': 'application/pkcs7-mime' },
  });

async function ruleOf(body: Uint8Array): Promise<string> {
  const answer = await post(body);
  const said = (await answer.json()) as { rule?: string };
  return answer.status === 201 ? 'renewed' : (said.rule ?? String(answer.status));
}

test('the old key gets a certificate for the new key of an OpenSSL request; the old one is superseded in the same act; sent again, the same answer; a nonce works once', {
  skip,
}, async () => {
  const who = await holder(0);
  const once = await nonce();
  const request = await message(who, Buffer.concat([once, await newRequest()]));
  const answer = await post(request);
  assert.equal(answer.status, 201);
  const { certificate, issuer } = (await answer.json()) as { certificate: string; issuer: string };
  const root = await writePem(path.join(authority.dir, 'root.pem'), 'CERTIFICATE', [
    Buffer.from(issuer, 'base64'),
  ]);
  const leaf = await writePem(path.join(authority.dir, 'leaf.pem'), 'CERTIFICATE', [
    Buffer.from(certificate, 'base64'),
  ]);
  const verified = openssl('verify', '-CAfile', root, '-ignore_critical', leaf);
  assert.equal(verified.code, 0, verified.output);
  const key = execFileSync(
    'openssl',
    ['pkey', '-in', path.join(authority.dir, `new-${turn}.key`), '-pubout'],
    { encoding: 'utf8' },
  );
  assert.equal(openssl('x509', '-in', leaf, '-noout', '-pubkey').output.trim(), key.trim());
  const old = await authority.ca.show({ alias: who.alias });
  assert.equal(old?.revocation?.reason, 'superseded');
  const again = (await (await post(request)).json()) as { certificate: string };
  assert.equal(again.certificate, certificate);
  const all = await authority.ca.list({ resident: who.resident });
  assert.deepEqual(all.map(({ status }) => status).sort(), ['revoked', 'valid']);
  assert.equal(
    await ruleOf(await message(who, Buffer.concat([await nonce(), await newRequest()]))),
    'renewal.revoked',
  );
  const other = await message(who, Buffer.concat([once, await newRequest()]));
  assert.equal(await ruleOf(other), 'renewal.nonce', 'a nonce works once');
});

test('refused: held, changed 基本4情報, expired, a stranger’s certificate, an old or invented nonce', {
  skip,
}, async () => {
  const { ca } = authority;
  const one = await holder(1);
  const good = async () => message(one, Buffer.concat([await nonce(), await newRequest()]));
  assert.equal(
    await ruleOf(await message(one, Buffer.concat([new Uint8Array(32), await newRequest()]))),
    'renewal.nonce',
  );
  const late = await good();
  authority.now = new Date(authority.now.getTime() + 6 * 60_000);
  assert.equal(await ruleOf(late), 'renewal.nonce');

  const stranger = await holder(2);
  const { publicKey } = await generateKeyPair('p256');
  const loose = await ca.issue({
    profile: 'signature',
    publicKey,
    resident: {
      name: '見本　一',
      address: '見本県見本市１',
      birthDate: '1980-01-01',
      sex: 'male',
      municipality: '99201',
    },
  });
  assert.equal(
    await ruleOf(
      await message(
        { ...stranger, certificate: loose.certificate },
        Buffer.concat([await nonce(), await newRequest()]),
      ),
    ),
    'renewal.form',
    'another key signed',
  );

  const [row] = await authority.db.sql<
    { number: string }[]
  >`select number from ca.resident where id = ${stranger.resident}`;
  // The register changes behind the events' back, as a faulty import would: the certificate is not revoked, yet it is not renewed.
  await authority.db
    .sql`update ca.resident set address = '見本県見本市港町１番地' where id = ${stranger.resident}`;
  assert.equal(
    await ruleOf(await message(stranger, Buffer.concat([await nonce(), await newRequest()]))),
    'renewal.changed',
  );
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
    await ruleOf(await message(stranger, Buffer.concat([await nonce(), await newRequest()]))),
    'renewal.revoked',
  );

  await ca.revoke({ certificate: { alias: one.alias }, reason: 'certificateHold' });
  assert.equal(await ruleOf(await good()), 'renewal.revoked');
  assert.equal((await ca.verifyAudit()).ok, true);
});

test('an expired certificate is not renewed', { skip }, async () => {
  const who = await holder(3);
  const before = authority.now;
  authority.now = new Date(before.getTime() + 6 * 365.25 * 24 * 3600_000);
  assert.equal(
    await ruleOf(await message(who, Buffer.concat([await nonce(), await newRequest()]))),
    'renewal.expired',
  );
  authority.now = before;
});

test('a crash before the exchange leaves the old certificate valid and no second one; hostile bytes get a verdict', {
  skip,
}, async () => {
  const again = await startAuthority('p384');
  const [first, app1] = [authority, app];
  try {
    authority = again;
    app = caApp(again.ca, { access: { open: true } });
    const who = await holder(0);
    const request = await message(who, Buffer.concat([await nonce(), await newRequest()]));
    again.onStep = (step) => {
      if (step === 'issued') throw new Error('power lost');
    };
    await assert.rejects(async () => {
      const answer = await post(request);
      if (answer.status >= 500) throw new Error('power lost');
    });
    again.onStep = () => undefined;
    const all = await again.ca.list({ resident: who.resident });
    assert.deepEqual(
      all.filter(({ status }) => status === 'valid').map(({ alias }) => alias),
      [who.alias],
    );
    for (let at = 0; at < request.length; at += 97) {
      const bad = Uint8Array.from(request);
      bad[at] = (bad[at] ?? 0) ^ 0x41;
      const answer = await post(bad);
      assert.ok(answer.status < 500, `octet ${at}`);
    }
    assert.equal((await post(new Uint8Array(0))).status, 403);
  } finally {
    [authority, app] = [first, app1];
    await again.close();
  }
});
