import { randomBytes, randomInt } from 'node:crypto';
import { type CardContent, makePin } from './card-content.js';
import { type CardSettings, defaultSettings } from './card-settings.js';
import { type FaceIssuer, makeFaceIssuer } from './cv-certificate.js';
import { CardError } from './errors.js';
import { efs, type PinName } from './files.js';
import { type Medium, media } from './media.js';
import { isRealLooking } from './my-number.js';
import { fileEntry, personalise } from './personalise.js';
import { checkNewPin } from './pin-rules.js';
import type { TextItems } from './text-files.js';
import { encodeTokenInformation, type TokenLabel } from './token-information.js';

/** What a new card is made of. Dates are YYYY-MM-DD. */
export interface NewCard {
  /** 32 bytes that seal the image on disk. */
  readonly imageKey: Uint8Array;
  /** Where the image key lies: a path that anybody who has the image can read, so that its holder need not remember it. */
  readonly keyFolder?: string;
  /** 32 bytes by which the issuer is known to this card (protocol of the owner's session). */
  readonly cardKey: Uint8Array;
  /** A My Number Card when neither this nor `label` is given. */
  readonly medium?: Medium;
  /** The medium by its label. */
  readonly label?: TokenLabel;
  /** Who signs what stands on the card; without one, keys made for this process that nobody knows. */
  readonly faceIssuer?: FaceIssuer;
  /** Printed on a card's face; `myNumber` must have a wrong check digit (see demoMyNumber). */
  readonly text: TextItems & { readonly myNumber: string };
  /** Last day of validity of the card; its year is part of number B. */
  readonly expiry: string;
  readonly authPin: string;
  readonly signPin: string;
  /** Also of the common and the resident-register AP. The next card has no such PIN: its authentication PIN is used. */
  readonly textPin: string;
  /** 5-digit code of the municipality of issue. */
  readonly municipality: string;
  /** The 4 digits printed on the card that end number B; random when absent. */
  readonly securityCode?: string;
  readonly settings?: Partial<CardSettings>;
  /** Leaves the images of name and address white, so that no typeface is needed: for a card that is only compared. */
  readonly blankFace?: boolean;
}

function bad(message: string): CardError {
  return new CardError('badInput', message);
}

function checkInput(card: NewCard): void {
  if (card.imageKey.length !== 32 || card.cardKey.length !== 32)
    throw bad('Image key and card key have 32 bytes.');
  if (Buffer.byteLength(card.keyFolder ?? '') > 4096) throw bad('The path of the key folder is too long.');
  if (!/^[0-9]{12}$/.test(card.text.myNumber)) throw bad('A My Number has 12 digits.');
  if (isRealLooking(card.text.myNumber))
    throw bad(
      'This My Number has a right check digit, so it could be somebody’s. Card images carry demo numbers only.',
    );
  const date = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
  if (!date.test(card.text.birthDate) || !date.test(card.expiry)) throw bad('Dates are written YYYY-MM-DD.');
  if (!/^[0-9]{5}$/.test(card.municipality)) throw bad('The municipality code has 5 digits.');
  if (card.securityCode !== undefined && !/^[0-9]{4}$/.test(card.securityCode))
    throw bad('The security code has 4 digits.');
  const pins: [PinName, string][] = [
    ['signature', card.signPin],
    ['authentication', card.authPin],
    ['text', card.textPin],
  ];
  for (const [name, pin] of pins) {
    const checked = checkNewPin(name, pin, card.settings?.signaturePasswordMixed);
    if (!checked.ok) throw bad(`The ${name} PIN breaks the rule ${checked.rule}.`);
  }
}

let processIssuer: Promise<FaceIssuer> | undefined;

/** The medium with this label; a My Number Card when there is none. */
export function mediumWith(label: TokenLabel | undefined): Medium {
  const names = Object.keys(media) as Medium[];
  return names.find((name) => media[name].label === label) ?? 'my-number-card';
}

/** The memory of a card that has no keys of its holder and no certificates yet. */
export async function newCardContent(card: NewCard): Promise<CardContent> {
  checkInput(card);
  const medium = card.medium ?? mediumWith(card.label);
  const { label, applications, samePin } = media[medium];
  const settings = { ...defaultSettings, ...card.settings };
  processIssuer ??= makeFaceIssuer();
  const person = {
    text: card.text,
    myNumber: card.text.myNumber,
    expiry: card.expiry,
    municipality: card.municipality,
    blank: card.blankFace ?? false,
    securityCode: card.securityCode ?? randomInt(10_000).toString().padStart(4, '0'),
  };
  const issuer = card.faceIssuer ?? (await processIssuer);
  const { files, objects, keys, numbers } = await personalise(person, applications, issuer, settings);
  const values: Partial<Record<PinName, string>> = {
    signature: card.signPin,
    authentication: card.authPin,
    ...(applications.includes('text') && samePin.text === undefined ? { text: card.textPin } : {}),
    ...(applications.includes('common') ? { common: card.textPin } : {}),
    ...(applications.includes('resident') ? { resident: card.textPin } : {}),
    ...numbers,
  };
  const pins = Object.entries(values).map(([name, value]) => [
    name,
    makePin(settings, name as PinName, Buffer.from(value, 'latin1'), randomBytes(16)),
  ]);
  const serial = randomBytes(8).toString('hex').toUpperCase();
  const token = encodeTokenInformation(label, serial);
  return {
    generation: 0,
    cardKey: card.cardKey,
    ...(card.keyFolder === undefined ? {} : { keyFolder: card.keyFolder }),
    medium,
    settings,
    municipality: card.municipality,
    expiry: card.expiry,
    files: {
      ...files,
      ...Object.fromEntries([fileEntry(efs.jpki.tokenInformation, token, settings.filler)]),
    },
    objects,
    pins: Object.fromEntries(pins),
    keys,
  };
}
