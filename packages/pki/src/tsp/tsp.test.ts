import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { issueCertificate } from '../certificate/issue.js';
import { bytesOf, contentOf, inside, wholeTlv } from '../der/read.js';
import { constructed, integer, oid, sequence } from '../der/write.js';
import { demoOids, extensionIds, keyPurposes } from '../oids.js';
import { tsaTemplate } from '../profile/agency.js';
import { mutations } from '../testing/mutate.js';
import { openssl, opensslAbsent, pem, withFiles } from '../testing/outside.js';
import { stampResponse } from '../testing/time-stamps.js';
import { agencyRoot, notAfter, notBefore, now, type Party, parsed, tsa } from '../testing/world.js';
import { writeTimeStampInfo } from './info.js';
import { buildTimeStampRequest, parseTimeStampRequest } from './request.js';
import { buildTimeStampResponse, parseTimeStampResponse, timeStampRefusal } from './response.js';
import { signTimeStampInfo } from './token.js';
import { openTimeStamp, verifyTimeStamp, verifyTimeStampResponse } from './verify.js';

const root = await agencyRoot('p256', 'Stamp Root');
const [stamper, rsa, p384] = await Promise.all([tsa(root), tsa(root, 'rsa2048'), tsa(root, 'p384')]);
const data = Buffer.from('窓口の書類\n');
const imprint = { algorithm: 'sha256', digest: createHash('sha256').update(data).digest() } as const;
const nonce = Buffer.from('8000000000000001', 'hex');
const time = new Date('2026-06-01T00:00:00.250Z');
const trust = { anchors: [root.der], checkRevocation: false } as const;
const expected = { over: data, nonce, ...trust };

const good = await stampResponse(stamper, time, { data, nonce });
const token = ((): Uint8Array => {
  const read = parseTimeStampResponse(good);
  assert.ok(read.ok && read.value.token);
  return read.value.token;
})();
/** The elements inside an element. */
const childrenOf = (der: Uint8Array): Uint8Array[] => {
  const reader = inside(wholeTlv(der));
  const found: Uint8Array[] = [];
  while (reader.more) found.push(bytesOf(reader.next()));
  return found;
};
const ruleOf = (verdict: { ok: boolean; rule?: string }) => (verdict.ok ? 'ok' : verdict.rule);

test('a stamp says what it is over, when it was made and how exactly', () => {
  const verdict = verifyTimeStampResponse(good, { ...expected, policies: [demoOids.timeStamping] });
  assert.ok(verdict.ok, ruleOf(verdict));
  const { info } = verdict.token;
  assert.equal(info.time.toISOString(), time.toISOString());
  assert.deepEqual(info.accuracy, { seconds: 1 });
  assert.deepEqual([info.ordering, info.policy], [false, demoOids.timeStamping]);
  assert.equal(verdict.path.length, 2);
});

test('a request survives writing and reading, and strange ones are told apart', () => {
  const read = parseTimeStampRequest(buildTimeStampRequest({ imprint, nonce, policy: '1.2.3' }));
  assert.ok(read.ok);
  assert.equal(read.value.policy, '1.2.3');
  assert.equal(Buffer.from(read.value.nonce ?? []).toString('hex'), `00${nonce.toString('hex')}`);
  assert.equal(read.value.wantsCertificate, true);
  const bare = parseTimeStampRequest(buildTimeStampRequest({ imprint, wantsCertificate: false }));
  assert.ok(bare.ok && !bare.value.wantsCertificate && bare.value.nonce === undefined);
  const strange = sequence(sequence(oid('1.2.3')), constructed(0x04, [Buffer.alloc(5)]));
  const unknown = parseTimeStampRequest(sequence(integer(1), strange));
  assert.ok(unknown.ok && unknown.value.imprint === undefined);
  const rule = (der: Uint8Array) => ruleOf(parseTimeStampRequest(der));
  assert.equal(rule(sequence(integer(2), strange)), 'tsp.version');
  assert.equal(rule(Buffer.alloc(5000)), 'tsp.request.size');
  assert.equal(rule(Uint8Array.of()), 'der.truncated');
  assert.equal(rule(sequence(integer(1), strange, integer(Buffer.alloc(70, 1)))), 'tsp.nonce.size');
});

