import type { KeyUsage } from '../certificate/extensions.js';
import { type Certificate, parseCertificate } from '../certificate/parse.js';
import { type CrlIndex, loadCrl } from '../crl/load.js';
import { buildPaths, type DeadEnd, type Path } from './build.js';
import { checkPath, type PathRules } from './check.js';
import { Context, type CryptoPolicy } from './context.js';
import { RevocationChecker } from './revocation.js';
import { cameFurther, type Fault, role, type SubIndication } from './verdict.js';

export interface PathInput {
  /** The certificate in question, DER. */
  leaf: Uint8Array;
  /** In any order; DER, or already taken apart where the same ones serve many questions. */
  intermediates?: readonly (Uint8Array | Certificate)[];
  anchors: readonly (Uint8Array | Certificate)[];
  /** DER, or lists already loaded: those of a million entries are loaded once, not once a question. */
  crls?: readonly (Uint8Array | CrlIndex)[];
  ocspResponses?: readonly Uint8Array[];
  time: Date;
  /** Acceptable policies; none or anyPolicy accepts all. */
  initialPolicies?: readonly string[];
  requireExplicitPolicy?: boolean;
  inhibitPolicyMapping?: boolean;
  inhibitAnyPolicy?: boolean;
  /** Default true: every certificate below the anchor needs fresh revocation data that clears it. */
  checkRevocation?: boolean;
  /** Certificates allowed between leaf and anchor; default 12. */
  maxDepth?: number;
  /** Demanded of the leaf: each must be stated in it. */
  keyUsage?: readonly KeyUsage[];
  extKeyUsage?: readonly string[];
  /** When revocation data must be fresh, where that is later than `time`: then revocations after `time` do not count. */
  revocationTime?: Date;
  /** A hold is terminal in JPKI and counts as revoked (default); `tryLater` waits for its end. */
  hold?: 'revoked' | 'tryLater';
  /** Take only name and key from an anchor, not its validity and constraints. Default false. */
  anchorsAreKeysOnly?: boolean;
  crypto?: CryptoPolicy;
}

export interface PathResult {
  /** ⇔ PASSED. */
  valid: boolean;
  indication: 'PASSED' | 'FAILED' | 'INDETERMINATE';
  subIndication?: SubIndication;
  /** The rule and the role of the certificate in words, without personal data. */
  reason: string;
  /** The broken rule, e.g. `path.pathLength`; absent when PASSED. */
  rule?: string;
  /** Leaf → anchor; of the rejected paths the one that came furthest. */
  path: Uint8Array[];
  /** The policies, in the anchor's terms, that hold along the path. */
  policies: string[];
}

/** More certificates or lists than this are not a chain but an attack on the reader; the rest is not looked at. */
const maximumCertificates = 5000;
const maximumLists = 20_000;

/**
 * Whether a certificate chains to a trust anchor and may be relied on at `time`: RFC 5280 section 6 with the policies of RFC 9618, paths
 * built over cross-certificates by key identifier and signature, revocation by CRL (scopes, partitions, reasons, indirect and delta
 * lists, CRL keys under the same anchor) and OCSP. What it cannot judge it refuses. A revoked or expired certificate is INDETERMINATE
 * (EN 319 102-1): proof of when it was used is the caller's affair. Never throws on input; throws TypeError on misuse.
 */
export function validatePath(input: PathInput): PathResult {
  checkUse(input);
  const leaf = parseCertificate(input.leaf);
  if (!leaf.ok) {
    const reason = `the end certificate cannot be read: ${leaf.rule} at octet ${leaf.offset}`;
    const fault: Fault = { subIndication: 'FORMAT_FAILURE', rule: leaf.rule, reason };
    return { ...rejected(fault, []), indication: 'FAILED' };
  }
  const context = new Context(
    readAll(input.anchors),
    readAll(input.intermediates ?? []),
    (input.crls ?? []).slice(0, maximumLists).flatMap(asIndex),
    input.crypto ?? {},
  );
  const rules = rulesOf(input);
  const maxDepth = input.maxDepth ?? 12;
  const checker = new RevocationChecker(context, rules, {
    freshAt: input.revocationTime ?? input.time,
    ...(input.revocationTime === undefined ? {} : { countUntil: input.time }),
    ocsp: input.ocspResponses ?? [],
    maxDepth,
  });
  if (context.key(leaf.value) === undefined) {
    const rule = 'path.key';
    const reason = `the end certificate: its key is not accepted (${rule})`;
    return rejected({ subIndication: 'CRYPTO_CONSTRAINTS_FAILURE', rule, reason }, [leaf.value]);
  }

  const deadEnd: DeadEnd = { path: [leaf.value] };
  let best: { fault: Fault; path: readonly Certificate[] } | undefined;
  for (const path of buildPaths(context, leaf.value, context.anchors, maxDepth, deadEnd)) {
    const outcome = judge(path, rules, input, checker, context);
    if (outcome.fault === undefined) return passed(path, outcome.policies);
    if (cameFurther(outcome.fault, best?.fault)) best = { fault: outcome.fault, path };
    // No other path can make a revoked certificate good.
    if (outcome.fault.subIndication === 'REVOKED_NO_POE') break;
  }
  if (best !== undefined) return rejected(best.fault, best.path);
  const nothing: Fault = {
    subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
    rule: 'path.none',
    reason: 'no path leads from the end certificate to a trust anchor (path.none)',
  };
  return rejected(deadEnd.fault ?? nothing, deadEnd.path);
}

