import type { SignatureAlgorithm } from '../key/algorithm.js';
import type { CheckContext } from './check.js';

/** Why an algorithm or a key does not protect what it signed. */
export interface Weakness {
  readonly subIndication: 'CRYPTO_CONSTRAINTS_FAILURE' | 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE';
  /** For the engineer: the algorithm or length, and until when it was sound. */
  readonly detail: string;
}

/** The rules, and the moments between which the signature was made. */
type Moment = Pick<CheckContext, 'policy' | 'notEarlier' | 'notLater'>;

/** Curves have 256 bits and more: a larger number is the length of an RSA modulus. */
const longestCurve = 521;

const never = (detail: string): Weakness => ({ subIndication: 'CRYPTO_CONSTRAINTS_FAILURE', detail });

/** What was sound when it was used stays sound, if it is proven to be that old (EN 319 102-1 5.2.8). */
function since({ notEarlier, notLater }: Moment, what: string, end: string): Weakness | undefined {
  if (notLater <= new Date(end)) return undefined;
  const isYounger = notEarlier !== undefined && notEarlier > new Date(end);
  return {
    subIndication: isYounger ? 'CRYPTO_CONSTRAINTS_FAILURE' : 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
    detail: `${what} until ${end}`,
  };
}

/** `undefined` as algorithm: it is none of ours. */
export function algorithmWeakness(
  moment: Moment,
  algorithm: SignatureAlgorithm | undefined,
): Weakness | undefined {
  const { algorithms, algorithmEnds } = moment.policy;
  if (algorithm === undefined || !algorithms.includes(algorithm)) return never(algorithm ?? 'unknown');
  const end = algorithmEnds?.[algorithm];
  return end === undefined ? undefined : since(moment, algorithm, end);
}

/** `bits`: RSA modulus or curve. */
export function keyWeakness(moment: Moment, bits: number): Weakness | undefined {
  const { minimumRsaBits, weakRsa } = moment.policy;
  if (bits <= longestCurve) return undefined;
  if (bits < minimumRsaBits) return never(`${bits} bits`);
  return weakRsa !== undefined && bits < weakRsa.belowBits
    ? since(moment, `${bits} bits`, weakRsa.until)
    : undefined;
}
