import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAsic, writeAsic } from '../asic/asic.js';
import { signCades } from '../cms/sign-cades.js';
import { buildCrl, type RevokedEntry } from '../crl/build.js';
import { loadCrl } from '../crl/load.js';
import { certificateId } from '../ocsp/certificate-id.js';
import { buildOcspResponse, type OcspStatus } from '../ocsp/response.js';
import { crlDistributionPointName } from '../profile/citizen.js';
import { mutations } from '../testing/mutate.js';
import { citizen, citizenCa, login, notAfter, type Party, place } from '../testing/world.js';
import { evaluate, type Report } from './evaluate.js';
import { type GatherInput, gatherEvidence } from './gather.js';
import { citizenSignaturePolicy, type ValidationPolicy } from './policy.js';
import type { RevocationSource } from './revocation-items.js';

const policy: ValidationPolicy = { ...citizenSignaturePolicy, demo: true };
const nonceTime = new Date('2026-06-01T01:00:00Z');
const signingTime = new Date('2026-06-01T01:10:00Z');
const arrivalTime = new Date('2026-06-01T01:20:00Z');
const time = new Date('2026-06-01T02:00:00Z');
const thisUpdate = new Date('2026-05-31T15:00:00Z');
const nextUpdate = new Date('2026-06-02T15:00:00Z');

const [ca, nextGeneration] = await Promise.all([
  citizenCa('signature'),
  citizenCa('signature', 'rsa2048', 2),
]);
const serial = Uint8Array.of(0x01, 0x23);
const taro = await citizen(ca, serial);

const container = (holder: Party, certificate = holder.der) =>
  writeAsic({
    files: [{ name: 'application.json', bytes: Buffer.from('{}') }],
    sign: (manifest) =>
      signCades({
        content: manifest,
        detached: true,
        signerCertificate: certificate,
        signingTime,
        algorithm: 'rsa-sha256',
        sign: (bytes) => holder.signer.sign(bytes),
      }),
  });
const good = await container(taro);

async function crl(
  options: { by?: Party; entries?: RevokedEntry[]; next?: Date; municipality?: string } = {},
): Promise<RevocationSource> {
  const by = options.by ?? ca;
  const der = await buildCrl(
    {
      issuer: by.certificate.subject.der,
      issuerKeyIdentifier: by.keyId,
      thisUpdate,
      nextUpdate: options.next ?? nextUpdate,
      number: 1n,
      distributionPoint: crlDistributionPointName(
        by.certificate,
        place.prefectureRomaji,
        options.municipality ?? place.municipalityRomaji,
      ),
      onlyContainsUserCerts: true,
      entries: options.entries ?? [],
    },
    by.signer,
  );
  const loaded = loadCrl(der);
  assert.ok(loaded.ok);
  return { kind: 'crl', crl: loaded.crl, source: 'http://ca.example/crl', obtainedAt: arrivalTime };
}

async function ocsp(status: OcspStatus): Promise<RevocationSource> {
  const certId = certificateId(taro.certificate, ca.certificate, 'sha256');
  const response = await buildOcspResponse(
    {
      responses: [{ certId, status, thisUpdate, nextUpdate }],
      producedAt: thisUpdate,
      responder: { keyHash: ca.keyId },
    },
    ca.signer,
  );
  return { kind: 'ocsp', response, source: 'http://ca.example/ocsp', obtainedAt: arrivalTime };
}

function judge(
  bytes: Uint8Array,
  revocation: RevocationSource[],
  change: Partial<GatherInput> = {},
  rules = policy,
): Report {
  const input = { policy: rules.id, anchors: [ca.der], nonceTime, arrivalTime, time, revocation, ...change };
  return evaluate(gatherEvidence({ ...input, container: readAsic(bytes) }), rules, time);
}

const outcome = ({ indication, subIndication, finding }: Report) =>
  [indication, subIndication, finding].filter((part) => part !== undefined).join(' ');

test('a genuine application with a fresh CRL, or a fresh OCSP answer, passes', async () => {
  assert.equal(outcome(judge(good, [await crl()])), 'TOTAL_PASSED');
  assert.equal(outcome(judge(good, [await ocsp('good')])), 'TOTAL_PASSED');
});

