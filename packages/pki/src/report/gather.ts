import type { AsicArchive } from '../asic/archive-read.js';
import type { AsicContainer } from '../asic/asic.js';
import type { AsicSimple } from '../asic/asic-s.js';
import type { Certificate } from '../certificate/parse.js';
import type { SignatureResult, SignerResult } from '../cms/signature-result.js';
import { verifySignedData } from '../cms/verify-signed-data.js';
import { loadCrl } from '../crl/load.js';
import { attempt, type Parsed } from '../der/fault.js';
import { sha256Hex } from '../key/digest.js';
import { readOcspResponse } from '../ocsp/response.js';
import { digests } from '../oids.js';
import type { SignedPdf } from '../pdf/read.js';
import type { XmlSignatureResult } from '../xmldsig/result.js';
import {
  type Evidence,
  type EvidenceAttempt,
  type EvidenceContainer,
  type EvidencePdf,
  type EvidenceSignature,
  insideMessage,
  type RevocationItem,
} from './evidence.js';
import { describeCertificate, everySignature, findPath, type PathFinder } from './find-path.js';
import { describeXml, verifyXml } from './gather-xml.js';
import { messageFacts, type OpenedPdf, openPdfSignature } from './pdf-evidence.js';
import { type RevocationSource, revocationItem } from './revocation-items.js';
import { describeTimeStamps, gatherCounterSignatures, gatherTimeStamps } from './time-stamp-evidence.js';

/** What there is to look at, all of it fetched before: gathering asks nobody. */
export type GatherInput = {
  /** Id of the policy under which the evidence is gathered. */
  readonly policy: string;
  /** Trust anchors, DER. */
  readonly anchors: readonly Uint8Array[];
  /** Keeps what is known about these anchors and intermediates from one document to the next: createPathFinder of the same two. */
  readonly paths?: PathFinder;
  /** Further certificates for the path; those in the message are used anyway. */
  readonly intermediates?: readonly Uint8Array[];
  /** CRLs and OCSP responses; those inside the message are used anyway. */
  readonly revocation?: readonly RevocationSource[];
  /** Anchors of time-stamping authorities, apart from the signers': without them time stamps prove nothing. */
  readonly timeStampAnchors?: readonly Uint8Array[];
  /** Which signer of the message, from 0; default the first, with the gravest verdict of all. See gatherEverySigner. */
  readonly signer?: number;
  /** Who was asked in vain. */
  readonly attempts?: readonly EvidenceAttempt[];
  readonly nonceTime?: Date;
  readonly arrivalTime?: Date;
  /** Now: the control time where there is no arrival. */
  readonly time: Date;
} & (
  | { /** What readAsic or readAsicSimple gave. */ readonly container: Parsed<AsicContainer | AsicSimple> }
  | { readonly cms: Uint8Array /** Detached content. */; readonly content?: Uint8Array }
  | {
      /** A document with XML signatures. */ readonly xml: Uint8Array;
      /** Files that they are about, by the names they use. */ readonly files?: ReadonlyMap<
        string,
        Uint8Array
      >;
    }
  | {
      /** What readPdf gave; a signer is a signature of the file, the oldest first. */ readonly pdf: Parsed<SignedPdf>;
    }
  | {
      /** What was verified while it streamed by, because it is too large for the memory. */ readonly streamed: StreamedEvidence;
    }
);

/**
 * A CMS signature that was verified under `everySignature` without its content at hand (verifySignedDataStream, openAsic): the message in its
 * detached form and what was found. Not for messages with archive time stamps, which are over the content. Of a container that did
 * not open there is no message.
 */
export type StreamedEvidence =
  | { readonly cms: Uint8Array; readonly result: SignatureResult; readonly container?: EvidenceContainer }
  | { readonly container: EvidenceContainer };

/**
 * Verifies what can be verified without a judgement and writes it down: container, signature, path (without revocation), and each piece of
 * revocation information for each certificate of the path. Pure; the same input gives the same evidence. Never throws on hostile
 * input. Keep the evidence with the case, and the CRLs and responses it names by digest.
 */
