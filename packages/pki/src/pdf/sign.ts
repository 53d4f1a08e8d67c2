import type { Stamp } from '../cades/upgrade.js';
import { addSignatureTimeStamp } from '../cades/upgrade.js';
import { type CadesInput, signCades } from '../cms/sign-cades.js';
import { attempt, fail, type Parsed } from '../der/fault.js';
import type { PdfAppearance } from './appearance.js';
import { type Permission, permissionOf } from './certification.js';
import { fieldsOf, type PdfField } from './fields.js';
import { PdfFile, type PdfView } from './file.js';
import { Increment } from './increment.js';
import { type Prepared, prepare, preparedContent, seal, signatureDictionary } from './placeholder.js';
import { attachSignature, setInRoot } from './signature-field.js';
import { dateString, textString } from './text.js';
import { type PdfDictionary, type PdfReference, type PdfValue, pdfDictionary, pdfName } from './value.js';

/**
 * `registry`: `adbe.pkcs7.detached` as the registries of Japan's Ministry of Justice take it, the time of signing in the message and in /M.
 * `pades`: PAdES baseline (ETSI EN 319 142-1), `ETSI.CAdES.detached`, the time in /M alone.
 */
export type PdfSignatureForm = 'registry' | 'pades';

/** What is asked of signPdf. */
export interface PdfSignInput
  extends Pick<CadesInput, 'signerCertificate' | 'certificates' | 'algorithm' | 'sign'> {
  readonly pdf: Uint8Array;
  readonly form: PdfSignatureForm;
  /** The signer's name (署名者氏名) for /Name. */
  readonly name: string;
  readonly signingTime: Date;
  readonly reason?: string;
  readonly location?: string;
  /** A visible stamp; without it the signature is invisible. */
  readonly appearance?: PdfAppearance;
  /** Full name of an empty signature field to sign in; default a new field. */
  readonly field?: string;
  /** Certifies (DocMDP, ISO 32000-2 12.8.2.2): 1 nothing may change, 2 forms and signatures, 3 annotations too. Only the first signature may. */
  readonly certify?: Permission;
  /** Asks for a signature time stamp, which is enclosed: PAdES B-T. */
  readonly timeStamp?: Stamp;
}

/** Octets of room for the message: what is usual, and what time stamps of authorities with long chains take. */
const room = { plain: 8192, timeStamp: 24_576, slack: 128 };

/**
 * Signs a PDF by an incremental update: the file given stays, octet for octet, in front of it, and signatures in it stay good. The signature
 * value comes from `sign`, so the key may stay in a card; everything that can be wrong with the file is found before `sign` is
 * called. Rules: `pdf.…` of the reader, `pdf.certified` (a signature of the file allows no further one), `pdf.certify.late`, `pdf.field.…`,
 * `pdf.appearance.…`, `pdf.contents.size` (the time stamp is larger than the room kept for it). Rejects as signCades does, and with
 * what `timeStamp` rejects.
 */
export async function signPdf(input: PdfSignInput): Promise<Parsed<Uint8Array>> {
  // The message is as long as this one: only the signature value is not known yet.
  const rehearsal = await makeMessage(input, Buffer.alloc(0), async () => new Uint8Array(1024));
  const size = rehearsal.length + room.slack + (input.timeStamp === undefined ? 0 : room.timeStamp);
  const prepared = attempt(() =>
    prepareSignature(input, Math.max(room.plain, Math.ceil(size / 4096) * 4096)),
  );
  if (!prepared.ok) return prepared;
  let cms = await makeMessage(input, preparedContent(prepared.value), input.sign);
  if (input.timeStamp !== undefined) {
    const stamped = await addSignatureTimeStamp(cms, { stamp: input.timeStamp });
    if (!stamped.ok) return stamped;
    cms = stamped.value;
  }
  return attempt(() => seal(prepared.value, cms));
}

/**
 * What keeps a file from being signed so, told before a key is asked for: the rule that signPdf would break. Undefined: nothing. Never throws
 * on hostile input.
 */
