import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import {
  buildOcspRequest,
  generateKeyPair,
  loadCrl,
  parseCertificate,
  serialHex,
  verifyOcspResponse,
} from '@madoguchi/pki';
import { createOcspResponder } from '../ocsp/responder.js';
import { caReasons } from '../reasons.js';
import { demoResidents } from '../residents.js';
import { missing, openssl, startAuthority, type TestAuthority, writePem } from '../testing/authority.js';
import { auditHeadOfCrl } from './audit-head.js';
import { publishedDelta } from './published.js';

let authority: TestAuthority;
before(async () => {
  authority = await startAuthority();
});
after(() => authority.close());

const places = ['99201', '99301'] as const;

/** The same history each run: failures can be looked at again. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
}

interface Known {
  readonly serial: string;
  readonly octets: Uint8Array;
  readonly certificate: Uint8Array;
  readonly issuer: Uint8Array;
  readonly authority: string;
  readonly place: string;
  revoked?: { at: number; reason: string };
}

async function issue(
  place: string,
  profile: 'signature' | 'authentication' | 'agency' = 'signature',
): Promise<Known> {
  const [taro] = demoResidents;
  assert.ok(taro);
  const { publicKey } = await generateKeyPair('p256');
  const made = await authority.ca.issue(
    profile === 'agency'
      ? { profile, publicKey, agencyCode: '99201', agencyName: '見本市', hosts: ['city.example'] }
      : { profile, publicKey, resident: { ...taro, municipality: place } },
  );
  const [issuer] = made.chain;
  assert.ok(issuer);
  return knownOf(made.certificate, issuer, place);
}

async function knownOf(certificate: Uint8Array, issuer: Uint8Array, place: string): Promise<Known> {
  const parsed = parseCertificate(certificate);
  assert.ok(parsed.ok);
  const serial = serialHex(parsed.value);
  const record = await authority.ca.show({ serial });
  assert.ok(record);
  return { serial, octets: parsed.value.serial, certificate, issuer, authority: record.authority, place };
}

/** The certificates by which generations vouch for each other: their list is that of authorities. */
async function links(): Promise<Known[]> {
  const own = new Map((await authority.ca.authorities()).map((one) => [one.id, one.certificate.der]));
  const mutual = await authority.ca.mutualCertificates();
  return Promise.all(
    mutual.map(({ certificate, issuer }) => knownOf(certificate, own.get(issuer) ?? new Uint8Array(), 'arl')),
  );
}

/** Publishes every list; the first of them stands still between its signature and its check until it is let go on. */
function publishHeld(): { reached: Promise<void>; goOn: () => void; done: Promise<unknown> } {
  let goOn: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let done: Promise<unknown> = Promise.resolve();
  const reached = new Promise<void>((resolve) => {
    authority.onStep = async (step) => {
      if (step !== 'crl.signed') return;
      authority.onStep = () => undefined;
      resolve();
      await held;
    };
    done = authority.ca.publishAll();
  });
  return { reached, goOn, done };
}

