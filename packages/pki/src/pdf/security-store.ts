import { createHash } from 'node:crypto';
import type { ValidationValues } from '../cades/upgrade.js';
import { attempt, fail, type Parsed } from '../der/fault.js';
import { wholeTlv } from '../der/read.js';
import { tags } from '../der/tags.js';
import { sha256Hex } from '../key/digest.js';
import { PdfFile, type PdfView } from './file.js';
import { decodeStream } from './filters.js';
import { Increment } from './increment.js';
import { setInRoot } from './signature-field.js';
import { dateString } from './text.js';
import {
  isArray,
  isDictionary,
  isReference,
  isStream,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
  pdfDictionary,
  pdfName,
  withEntries,
} from './value.js';

/** The document security store (DSS, ISO 32000-2 12.8.4.3): what a verifier needs later, for all signatures of the file. */
export interface SecurityStore {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
}

const limits = { values: 512, octets: 16 << 20, total: 48 << 20 };

const lists = { Certs: 'certificates', CRLs: 'crls', OCSPs: 'ocspResponses' } as const;

const known = new WeakMap<PdfFile, SecurityStore>();

/** The values of the newest store of a file; what cannot be read is left out, as nothing depends on its being there. */
export function readSecurityStore(file: PdfFile): SecurityStore {
  const before = known.get(file);
  if (before !== undefined) return before;
  const found = attempt(() => storeOf(file.view()));
  const store = found.ok ? found.value : { certificates: [], crls: [], ocspResponses: [] };
  known.set(file, store);
  return store;
}

function storeOf(view: PdfView): SecurityStore {
  const store = view.dictionary(view.root.entries.get('DSS'));
  let left = limits.total;
  const valuesOf = (key: keyof typeof lists): Uint8Array[] => {
    const list = view.resolve(store?.entries.get(key));
    if (!isArray(list)) return [];
    return list.slice(0, limits.values).flatMap((each) => {
      const read = attempt(() => {
        const stream = view.resolve(each);
        if (!isStream(stream)) return fail('pdf.dss', 0);
        // What is stored as it is takes no memory of its own.
        const isPlain = !stream.dictionary.entries.has('Filter');
        if (isPlain) return stream.data;
        const data = decodeStream(stream, Math.min(limits.octets, left));
        view.file.budget.inflated(data.length);
        return data;
      });
      if (!read.ok) return [];
      left -= read.value.buffer === view.file.bytes.buffer ? 0 : read.value.length;
      return [read.value];
    });
  };
  return { certificates: valuesOf('Certs'), crls: valuesOf('CRLs'), ocspResponses: valuesOf('OCSPs') };
}

/**
 * Adds validation values (PAdES B-LT, ETSI EN 319 142-1): a document security store, or more in the one that is there; nothing leaves it,
 * nothing is doubled. `forSignature`: the octets of a signature (/Contents) for which a VRI entry is wanted, with its time; the
 * standard leaves it open and verifiers need none. The file given stays in front, octet for octet. Values that are no DER
 * SEQUENCE break the rule `cades.value`.
 */
export function addSecurityStore(
  pdf: Uint8Array,
  values: ValidationValues,
  forSignature?: { readonly contents: Uint8Array; readonly time: Date },
): Parsed<Uint8Array> {
  return attempt(() => {
    const view = new PdfFile(pdf).view();
    const increment = new Increment(view);
    const place = view.root.entries.get('DSS');
    const store = view.dictionary(place) ?? pdfDictionary({ Type: pdfName('DSS') });
    const entries: Record<string, PdfValue> = {};
    const own: Record<string, PdfValue> = {};
    for (const [key, name] of Object.entries(lists)) {
      const { all, wanted } = extend(increment, view.resolve(store.entries.get(key)), values[name] ?? []);
      if (all.length > 0) entries[key] = all;
      if (wanted.length > 0) own[vriKey(name)] = wanted;
    }
    if (forSignature !== undefined) {
      const vri = view.dictionary(store.entries.get('VRI')) ?? pdfDictionary({});
      const entry = pdfDictionary({ ...own, TU: dateString(forSignature.time) });
      entries.VRI = withEntries(vri, { [vriName(forSignature.contents)]: increment.add(entry) });
    }
    put(increment, place, withEntries(store, entries));
    return increment.write().bytes;
  });
}

/** In a VRI entry the lists have names of their own (table 263). */
const vriKey = (name: (typeof lists)[keyof typeof lists]): string =>
  ({ certificates: 'Cert', crls: 'CRL', ocspResponses: 'OCSP' })[name];

/** SHA-1 as a name, not as a protection: the standard's own key (12.8.4.4). */
const vriName = (contents: Uint8Array): string =>
  createHash('sha1').update(contents).digest('hex').toUpperCase();

function put(increment: Increment, place: PdfValue | undefined, store: PdfDictionary): void {
  const { view } = increment;
  if (isReference(place) && isDictionary(view.resolve(place))) increment.set(place, store);
  else setInRoot(increment, { DSS: increment.add(store) });
}

/** The list with what it lacks, and the references of all values that were given. */
function extend(
  increment: Increment,
  list: PdfValue,
  values: readonly Uint8Array[],
): { all: PdfValue[]; wanted: PdfReference[] } {
  const { view } = increment;
  const all = isArray(list) ? [...list] : [];
  const known = new Map<string, PdfReference>();
  for (const each of all) {
    const stream = view.resolve(each);
    const read = attempt(() => (isStream(stream) ? decodeStream(stream, limits.octets) : fail('pdf.dss', 0)));
    if (isReference(each) && read.ok) known.set(sha256Hex(read.value), each);
  }
  const wanted = values.map((value) => {
    if (wholeTlv(value).tag !== tags.sequence) fail('cades.value', 0);
    const before = known.get(sha256Hex(value));
    if (before !== undefined) return before;
    const reference = increment.add({ kind: 'stream', dictionary: pdfDictionary({}), data: value });
    known.set(sha256Hex(value), reference);
    all.push(reference);
    return reference;
  });
  return { all, wanted };
}