test('the authority refuses by the reasons of the standard, unsigned and without a token', async () => {
  const ask = async (request: Parameters<typeof buildTimeStampResponse>[0]['request']) => {
    const response = await buildTimeStampResponse({
      request,
      time,
      serial: Uint8Array.of(1),
      terms: { policy: demoOids.timeStamping },
      signer: { signer: stamper.signer, certificate: stamper.der },
    });
    const read = parseTimeStampResponse(response);
    assert.ok(read.ok);
    return [read.value.status, ...read.value.failures].join(' ');
  };
  const base = { imprint, wantsCertificate: true, extensions: [] };
  assert.equal(await ask(base), '0');
  assert.equal(await ask({ ...base, imprint: undefined }), '2 badAlg');
  const sha1 = { algorithm: 'sha1', digest: Buffer.alloc(20) } as const;
  assert.equal(await ask({ ...base, imprint: sha1 }), '2 badAlg');
  assert.equal(await ask({ ...base, policy: '1.2.3' }), '2 unacceptedPolicy');
  assert.equal(await ask({ ...base, extensions: ['1.2.3'] }), '2 unacceptedExtension');
  const refusal = timeStampRefusal('systemFailure', 'not now');
  assert.equal(ruleOf(verifyTimeStampResponse(refusal, expected)), 'tsp.refused.systemFailure');
});

test('each thing that is not as expected has its rule', async () => {
  const check = (change: object) => ruleOf(verifyTimeStampResponse(good, { ...expected, ...change }));
  assert.equal(check({ over: Buffer.from('other') }), 'tsp.imprint.differs');
  assert.equal(check({ over: { ...imprint, algorithm: 'sha512' } }), 'tsp.imprint.differs');
  assert.equal(check({ over: imprint }), 'ok');
  assert.equal(check({ nonce: Uint8Array.of(1) }), 'tsp.nonce.differs');
  assert.equal(check({ policies: ['1.2.3'] }), 'tsp.policy.unaccepted');
  assert.equal(check({ digests: ['sha512'] }), 'tsp.imprint.weak');
  assert.equal(check({ checkRevocation: true }), 'path.revocation.unknown');
  const other = await agencyRoot('p256', 'Other Root');
  assert.equal(check({ anchors: [other.der] }), 'path.issuer.unknown');
  const without = await stampResponse(stamper, time, { data });
  assert.equal(ruleOf(verifyTimeStampResponse(without, expected)), 'tsp.nonce.absent');
  const bare = await stampResponse(stamper, time, { data, nonce, wantsCertificate: false });
  assert.equal(ruleOf(verifyTimeStampResponse(bare, expected)), 'signature.certificate.none');
  assert.ok(verifyTimeStampResponse(bare, { ...expected, intermediates: [stamper.der] }).ok);
  const late = await stampResponse(stamper, new Date('2033-01-01T00:00:00Z'), { data, nonce });
  assert.equal(ruleOf(verifyTimeStampResponse(late, expected)), 'path.expired');
});

