import { type Check, type CheckContext, type Finding, notApplicable } from './check.js';
import type { EvidenceCertificate } from './evidence.js';
import { isOutlived, type RevocationFacts, revocationFacts, weaknessOfItem } from './revocation.js';
import { algorithmWeakness, keyWeakness } from './strength.js';

/** The signer's certificate. */
export function leafOf({ evidence }: CheckContext): EvidenceCertificate | undefined {
  return evidence.chain?.path[0];
}

/** A check over the signer's certificate; without one the first check of the block has failed and this one does not arise. */
function onLeaf(
  id: string,
  run: (context: CheckContext, leaf: EvidenceCertificate) => Finding | undefined | typeof notApplicable,
  level: Check['level'] = 'FAIL',
): Check {
  return {
    id,
    block: 'validity',
    level,
    run: (context) => {
      const leaf = leafOf(context);
      return leaf === undefined ? notApplicable : run(context, leaf);
    },
  };
}

function checkIdentified({ evidence }: CheckContext): Finding | undefined {
  if (evidence.chain !== undefined) return undefined;
  // A container that does not open keeps everything in it from being looked at: that says nothing about the certificate.
  if (evidence.signature === undefined)
    return { finding: 'validity.notExamined', subIndication: 'NO_SIGNING_CERTIFICATE_FOUND' };
  return { finding: 'validity.noCertificate', subIndication: 'NO_SIGNING_CERTIFICATE_FOUND' };
}

const chainSubIndications = [
  'NO_CERTIFICATE_CHAIN_FOUND',
  'CHAIN_CONSTRAINTS_FAILURE',
  'CRYPTO_CONSTRAINTS_FAILURE',
  'REVOKED_CA_NO_POE',
] as const;

function checkChain({ evidence }: CheckContext): Finding | undefined {
  const { chain } = evidence;
  if (chain === undefined || chain.indication === 'PASSED') return undefined;
  const known = chainSubIndications.find((candidate) => candidate === chain.subIndication);
  return {
    finding: known === 'NO_CERTIFICATE_CHAIN_FOUND' ? 'validity.unknownIssuer' : 'validity.brokenChain',
    subIndication: known ?? 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    detail: chain.reason,
  };
}

function checkDemo({ evidence, policy }: CheckContext): Finding | undefined {
  const demo = evidence.chain?.path.some((certificate) => certificate.demo) ?? false;
  if (policy.demo || !demo) return undefined;
  return { finding: 'validity.demoIssuer', subIndication: 'NO_CERTIFICATE_CHAIN_FOUND' };
}

function checkKeyUsage({ policy }: CheckContext, leaf: EvidenceCertificate): Finding | undefined {
  const missing = policy.keyUsage.filter((usage) => !leaf.keyUsage.includes(usage));
  if (missing.length === 0) return undefined;
  return {
    finding: 'validity.keyUsage',
    subIndication: 'CHAIN_CONSTRAINTS_FAILURE',
    detail: missing.join(' '),
  };
}

function checkExtKeyUsage({ policy }: CheckContext, leaf: EvidenceCertificate): Finding | undefined {
  const missing = (policy.extKeyUsage ?? []).filter((oid) => !leaf.extKeyUsage?.includes(oid));
  if (missing.length === 0) return undefined;
  return {
    finding: 'validity.keyUsage',
    subIndication: 'CHAIN_CONSTRAINTS_FAILURE',
    detail: missing.join(' '),
  };
}

function checkPolicy({ policy }: CheckContext, leaf: EvidenceCertificate): Finding | undefined {
  const wanted = policy.certificatePolicies;
  if (wanted.length === 0 || leaf.policies.some((oid) => wanted.includes(oid))) return undefined;
  return {
    finding: 'validity.policy',
    subIndication: 'CHAIN_CONSTRAINTS_FAILURE',
    detail: leaf.policies.join(' '),
  };
}

/** Every signature of the path but the anchor's over itself, and every key. */
function checkAlgorithms(context: CheckContext): Finding | undefined {
  const path = context.evidence.chain?.path ?? [];
  for (const [index, { algorithm, keyBits }] of path.entries()) {
    // The anchor's signature over itself proves nothing and weakens nothing.
    const isAnchor = index > 0 && index === path.length - 1;
    const weakness =
      (isAnchor ? undefined : algorithmWeakness(context, algorithm)) ??
      (keyBits === undefined ? unknownKey : keyWeakness(context, keyBits));
    if (weakness !== undefined) return { finding: 'validity.weak', ...weakness };
  }
  return undefined;
}

