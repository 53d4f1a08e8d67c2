import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CardChannel, TokenKeys } from '../../channel.js';
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
  return Promise.all(
    (await filesIn(place)).map(async (name) => {
      const file = path.join(place.folder, name);
      return imageChannel(file, place.imageKey, await keysOf(file));
    }),
  );
}

const keysFile = (file: string) => `${file}.keys`;

/**
 * Keeps the names of a token's keys beside it: no secrets, and only as good as the certificate that is read with them. Where that fails the token signs all
 * the same, and what it filed is looked up by its receipt.
 */
export async function rememberKeys(file: string, { sign, auth }: TokenKeys): Promise<void> {
  await writeFile(keysFile(file), `${sign} ${auth}\n`, { mode: 0o600 }).catch(() => undefined);
}

/** Undefined where they were never kept, or not wholly. */
async function keysOf(file: string): Promise<TokenKeys | undefined> {
  const text = await readFile(keysFile(file), 'latin1').catch(() => '');
  const [, sign, auth] = /^([\w-]{43}) ([\w-]{43})\n$/.exec(text) ?? [];
  return sign === undefined || auth === undefined ? undefined : { sign, auth };
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
    if (!name.startsWith(`${medium}-`) || file === keep) continue;
    await rename(file, `${file}.ended`);
    await rm(keysFile(file), { force: true });
  }
}
