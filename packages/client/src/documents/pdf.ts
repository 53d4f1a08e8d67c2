import {
  addDocumentTimeStamp,
  addSecurityStore,
  attributeTypes,
  gatherEverySigner,
  nameToString,
  nameValues,
  type PdfAppearance,
  parseCertificate,
  pdfSigningFault,
  readIdentity,
  readPdf,
  signedContent,
  signedRevision,
  signPdf,
} from '@madoguchi/pki';
import { must, needed } from './cades-levels.js';
import { coveredFile } from './covered.js';
import type {
  DocumentFault,
  DocumentFormat,
  PdfChoices,
  SignInput,
  SignRequest,
  StampText,
} from './format.js';

/** Rules of pki that have words of their own for who wants to sign; all others say that the file is none to sign. */
const knownFaults: Readonly<Record<string, DocumentFault['rule']>> = {
  'pdf.encrypted': 'pdf.encrypted',
  'pdf.certified': 'pdf.certified',
  'pdf.page.none': 'pdf.page',
  'pdf.appearance.place': 'pdf.stamp',
  'pdf.field.none': 'pdf.field',
  'pdf.field.filled': 'pdf.field',
  'pdf.field.invisible': 'pdf.field',
};

function faultOf({ files, detached, pdf = {}, plain }: SignRequest): DocumentFault | undefined {
  if (detached !== undefined) return { rule: 'detached' };
  const [file, ...others] = files;
  if (file === undefined) return { rule: 'files.none' };
  if (others.length > 0) return { rule: 'files.several' };
  // The stamp's size does not depend on who signs: it can be tried before anybody is known.
  const trial = { signer: '', time: new Date(0), authority: '' };
  const rule = pdfSigningFault({
    pdf: file.bytes,
    form: plain === true ? 'registry' : 'pades',
    ...placed(pdf, trial),
  });
  return rule === undefined ? undefined : { rule: knownFaults[rule] ?? 'pdf.form', name: file.name };
}

/** Field, stamp and place as pki takes them. */
function placed(
  { stamp, field }: PdfChoices,
  text: StampText,
): { appearance?: PdfAppearance; field?: string } {
  return {
    ...(field === undefined ? {} : { field }),
    ...(stamp === undefined
      ? {}
      : {
          appearance: {
            pdf: stamp.draw(text),
            page: stamp.page ?? -1,
            ...(stamp.at === undefined ? {} : { at: stamp.at }),
          },
        }),
  };
}

/** The citizens' authority by the organization in its certificates; a demo says so. */
const authorities: ReadonlyMap<string, string> = new Map([
  ['JPKI', '公的個人認証サービス 署名用認証局'],
  ['JPKI-DEMO', '公的個人認証サービス 署名用認証局（デモ）'],
]);

/** Who signs and who vouches for it, for /Name and the stamp: the name of the 基本4情報, else the certificate's own. */
function namesOf(certificate: Uint8Array): { signer: string; authority: string } {
  const parsed = must(parseCertificate(certificate));
  const identity = readIdentity(parsed);
  const [commonName] = nameValues(parsed.subject, attributeTypes.commonName);
  const [organization = ''] = nameValues(parsed.issuer, attributeTypes.organization);
  return {
    signer: identity?.ok === true ? identity.value.name : (commonName ?? nameToString(parsed.subject)),
    authority: authorities.get(organization) ?? nameToString(parsed.issuer),
  };
}

async function sign(input: SignInput): Promise<Uint8Array> {
  const { files, level, plain, signer, signingTime, pdf = {} } = input;
  const [file] = files;
  if (file === undefined) throw new TypeError('Nothing to sign.');
  const names = namesOf(signer.certificate);
  const signed = await signPdf({
    pdf: file.bytes,
    form: plain === true ? 'registry' : 'pades',
    name: names.signer,
    signingTime,
    signerCertificate: signer.certificate,
    certificates: signer.issuers,
    algorithm: signer.algorithm,
    sign: signer.sign,
    ...(pdf.reason === undefined ? {} : { reason: pdf.reason }),
    ...placed(pdf, { ...names, time: signingTime }),
    ...(level === 'B' ? {} : { timeStamp: needed(input.stamp, 'stamp') }),
  });
  const t = must(signed);
  if (level === 'B' || level === 'T') return t;
  const read = must(readPdf(t));
  const newest = read.signatures.at(-1);
  if (newest?.contents === undefined) throw new TypeError('The signature is not there.');
  const found = { cms: newest.contents, content: signedContent(read.file, newest) };
  const lt = must(addSecurityStore(t, await needed(input.values, 'values')(found)));
  if (level === 'LT') return lt;
  return must(await addDocumentTimeStamp(lt, { stamp: needed(input.stamp, 'stamp') }));
}

/** A PDF signed inside: as the registries take it, or PAdES at a level (ETSI EN 319 142-1). */
export const pdf: DocumentFormat = {
  id: 'pdf',
  title: 'PDF',
  extension: '.pdf',
  mediaType: 'application/pdf',
  detect: (bytes) => Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-',
  fault: faultOf,
  sign,
  gather: ({ file, trust }) => {
    const read = readPdf(file.bytes);
    if (read.ok && read.value.signatures.length === 0) return [];
    return gatherEverySigner({ ...trust, pdf: read }).map((evidence, index) => {
      const revision = read.ok ? signedRevision(read.value, index) : undefined;
      return {
        id: String(index + 1),
        covers: revision === undefined ? [] : [coveredFile(revision, file.name)],
        evidence,
      };
    });
  },
};
