/** `--card FILE` talks to a card image in this process, `--reader NAME` goes through PC/SC: the same card session, the same results. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { keyFolderIn } from '@madoguchi/card';
import { type CardChannel, CardSession, imageChannel, readerChannel } from '@madoguchi/client/card';
import { CommandError, optional, type Values } from './command.js';
import { dataPath } from './data-path.js';
import { readInput } from './input.js';
import { hasPerson } from './terminal.js';
import { cardThatComes } from './wait-for-card.js';

export const cardOptions = {
  card: { type: 'string' },
  reader: { type: 'string' },
  wait: { type: 'boolean' },
  data: { type: 'string' },
} as const;

/**
 * The key of a card image lies in the key store of the folder whose authority issued it: the one that is named with --data, else the one that the
 * image names, else the default one.
 */
export async function imageKeyFor(file: string, values: Values): Promise<Uint8Array> {
  if (!existsSync(file)) throw new CommandError('unavailable', `There is no card image ${file}.`);
  const said = values.data === undefined ? keyFolderIn(readInput(file)) : undefined;
  const dir = said !== undefined && hasKeys(said) ? said : dataPath(values);
  if (!hasKeys(dir)) {
    throw new CommandError(
      'unavailable',
      `The card image is sealed with a key of its data folder, and there is none in ${dir}${said === undefined ? '' : ` nor in ${said}, where it was made`}. Name the folder with --data.`,
    );
  }
  const { imageKeyOf, keystoreOf } = await import('./keys.js');
  return imageKeyOf(await keystoreOf(dir));
}

/** The image key of the data folder itself, and that folder: for an image that is made there. */
export async function imageKeyOfFolder(
  values: Values,
): Promise<{ readonly imageKey: Uint8Array; readonly keyFolder: string }> {
  const keyFolder = path.resolve(dataPath(values));
  if (!hasKeys(keyFolder))
    throw new CommandError(
      'unavailable',
      `There are no keys in ${keyFolder}. Name the data folder with --data.`,
    );
  const { imageKeyOf, keystoreOf } = await import('./keys.js');
  return { imageKey: imageKeyOf(await keystoreOf(keyFolder)), keyFolder };
}

function hasKeys(dir: string): boolean {
  return existsSync(path.join(dir, 'keys'));
}

/** The image, the reader, or the one reader that holds a card; a person (or `--wait`) gets the time to put it in. */
export async function channelOf(values: Values): Promise<CardChannel> {
  const card = optional(values, 'card');
  const reader = optional(values, 'reader');
  if (card === undefined) {
    return values.wait === true || hasPerson() ? cardThatComes(values, reader) : readerChannel(reader);
  }
  if (reader !== undefined) throw new CommandError('usage', 'Give --card or --reader, not both.');
  const file = path.resolve(card);
  return imageChannel(file, await imageKeyFor(file, values));
}

export async function sessionOf(values: Values): Promise<CardSession> {
  return new CardSession(await channelOf(values));
}
