import {
  addXmlSignatureTimeStamp,
  addXmlValidationValues,
  filesOfXmlSignatures,
  gatherEverySigner,
  type SignedPart,
  signXml,
  verifyXmlSignatures,
  xmlSignFault,
} from '@madoguchi/pki';
import { must, needed } from './cades-levels.js';
import { coveredFile } from './covered.js';
import { egovPlace } from './egov-place.js';
import {
  DocumentError,
  type DocumentFault,
  type DocumentFormat,
  type GivenFile,
  type SignRequest,
} from './format.js';

/** What pki is told: the document that gets the signature, and the files beside it; detached, there are only files. */
function partsOf({ files, detached, element, into }: SignRequest) {
  if (detached === true) return { files };
  const [document, ...others] = files;
  if (document === undefined) return { files: others };
  const chosen =
    element === undefined && into === undefined
      ? egovPlace(document.bytes)
      : { ...(element === undefined ? {} : { element }), ...(into === undefined ? {} : { into }) };
  return { document: document.bytes, files: others, ...chosen };
}

const faults: Record<string, DocumentFault['rule']> = {
  'xmldsig.sign.element': 'xml.element',
  'xmldsig.sign.into': 'xml.into',
  'xmldsig.sign.breaks': 'xml.breaks',
};

function faultOf(request: SignRequest): DocumentFault | undefined {
  const { files, level } = request;
  const [first] = files;
  if (first === undefined) return { rule: 'files.none' };
  if (level === 'LTA') return { rule: 'level' };
  const seen = new Set<string>();
  for (const { name } of files) {
    if (seen.has(name)) return { rule: 'file.sameName', name };
    seen.add(name);
  }
  const fault = xmlSignFault(partsOf(request));
  if (fault === undefined) return undefined;
  if (fault.rule === 'xmldsig.sign.file') {
    const odd = files.find((file) => xmlSignFault({ files: [file] }) !== undefined);
    return { rule: 'file.name', name: odd?.name ?? '' };
  }
  return { rule: faults[fault.rule] ?? 'file.form', name: first.name };
}

/** Everything that can be computed: what is too weak is the report's question. */
const everything = {
  algorithms: [
    'rsa-sha1',
    'rsa-sha256',
    'rsa-sha384',
    'rsa-sha512',
    'pss-sha256',
    'pss-sha384',
    'pss-sha512',
    'ecdsa-sha256',
    'ecdsa-sha384',
    'ecdsa-sha512',
  ],
  keys: { minimumRsaBits: 1024, maximumRsaBits: 8192 },
} as const;

function covered(part: SignedPart, name: string) {
  switch (part.kind) {
    case 'document':
      return coveredFile(part.bytes, name);
    case 'element':
      return coveredFile(part.bytes, `#${part.id}`);
    case 'file':
      return coveredFile(part.bytes, part.name);
  }
}

/** The files that the signatures name: those that lie beside the document, and the one that the person named. */
function filesFor(bytes: Uint8Array, content: GivenFile | undefined, beside: readonly GivenFile[]) {
  const files = new Map(beside.map((file) => [file.name, file.bytes]));
  if (content === undefined) return files;
  const names = filesOfXmlSignatures(bytes);
  const [only, ...others] = names;
  // A file that was renamed is still what was signed, if its octets are.
  const name =
    !names.includes(content.name) && only !== undefined && others.length === 0 ? only : content.name;
  return files.set(name, content.bytes);
}

/**
 * XML Signature: over a whole document (e-Tax, eLTAX), over e-Gov's 構成情報 with the files beside it, or in a file of its own over others
 * (図面: `file1.tif.sig.xml`). Plain as the receivers take it, or XAdES where a level was asked for.
 */
export const xml: DocumentFormat = {
  id: 'xml',
  title: 'XML Signature',
  extension: '.sig.xml',
  mediaType: 'application/xml',
  levels: ['B', 'T', 'LT'],
  detect: (bytes) => /^(?:\ufeff)?\s*</.test(Buffer.from(bytes.subarray(0, 64)).toString('utf8')),
  fault: faultOf,
  sign: async (input) => {
    const { signer, signingTime, level, plain } = input;
    const outcome = await signXml({
      ...partsOf(input),
      signerCertificate: signer.certificate,
      certificates: signer.issuers,
      algorithm: signer.algorithm,
      ...(plain === true && level === 'B' ? {} : { xades: { signingTime } }),
      sign: signer.sign,
    });
    if (!outcome.ok) throw new DocumentError(outcome.rule);
    if (level === 'B') return outcome.value;
    const stamp = needed(input.stamp, 'stamp');
    const { signer: number } = outcome;
    const t = must(await addXmlSignatureTimeStamp(outcome.value, { stamp, signer: number }));
    if (level === 'T') return t;
    const files = new Map((partsOf(input).files ?? []).map(({ name, bytes }) => [name, bytes]));
    const values = await needed(input.values, 'values')({ xml: t, files, signer: number });
    return must(addXmlValidationValues(t, values, number));
  },
  filesBeside: filesOfXmlSignatures,
  gather: ({ file, content, beside = [], trust }) => {
    const files = filesFor(file.bytes, content, beside);
    const { signers } = verifyXmlSignatures({ document: file.bytes, files, policy: everything });
    return gatherEverySigner({ ...trust, xml: file.bytes, files }).map((evidence, index) => ({
      id: String(index + 1),
      covers: (signers[index]?.signed ?? []).map((part) => covered(part, file.name)),
      evidence,
    }));
  },
};
