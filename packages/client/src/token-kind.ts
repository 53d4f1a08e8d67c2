/** What kind of token answers at the JPKI application. */
export type CardKind = 'my-number-card' | 'next-card' | 'jukicard' | 'android' | 'ios' | 'other';

const labels: Record<string, CardKind> = {
  JPKIAPICCTOKEN2: 'my-number-card',
  // A guess: nothing is published of the next card's label.
  JPKIAPICCTOKEN3: 'next-card',
  JPKIAPICCTOKEN: 'jukicard',
  JPKIAPGPSETOKEN: 'android',
  JPKIAPIOSTOKEN: 'ios',
};

/**
 * The kind by the label in EF 0006 (first 32 bytes of a serialised CK_TOKEN_INFO). The whole trimmed label is
 * compared, never a prefix: the old card's label is a prefix of the new one's.
 */
export function cardKind(tokenInformation: Uint8Array): CardKind {
  const label = Buffer.from(tokenInformation.subarray(0, 32))
    .toString('latin1')
    .replace(/[\0\s]+$/, '');
  return Object.hasOwn(labels, label) ? (labels[label] ?? 'other') : 'other';
}

/** Media that may be asked for their authentication certificate without a PIN: of the iPhone's token it is not known, so a refusal is no fault. */
export function authenticationCertificateMayBeFree(kind: CardKind): boolean {
  return kind === 'ios' || authenticationCertificateIsFree(kind);
}

/** Media whose authentication certificate is read without a PIN; Android's token asks for one first. */
export function authenticationCertificateIsFree(kind: CardKind): boolean {
  return kind === 'my-number-card' || kind === 'next-card';
}
