import { demoOids } from '@madoguchi/pki/certificates';
import { type CrlIndex, loadCrl } from '@madoguchi/pki/validation';
import type { AuditHead } from '@madoguchi/store';
import { readAuditHead } from './audit-head.js';

/** What a list that is about to be published must say. */
export interface ExpectedCrl {
  readonly issuerSpki: Uint8Array;
  readonly issuerKeyId: Uint8Array;
  /** Name DER of the place; undefined for a list that is not partitioned. */
  readonly distributionPoint: Uint8Array | undefined;
  readonly number: bigint;
  readonly previousNumber: bigint | undefined;
  /** thisUpdate of the list that is published now: a list never goes back in time. */
  readonly previousUpdate: Date | undefined;
  /** Every serial number that the ledger has for this list. */
  readonly serials: readonly Uint8Array[];
  /** The list that is published now: nothing of it may be missing, but for certificates that have ended. */
  readonly previous: CrlIndex | undefined;
  /** Serial numbers of certificates that have ended since. */
  readonly ended: readonly Uint8Array[];
  /** For a delta: the number of the complete list it adds to. */
  readonly deltaBase: bigint | undefined;
  readonly auditHead: AuditHead | undefined;
  readonly now: Date;
}

interface CrlRule {
  readonly id: string;
  readonly citation: string;
  readonly check: (crl: CrlIndex, expected: ExpectedCrl) => boolean;
}

const equal = (a: Uint8Array | undefined, b: Uint8Array | undefined) =>
  a === undefined || b === undefined ? a === b : Buffer.compare(a, b) === 0;

const longestLifeMs = 31 * 24 * 3600_000;

/** Extensions of a list and whether they are critical (RFC 5280 5.2). Nothing else may stand in it: no AIA, no issuerAltName. */
const criticality = new Map([
  ['2.5.29.35', false],
  ['2.5.29.20', false],
  ['2.5.29.27', true],
  ['2.5.29.28', true],
  ['2.5.29.46', false],
  [demoOids.auditHead, false],
]);

/** The storer's rules: read from the finished bytes, not from what was meant. */
const rules: readonly CrlRule[] = [
  {
    id: 'crl.signature',
    citation: 'RFC 5280 6.3.3 (g)',
    check: (crl, { issuerSpki }) => crl.verify(issuerSpki),
  },
  {
    id: 'crl.number',
    citation: 'RFC 5280 5.2.3: at most 20 octets',
    check: (crl, { number }) => crl.number === number && number > 0n && number < 1n << 159n,
  },
  {
    id: 'crl.number.rises',
    citation: 'RFC 5280 5.2.3',
    check: (crl, { previousNumber }) =>
      previousNumber === undefined || (crl.number !== undefined && crl.number > previousNumber),
  },
  {
    id: 'crl.extensions',
    citation: 'RFC 5280 5.2',
    check: (crl) => crl.extensions.every(({ oid, critical }) => criticality.get(oid) === critical),
  },
  {
    id: 'crl.aki',
    citation: 'RFC 5280 5.2.1; certificates of one name have several keys',
    check: (crl, { issuerKeyId }) => equal(crl.authorityKeyIdentifier, issuerKeyId),
  },
  {
    id: 'crl.idp',
    citation: 'RFC 5280 5.2.5; profile, section 9.1',
    check: (crl, { distributionPoint }) => equal(crl.distributionPoint, distributionPoint),
  },
  {
    id: 'crl.direct',
    citation: 'RFC 5280 5.3.3: no certificateIssuer in a direct list',
    check: (crl) => crl.issuingDistributionPoint?.indirectCrl !== true,
  },
  { id: 'crl.delta', citation: 'RFC 5280 5.2.4', check: (crl, { deltaBase }) => crl.deltaBase === deltaBase },
  { id: 'crl.size', citation: 'ledger', check: (crl, { serials }) => crl.size === serials.length },
  {
    id: 'crl.entries',
    citation: 'ledger',
    check: (crl, { serials }) => serials.every((serial) => crl.lookup(serial) !== undefined),
  },
  {
    id: 'crl.shrinks',
    citation: 'lifecycle, sections 3.2 and 5: an entry stays until its certificate has ended',
    check: (crl, { previous, serials, ended }) => {
      if (previous === undefined) return true;
      const has = (serial: Uint8Array) => previous.lookup(serial) !== undefined;
      const kept = serials.filter((serial) => has(serial) && crl.lookup(serial) !== undefined).length;
      return kept + ended.filter(has).length >= previous.size;
    },
  },
  {
    id: 'crl.thisUpdate',
    citation: 'RFC 5280 5.1.2.4',
    check: (crl, { now, previousUpdate }) =>
      crl.thisUpdate <= now && (previousUpdate === undefined || crl.thisUpdate >= previousUpdate),
  },
  {
    id: 'crl.nextUpdate',
    citation: 'RFC 5280 5.1.2.5',
    check: (crl, { now }) => {
      const life = (crl.nextUpdate?.getTime() ?? 0) - crl.thisUpdate.getTime();
      return life > 0 && life <= longestLifeMs && (crl.nextUpdate?.getTime() ?? 0) > now.getTime();
    },
  },
  {
    id: 'crl.auditHead',
    citation: 'project: the end of the audit chain is published with every list',
    check: (crl, { auditHead }) => {
      const found = readAuditHead(crl);
      return found?.seq === auditHead?.seq && found?.hash === auditHead?.hash;
    },
  },
];

/** Reads a list again before it is published; the id of the first broken rule, or undefined when it may go out. */
export function crlFault(der: Uint8Array, expected: ExpectedCrl): string | undefined {
  const loaded = loadCrl(der);
  if (!loaded.ok) return loaded.rule;
  return rules.find((rule) => !rule.check(loaded.crl, expected))?.id;
}
