/** Sub-indications of ETSI EN 319 102-1 that a chain of certificates can lead to. */
export type SubIndication =
  | 'FORMAT_FAILURE'
  | 'CHAIN_CONSTRAINTS_FAILURE'
  | 'CERTIFICATE_CHAIN_GENERAL_FAILURE'
  | 'CRYPTO_CONSTRAINTS_FAILURE'
  | 'NO_CERTIFICATE_CHAIN_FOUND'
  | 'NO_CERTIFICATE_CHAIN_FOUND_NO_POE'
  | 'REVOKED_NO_POE'
  | 'REVOKED_CA_NO_POE'
  | 'OUT_OF_BOUNDS_NOT_REVOKED'
  | 'OUT_OF_BOUNDS_NO_POE'
  | 'TRY_LATER';

export interface Fault {
  subIndication: SubIndication;
  /** The rule that is broken, e.g. `path.pathLength`. */
  rule: string;
  /** Rule and role in words; never a name, number or key of a person. */
  reason: string;
}

/** How far a path came before it failed: the verdict of the one that came furthest is the one worth telling. */
const progress: Record<SubIndication, number> = {
  FORMAT_FAILURE: 0,
  NO_CERTIFICATE_CHAIN_FOUND: 1,
  NO_CERTIFICATE_CHAIN_FOUND_NO_POE: 2,
  CRYPTO_CONSTRAINTS_FAILURE: 3,
  CERTIFICATE_CHAIN_GENERAL_FAILURE: 4,
  CHAIN_CONSTRAINTS_FAILURE: 5,
  OUT_OF_BOUNDS_NO_POE: 6,
  OUT_OF_BOUNDS_NOT_REVOKED: 7,
  TRY_LATER: 8,
  REVOKED_CA_NO_POE: 9,
  REVOKED_NO_POE: 10,
};

export function cameFurther(a: Fault, b: Fault | undefined): boolean {
  return b === undefined || progress[a.subIndication] > progress[b.subIndication];
}

/** The role of the certificate at `index` of a path from leaf (0) to anchor. */
export function role(index: number, length: number): string {
  if (index === 0) return 'the end certificate';
  return index === length - 1 ? 'the trust anchor' : `CA certificate ${index}`;
}
