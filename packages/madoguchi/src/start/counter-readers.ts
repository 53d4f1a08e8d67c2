/** The PC/SC readers of this machine for the counter's screens: what the client knows of readers, in the authority's words. */
import { CaError } from '@madoguchi/ca/authority';
import type { CounterReaders } from '@madoguchi/ca/web';
import {
  ClientError,
  explainClientError,
  listReaders,
  type ReaderInfo,
  readerChannel,
} from '@madoguchi/client/card';

/** A card that signs, or one whose kind nobody can tell at this moment but a card of ours may be. */
function holds({ cardPresent, kind }: ReaderInfo): 'nothing' | 'card' | 'other' {
  if (!cardPresent) return 'nothing';
  return kind === undefined || kind === 'jukicard' || kind === 'other' ? 'other' : 'card';
}

function inCounterWords(error: unknown): never {
  if (!(error instanceof ClientError)) throw error;
  const { what, next } = explainClientError(error);
  throw new CaError(
    `reader.${error.code}`,
    { ja: what.ja + next.ja, jaEasy: `${what.jaEasy} ${next.jaEasy}`, en: `${what.en} ${next.en}` },
    69,
  );
}

export const counterReaders: CounterReaders = {
  list: async () =>
    (await listReaders()).readers.map((reader) => ({ name: reader.name, holds: holds(reader) })),
  withCard: async (name, work) => {
    try {
      const channel = await readerChannel(name);
      return await channel.withCard((transmit) => work((command) => transmit(command).catch(inCounterWords)));
    } catch (error) {
      return inCounterWords(error);
    }
  },
};