const unknownKey = { subIndication: 'CRYPTO_CONSTRAINTS_FAILURE', detail: 'unknown bits' } as const;

/** An anchor that has been given up vouches only for what is proven to be older (EN 319 102-1 5.6.2.4, past certificate validation). */
function checkAnchor({ evidence, policy, notLater }: CheckContext): Finding | undefined {
  const anchor = evidence.chain?.path.at(-1);
  const end = anchor === undefined ? undefined : policy.anchorEnds?.[anchor.sha256];
  if (end === undefined || notLater <= new Date(end)) return undefined;
  return {
    finding: 'validity.anchorEnded',
    subIndication: 'NO_CERTIFICATE_CHAIN_FOUND_NO_POE',
    detail: end,
  };
}

/** The table of proofs of existence: revocation time r against the nonce n (lower bound) and the arrival a (upper bound). */
function checkNotRevoked(context: CheckContext, leaf: EvidenceCertificate): Finding | undefined {
  const { revoked } = revocationFacts(context, leaf);
  if (revoked === undefined || revoked.at > context.notLater) return undefined;
  const detail = `${revoked.at.toISOString()} ${revoked.reason ?? 'unspecified'}`;
  if (context.notEarlier !== undefined && revoked.at <= context.notEarlier) {
    return { finding: 'validity.revoked', subIndication: 'REVOKED', detail };
  }
  return { finding: 'validity.revokedNoProof', subIndication: 'REVOKED_NO_POE', detail };
}

function checkPeriod(context: CheckContext, leaf: EvidenceCertificate): Finding | undefined {
  const { notEarlier, notLater } = context;
  const [notBefore, notAfter] = [new Date(leaf.notBefore), new Date(leaf.notAfter)];
  if (notLater < notBefore) {
    return { finding: 'validity.notYetValid', subIndication: 'NOT_YET_VALID', detail: leaf.notBefore };
  }
  if (notEarlier !== undefined && notAfter < notEarlier) {
    return { finding: 'validity.expired', subIndication: 'EXPIRED', detail: leaf.notAfter };
  }
  const early = notEarlier !== undefined && notEarlier < notBefore;
  if (!early && notLater <= notAfter) return undefined;
  const isGood = revocationFacts(context, leaf).good.length > 0;
  return {
    finding: 'validity.outOfBounds',
    subIndication: isGood ? 'OUT_OF_BOUNDS_NOT_REVOKED' : 'OUT_OF_BOUNDS_NO_POE',
    detail: early ? leaf.notBefore : leaf.notAfter,
  };
}

/** A revocation that is known settles the question: its data need not be fresh. */
const isSettled = ({ revoked }: RevocationFacts) => revoked !== undefined;

function checkRevocationAccepted(context: CheckContext, leaf: EvidenceCertificate): Finding | undefined {
  const facts = revocationFacts(context, leaf);
  if (isSettled(facts) || facts.good.length > 0 || facts.onHold) return undefined;
  const outlived = context.evidence.revocation.some(
    (item) => item.certificate === leaf.sha256 && item.authentic && isOutlived(context, leaf, item),
  );
  if (outlived) {
    return { finding: 'validity.outlivedRevocationData', subIndication: 'REVOCATION_OUT_OF_BOUNDS_NO_POE' };
  }
  const weak = context.evidence.revocation
    .filter((item) => item.certificate === leaf.sha256 && item.authentic)
    .flatMap((item) => weaknessOfItem(context, item) ?? []);
  if (weak[0]?.subIndication === 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE') {
    return { finding: 'validity.weakRevocationData', subIndication: 'NO_POE', detail: weak[0].detail };
  }
  const rules = context.evidence.revocation.flatMap(({ certificate, rule }) =>
    certificate === leaf.sha256 && rule ? [rule] : [],
  );
  if (weak.length > 0) rules.push('crl.algorithm');
  return {
    finding: 'validity.noRevocationData',
    subIndication: 'TRY_LATER',
    detail: [...new Set([...rules, ...failedAttempts(context, leaf)])].sort().join(' '),
  };
}