export function pdfSigningFault(
  input: Pick<PdfSignInput, 'pdf' | 'form' | 'appearance' | 'field' | 'certify'>,
): string | undefined {
  const prepared = attempt(() =>
    prepareSignature({ ...input, name: 'name', signingTime: new Date(0) }, room.plain),
  );
  return prepared.ok ? undefined : prepared.rule;
}

function makeMessage(
  { signerCertificate, certificates, algorithm, form, signingTime }: PdfSignInput,
  content: Uint8Array,
  sign: CadesInput['sign'],
): Promise<Uint8Array> {
  return signCades({
    content,
    detached: true,
    signerCertificate,
    ...(certificates === undefined ? {} : { certificates }),
    // PAdES forbids the attribute: the time stands in /M (EN 319 142-1 6.3).
    ...(form === 'registry' ? { signingTime } : {}),
    algorithm,
    sign,
  });
}

const subFilters = { registry: 'adbe.pkcs7.detached', pades: 'ETSI.CAdES.detached' } as const;

type Wanted = Pick<
  PdfSignInput,
  'pdf' | 'form' | 'name' | 'signingTime' | 'reason' | 'location' | 'appearance' | 'field' | 'certify'
>;

function prepareSignature(input: Wanted, size: number): Prepared {
  const view = new PdfFile(input.pdf).view();
  const fields = fieldsOf(view);
  const signatures = fields.filter(
    ({ type, dictionary }) => type === 'Sig' && view.resolve(dictionary.entries.get('V')) !== null,
  );
  if (permissionOf(view) === 1) fail('pdf.certified', 0);
  if (input.certify !== undefined && signatures.length > 0) fail('pdf.certify.late', 0);
  if (input.name === '') fail('pdf.name.empty', 0);
  const increment = new Increment(view);
  const signature = increment.reserve();
  const head = {
    Type: pdfName('Sig'),
    Filter: pdfName('Adobe.PPKLite'),
    SubFilter: pdfName(subFilters[input.form]),
  };
  const dictionary = signatureDictionary(head, size, {
    Name: textString(input.name),
    M: dateString(input.signingTime),
    Reason: input.reason === undefined ? undefined : textString(input.reason),
    Location: input.location === undefined ? undefined : textString(input.location),
    Reference: transformsOf(input, fields, view),
  });
  increment.set(signature, dictionary);
  attachSignature(increment, signature, input);
  if (input.certify !== undefined) setPermissions(increment, signature);
  return prepare(increment, signature);
}

/** What the signature says about later changes: its certification, and the lock that its field asks for (table 236). */
function transformsOf(
  { certify, field }: Wanted,
  fields: readonly PdfField[],
  view: PdfView,
): PdfValue | undefined {
  const signed = field === undefined ? undefined : fields.find(({ name }) => name === field);
  const lock = view.dictionary(signed?.dictionary.entries.get('Lock'));
  const all = [
    ...(certify === undefined ? [] : [certification(certify)]),
    ...(lock === undefined ? [] : [lockReference(lock)]),
  ];
  return all.length === 0 ? undefined : all;
}

function lockReference({ entries }: PdfDictionary): PdfValue {
  const parameters = { Type: pdfName('TransformParams'), V: pdfName('1.2') };
  return pdfDictionary({
    Type: pdfName('SigRef'),
    TransformMethod: pdfName('FieldMDP'),
    TransformParams: pdfDictionary({
      ...parameters,
      Action: entries.get('Action') ?? pdfName('All'),
      Fields: entries.get('Fields'),
    }),
  });
}

function certification(level: Permission): PdfValue {
  return pdfDictionary({
    Type: pdfName('SigRef'),
    TransformMethod: pdfName('DocMDP'),
    TransformParams: pdfDictionary({ Type: pdfName('TransformParams'), P: level, V: pdfName('1.2') }),
  });
}

function setPermissions(increment: Increment, signature: PdfReference): void {
  setInRoot(increment, { Perms: pdfDictionary({ DocMDP: signature }) });
}