test('revoked before, between and after nonce and arrival, by CRL and by OCSP', async () => {
  const cases: [string, Date][] = [
    ['TOTAL_FAILED REVOKED validity.revoked', nonceTime],
    ['INDETERMINATE REVOKED_NO_POE validity.revokedNoProof', signingTime],
    ['TOTAL_PASSED', new Date(arrivalTime.getTime() + 1000)],
  ];
  for (const [expected, date] of cases) {
    assert.equal(outcome(judge(good, [await crl({ entries: [{ serial, date }] })])), expected);
    assert.equal(outcome(judge(good, [await ocsp({ revoked: date })])), expected);
  }
});

test('a list that is not for this certificate proves nothing', async () => {
  const lists = [
    await crl({ by: nextGeneration }),
    await crl({ municipality: 'Tonari-shi' }),
    await crl({ next: new Date('2026-05-31T16:00:00Z') }),
  ];
  const findings = ['validity.noRevocationData', 'validity.noRevocationData', 'validity.staleRevocationData'];
  for (const [index, list] of lists.entries()) {
    assert.equal(outcome(judge(good, [list])), `INDETERMINATE TRY_LATER ${findings[index]}`);
  }
  const report = judge(
    good,
    [lists[0], lists[1]].filter((list) => list !== undefined),
  );
  const check = report.checks.find(({ id }) => id === 'validity.revocationData');
  assert.equal(check?.detail, 'crl.otherKey crl.scope');
});

test('a list with a broken signature is not believed, whatever it says', async () => {
  const genuine = await crl({ entries: [{ serial, date: nonceTime }] });
  assert.ok(genuine.kind === 'crl');
  const der = Uint8Array.from(genuine.crl.der);
  der[der.length - 1] = (der[der.length - 1] ?? 0) ^ 1;
  const loaded = loadCrl(der);
  assert.ok(loaded.ok);
  assert.equal(
    outcome(judge(good, [{ ...genuine, crl: loaded.crl }])),
    'INDETERMINATE TRY_LATER validity.noRevocationData',
  );
});

test('each lie about the certificate is caught in its place', async () => {
  const fresh = [await crl()];
  const stranger = await citizenCa('signature');
  const foreign = await container(await citizen(stranger, serial));
  assert.equal(
    outcome(judge(foreign, fresh)),
    'INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND validity.unknownIssuer',
  );
  assert.equal(
    outcome(judge(good, fresh, {}, citizenSignaturePolicy)),
    'INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND validity.demoIssuer',
  );
  const authentication = await citizenCa('authentication');
  const wrong = await container(await login(authentication, serial));
  assert.equal(
    outcome(judge(wrong, fresh, { anchors: [ca.der, authentication.der] })),
    'INDETERMINATE CHAIN_CONSTRAINTS_FAILURE validity.keyUsage',
  );
  const swapped = await container(taro, (await citizen(ca, serial)).der);
  assert.equal(outcome(judge(swapped, fresh)), 'TOTAL_FAILED SIG_CRYPTO_FAILURE signature.broken');
  const late = new Date(notAfter.getTime() + 1000);
  assert.equal(
    outcome(judge(good, fresh, { nonceTime: late, arrivalTime: late })),
    'TOTAL_FAILED EXPIRED validity.expired',
  );
});

test('the evidence is plain JSON, and the report holds no serial number, name or address', async () => {
  const input = {
    policy: policy.id,
    anchors: [ca.der],
    nonceTime,
    arrivalTime,
    time,
    revocation: [await crl()],
  };
  const evidence = gatherEvidence({ ...input, container: readAsic(good) });
  assert.deepEqual(JSON.parse(JSON.stringify(evidence)), evidence);
  // In a digest the digits of a number stand by chance.
  const text = JSON.stringify(evaluate(evidence, policy, time)).replaceAll(/[0-9a-f]{64}/g, '');
  for (const secret of ['0123', '総務', '見本', '202601010900'])
    assert.equal(text.includes(secret), false, secret);
});

test('damage to a submission is answered, never thrown, and never changes what passes', async () => {
  const fresh = [await crl()];
  const original = readAsic(good);
  let passed = 0;
  for (const damaged of mutations(good, 1500, 21)) {
    if (judge(damaged, fresh).indication !== 'TOTAL_PASSED') continue;
    // Times and versions in the archive's headers are nobody's business; the files are.
    passed += 1;
    assert.deepEqual(readAsic(damaged), original);
  }
  assert.ok(passed > 0 && passed < 300, `${passed} passed: both ways must be met`);
});
