import type { ApplicationName } from './applications.js';
import type { PinName } from './files.js';
import type { TokenLabel } from './token-information.js';

/** Where the certificates live (格納媒体): a card, an old card, a smartphone, the card to come. */
export type Medium = 'my-number-card' | 'jukicard' | 'android' | 'iphone' | 'next-card';

/** Key algorithms of the holder's keys. */
export type CardAlgorithm = 'rsa2048' | 'p384';

export interface MediumRules {
  /** Label in EF 0006 by which software tells the media apart. */
  readonly label: TokenLabel;
  readonly algorithm: CardAlgorithm;
  readonly applications: readonly ApplicationName[];
  /** A PIN reference that is the same PIN as another one. */
  readonly samePin: Readonly<Partial<Record<PinName, PinName>>>;
  /** Android's token: the authentication certificate only after the authentication PIN. */
  readonly authenticationCertificateNeedsPin: boolean;
  /** The iPhone's token answers 80 FC 00 00; the plastic card says 6700. */
  readonly lastCommandIndicator: boolean;
}

const phone: Omit<MediumRules, 'label'> = {
  algorithm: 'rsa2048',
  applications: ['jpki'],
  samePin: {},
  authenticationCertificateNeedsPin: false,
  lastCommandIndicator: false,
};

/**
 * The media. Sources: labels, Android's rule (myna) and the iPhone's command (myna-card) are read in programs; which applications a
 * smartphone or an old card lacks is derived from what they are for. Of the next card only P-384, two applications and two PINs are
 * published (task force report of 2024-03-18): that the text PIN becomes the authentication PIN, its label and the form of its
 * signature command are assumptions of this project.
 */
export const media: Readonly<Record<Medium, MediumRules>> = {
  'my-number-card': {
    ...phone,
    label: 'JPKIAPICCTOKEN2',
    applications: ['jpki', 'text', 'visual', 'common', 'resident', 'issuerDomain'],
  },
  jukicard: { ...phone, label: 'JPKIAPICCTOKEN', applications: ['jpki', 'resident'] },
  android: { ...phone, label: 'JPKIAPGPSETOKEN', authenticationCertificateNeedsPin: true },
  iphone: { ...phone, label: 'JPKIAPIOSTOKEN', lastCommandIndicator: true },
  'next-card': {
    ...phone,
    label: 'JPKIAPICCTOKEN3',
    algorithm: 'p384',
    applications: ['jpki', 'text'],
    samePin: { text: 'authentication' },
  },
};