export function gatherEvidence(input: GatherInput): Evidence {
  if ('xml' in input) return gatherXmlEvidence(input, verifyXml(input, everySignature));
  return beginEvidence(input).finish(input);
}

/** Evidence whose revocation information is still to be fetched. */
interface BegunEvidence {
  /** The signer's certificate first; empty where there is none. */
  readonly path: readonly Certificate[];
  /** Evidence as {@link gatherEvidence} gives it for the same input with this. */
  finish(found: Pick<GatherInput, 'revocation' | 'attempts'>): Evidence;
}

/**
 * The first half of {@link gatherEvidence}: all that needs no revocation information, done once, so that whoever must first know the path to
 * know whom to ask does not verify everything twice.
 */
export function beginEvidence(input: Exclude<GatherInput, { xml: Uint8Array }>): BegunEvidence {
  const opened = openSource(input);
  const base = {
    format: 'madoguchi-evidence/1',
    policy: input.policy,
    ...(input.nonceTime === undefined ? {} : { nonceTime: input.nonceTime.toISOString() }),
    ...(input.arrivalTime === undefined ? {} : { arrivalTime: input.arrivalTime.toISOString() }),
    ...(opened.container === undefined ? {} : { container: opened.container }),
  } as const;
  if (opened.signed === undefined) {
    const evidence = { ...base, ...(opened.pdf === undefined ? {} : { pdf: opened.pdf }), revocation: [] };
    return { path: [], finish: () => evidence };
  }
  const { store } = opened.document ?? {};
  const intermediates = [...(input.intermediates ?? []), ...(store?.certificates ?? [])];
  const result =
    opened.result ??
    verifySignedData({ ...opened.signed, policy: everySignature, certificates: intermediates });
  const number = opened.document === undefined ? (input.signer ?? 0) : 0;
  const signer = result.signers[number];
  const stamps = gatherTimeStamps({
    cms: opened.signed.cms,
    archives: opened.archives ?? [],
    documentStamps: opened.document?.stampsFor([...result.certificates, ...intermediates]) ?? [],
    result,
    number,
    anchors: input.timeStampAnchors ?? [],
    intermediates,
    describe: (certificate) => describeCertificate(certificate),
  });
  const path =
    signer?.certificate === undefined
      ? undefined
      : findPath({ ...input, intermediates }, result, signer.certificate, signer.keyBits);
  const found = {
    ...base,
    ...(opened.pdf === undefined ? {} : { pdf: withMessage(opened.pdf, result) }),
    signature: describeSignature(input, result, signer, opened),
    ...(path === undefined ? {} : { chain: path.chain }),
  };
  return {
    path: path?.certificates ?? [],
    finish: (asked) => ({
      ...found,
      revocation: findRevocation(
        { ...input, ...asked },
        [...(path === undefined ? [] : [path.certificates]), ...stamps.paths],
        [...result.crls, ...stamps.crls, ...(store?.crls ?? [])],
        [...result.ocspResponses, ...stamps.ocspResponses, ...(store?.ocspResponses ?? [])],
      ),
      ...(stamps.timeStamps.length === 0 ? {} : { timeStamps: stamps.timeStamps }),
      ...attemptsAbout({ ...input, ...asked }, [path?.certificates ?? [], ...stamps.paths]),
    }),
  };
}

/** More signers than any document has; each costs a path and a reading of the message. */
const mostSigners = 32;

