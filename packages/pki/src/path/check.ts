import type { KeyUsage } from '../certificate/extensions.js';
import { mapsAnyPolicy } from '../certificate/extensions.js';
import { type Certificate, isUnderstood } from '../certificate/parse.js';
import { isEmptyName, namesEqual } from '../name.js';
import { anyPolicy, keyPurposes } from '../oids.js';
import type { Path } from './build.js';
import type { Budget } from './context.js';
import { NameConstraintState } from './name-constraints.js';
import { PolicyGraph } from './policy-graph.js';
import { type Fault, role } from './verdict.js';

export interface PathRules {
  time: Date;
  initialPolicies: readonly string[];
  requireExplicitPolicy: boolean;
  inhibitPolicyMapping: boolean;
  inhibitAnyPolicy: boolean;
  keyUsage: readonly KeyUsage[];
  extKeyUsage: readonly string[];
  /** Take nothing from an anchor but its name and key, as RFC 5280 6.1.1 (d) allows. */
  anchorsAreKeysOnly: boolean;
}

export interface PathOutcome {
  fault?: Fault;
  /** A certificate of the path is outside its validity: judged last, because revocation matters even then. */
  outOfBounds?: { index: number; fault: Fault };
  policies: string[];
}

/** RFC 5280 6.1 over one path whose names chain and signatures verify, without revocation. Policies by RFC 9618. */
export function checkPath(path: Path, rules: PathRules, budget: Pick<Budget, 'names'>): PathOutcome {
  const n = path.length - 1;
  const anchor = path[n] ?? path[0];
  const state: State = {
    graph: new PolicyGraph(),
    names: new NameConstraintState(budget),
    explicitPolicy: rules.requireExplicitPolicy ? 0 : n + 1,
    inhibitAnyPolicy: rules.inhibitAnyPolicy ? 0 : n + 1,
    policyMapping: rules.inhibitPolicyMapping ? 0 : n + 1,
    maxPathLength: n,
  };
  const outcome: PathOutcome = { policies: [] };
  const broken = rules.anchorsAreKeysOnly ? undefined : checkAnchor(anchor, state, rules);
  if (broken !== undefined) return { ...outcome, fault: broken };

  for (let i = 1; i <= n; i++) {
    const index = n - i;
    const certificate = path[index];
    if (certificate === undefined) break;
    const at = (rule: string, words: string, subIndication?: Fault['subIndication']): Fault => ({
      subIndication: subIndication ?? 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
      rule,
      reason: `${role(index, n + 1)}: ${words} (${rule})`,
    });
    if (rules.time < certificate.notBefore || rules.time > certificate.notAfter) {
      const early = rules.time < certificate.notBefore;
      const rule = early ? 'path.notYetValid' : 'path.expired';
      outcome.outOfBounds = {
        index,
        fault: at(rule, early ? 'it is not yet valid' : 'it has expired', 'OUT_OF_BOUNDS_NO_POE'),
      };
    }
    const last = i === n;
    const rule =
      basicProcessing(certificate, state, last) ??
      (last ? wrapUp(certificate, state) : prepareNext(certificate, state));
    if (rule !== undefined)
      return { ...outcome, fault: at(rule, words[rule] ?? 'it breaks a rule of RFC 5280 section 6.1') };
  }

  const initial = new Set(rules.initialPolicies.length === 0 ? [anyPolicy] : rules.initialPolicies);
  outcome.policies = state.graph.conclude(initial);
  if (state.explicitPolicy === 0 && outcome.policies.length === 0) {
    const rule = 'path.policy';
    const subIndication = initial.has(anyPolicy)
      ? 'CERTIFICATE_CHAIN_GENERAL_FAILURE'
      : 'CHAIN_CONSTRAINTS_FAILURE';
    return {
      ...outcome,
      fault: { subIndication, rule, reason: `the path holds under no acceptable policy (${rule})` },
    };
  }
  const purpose = checkPurpose(path, rules);
  return purpose === undefined ? outcome : { ...outcome, fault: purpose };
}

