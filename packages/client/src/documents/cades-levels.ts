import {
  addArchiveTimeStamp,
  addSignatureTimeStamp,
  addValidationValues,
  type Parsed,
  signCades,
} from '@madoguchi/pki';
import { DocumentError, type SignInput } from './format.js';

/** The value, or the end of the signing. */
export function must<T>(parsed: Parsed<T>): T {
  if (!parsed.ok) throw new DocumentError(parsed.rule);
  return parsed.value;
}

/** What a level needs and was not given is a mistake in the calling code: the edge asks for it before the PIN. */
export function needed<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new TypeError(`This level needs ${what}.`);
  return value;
}

/** A CAdES signature over content, at the level that was asked for (ETSI EN 319 122-1); shared by all formats made of CMS. */
export async function signCadesAtLevel(
  content: Uint8Array,
  input: Omit<SignInput, 'files'> & { readonly detached: boolean },
): Promise<Uint8Array> {
  const { detached, level, signer, signingTime } = input;
  const b = await signCades({
    content,
    detached,
    signerCertificate: signer.certificate,
    certificates: signer.issuers,
    signingTime,
    algorithm: signer.algorithm,
    sign: signer.sign,
  });
  if (level === 'B') return b;
  const stamp = needed(input.stamp, 'stamp');
  const t = must(await addSignatureTimeStamp(b, { stamp }));
  if (level === 'T') return t;
  const values = await needed(input.values, 'values')({ cms: t, ...(detached ? { content } : {}) });
  const lt = must(addValidationValues(t, values));
  if (level === 'LT') return lt;
  return must(await addArchiveTimeStamp(lt, { stamp, ...(detached ? { content } : {}) }));
}
