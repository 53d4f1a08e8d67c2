import type { Certificate } from '@madoguchi/pki';
import { type ProfileName, profiles } from './profiles.js';
import { lintRules } from './rules.js';

/** A broken rule and what was found. */
export interface LintFault {
  readonly rule: string;
  readonly detail: string;
}

/**
 * Every rule of the profile that a certificate breaks; empty when it may leave. Runs before signing on a throw-away copy, after signing,
 * and in the nightly re-check. The signature itself is not looked at. `issuer` is `self` for a root.
 */
export function lint(certificate: Certificate, name: ProfileName, issuer: Certificate | 'self'): LintFault[] {
  const subject = {
    certificate,
    name,
    profile: profiles[name],
    issuer: issuer === 'self' ? certificate : issuer,
  };
  return lintRules.flatMap((rule) => {
    if (!rule.applies(subject)) return [];
    const detail = rule.check(subject);
    return detail === undefined ? [] : [{ rule: rule.id, detail }];
  });
}
