import type { CardContent } from './card-content.js';
import { fileKey, type KeyName, type SpareKeyName, spareFiles } from './files.js';

/**
 * The spare place of a key (予備): a new key and its certificate wait there while the old ones stay in use, and one write puts them in their
 * place. Our extension, for online renewal: real cards offer nothing of the kind.
 */
export const spareKeyOf: Readonly<Record<KeyName, SpareKeyName>> = {
  signature: 'spareSignature',
  authentication: 'spareAuthentication',
};

export function spareKey(content: CardContent, key: KeyName): Uint8Array | undefined {
  return content.keys[spareKeyOf[key]];
}

/** The same content with the spare place of this key empty. */
export function withoutSpare(content: CardContent, key: KeyName): CardContent {
  const { certificate, issuer } = spareFiles[key];
  const { [spareKeyOf[key]]: _key, ...keys } = content.keys;
  const { [fileKey(certificate)]: _certificate, [fileKey(issuer)]: _issuer, ...files } = content.files;
  return { ...content, keys, files };
}

/** A new key in the spare place; what lay there before is gone. */
export function withSpareKey(content: CardContent, key: KeyName, pkcs8: Uint8Array): CardContent {
  const empty = withoutSpare(content, key);
  return { ...empty, keys: { ...empty.keys, [spareKeyOf[key]]: pkcs8 } };
}

/** Key, certificate and, where one was written, the authority's certificate change places with what was in use, which is gone. */
export function withSpareInUse(content: CardContent, key: KeyName): CardContent | undefined {
  const pkcs8 = spareKey(content, key);
  const { certificate, issuer, replaces } = spareFiles[key];
  const written = content.files[fileKey(certificate)];
  if (pkcs8 === undefined || written?.[0] !== 0x30) return undefined;
  const authority = content.files[fileKey(issuer)];
  const { keys, files } = withoutSpare(content, key);
  return {
    ...content,
    keys: { ...keys, [key]: pkcs8 },
    files: {
      ...files,
      [fileKey(replaces.certificate)]: written,
      ...(authority?.[0] === 0x30 ? { [fileKey(replaces.issuer)]: authority } : {}),
    },
  };
}