/** As above, for a signature that is no CMS. */
function gatherXmlEvidence(
  input: Extract<GatherInput, { xml: Uint8Array }>,
  result: XmlSignatureResult,
): Evidence {
  const { xml, signature, signer } = describeXml(result, input.signer);
  const stamps = describeTimeStamps(signer?.timeStamps ?? [], {
    anchors: input.timeStampAnchors ?? [],
    pool: [...result.certificates, ...(input.intermediates ?? [])],
    describe: (certificate) => describeCertificate(certificate),
  });
  const path = signer?.certificate === undefined ? undefined : findPath(input, result, signer.certificate);
  return {
    format: 'madoguchi-evidence/1',
    policy: input.policy,
    ...(input.nonceTime === undefined ? {} : { nonceTime: input.nonceTime.toISOString() }),
    ...(input.arrivalTime === undefined ? {} : { arrivalTime: input.arrivalTime.toISOString() }),
    xml,
    signature,
    ...(path === undefined ? {} : { chain: path.chain }),
    revocation: findRevocation(
      input,
      [...(path === undefined ? [] : [path.certificates]), ...stamps.paths],
      [...result.crls, ...stamps.crls],
      [...result.ocspResponses, ...stamps.ocspResponses],
    ),
    ...(stamps.timeStamps.length === 0 ? {} : { timeStamps: stamps.timeStamps }),
    ...attemptsAbout(input, [path?.certificates ?? [], ...stamps.paths]),
  };
}

/**
 * The evidence of each signer of a message with several, each judged for itself. A message that cannot be read, or has more than 32
 * signers, gives one evidence that says so.
 */
export function gatherEverySigner(input: GatherInput): Evidence[] {
  if ('xml' in input) {
    const result = verifyXml(input, everySignature);
    return Array.from({ length: Math.max(1, result.signers.length) }, (_, signer) =>
      gatherXmlEvidence({ ...input, signer }, result),
    );
  }
  const first = gatherEvidence({ ...input, signer: 0 });
  const inPdf = 'pdf' in input && input.pdf.ok ? input.pdf.value.signatures.length : undefined;
  const count = inPdf ?? first.signature?.signers ?? 1;
  if (count > mostSigners) {
    const { signer: _, ...whole } = input;
    return [gatherEvidence(whole as GatherInput)];
  }
  return Array.from({ length: Math.max(1, count) }, (_, signer) =>
    signer === 0 ? first : gatherEvidence({ ...input, signer }),
  );
}

/** Paths of several time stamps share certificates and lists. */
function distinctItems(items: readonly RevocationItem[]): RevocationItem[] {
  const key = ({ certificate, sha256, source }: RevocationItem) => `${certificate} ${sha256} ${source}`;
  return [...new Map(items.map((item) => [key(item), item])).values()];
}

interface Opened {
  container?: Evidence['container'];
  pdf?: EvidencePdf;
  document?: OpenedPdf;
  /** Signatures of the document, where the message is not all there is. */
  signatures?: number;
  signed?: { cms: Uint8Array; content?: Uint8Array };
  archives?: readonly AsicArchive[];
  /** Where it was verified before. */
  result?: SignatureResult;
}

function openSource(input: Exclude<GatherInput, { xml: Uint8Array }>): Opened {
  if ('pdf' in input) return openPdf(input.pdf, input.signer ?? 0);
  if ('streamed' in input) {
    const { container } = input.streamed;
    const opened = container === undefined ? {} : { container };
    if (!('cms' in input.streamed)) return opened;
    const { cms, result } = input.streamed;
    return { ...opened, signed: { cms }, result };
  }
  if (!('container' in input)) {
    const { cms, content } = input;
    return { signed: { cms, ...(content === undefined ? {} : { content }) } };
  }
  const { container } = input;
  if (!container.ok) {
    const { rule, offset } = container;
    return { container: { intact: false, rule, offset } };
  }
  return {
    container: { intact: true },
    signed: {
      cms: container.value.signature,
      content: 'manifest' in container.value ? container.value.manifest : container.value.bytes,
    },
    ...('archives' in container.value && container.value.archives !== undefined
      ? { archives: container.value.archives }
      : {}),
  };
}

function openPdf(pdf: Parsed<SignedPdf>, number: number): Opened {
  if (!pdf.ok) return { pdf: { intact: false, rule: pdf.rule, offset: pdf.offset } };
  const document = openPdfSignature(pdf.value, number);
  if (document === undefined) return { pdf: { intact: true } };
  const { facts, signed } = document;
  return {
    pdf: { intact: true, signature: facts },
    document,
    signatures: pdf.value.signatures.length,
    ...(signed === undefined ? {} : { signed }),
  };
}

