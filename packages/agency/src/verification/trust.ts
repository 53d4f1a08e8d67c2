import type { Certificate, RevocationSource, ValidationPolicy } from '@madoguchi/pki';
import type { Variants } from '../matching/index.js';
import type { ResidentRegister } from './residents.js';

/** Finds what can be known now about the revocation of one certificate. Never throws: a source that is down gives nothing. */
export interface RevocationFinder {
  find(question: { certificate: Certificate; issuer: Certificate; now: Date }): Promise<RevocationFindings>;
}

export interface RevocationFindings {
  readonly sources: readonly RevocationSource[];
  /** What did not answer, by rule: `crl.index`, `crl.fetch`, `crl.none`, `ocsp.fetch` … */
  readonly problems: readonly string[];
}

/** The table of character forms (異体字) that counts at this moment. */
export interface VariantTable {
  current(): Variants;
}

/** Whom an agency believes about citizens' signatures. */
export interface CitizenTrust {
  /** Citizens' signature authorities, DER. */
  readonly anchors: readonly Uint8Array[];
  /** Further authorities on the way to the anchors, DER. */
  readonly intermediates?: readonly Uint8Array[];
  /** True where demo authorities count. */
  readonly demo: boolean;
  readonly revocation: RevocationFinder;
  /** Default: the policy for applications signed with the signature certificate. */
  readonly policy?: ValidationPolicy;
  /** The agency's own records; without them 照合 compares certificate and application only. */
  readonly residents?: ResidentRegister;
  /** Forms of characters for 照合. Default: the table that is shipped. */
  readonly variants?: VariantTable;
}
