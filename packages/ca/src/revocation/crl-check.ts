import { type CrlIndex, loadCrl } from '@madoguchi/pki';

/** What a list that is about to be published must say. */
export interface ExpectedCrl {
  readonly issuerSpki: Uint8Array;
  readonly issuerKeyId: Uint8Array;
  /** Name DER of the place; undefined for a list that is not partitioned. */
  readonly distributionPoint: Uint8Array | undefined;
  readonly number: bigint;
  readonly previousNumber: bigint | undefined;
  readonly serials: readonly Uint8Array[];
  readonly now: Date;
}

interface CrlRule {
  readonly id: string;
  readonly check: (crl: CrlIndex, expected: ExpectedCrl) => boolean;
}

const equal = (a: Uint8Array | undefined, b: Uint8Array | undefined) =>
  a === undefined || b === undefined ? a === b : Buffer.compare(a, b) === 0;

const longestLifeMs = 31 * 24 * 3600_000;

/** The storer's rules (RFC 5280 5.2; the partition's scope): read from the finished bytes, not from what was meant. */
const rules: readonly CrlRule[] = [
  { id: 'crl.signature', check: (crl, expected) => crl.verify(expected.issuerSpki) },
  { id: 'crl.number', check: (crl, expected) => crl.number === expected.number },
  {
    id: 'crl.number.rises',
    check: (crl, { previousNumber }) =>
      previousNumber === undefined || (crl.number !== undefined && crl.number > previousNumber),
  },
  { id: 'crl.aki', check: (crl, expected) => equal(crl.authorityKeyIdentifier, expected.issuerKeyId) },
  { id: 'crl.idp', check: (crl, expected) => equal(crl.distributionPoint, expected.distributionPoint) },
  { id: 'crl.size', check: (crl, expected) => crl.size === expected.serials.length },
  {
    id: 'crl.entries',
    check: (crl, expected) => expected.serials.every((serial) => crl.lookup(serial) !== undefined),
  },
  { id: 'crl.thisUpdate', check: (crl, expected) => crl.thisUpdate <= expected.now },
  {
    id: 'crl.nextUpdate',
    check: (crl) => {
      const life = (crl.nextUpdate?.getTime() ?? 0) - crl.thisUpdate.getTime();
      return life > 0 && life <= longestLifeMs;
    },
  },
];

/** Reads a list again before it is published; the id of the first broken rule, or undefined when it may go out. */
export function crlFault(der: Uint8Array, expected: ExpectedCrl): string | undefined {
  const loaded = loadCrl(der);
  if (!loaded.ok) return loaded.rule;
  return rules.find((rule) => !rule.check(loaded.crl, expected))?.id;
}