interface State {
  readonly graph: PolicyGraph;
  readonly names: NameConstraintState;
  explicitPolicy: number;
  inhibitAnyPolicy: number;
  policyMapping: number;
  maxPathLength: number;
}

const words: Record<string, string> = {
  'path.nameConstraints.permitted': 'a name is outside the permitted subtrees',
  'path.nameConstraints.excluded': 'a name is in an excluded subtree',
  'path.nameConstraints.unsupported': 'a name constraint cannot be judged',
  'path.nameConstraints.work': 'there are too many names and constraints',
  'path.policy': 'no policy holds along the path although one is required',
  'path.policyMapping.any': 'it maps to or from anyPolicy',
  'path.notCa': 'it is not a CA certificate',
  'path.version': 'only a version 3 certificate can be a CA',
  'path.pathLength': 'more CA certificates follow than a path length allows',
  'path.ca.name': 'a CA has a name, and its subject is empty',
  'path.keyCertSign': 'its key usage does not allow signing certificates',
  'path.critical': 'it has a critical extension that is not understood',
};

function isSelfIssued(certificate: Certificate): boolean {
  return namesEqual(certificate.subject, certificate.issuer);
}

/** 6.1.3 (b) to (f). */
function basicProcessing(certificate: Certificate, state: State, last: boolean): string | undefined {
  const selfIssued = isSelfIssued(certificate);
  if (!selfIssued || last) {
    const rule = state.names.check(certificate);
    if (rule !== undefined) return rule;
  }
  if (certificate.policies === undefined) state.graph.clear();
  else state.graph.add(certificate.policies, state.inhibitAnyPolicy > 0 || (!last && selfIssued));
  return state.explicitPolicy > 0 || !state.graph.isEmpty ? undefined : 'path.policy';
}

/** 6.1.4. */
function prepareNext(certificate: Certificate, state: State): string | undefined {
  const { policyMappings, nameConstraints, policyConstraints, inhibitAnyPolicy, basicConstraints } =
    certificate;
  if (policyMappings !== undefined) {
    if (mapsAnyPolicy(policyMappings)) return 'path.policyMapping.any';
    state.graph.map(policyMappings, state.policyMapping > 0);
  }
  if (nameConstraints !== undefined) state.names.add(nameConstraints);
  const selfIssued = isSelfIssued(certificate);
  if (!selfIssued) {
    state.explicitPolicy = Math.max(0, state.explicitPolicy - 1);
    state.policyMapping = Math.max(0, state.policyMapping - 1);
    state.inhibitAnyPolicy = Math.max(0, state.inhibitAnyPolicy - 1);
  }
  state.explicitPolicy = Math.min(
    state.explicitPolicy,
    policyConstraints?.requireExplicitPolicy ?? Number.POSITIVE_INFINITY,
  );
  state.policyMapping = Math.min(
    state.policyMapping,
    policyConstraints?.inhibitPolicyMapping ?? Number.POSITIVE_INFINITY,
  );
  state.inhibitAnyPolicy = Math.min(state.inhibitAnyPolicy, inhibitAnyPolicy ?? Number.POSITIVE_INFINITY);
  if (certificate.version !== 3) return 'path.version';
  if (basicConstraints?.ca !== true) return 'path.notCa';
  // RFC 5280 4.1.2.6: everything below would name nobody as its issuer.
  if (isEmptyName(certificate.subject)) return 'path.ca.name';
  if (!selfIssued) {
    if (state.maxPathLength <= 0) return 'path.pathLength';
    state.maxPathLength--;
  }
  state.maxPathLength = Math.min(
    state.maxPathLength,
    basicConstraints.pathLength ?? Number.POSITIVE_INFINITY,
  );
  if (certificate.keyUsage !== undefined && !certificate.keyUsage.includes('keyCertSign'))
    return 'path.keyCertSign';
  return checkCritical(certificate);
}

