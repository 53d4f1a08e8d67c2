import { randomBytes, randomInt } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { type CardContent, type CardSettings, defaultSettings, filled, makePin } from './card-content.js';
import { CardError } from './errors.js';
import { type DataFile, efs, fileKey, type PinName } from './files.js';
import { readImage, writeImage } from './image-file.js';
import { lockImage } from './image-lock.js';
import { isRealLooking } from './my-number.js';
import { checkNewPin } from './pin-rules.js';
import { diskStorage, type StableStorage } from './stable-storage.js';
import { encodeBasicItems, encodeMyNumber, numberB, type TextItems } from './text-files.js';
import { encodeTokenInformation, type TokenLabel } from './token-information.js';
import { type CardDevice, type Transmit, VirtualCard } from './virtual-card.js';

/** What a new card is made of. Dates are YYYY-MM-DD. */
export interface NewCard {
  /** 32 bytes that seal the image on disk. */
  readonly imageKey: Uint8Array;
  /** 32 bytes by which the issuer is known to this card (protocol of the owner's session). */
  readonly cardKey: Uint8Array;
  readonly label?: TokenLabel;
  /** Printed on a card's face; `myNumber` must have a wrong check digit (see demoMyNumber). */
  readonly text: TextItems & { readonly myNumber: string };
  /** Last day of validity of the card; its year is part of number B. */
  readonly expiry: string;
  readonly authPin: string;
  readonly signPin: string;
  readonly textPin: string;
  /** 5-digit code of the municipality of issue. */
  readonly municipality: string;
  /** The 4 digits printed on the card that end number B; random when absent. */
  readonly securityCode?: string;
  readonly settings?: Partial<CardSettings>;
}

function bad(message: string): CardError {
  return new CardError('badInput', message);
}

function checkInput(card: NewCard): void {
  if (card.imageKey.length !== 32 || card.cardKey.length !== 32)
    throw bad('Image key and card key have 32 bytes.');
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
    const checked = checkNewPin(name, pin);
    if (!checked.ok) throw bad(`The ${name} PIN breaks the rule ${checked.rule}.`);
  }
}

function fileEntry(file: DataFile, bytes: Uint8Array): [string, Uint8Array] {
  const fits = filled(file, bytes);
  if (fits === undefined)
    throw bad(`The text is too long for the card: ${bytes.length} of ${file.size} bytes.`);
  return [fileKey(file), fits];
}

/** The memory of a card that has no keys and no certificates yet. */
export function newCardContent(card: NewCard): CardContent {
  checkInput(card);
  const code = card.securityCode ?? randomInt(10_000).toString().padStart(4, '0');
  const pin = (name: PinName, value: string) => makePin(name, Buffer.from(value, 'latin1'), randomBytes(16));
  return {
    generation: 0,
    cardKey: card.cardKey,
    settings: {
      ...defaultSettings,
      authenticationCertificateNeedsPin: card.label === 'JPKIAPGPSETOKEN',
      ...card.settings,
    },
    municipality: card.municipality,
    expiry: card.expiry,
    files: Object.fromEntries([
      fileEntry(
        efs.jpki.tokenInformation,
        encodeTokenInformation(card.label ?? 'JPKIAPICCTOKEN2', randomBytes(8).toString('hex').toUpperCase()),
      ),
      fileEntry(efs.text.myNumber, encodeMyNumber(card.text.myNumber)),
      fileEntry(efs.text.basicItems, encodeBasicItems(card.text)),
    ]),
    pins: {
      signature: pin('signature', card.signPin),
      authentication: pin('authentication', card.authPin),
      text: pin('text', card.textPin),
      numberA: pin('numberA', card.text.myNumber),
      numberB: pin('numberB', numberB(card.text.birthDate, card.expiry.slice(0, 4), code)),
    },
    keys: {},
  };
}

/**
 * Makes a card image: PINs set, text files written, keys and certificates still missing (the issuer makes them
 * in the owner's session). Rejects with CardError `badInput`, or `exists` when there is a file already.
 */
export async function createCardImage(
  file: string,
  card: NewCard,
  storage: StableStorage = diskStorage,
): Promise<void> {
  const content = newCardContent(card);
  const lock = await lockImage(file);
  try {
    if ((await storage.read(file, 0)) !== undefined)
      throw new CardError('exists', `There is a file already: ${path.resolve(file)}`);
    await writeImage(storage, file, content, card.imageKey);
  } finally {
    await lock.release();
  }
}

/** A card in this process. `close` waits for the running APDU and gives the image free. */
export interface OpenCard extends CardDevice {
  readonly transmit: Transmit;
  close(): Promise<void>;
}

const imageFaults = {
  absent: 'There is no card image here',
  notAnImage: 'This file is no card image',
  newerVersion: 'This card image was made by a newer version',
  wrongKey: 'The card image does not open: another key, or a damaged file',
} as const;

/**
 * Opens a card image for this process alone. `settings` overrule those of the image for this opening. Rejects
 * with CardError `absent`, `locked` (names the process), `notAnImage`, `newerVersion` or `wrongKey`.
 */
export async function openCardImage(
  name: string,
  options: { imageKey: Uint8Array; settings?: Partial<CardSettings>; storage?: StableStorage },
): Promise<OpenCard> {
  const { imageKey, storage = diskStorage } = options;
  if (imageKey.length !== 32) throw bad('The image key has 32 bytes.');
  // One lock for all names of the file, and a rename that does not replace a symbolic link.
  const file = await realpath(name).catch(() => path.resolve(name));
  const lock = await lockImage(file);
  try {
    const opened = await readImage(storage, file, imageKey);
    if (!opened.ok) throw new CardError(opened.rule, `${imageFaults[opened.rule]}: ${path.resolve(file)}`);
    let open = true;
    const { settings } = opened.content;
    const card = new VirtualCard(
      { ...opened.content, settings: { ...defaultSettings, ...settings, ...options.settings } },
      async (content) => {
        if (!open) throw new CardError('locked', 'The card image is closed.');
        await lock.check();
        await writeImage(storage, file, { ...content, settings }, imageKey);
      },
    );
    return {
      atr: () => card.atr(),
      powerOn: () => card.powerOn(),
      powerOff: () => card.powerOff(),
      reset: () => card.reset(),
      execute: (apdu) => card.execute(apdu),
      transmit: (apdu) => card.execute(apdu),
      async close() {
        if (!open) return;
        await card.idle();
        open = false;
        card.powerOff();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
