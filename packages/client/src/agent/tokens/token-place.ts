import { existsSync } from 'node:fs';
import { mkdir, readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import type { CardChannel } from '../../channel.js';
import { imageChannel } from '../../image-channel.js';
import type { TokenPlace } from '../../tokens/token-file.js';
import type { TokenMedium } from '../../tokens/token-service.js';

/** Where this agent keeps the images that stand for smartphones. */
export interface TokenFolder extends TokenPlace {
  readonly folder: string;
}

const tokenFile = /^(android|iphone)-\d{1,4}\.card$/;

async function filesIn({ folder }: TokenFolder): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => tokenFile.test(name)).sort();
}

/** The smartphones as cards that sign: they stand behind the readers. */
export async function tokenChannels(place: TokenFolder | undefined): Promise<CardChannel[]> {
  if (place === undefined) return [];
  return (await filesIn(place)).map((name) => imageChannel(path.join(place.folder, name), place.imageKey));
}

/** A name that is free; what an attempt left there is gone on with. */
export async function freeTokenFile(place: TokenFolder, medium: TokenMedium): Promise<string> {
  await mkdir(place.folder, { recursive: true, mode: 0o700 });
  for (let number = 1; ; number += 1) {
    const file = path.join(place.folder, `${medium}-${number}.card`);
    if (!existsSync(file) && !existsSync(`${file}.ended`)) return file;
  }
}

/** The images of that kind, but for the one that counts, are no cards any more: their certificates are revoked. */
export async function retireTokens(place: TokenFolder, medium: TokenMedium, keep?: string): Promise<void> {
  for (const name of await filesIn(place)) {
    const file = path.join(place.folder, name);
    if (name.startsWith(`${medium}-`) && file !== keep) await rename(file, `${file}.ended`);
  }
}
