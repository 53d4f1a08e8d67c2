import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildCrl, buildName, keyIdentifier, rootTemplate, tsaTemplate } from '@madoguchi/pki';
import { agencyWorld, citizenWorld, mutations, now, party, taro } from '@madoguchi/testing';
import { z } from 'zod';
import { cli, temporary } from '../testing/cli.js';
import { certShow } from './cert-show.js';

const dir = temporary('cert-show');
const at = (name: string) => path.join(dir, name);
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const schema = z.fromJSONSchema(
  JSON.parse(
    readFileSync(fileURLToPath(new URL('../../../../docs/schemas/cert-show.json', import.meta.url)), 'utf8'),
  ),
);

/** In this process: what it prints, or the sentence it ends with. */
async function shown(file: string, json = false): Promise<string> {
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);
  const printJson = (value: unknown) => lines.push(JSON.stringify(value));
  await certShow.run({ values: { json }, words: [file], print, printJson });
  return lines.join('\n');
}

async function checked<T>(file: string): Promise<T> {
  const document: unknown = JSON.parse(await shown(file, true));
  const found = schema.safeParse(document);
  assert.ok(found.success, JSON.stringify(found.error?.issues));
  return document as T;
}

const identity = { ...taro, name: '髙橋　太郎', nameSubstitution: '10000' };
const { ca, citizen } = await citizenWorld(identity);
const agency = await agencyWorld();
const stampRoot = await party((basics) =>
  rootTemplate({
    ...basics,
    subject: buildName([
      ['O', 'JPKI-DEMO'],
      ['CN', 'Stamp Root'],
    ]),
  }),
);
const tsa = await party(
  (basics) =>
    tsaTemplate({
      ...basics,
      issuer: stampRoot.certificate,
      crlUrl: 'http://crl.example/tsa.crl',
      ocspUrl: 'http://ocsp.example/tsa',
    }),
  stampRoot.signer,
);
writeFileSync(at('citizen.cer'), citizen.der);

test('a citizen’s certificate: the four items, and which characters stand for another', async () => {
  const text = await shown(at('citizen.cer'));
  assert.match(text, /^署名用電子証明書 \(signature certificate of a citizen\)/);
  assert.match(text, /氏名 \(name\): 髙橋　太郎/);
  assert.match(text, /氏名の代替文字 .*: 10000 {2}「髙」/);
  assert.match(text, /住所の代替文字 .*: なし/);
  assert.match(text, /keyUsage +鍵の使い道: digitalSignature 電子署名, nonRepudiation 否認防止/);
  assert.match(text, /crlDistributionPoints +失効リストの場所: directoryName /);
  const {
    role,
    identity: items,
    key,
  } = await checked<{ role: string; identity: { name: string }; key: object }>(at('citizen.cer'));
  assert.deepEqual([role, items.name], ['citizen-signature', '髙橋　太郎']);
  assert.deepEqual({ ...key, sha256: '' }, { kind: 'rsa', bits: 2048, sha256: '' });
});

test('certificates of authorities, agencies, time stamps and responders say what they are for', async () => {
  const cases: [string, Uint8Array, RegExp][] = [
    ['authority', ca.der, /basicConstraints +認証局か: ca true/],
    [
      'signing',
      agency.city.der,
      /subjectAltNames[\s\S]*dNSName city\.mihon\.example[\s\S]*iPAddress 127\.0\.0\.1/,
    ],
    ['encryption', agency.encryption.der, /暗号化用の証明書/],
    ['time-stamping', tsa.der, /timeStamping タイムスタンプ[\s\S]*http:\/\/ocsp\.example\/tsa/],
    ['ocsp-responder', agency.responder.der, /ocspNoCheck/],
  ];
  for (const [role, der, words] of cases) {
    writeFileSync(at(`${role}.cer`), der);
    assert.match(await shown(at(`${role}.cer`)), words);
    assert.equal((await checked<{ role: string }>(at(`${role}.cer`))).role, role);
  }
});