/** 6.1.5 (a), (b) and (f); the policies are concluded by the caller. */
function wrapUp(certificate: Certificate, state: State): string | undefined {
  state.explicitPolicy = Math.max(0, state.explicitPolicy - 1);
  if (certificate.policyConstraints?.requireExplicitPolicy === 0) state.explicitPolicy = 0;
  return checkCritical(certificate);
}

function checkCritical({ extensions }: Certificate): string | undefined {
  return extensions.some(({ oid, critical }) => critical && !isUnderstood(oid)) ? 'path.critical' : undefined;
}

/** What an anchor that came as a certificate says about itself counts, unless the caller wants name and key alone (RFC 5937). */
function checkAnchor(anchor: Certificate, state: State, { time }: PathRules): Fault | undefined {
  const fault = (subIndication: Fault['subIndication'], rule: string, text: string): Fault => ({
    subIndication,
    rule,
    reason: `the trust anchor: ${text} (${rule})`,
  });
  if (time < anchor.notBefore || time > anchor.notAfter) {
    return fault('NO_CERTIFICATE_CHAIN_FOUND_NO_POE', 'path.anchor.validity', 'it is outside its validity');
  }
  const { basicConstraints, keyUsage, nameConstraints } = anchor;
  if (basicConstraints?.ca === false)
    return fault('NO_CERTIFICATE_CHAIN_FOUND', 'path.anchor.notCa', 'it is not a CA');
  if (keyUsage !== undefined && !keyUsage.includes('keyCertSign')) {
    return fault(
      'NO_CERTIFICATE_CHAIN_FOUND',
      'path.anchor.keyUsage',
      'its key usage does not allow signing certificates',
    );
  }
  if (isEmptyName(anchor.subject))
    return fault('NO_CERTIFICATE_CHAIN_FOUND', 'path.anchor.name', 'it has no name');
  if (checkCritical(anchor) !== undefined) {
    return fault('NO_CERTIFICATE_CHAIN_FOUND', 'path.anchor.critical', words['path.critical'] ?? '');
  }
  if (nameConstraints !== undefined) state.names.add(nameConstraints);
  state.maxPathLength = Math.min(
    state.maxPathLength,
    basicConstraints?.pathLength ?? Number.POSITIVE_INFINITY,
  );
  return undefined;
}

/**
 * What the caller demands of the end certificate must be said in it; silence is no permission here. An authority whose own extended key
 * usage leaves a purpose out is used for nothing else either (RFC 5280 4.2.1.12), so it cannot give that purpose.
 */
function checkPurpose(path: Path, rules: PathRules): Fault | undefined {
  const [leaf] = path;
  const fault = (rule: string, text: string, who = 'the end certificate'): Fault => ({
    subIndication: 'CHAIN_CONSTRAINTS_FAILURE',
    rule,
    reason: `${who}: ${text} (${rule})`,
  });
  for (const usage of rules.keyUsage) {
    if (leaf.keyUsage?.includes(usage) !== true)
      return fault('path.keyUsage', `it lacks the key usage ${usage}`);
  }
  for (const purpose of rules.extKeyUsage) {
    const text = `it lacks the extended key usage ${purpose}`;
    if (leaf.extKeyUsage?.includes(purpose) !== true) return fault('path.extKeyUsage', text);
    const authorities = path.slice(1, rules.anchorsAreKeysOnly ? -1 : undefined);
    const index = authorities.findIndex(({ extKeyUsage }) => !allows(extKeyUsage, purpose));
    if (index >= 0) return fault('path.extKeyUsage.ca', text, role(index + 1, path.length));
  }
  return undefined;
}

function allows(extKeyUsage: readonly string[] | undefined, purpose: string): boolean {
  return extKeyUsage === undefined || extKeyUsage.includes(purpose) || extKeyUsage.includes(keyPurposes.any);
}
