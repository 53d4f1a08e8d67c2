// Whom the running agent does not listen to: refused in words, before there is any field to type a PIN into.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { demoResidents, type Resident } from '@madoguchi/ca';
import {
  agencyTemplate,
  generateKeyPair,
  issueCertificate,
  parseCertificate,
  rootTemplate,
  type Signer,
  softwareSigner,
} from '@madoguchi/pki';
import { createSigningRequest, type SigningRequestClaims } from '@madoguchi/procedure';
import { assertNoTrace, textOf } from './support/desk.js';
import { type Asked, askForRequest } from './support/forger.js';
import { type RawAnswer, rawRequest } from './support/raw-http.js';
import { type CitizenCard, openTestCity, signPin, type TestCity } from './support/test-city.js';

const [taro] = demoResidents as readonly [Resident];
const day = 24 * 3600_000;

let city: TestCity;
let home: string;
let card: CitizenCard;
before(async () => {
  city = await openTestCity('agent-lies');
  home = city.city.addresses.agency;
  card = await city.issueCard(taro);
});
after(() => city?.close());

interface Handed {
  request: string;
  definition?: string;
  origin?: string;
  host?: string;
}

/** What a browser posts into the agent's window. */
async function handOver(asked: Asked, handed: Partial<Handed> = {}): Promise<RawAnswer> {
  const form = new FormData();
  form.set('request', handed.request ?? asked.jws);
  form.set('definition', handed.definition ?? Buffer.from(asked.definition).toString('utf8'));
  form.set('lang', 'ja');
  const encoded = new Response(form);
  const origin = 'origin' in handed ? handed.origin : asked.claims.origin;
  return rawRequest({
    url: `${city.city.addresses.agent}/sign`,
    headers: {
      'content-type': encoded.headers.get('content-type') ?? '',
      'sec-fetch-dest': 'document',
      'sec-fetch-mode': 'navigate',
      ...(origin === undefined ? {} : { origin }),
      ...(handed.host === undefined ? {} : { host: handed.host }),
    },
    body: new Uint8Array(await encoded.arrayBuffer()),
  });
}

/** Said in words, with nothing to type into and nowhere to go on. */
function assertTurnedAway({ status, text }: RawAnswer, reason: RegExp): void {
  assert.equal(status, 403, textOf(text));
  assert.doesNotMatch(text, /<input|<form|type="password"|location\.replace/);
  assertNoTrace(text);
  const words = textOf(text);
  assert.match(words, reason);
  assert.match(words, /何も送られていません/);
}

function claimsWith(asked: Asked, changes: Partial<SigningRequestClaims>): SigningRequestClaims {
  return { ...asked.claims, ...changes };
}

/** The stapled answer of a genuine request. */
function stapleOf(jws: string): Uint8Array {
  const header = JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString('utf8')) as {
    'mado-ocsp': string;
  };
  return Buffer.from(header['mado-ocsp'], 'base64');
}

/** The city's own signing key, as its operator has it. */
async function cityKeys(): Promise<{ signer: Signer; chain: Uint8Array[] }> {
  const pkcs8 = await city.keystore.get('agency.99201.agency');
  assert.ok(pkcs8);
  const certificate = await readFile(path.join(city.dir, 'agencies', '99201', 'agency.cer'));
  return { signer: softwareSigner(pkcs8), chain: [certificate] };
}

test('the genuine request of the city’s page leads to the page where the PIN is asked for', async () => {
  const answer = await handOver(await askForRequest(home));
  assert.equal(answer.status, 200, answer.text);
  const address = /location\.replace\("([^"]+)"\)/.exec(answer.text)?.[1];
  assert.ok(address);
  const page = await fetch(address);
  assert.match(await page.text(), /type="password"/);
});

