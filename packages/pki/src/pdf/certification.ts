import type { PdfView } from './file.js';
import { textOf } from './text.js';
import { isArray, isString, nameOf, type PdfDictionary } from './value.js';

/** What a certifying signature lets others do (DocMDP /P): 1 nothing, 2 fill in forms and sign, 3 annotate too. */
export type Permission = 1 | 2 | 3;

/** The document's certification: the permission of the signature that the catalog names; undefined where there is none. */
export function permissionOf(view: PdfView): Permission | undefined {
  const permissions = view.dictionary(view.root.entries.get('Perms'));
  const signature = view.dictionary(permissions?.entries.get('DocMDP'));
  return signature === undefined ? undefined : certifies(view, signature);
}

/** The permission that a signature dictionary itself states. */
export function certifies(view: PdfView, signature: PdfDictionary): Permission | undefined {
  for (const parameters of transforms(view, signature, 'DocMDP')) {
    const level = view.resolve(parameters.entries.get('P'));
    // 2 is the default (ISO 32000-2 table 257); what is none of the three is taken for the strictest.
    return level === null || level === 2 ? 2 : level === 3 ? 3 : 1;
  }
  return undefined;
}

/** Which fields a signature locks (FieldMDP, table 259), as a question to ask of a full name. */
export function lockOf(view: PdfView, signature: PdfDictionary): (name: string) => boolean {
  const locks = transforms(view, signature, 'FieldMDP').map((parameters) => {
    const action = nameOf(view.resolve(parameters.entries.get('Action')));
    const list = view.resolve(parameters.entries.get('Fields'));
    const names = (isArray(list) ? list : []).flatMap((each) => {
      const text = view.resolve(each);
      return isString(text) ? [textOf(text)] : [];
    });
    const isListed = (name: string) => names.some((each) => name === each || name.startsWith(`${each}.`));
    if (action === 'Include') return isListed;
    if (action === 'Exclude') return (name: string) => !isListed(name);
    return () => true;
  });
  return (name) => locks.some((isLocked) => isLocked(name));
}

/** The parameters of each signature reference with this method. */
function transforms(view: PdfView, signature: PdfDictionary, method: string): PdfDictionary[] {
  const list = view.resolve(signature.entries.get('Reference'));
  return (isArray(list) ? list : []).flatMap((each) => {
    const reference = view.dictionary(each);
    if (nameOf(view.resolve(reference?.entries.get('TransformMethod'))) !== method) return [];
    const parameters = view.dictionary(reference?.entries.get('TransformParams'));
    return parameters === undefined ? [] : [parameters];
  });
}
