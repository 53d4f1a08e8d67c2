/** CRLReason (RFC 5280 5.3.1); 7 is not used. */
export const reasonCodes = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  removeFromCRL: 8,
  privilegeWithdrawn: 9,
  aACompromise: 10,
} as const;

/** A reason of revocation by its name in RFC 5280 5.3.1. */
export type RevocationReason = keyof typeof reasonCodes;

const names = new Map<number, RevocationReason>(
  Object.entries(reasonCodes).map(([name, code]) => [code, name as RevocationReason]),
);

/** The reason behind a code; undefined for codes nobody defined. */
export function reasonByCode(code: number): RevocationReason | undefined {
  return names.get(code);
}

/** From least to most grave: which of two entries for one serial number counts when their dates agree. */
const gravity: readonly RevocationReason[] = [
  'removeFromCRL',
  'certificateHold',
  'unspecified',
  'cessationOfOperation',
  'superseded',
  'affiliationChanged',
  'privilegeWithdrawn',
  'keyCompromise',
  'aACompromise',
  'cACompromise',
];

export function graver(a: RevocationReason, b: RevocationReason): RevocationReason {
  return gravity.indexOf(a) >= gravity.indexOf(b) ? a : b;
}
