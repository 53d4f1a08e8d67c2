import assert from 'node:assert/strict';
import { buildCrl, type RevokedEntry } from '../crl/build.js';
import { type PathInput, validatePath } from '../path/validate.js';
import { crlDistributionPointName } from '../profile/citizen.js';
import * as world from './world.js';

export const thisUpdate = new Date('2026-05-31T00:00:00Z');
export const nextUpdate = new Date('2026-06-03T00:00:00Z');

/** The CRL of a partition (default: the sample city), or with `ca: true` the list of CA certificates. */
export function list(
  by: world.Party,
  entries: RevokedEntry[] = [],
  options: { city?: string; ca?: boolean; thisUpdate?: Date; nextUpdate?: Date } = {},
): Promise<Uint8Array> {
  return buildCrl(
    {
      issuer: by.certificate.subject.der,
      issuerKeyIdentifier: by.keyId,
      thisUpdate: options.thisUpdate ?? thisUpdate,
      nextUpdate: options.nextUpdate ?? nextUpdate,
      number: 1n,
      distributionPoint:
        options.ca === true
          ? by.certificate.subject.der
          : crlDistributionPointName(by.certificate, 'Mihon-ken', options.city ?? 'Mihon-shi'),
      ...(options.ca === true ? { onlyContainsCaCerts: true } : {}),
      entries,
    },
    by.signer,
  );
}

export const serial = Uint8Array.of(0x21);

/** A citizen of the sample city with a clean list, and questions about them: `short` gives indication and rule, and sees that no reason names anybody. */
export async function pathQuestions() {
  const ca = await world.citizenCa('signature', 'p256');
  const holder = await world.citizen(ca, serial, 'p256');
  const clean = await list(ca);
  const verdict = (more: Partial<PathInput> = {}) =>
    validatePath({ leaf: holder.der, anchors: [ca.der], crls: [clean], time: world.now, ...more });
  const short = (more: Partial<PathInput> = {}): string => {
    const { valid, indication, subIndication, rule, reason, path } = verdict(more);
    assert.equal(valid, indication === 'PASSED');
    assert.ok(path.length > 0);
    for (const secret of ['総務', '2026010109', 'Mihon']) assert.ok(!reason.includes(secret));
    return valid ? 'PASSED' : `${indication} ${subIndication} ${rule}`;
  };
  return { ca, holder, clean, verdict, short };
}
