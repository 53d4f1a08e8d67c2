import { parseXml } from '@madoguchi/pki';

/**
 * The form of e-Gov's external interface: DataRoot holds 構成情報 with an identifier, which is signed, and 署名情報, which gets the signature.
 * Empty where the document is of another form, or cannot be read.
 */
export function egovPlace(document: Uint8Array): { element?: string; into?: string } {
  const parsed = parseXml(document);
  if (!parsed.ok || parsed.value.root.name !== 'DataRoot') return {};
  const children = parsed.value.root.children.filter((child) => child.kind === 'element');
  const signed = children.find(({ name }) => name === '構成情報');
  const id = signed?.attributes.find(({ name, namespace }) => name === 'ID' && namespace === '')?.value;
  if (id === undefined || !children.some(({ name }) => name === '署名情報')) return {};
  return { element: id, into: '署名情報' };
}
