import {
  type AsicContainer,
  type Decrypter,
  openEnvelope,
  readAsic,
  type SignatureAlgorithm,
  sealEnvelope,
  signCades,
  writeAsic,
} from '@madoguchi/pki';
import { type Application, parseApplication } from './application.js';
import { decodeUtf8, sha256Hex } from './canonical.js';
import { readCosigned } from './cosigned.js';
import type { ProcedureDefinition } from './definition/definition.js';
import { parseDefinition } from './definition/parse.js';
import { drawApplication } from './draw.js';
import type { Parsed } from './parsed.js';

/** A submission that reads well. Its signature is not yet judged: that is the agency's verification. */
export interface Submission {
  application: Application;
  applicationBytes: Uint8Array;
  definition: ProcedureDefinition;
  definitionBytes: Uint8Array;
  /** SHA-256 of the canonical definition, hexadecimal. */
  digest: string;
  attachments: { name: string; bytes: Uint8Array; mime?: string | undefined }[];
  /** Of a co-signature: what the first one signed, under the same signature. */
  cosigned?: Application | undefined;
  /** ASiCManifest.xml: what the signature covers. */
  manifest: Uint8Array;
  /** signature.p7s: CAdES, detached over the manifest. */
  signature: Uint8Array;
}

const folder = 'attachments/';
const cosignedName = 'cosigned.json';

/**
 * Builds the signed container (ASiC-E with CAdES B-B, protocol of this product). `sign` gets the DER of the signed attributes and
 * returns the raw signature: the card, once.
 */
export function buildSubmission(input: {
  application: Uint8Array;
  definition: Uint8Array;
  attachments: { name: string; bytes: Uint8Array; mime?: string | undefined }[];
  /** The earlier `application.json` whose signer this one joins: the same bytes stand under both signatures. */
  cosigned?: Uint8Array | undefined;
  signerCertificate: Uint8Array;
  algorithm: SignatureAlgorithm;
  signingTime: Date;
  sign: (signedAttributes: Uint8Array) => Promise<Uint8Array>;
}): Promise<Uint8Array> {
  const { signerCertificate, algorithm, signingTime, sign } = input;
  return writeAsic({
    files: [
      { name: 'application.json', bytes: input.application, mime: 'application/json' },
      { name: 'definition.json', bytes: input.definition, mime: 'application/json' },
      ...input.attachments.map(({ name, bytes, mime }) => ({
        name: `${folder}${name}`,
        bytes,
        mime: mime ?? 'application/octet-stream',
      })),
      ...(input.cosigned === undefined
        ? []
        : [{ name: cosignedName, bytes: input.cosigned, mime: 'application/json' }]),
    ],
    sign: (manifest) =>
      signCades({ content: manifest, detached: true, signerCertificate, algorithm, signingTime, sign }),
  });
}

/**
 * Reads a container as a submission: exactly the files a submission has, canonical application and definition, the digests that
 * bind them, attachments as the application lists them, and nothing that the definition would not show.
 * Rules: `asic.…` (container), those of application and JSON, and `submission.…`.
 */
export function readSubmission(bytes: Uint8Array): Parsed<Submission> {
  return readSubmissionIn(readAsic(bytes));
}

/** As above, of a container that was read before. */
export function readSubmissionIn(container: Parsed<AsicContainer>): Parsed<Submission> {
  const fail = (rule: string): Parsed<Submission> => ({ ok: false, rule, offset: 0 });
  if (!container.ok) return container;
  const { files, manifest, signature } = container.value;
  const applicationBytes = files.get('application.json');
  const definitionBytes = files.get('definition.json');
  if (!applicationBytes || !definitionBytes) return fail('submission.files');
  const application = parseApplication(applicationBytes);
  if (!application.ok) return application;
  const definition = readDefinition(definitionBytes);
  if (!definition) return fail('submission.definition');
  const { procedure, attachments: claimed, answers } = application.value;
  if (
    procedure.digest !== definition.digest ||
    procedure.id !== definition.definition.id ||
    procedure.version !== definition.definition.version
  )
    return fail('submission.definitionDigest');

  const attachments: Submission['attachments'] = [];
  for (const file of claimed) {
    const content = files.get(`${folder}${file.name}`);
    if (!content || content.length !== file.size || sha256Hex(content) !== file.sha256)
      return fail('submission.attachment');
    attachments.push({ name: file.name, bytes: content, mime: file.mime });
  }
  const isCosigning = application.value.relation?.kind === 'cosigns';
  const cosigned = isCosigning ? readCosigned(files.get(cosignedName), application.value) : undefined;
  if (cosigned?.ok === false) return cosigned;
  const outside = [...files.keys()].filter((name) => name !== 'mimetype' && !name.startsWith('META-INF/'));
  if (outside.length !== attachments.length + (isCosigning ? 3 : 2)) return fail('submission.files');
  const drawn = drawApplication(definition.definition, { answers, attachments: claimed });
  const [fault] = drawn.faults;
  if (fault) return fail(fault.rule);
  return {
    ok: true,
    value: {
      application: application.value,
      applicationBytes,
      definition: definition.definition,
      definitionBytes,
      digest: definition.digest,
      attachments,
      ...(cosigned === undefined ? {} : { cosigned: cosigned.value }),
      manifest,
      signature,
    },
  };
}

type ReadDefinition = { definition: ProcedureDefinition; digest: string };

/** Thousands of applications carry the same few definitions: those read last, by SHA-256 of their bytes. */
const readBefore = new Map<string, ReadDefinition>();
const mostKept = 32;

function readDefinition(bytes: Uint8Array): ReadDefinition | undefined {
  const name = sha256Hex(bytes);
  const known = readBefore.get(name);
  if (known !== undefined) return known;
  const text = decodeUtf8(bytes);
  const parsed = text === undefined ? undefined : parseDefinition(text);
  if (!parsed?.ok || Buffer.compare(parsed.bytes, bytes) !== 0) return undefined;
  const { definition, digest } = parsed;
  readBefore.set(name, { definition, digest });
  for (const oldest of readBefore.keys()) if (readBefore.size > mostKept) readBefore.delete(oldest);
  return { definition, digest };
}

/** Encrypts a submission for the agency's encryption certificate (CMS AuthEnvelopedData, RFC 5083). */
export function sealSubmission(
  submission: Uint8Array,
  encryptionCertificate: Uint8Array,
): Promise<Uint8Array> {
  return sealEnvelope({ content: submission, recipients: [encryptionCertificate] });
}

/** Opens an envelope with the agency's key; no octet comes out before the tag is checked. */
export function openSubmission(
  envelope: Uint8Array,
  certificate: Uint8Array,
  decrypter: Decrypter,
): Promise<Parsed<Uint8Array>> {
  return openEnvelope({ envelope, certificate, decrypter });
}
