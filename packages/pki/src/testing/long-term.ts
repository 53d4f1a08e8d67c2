import assert from 'node:assert/strict';
import type { Stamp } from '../cades/upgrade.js';
import { addArchiveTimeStamp, addSignatureTimeStamp, addValidationValues } from '../cades/upgrade.js';
import { signCades } from '../cms/sign-cades.js';
import { buildCrl, type RevokedEntry } from '../crl/build.js';
import { loadCrl } from '../crl/load.js';
import type { Parsed } from '../der/fault.js';
import { buildName } from '../name.js';
import { certificateId } from '../ocsp/certificate-id.js';
import { buildOcspResponse } from '../ocsp/response.js';
import { rootTemplate, tsaTemplate } from '../profile/agency.js';
import { crlDistributionPointName } from '../profile/citizen.js';
import { evaluate, type Report } from '../report/evaluate.js';
import { type GatherInput, gatherEvidence } from '../report/gather.js';
import { citizenSignaturePolicy, type ValidationPolicy } from '../report/policy.js';
import type { RevocationSource } from '../report/revocation-items.js';
import { stampDigest } from './time-stamps.js';
import { agencyRoot, citizen, citizenCa, notBefore, type Party, party, place, tsa } from './world.js';

/** A signer, two time-stamping authorities, and all that is needed to carry a signature through the years. */
export const serial = Uint8Array.of(0x01, 0x23);
export const ca = await citizenCa('signature');
export const taro = await citizen(ca, serial);
export const stampRoot = await agencyRoot('p256', 'Stamp Root');
export const firstStamper = await tsa(stampRoot);
/** Under a root of its own, into the forties: who renews. */
export const secondRoot = await party('p256', (publicKey) =>
  rootTemplate({
    serial: Uint8Array.of(1),
    publicKey,
    subject: buildName([
      ['O', 'JPKI-DEMO'],
      ['CN', 'Second Stamp Root'],
    ]),
    notBefore,
    notAfter: new Date('2050-01-01T00:00:00Z'),
  }),
);
export const secondStamper = await party(
  'p384',
  (publicKey) =>
    tsaTemplate({
      serial: Uint8Array.of(5),
      publicKey,
      issuer: secondRoot.certificate,
      notBefore,
      notAfter: new Date('2045-01-01T00:00:00Z'),
      crlUrl: 'http://crl.jpki-demo.example/tsa.crl',
      ocspUrl: 'http://ocsp.jpki-demo.example/tsa',
    }),
  secondRoot.signer,
);

export const content = Buffer.from('申請の中身\r\n');
export const signingTime = new Date('2026-06-01T01:10:00Z');
export const stampTime = new Date('2026-06-01T01:30:00Z');
export const archiveTime = new Date('2026-06-02T00:00:00Z');
export const nextDay = new Date('2026-06-03T00:00:00Z');
export const policy: ValidationPolicy = { ...citizenSignaturePolicy, demo: true };

export const signed = (holder = taro, detached = true): Promise<Uint8Array> =>
  signCades({
    content,
    detached,
    signerCertificate: holder.der,
    signingTime,
    algorithm: holder.signer.algorithm,
    sign: (bytes) => holder.signer.sign(bytes),
  });

/** A list of the citizens' authority, or of an authority without places. */
export async function list(
  by: Party,
  options: { citizens?: boolean; thisUpdate?: Date; entries?: RevokedEntry[] } = {},
): Promise<Uint8Array> {
  const thisUpdate = options.thisUpdate ?? new Date('2026-06-01T00:00:00Z');
  const distributionPoint = crlDistributionPointName(
    by.certificate,
    place.prefectureRomaji,
    place.municipalityRomaji,
  );
  return buildCrl(
    {
      issuer: by.certificate.subject.der,
      issuerKeyIdentifier: by.keyId,
      thisUpdate,
      nextUpdate: new Date(thisUpdate.getTime() + 36 * 3_600_000),
      number: 1n,
      entries: options.entries ?? [],
      ...(options.citizens === true ? { distributionPoint, onlyContainsUserCerts: true } : {}),
    },
    by.signer,
  );
}

export async function answer(certificate: Party, issuer: Party, thisUpdate: Date): Promise<Uint8Array> {
  const certId = certificateId(certificate.certificate, issuer.certificate, 'sha256');
  const nextUpdate = new Date(thisUpdate.getTime() + 3_600_000);
  return buildOcspResponse(
    {
      responses: [{ certId, status: 'good', thisUpdate, nextUpdate }],
      producedAt: thisUpdate,
      responder: { keyHash: issuer.keyId },
    },
    issuer.signer,
  );
}

export function must<T>(parsed: Parsed<T>): T {
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.rule);
  return parsed.value;
}

export const stampWith =
  (holder: Party, time: Date): Stamp =>
  (imprint) =>
    stampDigest(holder, time, imprint);

export const toT = async (cms: Uint8Array, holder = firstStamper, time = stampTime): Promise<Uint8Array> =>
  must(await addSignatureTimeStamp(cms, { stamp: stampWith(holder, time) }));

/** Everything for the signer and the first authority: lists of the day, made after the stamp. */
export async function toLT(cms: Uint8Array): Promise<Uint8Array> {
  const thisUpdate = new Date('2026-06-01T02:00:00Z');
  return must(
    addValidationValues(cms, {
      certificates: [ca.der, stampRoot.der],
      crls: [await list(ca, { citizens: true, thisUpdate }), await list(stampRoot, { thisUpdate })],
      ocspResponses: [await answer(taro, ca, thisUpdate)],
    }),
  );
}

export const toLTA = async (
  cms: Uint8Array,
  holder = firstStamper,
  time = archiveTime,
): Promise<Uint8Array> => must(await addArchiveTimeStamp(cms, { content, stamp: stampWith(holder, time) }));

export const source = (der: Uint8Array): RevocationSource => {
  const loaded = loadCrl(der);
  assert.ok(loaded.ok);
  return { kind: 'crl', crl: loaded.crl, source: 'http://ca.example/crl', obtainedAt: loaded.crl.thisUpdate };
};

export function judge(
  cms: Uint8Array,
  time: Date,
  change: Partial<GatherInput> = {},
  rules = policy,
): Report {
  const input = {
    policy: rules.id,
    cms,
    content,
    anchors: [ca.der],
    timeStampAnchors: [stampRoot.der, secondRoot.der],
    time,
    ...change,
  };
  return evaluate(gatherEvidence(input), rules, time);
}

export const outcome = ({ indication, subIndication, finding }: Report): string =>
  [indication, subIndication, finding].filter((part) => part !== undefined).join(' ');
