/** `--card FILE` talks to a card image in this process, `--reader NAME` goes through PC/SC: the same card session, the same results. */
import path from 'node:path';
import { type CardChannel, CardSession, imageChannel, readerChannel } from '@madoguchi/client';
import { optional, type Values } from './command.js';
import { dataPath, imageKeyOf, keystoreOf } from './folder.js';

export const cardOptions = {
  card: { type: 'string' },
  reader: { type: 'string' },
  data: { type: 'string' },
} as const;

export async function channelOf(values: Values): Promise<CardChannel> {
  const file = optional(values, 'card');
  if (file === undefined) return readerChannel(optional(values, 'reader'));
  return imageChannel(path.resolve(file), imageKeyOf(await keystoreOf(dataPath(values))));
}

export async function sessionOf(values: Values): Promise<CardSession> {
  return new CardSession(await channelOf(values));
}