test('a request signed by nobody the agency root knows, under its very name', async () => {
  const asked = await askForRequest(home);
  const [root] = (await (await city.ca()).anchors()).agency;
  assert.ok(root);
  const known = parseCertificate(root);
  assert.ok(known.ok);
  const [own, leaf] = await Promise.all([generateKeyPair('p256'), generateKeyPair('p256')]);
  const validity = { notBefore: new Date(Date.now() - day), notAfter: new Date(Date.now() + 300 * day) };
  const rootSigner = softwareSigner(own.pkcs8);
  const forged = parseCertificate(
    await issueCertificate(
      rootTemplate({
        serial: Uint8Array.of(1),
        publicKey: own.publicKey,
        subject: known.value.subject.der,
        ...validity,
      }),
      rootSigner,
    ),
  );
  assert.ok(forged.ok);
  const certificate = await issueCertificate(
    agencyTemplate({
      serial: Uint8Array.of(2),
      publicKey: leaf.publicKey,
      issuer: forged.value,
      agencyCode: '99201',
      agencyName: '見本市長',
      hosts: ['127.0.0.1'],
      crlUrl: `${city.city.addresses.ca}/crl`,
      ocspUrl: `${city.city.addresses.ca}/ocsp`,
      ...validity,
    }),
    rootSigner,
  );
  const request = await createSigningRequest(asked.claims, {
    signer: softwareSigner(leaf.pkcs8),
    chain: [certificate],
    ocsp: stapleOf(asked.jws),
  });
  assertTurnedAway(await handOver(asked, { request }), /役所として認められた相手ではありません/);
});

test('a request changed after the city signed it, one without any signature, and one that is no request', async () => {
  const asked = await askForRequest(home);
  const [header, , signature] = asked.jws.split('.');
  const claims = claimsWith(asked, { answers: { ...asked.claims.answers, copies: '9' } });
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  assertTurnedAway(
    await handOver(asked, { request: `${header}.${payload}.${signature}` }),
    /依頼の署名が合いません/,
  );
  const text = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `${text({ typ: 'madoguchi-request+jwt', alg: 'none' })}.${text(asked.claims)}.`;
  assertTurnedAway(await handOver(asked, { request: unsigned }), /こわれているか、決まりに合っていません/);
  assertTurnedAway(await handOver(asked, { request: 'hello' }), /こわれているか、決まりに合っていません/);
});

test('a request signed by a citizen, with a card', async () => {
  const asked = await askForRequest(home);
  const parsed = parseCertificate(card.certificate);
  assert.ok(parsed.ok);
  const signer: Signer = {
    algorithm: 'rsa-sha256',
    publicKey: parsed.value.spki,
    sign: (data) => card.session.sign('sign', signPin, data),
  };
  for (const ocsp of [stapleOf(asked.jws), undefined]) {
    const request = await createSigningRequest(asked.claims, { signer, chain: [card.certificate], ocsp });
    assertTurnedAway(await handOver(asked, { request }), /役所として認められた相手ではありません/);
  }
});

test('a genuine request from another origin, from null, and from no page at all', async () => {
  const asked = await askForRequest(home);
  for (const origin of [
    'http://evil.example',
    city.origin.replace('127.0.0.1', 'localhost'),
    `${city.origin}0`,
  ])
    assertTurnedAway(await handOver(asked, { origin }), /別のサイトのものでした/);
  for (const origin of ['null', undefined])
    assertTurnedAway(
      await handOver(asked, { origin } as Partial<Handed>),
      /どのページから開かれたかが分からない/,
    );
});

test('a genuine request past its time, and one from the future', async () => {
  const asked = await askForRequest(home);
  const keys = { ...(await cityKeys()), ocsp: stapleOf(asked.jws) };
  const now = Math.floor(Date.now() / 1000);
  const signed = (iat: number, exp: number) => createSigningRequest(claimsWith(asked, { iat, exp }), keys);
  assert.equal((await handOver(asked, { request: await signed(now, now + 600) })).status, 200);
  assertTurnedAway(
    await handOver(asked, { request: await signed(now - 1800, now - 1) }),
    /署名の依頼の期限が過ぎました/,
  );
  assertTurnedAway(
    await handOver(asked, { request: await signed(now + 900, now + 1800) }),
    /パソコンの時計が、役所の時計より大きく遅れています/,
  );
});

test('another definition than the one that was signed for', async () => {
  const asked = await askForRequest(home);
  const other = Buffer.from(asked.definition).toString('utf8').replace('住民票の写し', '戸籍の写し');
  assertTurnedAway(
    await handOver(asked, { definition: other }),
    /手続の定義が、署名の依頼に書かれたものと違います/,
  );
  assertTurnedAway(await handOver(asked, { definition: '{' }), /手続の定義が正しくない/);
});

test('a host name that is not the agent’s own', async () => {
  const asked = await askForRequest(home);
  const { agent } = city.ports;
  for (const host of [`localhost:${agent}`, `evil.example:${agent}`, '127.0.0.1', `127.0.0.1:${agent + 1}`]) {
    const { status, text } = await handOver(asked, { host });
    assert.equal(status, 421, host);
    assert.match(text, /^This address belongs to the signing agent\.$/m);
    assert.doesNotMatch(text, /</);
  }
});
