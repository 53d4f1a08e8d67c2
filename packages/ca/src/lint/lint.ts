import type { Certificate } from '@madoguchi/pki';
import { type Facts, factsOf } from './facts.js';
import { type ProfileName, profiles } from './profiles.js';
import type { LintSubject } from './rule.js';
import { lintRules } from './rules.js';

/** A broken rule and what was found. */
export interface LintFault {
  readonly rule: string;
  readonly detail: string;
}

const rules = lintRules.map((rule) => ({ rule, from: Date.parse(rule.effective) }));

/**
 * Every rule of the profile that a certificate breaks; empty when it may leave. Runs before signing on a throw-away copy, after signing,
 * and in the nightly re-check. The signature itself is not looked at. `issuer` is `self` for a root. `facts` are given where they are known
 * of a certificate with the same signed bytes.
 */
export function lint(
  certificate: Certificate,
  name: ProfileName,
  issuer: Certificate | 'self',
  facts: Facts = factsOf(certificate),
): LintFault[] {
  const subject: LintSubject = {
    certificate,
    facts,
    name,
    profile: profiles[name],
    issuer: issuer === 'self' ? certificate : issuer,
  };
  const begins = certificate.notBefore.getTime();
  const faults: LintFault[] = [];
  for (const { rule, from } of rules) {
    if (begins < from || !rule.applies(subject)) continue;
    const detail = rule.check(subject);
    if (detail !== undefined) faults.push({ rule: rule.id, detail });
  }
  return faults;
}