test('only a certificate for time stamps alone, critical, may stamp', async () => {
  const addresses = { crlUrl: 'http://crl.example/t.crl', ocspUrl: 'http://ocsp.example/' };
  const withPurpose = async (critical: boolean, ...purposes: string[]): Promise<Party> => {
    const template = tsaTemplate({
      serial: Uint8Array.of(9),
      publicKey: stamper.signer.publicKey,
      issuer: root.certificate,
      notBefore,
      notAfter,
      ...addresses,
    });
    const extensions = (template.extensions ?? []).filter(({ oid: id }) => id !== extensionIds.extKeyUsage);
    const value = sequence(...purposes.map((purpose) => oid(purpose)));
    if (purposes.length > 0) extensions.push({ oid: extensionIds.extKeyUsage, critical, value });
    const der = await issueCertificate({ ...template, extensions }, root.signer);
    return { ...stamper, der, certificate: parsed(der) };
  };
  const { timeStamping, emailProtection } = keyPurposes;
  const cases: [string, Party][] = [
    ['ok', await withPurpose(true, timeStamping)],
    ['tsp.certificate.purpose.critical', await withPurpose(false, timeStamping)],
    ['tsp.certificate.purpose', await withPurpose(true, timeStamping, emailProtection)],
    ['tsp.certificate.purpose', await withPurpose(true, emailProtection)],
    ['tsp.certificate.purpose', await withPurpose(true)],
  ];
  for (const [rule, holder] of cases) {
    const response = await stampResponse(holder, time, { data, nonce });
    assert.equal(ruleOf(verifyTimeStampResponse(response, expected)), rule);
  }
});

for (const [name, holder] of [
  ['P-256', stamper],
  ['P-384', p384],
  ['RSA', rsa],
] as const) {
  test(`OpenSSL asks, our authority answers with ${name}, OpenSSL verifies`, {
    skip: opensslAbsent,
  }, async () => {
    const query = withFiles({ data }, (folder) =>
      openssl(folder, 'ts', '-query', '-data', 'data', '-sha384', '-cert'),
    );
    const request = parseTimeStampRequest(query.stdout);
    assert.ok(request.ok, query.text);
    const response = await buildTimeStampResponse({
      request: request.value,
      time,
      serial: Uint8Array.of(0, 200),
      terms: {
        policy: demoOids.timeStamping,
        accuracy: { seconds: 1, millis: 5, micros: 7 },
        ordering: true,
        named: true,
      },
      signer: { signer: holder.signer, certificate: holder.der },
    });
    const files = { data, 'ca.pem': pem(root.der), 'q.tsq': query.stdout, 'r.tsr': response };
    withFiles(files, (folder) => {
      const attime = String(Math.floor(now.getTime() / 1000));
      const base = ['ts', '-verify', '-in', 'r.tsr', '-CAfile', 'ca.pem', '-attime', attime];
      const verified = openssl(folder, ...base, '-queryfile', 'q.tsq');
      assert.match(verified.text, /Verification: OK/, verified.text);
      assert.match(openssl(folder, ...base, '-data', 'ca.pem').text, /message imprint mismatch/i);
      const { text } = openssl(folder, 'ts', '-reply', '-in', 'r.tsr', '-text');
      assert.match(text, /Accuracy: 0x01 seconds, 0x05 millis, 0x07 micros/);
      assert.match(text, /Ordering: yes/);
      assert.match(text, /Jun {2}1 00:00:00\.25 2026 GMT/);
    });
  });
}

test('answers of OpenSSL are read, also with signingCertificate v1 over SHA-1', {
  skip: opensslAbsent,
}, () => {
  const configuration = (digest: string) => `
[tsa]
default_tsa = one
[one]
serial = serial
default_policy = 1.2.3.4
digests = sha256, sha512
accuracy = secs:1, millisecs:500
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = ${digest}
signer_digest = sha256
`;
  for (const digest of ['sha1', 'sha256']) {
    const files = {
      data,
      serial: '0A00000000000000000000000000000000000001\n',
      'c.cnf': configuration(digest),
      'tsa.pem': pem(rsa.der),
      'key.pem': pem(rsa.pkcs8, 'PRIVATE KEY'),
      'q.tsq': Buffer.from(buildTimeStampRequest({ imprint, nonce })),
    };
    const response = withFiles(files, (folder) => {
      const reply = openssl(
        ...([folder, 'ts', '-reply', '-queryfile', 'q.tsq', '-config', 'c.cnf', '-section', 'one'] as const),
        ...(['-signer', 'tsa.pem', '-inkey', 'key.pem'] as const),
      );
      assert.ok(reply.ok, reply.text);
      return reply.stdout;
    });
    const verdict = verifyTimeStampResponse(response, expected);
    assert.ok(verdict.ok, ruleOf(verdict));
    const [signer] = verdict.token.signature.signers;
    assert.equal(signer?.signingCertificate, digest === 'sha1' ? 'v1' : 'v2');
    assert.deepEqual(verdict.token.info.accuracy, { seconds: 1, millis: 500 });
    assert.equal(verdict.token.info.ordering, true);
    assert.equal(Buffer.from(verdict.token.info.serial).toString('hex').length, 40);
  }
});