function judge(
  path: Path,
  rules: PathRules,
  input: PathInput,
  checker: RevocationChecker,
  context: Context,
): { fault?: Fault; policies: string[] } {
  const { fault, outOfBounds, policies } = checkPath(path, rules, context.budget);
  if (fault !== undefined) return { fault, policies };
  const revocation = input.checkRevocation === false ? undefined : checkRevocation(path, checker, input.hold);
  if (outOfBounds !== undefined) {
    if (revocation !== undefined && revocation.subIndication !== 'TRY_LATER')
      return { fault: revocation, policies };
    const known = revocation === undefined && input.checkRevocation !== false;
    const subIndication = known ? 'OUT_OF_BOUNDS_NOT_REVOKED' : 'OUT_OF_BOUNDS_NO_POE';
    return { fault: { ...outOfBounds.fault, subIndication }, policies };
  }
  return revocation === undefined ? { policies } : { fault: revocation, policies };
}

function checkRevocation(path: Path, checker: RevocationChecker, hold: PathInput['hold']): Fault | undefined {
  for (let index = path.length - 2; index >= 0; index--) {
    const status = checker.status(path, index);
    if (status.kind === 'good') continue;
    const who = role(index, path.length);
    if (status.kind === 'unknown') {
      const rule = 'path.revocation.unknown';
      return {
        subIndication: 'TRY_LATER',
        rule,
        reason: `${who}: whether it is revoked is not known: ${status.why} (${rule})`,
      };
    }
    if (status.reason === 'certificateHold' && hold === 'tryLater') {
      return { subIndication: 'TRY_LATER', rule: 'path.hold', reason: `${who}: it is on hold (path.hold)` };
    }
    const subIndication = index === 0 ? 'REVOKED_NO_POE' : 'REVOKED_CA_NO_POE';
    return {
      subIndication,
      rule: 'path.revoked',
      reason: `${who}: it is revoked, reason ${status.reason} (path.revoked)`,
    };
  }
  return undefined;
}

function rulesOf(input: PathInput): PathRules {
  return {
    time: input.time,
    initialPolicies: input.initialPolicies ?? [],
    requireExplicitPolicy: input.requireExplicitPolicy === true,
    inhibitPolicyMapping: input.inhibitPolicyMapping === true,
    inhibitAnyPolicy: input.inhibitAnyPolicy === true,
    keyUsage: input.keyUsage ?? [],
    extKeyUsage: input.extKeyUsage ?? [],
    anchorsAreKeysOnly: input.anchorsAreKeysOnly === true,
  };
}

function passed(path: Path, policies: string[]): PathResult {
  const reason = 'the path to the trust anchor holds';
  return { valid: true, indication: 'PASSED', reason, path: path.map(({ der }) => der), policies };
}

function rejected({ subIndication, rule, reason }: Fault, path: readonly Certificate[]): PathResult {
  return {
    valid: false,
    indication: 'INDETERMINATE',
    subIndication,
    rule,
    reason,
    path: path.map(({ der }) => der),
    policies: [],
  };
}

/** What cannot be read cannot help; it is left out, once each. */
function readAll(given: readonly (Uint8Array | Certificate)[]): Certificate[] {
  const seen = new Set<string>();
  return given.slice(0, maximumCertificates).flatMap((each) => {
    const der = each instanceof Uint8Array ? each : each.der;
    const key = Buffer.from(der.buffer, der.byteOffset, der.length).toString('latin1');
    if (seen.has(key)) return [];
    seen.add(key);
    if (!(each instanceof Uint8Array)) return [each];
    const parsed = parseCertificate(der);
    return parsed.ok ? [parsed.value] : [];
  });
}

function asIndex(crl: Uint8Array | CrlIndex): CrlIndex[] {
  if (!(crl instanceof Uint8Array)) return [crl];
  const loaded = loadCrl(crl);
  return loaded.ok ? [loaded.crl] : [];
}

function checkUse(input: PathInput): void {
  const isBytes = (each: unknown): boolean => each instanceof Uint8Array;
  const certificates = [...input.anchors, ...(input.intermediates ?? [])];
  if (![input.leaf, ...(input.ocspResponses ?? [])].every(isBytes))
    throw new TypeError('input is bytes of DER');
  if (!certificates.every((each) => isBytes(each) || isBytes((each as Certificate).der))) {
    throw new TypeError('certificates are given as bytes of DER or as parseCertificate returns them');
  }
  for (const time of [input.time, input.revocationTime ?? input.time]) {
    if (!(time instanceof Date) || Number.isNaN(time.getTime())) throw new TypeError('time is a valid Date');
  }
}