test('complete list, base with delta, OCSP with and without nonce, record: all say the same of every certificate at every moment', async () => {
  const random = randomFrom(20260401);
  const responder = createOcspResponder(authority.ca.context);
  const all: Known[] = [];
  const bases = new Map<string, { number: bigint; der: Uint8Array }>();
  const seen = new Map<string, bigint>();

  const agree = async (): Promise<void> => {
    const lists = new Map<string, ReturnType<typeof loadCrl>>();
    for (const crl of await authority.ca.crls()) {
      const key = `${crl.authority} ${crl.code}`;
      lists.set(key, loadCrl(crl.der));
      const delta = await publishedDelta(authority.ca.context, crl.authority, crl.code);
      assert.ok(delta, key);
      assert.equal(delta.number, crl.number);
      // A new base of the day is one of the lists made since the last look; a delta adds to it and to any complete list after it (RFC 5280, 5.2.4).
      if (bases.get(key)?.number !== delta.baseNumber) {
        assert.ok(
          delta.baseNumber > (seen.get(key) ?? 0n) && delta.baseNumber <= crl.number,
          `${key}: a base of now`,
        );
        bases.set(key, { number: delta.baseNumber, der: crl.der });
      }
      seen.set(key, crl.number);
      lists.set(`${key} delta`, loadCrl(delta.der));
      lists.set(`${key} base`, loadCrl(bases.get(key)?.der ?? new Uint8Array()));
    }
    for (const one of all) {
      const expected = one.revoked;
      const own = `${one.authority} ${one.place}`;
      for (const [key, loaded] of lists) {
        assert.ok(loaded.ok);
        const found = loaded.crl.lookup(one.octets);
        if (key === own) {
          assert.equal(found?.date.getTime(), expected?.at, key);
          assert.equal(found?.reason ?? 'unspecified', expected?.reason ?? 'unspecified');
        } else if (!key.startsWith(own)) assert.equal(found, undefined, `${key} speaks of ${own}`);
      }
      const [base, delta] = [lists.get(`${own} base`), lists.get(`${own} delta`)];
      assert.ok(base?.ok && delta?.ok);
      const together = delta.crl.lookup(one.octets) ?? base.crl.lookup(one.octets);
      assert.equal(together?.date.getTime(), expected?.at, 'base and delta');
      const record = await authority.ca.show({ serial: one.serial });
      assert.equal(record?.revocation?.at.getTime(), expected?.at, 'record');
      for (const nonce of [undefined, crypto.getRandomValues(new Uint8Array(16))]) {
        const question = { certificate: one.certificate, issuer: one.issuer };
        const answer = await responder.answer(
          buildOcspRequest(nonce === undefined ? question : { ...question, nonce }),
        );
        const verdict = verifyOcspResponse({
          ...question,
          response: answer.der,
          time: authority.now,
          ...(nonce === undefined ? {} : { nonce }),
        });
        assert.ok(verdict.ok, JSON.stringify(verdict));
        assert.equal(verdict.status, expected === undefined ? 'good' : 'revoked');
        assert.equal(verdict.revokedAt?.getTime(), expected?.at, 'OCSP: since when');
        assert.equal(verdict.reason ?? 'unspecified', expected?.reason ?? 'unspecified', 'OCSP: why');
      }
    }
  };

  for (let step = 0; step < 28; step++) {
    authority.now = new Date(authority.now.getTime() + 1000 + random(4 * 3600) * 1000);
    const what = random(10);
    const valid = all.filter((one) => one.revoked === undefined);
    if (step === 12) {
      // While every list is being published anew: one of the old key is signed already, and waits.
      const published = publishHeld();
      await published.reached;
      await authority.ca.rollOver({ kind: 'sign' });
      all.push(...(await links()));
      const [one] = valid.filter(({ authority: id }) => id === 'sign-g1');
      assert.ok(one);
      const revoking = authority.ca.revoke({ certificate: { serial: one.serial }, reason: 'keyCompromise' });
      published.goOn();
      await published.done;
      one.revoked = { at: (await revoking).revokedAt.getTime(), reason: 'keyCompromise' };
    } else if (step === 16) {
      await authority.ca.rollOver({ kind: 'auth' });
      all.push(await issue('99301', 'authentication'));
    } else if (what < 5 || valid.length === 0) {
      const profile = (['authentication', 'agency', 'signature', 'signature'] as const)[random(4)];
      const place = profile === 'agency' ? 'all' : (places[random(2)] ?? '99201');
      all.push(await issue(place, profile));
    } else if (what < 9) {
      const one = valid[random(valid.length)];
      const reason = caReasons[random(caReasons.length)] ?? 'superseded';
      assert.ok(one);
      const done = await authority.ca.revoke({ certificate: { serial: one.serial }, reason });
      one.revoked = { at: done.revokedAt.getTime(), reason };
    } else await authority.ca.publishAll();
    await authority.ca.publishDue();
    await agree();
  }
  // Every kind of list has spoken: both generations of both kinds, both places, the lists of authorities, and the agencies' one.
  assert.deepEqual([...new Set(all.map((one) => one.authority))].sort(), [
    'agency-g1',
    'auth-g1',
    'auth-g2',
    'sign-g1',
    'sign-g2',
  ]);
  for (const place of [...places, 'arl', 'all'])
    assert.ok(
      all.some((one) => one.place === place && one.revoked !== undefined),
      place,
    );
});

test('every list carries the end of the audit chain, and an older list proves that nothing before it was cut', async () => {
  const crls = await authority.ca.crls();
  assert.ok(crls.length > 4, String(crls.length));
  for (const crl of crls) {
    const head = auditHeadOfCrl(crl.der);
    assert.ok(head, `${crl.authority} ${crl.code}`);
    assert.ok((await authority.ca.verifyAudit(head)).ok);
    const beyond = await authority.ca.verifyAudit({ ...head, seq: head.seq + 1_000_000n });
    assert.deepEqual(beyond.ok ? 'ok' : beyond.rule, 'audit.tail');
    const other = await authority.ca.verifyAudit({ ...head, hash: '00'.repeat(32) });
    assert.deepEqual(other.ok ? 'ok' : other.rule, 'audit.head');
  }
});

test('openssl finds a revocation by base and delta together, and not without the delta', {
  skip: missing('openssl'),
}, async () => {
  const { dir } = authority;
  authority.now = new Date(authority.now.getTime() + 25 * 3600_000);
  await authority.ca.publishDue();
  const one = await issue('99201');
  const base = await authority.ca.crl(one.authority, '99201');
  await authority.ca.revoke({ certificate: { serial: one.serial }, reason: 'keyCompromise' });
  const delta = await publishedDelta(authority.ca.context, one.authority, '99201');
  assert.ok(base && delta);
  assert.equal(delta.baseNumber, base.number);
  assert.equal(delta.entries, 1);
  const root = await writePem(path.join(dir, 'root.pem'), 'CERTIFICATE', [one.issuer]);
  const leaf = await writePem(path.join(dir, 'leaf.pem'), 'CERTIFICATE', [one.certificate]);
  const old = await writePem(path.join(dir, 'base.pem'), 'X509 CRL', [base.der]);
  const added = await writePem(path.join(dir, 'delta.pem'), 'X509 CRL', [delta.der]);
  const time = ['-attime', String(Math.floor(authority.now.getTime() / 1000))];
  const common = ['verify', '-x509_strict', ...time, '-crl_check', '-CRLfile', old];
  assert.equal(openssl(...common, '-CAfile', root, leaf).code, 0);
  const both = openssl(...common, '-use_deltas', '-CRLfile', added, '-CAfile', root, leaf);
  assert.match(both.output, /certificate revoked/);
});
