import type { AsicArchive } from '../asic/archive-read.js';
import { findCounterSignatures } from '../cades/counter-signatures.js';
import {
  type FoundTimeStamp,
  findContainerStamp,
  findTimeStamps,
  hasTimeStamps,
} from '../cades/time-stamps.js';
import type { Certificate } from '../certificate/parse.js';
import type { SignatureResult, SignerResult } from '../cms/signature-result.js';
import { sha256Hex } from '../key/digest.js';
import { accuracyMs } from '../tsp/info.js';
import type {
  EvidenceCertificate,
  EvidenceChain,
  EvidenceCounterSignature,
  EvidenceTimeStamp,
} from './evidence.js';
import { TimeStampPaths } from './time-stamp-path.js';

/** What was found about the time stamps of one signer. */
export interface GatheredTimeStamps {
  readonly timeStamps: readonly EvidenceTimeStamp[];
  /** The authorities' paths, leaf to anchor, each once: revocation information is wanted for them too. */
  readonly paths: readonly (readonly Certificate[])[];
  /** CRLs and OCSP responses that the tokens enclose. */
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
}

/** Verifies the time stamps of one signer and the path of each authority at the stamp's own time; no revocation, no judgement. */
export function gatherTimeStamps(input: {
  readonly cms: Uint8Array;
  /** Archive time stamps of the container around it. */
  readonly archives: readonly AsicArchive[];
  /** Document time stamps of the PDF around it. */
  readonly documentStamps: readonly FoundTimeStamp[];
  readonly result: SignatureResult;
  /** Number of the signer in the message. */
  readonly number: number;
  readonly anchors: readonly (Uint8Array | Certificate)[];
  readonly intermediates: readonly (Uint8Array | Certificate)[];
  readonly describe: (certificate: Certificate) => EvidenceCertificate;
}): GatheredTimeStamps {
  const { cms, result, number, intermediates } = input;
  const signer = result.signers[number];
  const hasStamps = signer !== undefined && hasTimeStamps(signer.unsignedAttributes);
  if (!hasStamps && input.archives.length === 0 && input.documentStamps.length === 0) {
    return { timeStamps: [], paths: [], crls: [], ocspResponses: [] };
  }
  const ders = intermediates.map((each) => (each instanceof Uint8Array ? each : each.der));
  const certificates = [...result.certificates, ...ders];
  const found = [
    ...(hasStamps ? findTimeStamps(cms, number, result.content, certificates) : []),
    ...input.archives.map((archive) => findContainerStamp(archive, cms, certificates)),
    ...input.documentStamps,
  ];
  return describeTimeStamps(found, {
    anchors: input.anchors,
    pool: [...result.certificates, ...intermediates],
    describe: input.describe,
  });
}

/** Time stamps that were found on a signature of any format, with the path of each authority at the stamp's own time. */
export function describeTimeStamps(
  found: readonly FoundTimeStamp[],
  input: ConstructorParameters<typeof TimeStampPaths>[0],
): GatheredTimeStamps {
  const finder = new TimeStampPaths(input);
  const paths = new Map<string, readonly Certificate[]>();
  const timeStamps = found.map((stamp) => {
    const chain = stamp.token === undefined ? undefined : finder.find(stamp.token);
    if (chain !== undefined)
      paths.set(chain.certificates.map(({ der }) => sha256Hex(der)).join(), chain.certificates);
    return describeStamp(stamp, chain?.chain);
  });
  return {
    timeStamps,
    paths: [...paths.values()],
    crls: found.flatMap(({ token }) => token?.signature.crls ?? []),
    ocspResponses: found.flatMap(({ token }) => token?.signature.ocspResponses ?? []),
  };
}

function describeStamp(stamp: FoundTimeStamp, chain: EvidenceChain | undefined): EvidenceTimeStamp {
  const { kind, token, rule } = stamp;
  const base = {
    kind,
    sha256: stamp.sha256,
    intact: rule === undefined,
    ...(rule === undefined ? {} : { rule }),
    ...(kind === 'archive' ? { covers: stamp.covers } : {}),
    ...(chain === undefined ? {} : { chain }),
  };
  if (token === undefined) return base;
  const [signer] = token.signature.signers;
  return {
    ...base,
    time: token.info.time.toISOString(),
    accuracyMs: accuracyMs(token.info),
    digest: token.info.imprint.algorithm,
    ...(signer?.signatureAlgorithm === undefined ? {} : { algorithm: signer.signatureAlgorithm }),
    ...(signer?.keyBits === undefined ? {} : { keyBits: signer.keyBits }),
  };
}

/** The counter-signatures of one signer, for the evidence. */
export function gatherCounterSignatures(
  result: SignatureResult,
  signer: SignerResult,
): EvidenceCounterSignature[] {
  return findCounterSignatures(signer, result.certificates).map(({ rule, certificate, signingTime }) => ({
    intact: rule === undefined,
    ...(rule === undefined ? {} : { rule }),
    ...(certificate === undefined ? {} : { certificateSha256: sha256Hex(certificate) }),
    ...(signingTime === undefined ? {} : { signingTime: signingTime.toISOString() }),
  }));
}