function checkRevocationFresh(
  context: CheckContext,
  leaf: EvidenceCertificate,
): Finding | undefined | typeof notApplicable {
  const facts = revocationFacts(context, leaf);
  if (isSettled(facts) || facts.fresh.length > 0) return undefined;
  if (facts.good.length === 0) return notApplicable;
  const detail = facts.good[0]?.thisUpdate ?? '';
  return { finding: 'validity.staleRevocationData', subIndication: 'TRY_LATER', detail };
}

function failedAttempts({ evidence }: CheckContext, leaf: EvidenceCertificate): string[] {
  return (evidence.attempts ?? [])
    .filter(({ certificate }) => certificate === leaf.sha256)
    .map(({ failure }) => failure);
}

/** A responder that does not answer rejects nobody; but the reader is to know that it was asked. */
function noteSilence(context: CheckContext): Finding | undefined | typeof notApplicable {
  const { attempts = [] } = context.evidence;
  const [first] = attempts;
  if (first === undefined) return notApplicable;
  return {
    finding: 'validity.responderSilent',
    subIndication: 'TRY_LATER',
    detail: [...new Set(attempts.map(({ failure }) => failure))].sort().join(' '),
  };
}

function checkHold(context: CheckContext, leaf: EvidenceCertificate): Finding | undefined {
  if (!revocationFacts(context, leaf).onHold) return undefined;
  return { finding: 'validity.onHold', subIndication: 'TRY_LATER' };
}

/** The authorities between the signer and the anchor. */
function checkAuthorities(context: CheckContext): Finding | undefined {
  const between = context.evidence.chain?.path.slice(1, -1) ?? [];
  const facts = between.map((certificate) => revocationFacts(context, certificate));
  const revoked = facts.find(
    (each) => each.revoked !== undefined && each.revoked.at <= context.notLater,
  )?.revoked;
  if (revoked !== undefined) {
    return {
      finding: 'validity.caRevoked',
      subIndication: 'REVOKED_CA_NO_POE',
      detail: revoked.at.toISOString(),
    };
  }
  if (facts.every((each) => isSettled(each) || each.fresh.length > 0)) return undefined;
  return { finding: 'validity.noCaRevocationData', subIndication: 'TRY_LATER' };
}

function noteRevokedLater(context: CheckContext, leaf: EvidenceCertificate): Finding | undefined {
  const { revoked } = revocationFacts(context, leaf);
  if (revoked === undefined || revoked.at <= context.notLater) return undefined;
  return {
    finding: 'validity.revokedLater',
    subIndication: 'REVOKED_NO_POE',
    detail: revoked.at.toISOString(),
  };
}

function noteExpiredSince(context: CheckContext, leaf: EvidenceCertificate): Finding | undefined {
  const notAfter = new Date(leaf.notAfter);
  if (context.time <= notAfter || context.notLater > notAfter) return undefined;
  return { finding: 'validity.expiredSince', subIndication: 'OUT_OF_BOUNDS_NO_POE', detail: leaf.notAfter };
}

/** The block of 有効性: could this certificate sign, then? Proofs before what is only open; the data for them last. */
export const validityChecks: readonly Check[] = [
  { id: 'validity.certificate', block: 'validity', level: 'FAIL', run: checkIdentified },
  onLeaf('validity.chain', checkChain),
  onLeaf('validity.demo', checkDemo),
  onLeaf('validity.keyUsage', checkKeyUsage),
  onLeaf('validity.extKeyUsage', checkExtKeyUsage),
  onLeaf('validity.policy', checkPolicy),
  onLeaf('validity.algorithms', checkAlgorithms),
  onLeaf('validity.anchor', checkAnchor),
  onLeaf('validity.notRevoked', checkNotRevoked),
  onLeaf('validity.period', checkPeriod),
  onLeaf('validity.authorities', checkAuthorities),
  onLeaf('validity.revocationData', checkRevocationAccepted),
  onLeaf('validity.revocationFresh', checkRevocationFresh),
  onLeaf('validity.hold', checkHold),
  onLeaf('validity.responder', noteSilence, 'WARN'),
  onLeaf('validity.revokedLater', noteRevokedLater, 'INFORM'),
  onLeaf('validity.expiredSince', noteExpiredSince, 'INFORM'),
];
