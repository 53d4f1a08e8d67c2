import type { Certificate } from '@madoguchi/pki';
import type { Facts } from './facts.js';
import type { Profile, ProfileName } from './profiles.js';

/** What a rule looks at. */
export interface LintSubject {
  readonly certificate: Certificate;
  /** What several rules ask of its signed bytes, found out once. */
  readonly facts: Facts;
  readonly name: ProfileName;
  readonly profile: Profile;
  /** The issuing certificate; the certificate itself for a root. */
  readonly issuer: Certificate;
}

/**
 * A rule is data: what it asks, where that is written, from when on (certificates made before are not judged by it), whom it concerns,
 * and the check: undefined when kept, else what was found.
 */
export interface LintRule {
  readonly id: string;
  readonly description: string;
  readonly citation: string;
  /** Day from which the rule binds, YYYY-MM-DD. */
  readonly effective: string;
  readonly applies: (subject: LintSubject) => boolean;
  readonly check: (subject: LintSubject) => string | undefined;
}

/** Days from which the documents bind. A decision of this project binds always: it keeps demo and production apart. */
export const since = {
  always: '1970-01-01',
  rfc3161: '2001-08-01',
  rfc5280: '2008-05-01',
  rfc6960: '2013-06-01',
  jpki2016: '2016-01-01',
} as const;

export const always = () => true;
export const citizenLeaf = ({ profile }: LintSubject) => profile.citizen && !profile.ca;
export const only =
  (...names: ProfileName[]) =>
  ({ name }: LintSubject) =>
    names.includes(name);

export const same = (a: Uint8Array | undefined, b: Uint8Array | undefined) =>
  a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
export const list = (items: readonly string[]) => items.join(' ') || 'nothing';
/** Nothing where the rule is kept; what was found is only put into words where it is not. */
export const unless = (kept: boolean, found: string | (() => string)) =>
  kept ? undefined : typeof found === 'string' ? found : found();

export function extensionValue(certificate: Certificate, oid: string): Uint8Array | undefined {
  return certificate.extensions.find((found) => found.oid === oid)?.value;
}