function withMessage({ signature, ...pdf }: EvidencePdf, result: SignatureResult): EvidencePdf {
  const message = messageFacts(result);
  if (signature === undefined || message === undefined) return pdf;
  return { ...pdf, signature: { ...signature, message } };
}

function describeSignature(
  input: GatherInput,
  result: SignatureResult,
  signer: SignerResult | undefined,
  { signatures, document }: Opened,
): EvidenceSignature {
  const { signer: number } = input;
  const counterSignatures = signer === undefined ? [] : gatherCounterSignatures(result, signer);
  // In a PDF the message has one signer, and all of it must be right.
  const isWhole = number === undefined || signer === undefined || document !== undefined;
  const asked = isWhole ? result : signer.verdict;
  const { subIndication, rule } = { subIndication: undefined, rule: undefined, ...asked };
  const claimed = signer?.signingTime ?? document?.claimedTime;
  return {
    signers: signatures ?? result.signers.length,
    ...(number === undefined ? {} : { number }),
    ...(subIndication === undefined ? {} : { subIndication }),
    ...(rule === undefined ? {} : { rule }),
    ...(result.contentType === undefined ? {} : { contentType: result.contentType }),
    ...(signer === undefined
      ? {}
      : {
          signer: {
            ...(claimed === undefined ? {} : { signingTime: claimed.toISOString() }),
            ...(signer.signatureAlgorithm === undefined ? {} : { algorithm: signer.signatureAlgorithm }),
            ...(signer.keyBits === undefined ? {} : { keyBits: signer.keyBits }),
            signingCertificate: signer.signingCertificate,
            ...(signer.signaturePolicy === undefined
              ? {}
              : { signaturePolicy: describePolicy(signer.signaturePolicy) }),
            attributesOrdered: signer.attributesOrdered,
            ...(counterSignatures.length === 0 ? {} : { counterSignatures }),
          },
        }),
  };
}

function describePolicy({ oid, hash, digest }: NonNullable<SignerResult['signaturePolicy']>) {
  const isSha256 = hash === digests.sha256 && digest !== undefined;
  return { oid, ...(isSha256 ? { sha256: Buffer.from(digest).toString('hex') } : {}) };
}

/** Those of the attempts that were about a certificate of this signature. */
function attemptsAbout(
  { attempts = [] }: GatherInput,
  paths: readonly (readonly Certificate[])[],
): Pick<Evidence, 'attempts'> {
  if (attempts.length === 0) return {};
  const used = new Set(paths.flat().map(({ der }) => sha256Hex(der)));
  const about = attempts.filter(({ certificate }) => used.has(certificate));
  return about.length === 0 ? {} : { attempts: about };
}

/** Every piece of revocation information, ours and the message's, for every certificate below an anchor. */
function findRevocation(
  input: GatherInput,
  paths: readonly (readonly Certificate[])[],
  crls: readonly Uint8Array[],
  ocspResponses: readonly Uint8Array[],
): RevocationItem[] {
  if (paths.length === 0) return [];
  const inside = { source: insideMessage, obtainedAt: input.arrivalTime ?? input.time };
  const sources: RevocationSource[] = [
    ...(input.revocation ?? []),
    ...crls.flatMap((der) => {
      const loaded = loadCrl(der);
      return loaded.ok ? [{ ...inside, kind: 'crl' as const, crl: loaded.crl }] : [];
    }),
    ...ocspResponses.map((response) => {
      const read = attempt(() => readOcspResponse(response));
      // Kept in the message it ages: whether it was right is asked at the moment it was made.
      const made =
        read.ok && read.value.producedAt < inside.obtainedAt ? { checkedAt: read.value.producedAt } : {};
      return { ...inside, kind: 'ocsp' as const, response, ...made };
    }),
  ];
  const items = paths.flatMap((path) =>
    path.slice(0, -1).flatMap((certificate, index) => {
      const issuer = path[index + 1];
      if (issuer === undefined) return [];
      return sources.flatMap((source) => revocationItem(source, certificate, issuer) ?? []);
    }),
  );
  return paths.length === 1 ? items : distinctItems(items);
}