test('every certificate of a PEM file is shown', async () => {
  const pem = (der: Uint8Array) =>
    `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`;
  writeFileSync(at('chain.pem'), pem(citizen.der) + pem(ca.der));
  assert.match(await shown(at('chain.pem')), /署名用電子証明書[\s\S]*認証局の証明書/);
  assert.equal((await checked<{ others: unknown[] }>(at('chain.pem'))).others.length, 1);
});

test('a revocation list and a request are told apart and shown', async () => {
  const crl = await buildCrl(
    {
      issuer: ca.certificate.subject.der,
      issuerKeyIdentifier: keyIdentifier(ca.certificate.spki),
      thisUpdate: now,
      nextUpdate: new Date(now.getTime() + 86_400_000),
      number: 7n,
      entries: [{ serial: Uint8Array.of(5), date: now, reason: 'keyCompromise' }],
      onlyContainsUserCerts: true,
    },
    ca.signer,
  );
  writeFileSync(at('list.crl'), crl);
  assert.match(await shown(at('list.crl')), /^失効リスト[\s\S]*リストの番号: 7[\s\S]*失効の件数: 1/);
  const list = await checked<{ kind: string; entries: number }>(at('list.crl'));
  assert.deepEqual([list.kind, list.entries], ['crl', 1]);
});

test('what OpenSSL makes is shown: a request, and certificates with keys that are none of ours', {
  skip: !hasOpenssl && 'no openssl',
}, async () => {
  const openssl = (...words: string[]) => execFileSync('openssl', words, { stdio: 'pipe' });
  openssl(
    'req',
    '-new',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    at('k'),
    '-subj',
    '/C=JP/CN=見本',
    '-utf8',
    '-out',
    at('r.pem'),
  );
  assert.match(await shown(at('r.pem')), /^証明書の発行要求[\s\S]*CN=見本[\s\S]*proven.*: true/);
  assert.equal((await checked<{ proven: boolean }>(at('r.pem'))).proven, true);
  openssl(
    'req',
    '-x509',
    '-newkey',
    'ed25519',
    '-nodes',
    '-keyout',
    at('k'),
    '-subj',
    '/CN=Ed',
    '-out',
    at('ed.pem'),
  );
  assert.match(await shown(at('ed.pem')), /公開鍵: kind ed25519/);
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:1024',
    '-nodes',
    '-keyout',
    at('k'),
    '-subj',
    '/CN=Old',
    '-addext',
    'nameConstraints=permitted;IP:10.0.0.0/255.0.0.0',
    '-addext',
    '1.2.3.4=DER:0500',
    '-out',
    at('old.pem'),
  );
  assert.match(
    await shown(at('old.pem')),
    /bits 1024[\s\S]*iPAddress 10\.0\.0\.0\/255\.0\.0\.0[\s\S]*1\.2\.3\.4 \?: 0500/,
  );
});

test('a hostile file is told in words, and nothing in it reaches the terminal as a command', async () => {
  const evil = await party((basics) =>
    rootTemplate({ ...basics, subject: buildName([['CN', 'Good\u001b[2K\rCN=\u202eevil\nserial: 1']]) }),
  );
  writeFileSync(at('evil.cer'), evil.der);
  const text = await shown(at('evil.cer'));
  for (const hidden of ['\u001b', '\r', '\u202e']) assert.ok(!text.includes(hidden));
  assert.match(text, /Good〔U\+001B〕\[2K〔U\+000D〕CN\\=〔U\+202E〕evil〔U\+000A〕serial: 1/);
  let refused = 0;
  for (const mutated of mutations(citizen.der, 300, 5)) {
    writeFileSync(at('mutated.cer'), mutated);
    await shown(at('mutated.cer')).catch((error: unknown) => {
      refused += 1;
      assert.ok(
        error instanceof Error && /^This is not a certificate: .* at byte \d+\./.test(error.message),
        String(error),
      );
    });
  }
  assert.ok(refused > 200, String(refused));
  const ended = await cli(['cert', 'show', at('mutated.cer')]);
  assert.doesNotMatch(ended.err, /defect|\.js:/);
});