/** An element of indefinite length (X.690 8.1.3.6), legal in the outer layers of a message. */
const indefinite = (tag: number, ...content: Uint8Array[]): Buffer =>
  Buffer.concat([Uint8Array.of(tag, 0x80), ...content, Uint8Array.of(0, 0)]);

test('a message in BER is read, as several authorities write it; what is signed in it is DER', {
  skip: opensslAbsent,
}, async () => {
  const [type, wrapper] = childrenOf(token);
  const [signedData] = childrenOf(wrapper ?? token);
  const ber = indefinite(
    0x30,
    type ?? token,
    indefinite(0xa0, indefinite(0x30, ...childrenOf(signedData ?? token))),
  );
  const verdict = verifyTimeStamp(ber, expected);
  assert.ok(verdict.ok, ruleOf(verdict));
  withFiles({ token: ber, data, root: pem(root.der) }, (folder) => {
    const words = ['-in', 'token', '-token_in', '-data', 'data', '-CAfile', 'root', '-attime'];
    const run = openssl(folder, 'ts', '-verify', ...words, String(Math.floor(time.getTime() / 1000)));
    assert.ok(run.ok, run.text);
  });
  assert.equal(ruleOf(openTimeStamp(ber.subarray(0, -2))), 'der.truncated');
  assert.equal(ruleOf(openTimeStamp(Buffer.concat([ber, Buffer.of(0)]))), 'der.trailing');
  assert.equal(ruleOf(openTimeStamp(Buffer.alloc(4096, Buffer.of(0x30, 0x80)))), 'der.depth');
  const info = writeTimeStampInfo({ ...verdict.token.info, serial: Uint8Array.of(7) });
  const body = contentOf(wholeTlv(info));
  const stretched = Buffer.concat([Uint8Array.of(0x30, 0x82, 0, body.length), body]);
  const signedSo = await signTimeStampInfo(
    stretched,
    { signer: stamper.signer, certificate: stamper.der },
    { time, enclose: true },
  );
  assert.equal(ruleOf(openTimeStamp(signedSo)), 'der.length.minimal');
});

test('no single changed octet of a stamp passes, and nothing damaged throws', () => {
  for (let at = 0; at < token.length; at++) {
    const changed = Uint8Array.from(token);
    changed[at] = (changed[at] ?? 0) ^ 0x01;
    const verdict = verifyTimeStamp(changed, expected);
    // Octets that no signature covers and no meaning hangs on do not exist in a token: version and digest set alone.
    if (verdict.ok) assert.deepEqual(Buffer.from(verdict.token.info.imprint.digest), imprint.digest);
  }
  for (const damaged of mutations(token, 2000)) openTimeStamp(damaged);
  for (const damaged of mutations(good, 1000, 2)) verifyTimeStampResponse(damaged, expected);
  const request = buildTimeStampRequest({ imprint, nonce, policy: '1.2.3' });
  for (const damaged of mutations(request, 4000, 3)) parseTimeStampRequest(damaged);
  assert.equal(ruleOf(openTimeStamp(Buffer.alloc(0))), 'der.truncated');
});
