import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { CardContent } from './card-content.js';
import { type CardSettings, defaultSettings } from './card-settings.js';
import { CardError } from './errors.js';
import { efs, fileKey } from './files.js';
import { readImage, writeImage } from './image-file.js';
import { lockImage } from './image-lock.js';
import { mediumWith, type NewCard, newCardContent } from './new-card.js';
import { diskStorage, type StableStorage } from './stable-storage.js';
import type { TokenLabel } from './token-information.js';
import { type CardDevice, type Transmit, VirtualCard } from './virtual-card.js';

/**
 * Makes a card image: PINs set, text files written, keys and certificates still missing (the issuer makes them
 * in the owner's session). Rejects with CardError `badInput`, or `exists` when there is a file already.
 */
export async function createCardImage(
  file: string,
  card: NewCard,
  storage: StableStorage = diskStorage,
): Promise<void> {
  const content = await newCardContent(card);
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

/** An image from before there were media tells its kind by its label, and holds the JPKI and the Text AP only. */
function withMedium(content: CardContent): CardContent {
  const stored: Partial<CardContent> = content;
  if (stored.medium !== undefined) return content;
  const token = content.files[fileKey(efs.jpki.tokenInformation)] ?? new Uint8Array(0);
  const label = Buffer.from(token.subarray(0, 32)).toString('latin1').trimEnd();
  return { ...content, medium: mediumWith(label as TokenLabel), objects: {} };
}

/**
 * Opens a card image for this process alone. `settings` overrule those of the image for this opening. Rejects
 * with CardError `absent`, `locked` (names the process), `notAnImage`, `newerVersion` or `wrongKey`.
 */
export async function openCardImage(
  name: string,
  options: { imageKey: Uint8Array; settings?: Partial<CardSettings>; storage?: StableStorage },
): Promise<OpenCard> {
  const { imageKey, storage = diskStorage } = options;
  if (imageKey.length !== 32) throw new CardError('badInput', 'The image key has 32 bytes.');
  // One lock for all names of the file, and a rename that does not replace a symbolic link.
  const file = await realpath(name).catch(() => path.resolve(name));
  const lock = await lockImage(file);
  try {
    const opened = await readImage(storage, file, imageKey);
    if (!opened.ok) throw new CardError(opened.rule, `${imageFaults[opened.rule]}: ${path.resolve(file)}`);
    let open = true;
    const content = withMedium(opened.content);
    const { settings } = content;
    const card = new VirtualCard(
      { ...content, settings: { ...defaultSettings, ...settings, ...options.settings } },
      async (next) => {
        if (!open) throw new CardError('locked', 'The card image is closed.');
        await lock.check();
        await writeImage(storage, file, { ...next, settings }, imageKey);
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
