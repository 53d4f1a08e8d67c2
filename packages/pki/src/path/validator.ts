import { type Certificate, parseCertificate } from '../certificate/parse.js';
import { type CrlIndex, loadCrl } from '../crl/load.js';
import { isPem } from '../der/read.js';
import type { PublicKey } from '../key/import.js';
import { buildPaths, type DeadEnd, type Path } from './build.js';
import { checkPath, type PathRules } from './check.js';
import { Context } from './context.js';
import { RevocationChecker } from './revocation.js';
import type { PathInput, PathResult } from './validate.js';
import { cameFurther, type Fault, role } from './verdict.js';

/** What stays the same from question to question. */
export type PathSettings = Omit<PathInput, 'leaf' | 'time' | 'revocationTime' | 'ocspResponses'>;

/** One question: about this certificate, at this time. */
export interface PathQuestion extends Pick<PathInput, 'time' | 'revocationTime' | 'ocspResponses'> {
  /** DER, or already taken apart. */
  leaf: Uint8Array | Certificate;
}

/** Answers questions under the settings that it was made with. */
export interface PathValidator {
  /** `key`: the leaf's key, where the caller has it from importPublicKey under the same policy. */
  validate(question: PathQuestion, key?: PublicKey): PathResult;
}

/** More certificates or lists than this are not a chain but an attack on the reader; the rest is not looked at. */
const maximumCertificates = 5000;
const maximumLists = 20_000;

/**
 * A validator for many certificates under the same anchors, intermediates, lists and rules. Those are taken apart once, and who signed whom
 * among them is found out once; every verdict is the one `validatePath` gives to the same input, whatever was asked before. To
 * exchange a list, make a new one. Throws TypeError on misuse.
 */
export function createPathValidator(settings: PathSettings): PathValidator {
  checkSettings(settings);
  const context = new Context(
    readAll(settings.anchors),
    readAll(settings.intermediates ?? []),
    (settings.crls ?? []).slice(0, maximumLists).flatMap(asIndex),
    settings.crypto ?? {},
  );
  return {
    validate(question, key) {
      checkQuestion(question);
      const { leaf } = question;
      const parsed = leaf instanceof Uint8Array ? parseCertificate(leaf) : { ok: true as const, value: leaf };
      if (!parsed.ok) {
        const reason = `the end certificate cannot be read: ${parsed.rule} at octet ${parsed.offset}`;
        const fault: Fault = { subIndication: 'FORMAT_FAILURE', rule: parsed.rule, reason };
        return { ...rejected(fault, []), indication: 'FAILED' };
      }
      // The pools' own objects carry facts that outlive the question; the certificate in question must not be one of them.
      const value = context.holds(parsed.value) ? { ...parsed.value } : parsed.value;
      context.ask(value, key);
      return answer(context, value, settings, question);
    },
  };
}

function answer(
  context: Context,
  leaf: Certificate,
  settings: PathSettings,
  question: PathQuestion,
): PathResult {
  if (context.key(leaf) === undefined) {
    const rule = 'path.key';
    const reason = `the end certificate: its key is not accepted (${rule})`;
    return rejected({ subIndication: 'CRYPTO_CONSTRAINTS_FAILURE', rule, reason }, [leaf]);
  }
  const rules = rulesOf(settings, question.time);
  const maxDepth = settings.maxDepth ?? 12;
  const checker = new RevocationChecker(context, rules, {
    freshAt: question.revocationTime ?? question.time,
    ...(question.revocationTime === undefined ? {} : { countUntil: question.time }),
    ocsp: question.ocspResponses ?? [],
    maxDepth,
  });
  const deadEnd: DeadEnd = { path: [leaf] };
  let best: { fault: Fault; path: readonly Certificate[] } | undefined;
  for (const path of buildPaths(context, leaf, context.anchors, maxDepth, deadEnd)) {
    const outcome = judge(path, rules, settings, checker, context);
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
  input: PathSettings,
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

function rulesOf(input: PathSettings, time: Date): PathRules {
  return {
    time,
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

const isBytes = (each: unknown): boolean => each instanceof Uint8Array;
const isCertificate = (each: Uint8Array | Certificate): boolean =>
  isBytes(each) || isBytes((each as Certificate).der);

function checkSettings({ anchors, intermediates = [] }: PathSettings): void {
  if (!anchors.every(isCertificate) || !intermediates.every(isCertificate)) {
    throw new TypeError('certificates are given as bytes of DER or as parseCertificate returns them');
  }
  // Left out as what cannot be read, it would only show in the verdict that nothing is trusted.
  if (anchors.some((each) => each instanceof Uint8Array && isPem(each)))
    throw new TypeError('a trust anchor is given as DER: this is PEM, whose base64 is to be decoded first');
}

function checkQuestion({ leaf, time, revocationTime = time, ocspResponses = [] }: PathQuestion): void {
  if (!isCertificate(leaf) || !ocspResponses.every(isBytes)) throw new TypeError('input is bytes of DER');
  for (const each of [time, revocationTime]) {
    if (!(each instanceof Date) || Number.isNaN(each.getTime())) throw new TypeError('time is a valid Date');
  }
}
