import { cadesPolicy, demoOids, verifySignedData } from '@madoguchi/pki';

/**
 * A holder signs files that others gave them, too (`sign --as cades`): with a content type of their own no such signature can be taken for a
 * request to the authority.
 */
const policy = { ...cadesPolicy, contentType: demoOids.holderRequest };

/**
 * Content and the one signer's certificate (DER) of CMS SignedData (CAdES, content type `demoOids.holderRequest`) whose signature holds; undefined for
 * anything else, and for more than `longest` octets. Never throws. Whose certificate it is, and whether it may still be used, is not judged here.
 */
export function readSignedMessage(
  cms: Uint8Array,
  longest: number,
): { readonly content: Uint8Array; readonly certificate: Uint8Array } | undefined {
  if (cms.length > longest) return undefined;
  const result = verifySignedData({ cms, policy });
  const [signer] = result.signers;
  if (!result.ok || result.signers.length !== 1 || signer?.certificate === undefined) return undefined;
  if (result.content === undefined) return undefined;
  return { content: result.content, certificate: signer.certificate };
}
