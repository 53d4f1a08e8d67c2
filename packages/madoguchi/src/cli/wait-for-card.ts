/** Waiting for a card with a person: what lies there instead is told once each time it changes. */
import {
  type CardChannel,
  ClientError,
  explainClientError,
  type ReaderList,
  readerChannel,
  waitForCard,
} from '@madoguchi/client/card';
import type { Register } from '@madoguchi/ui';
import { CommandError, type Values } from './command.js';
import { languageOf, say } from './language.js';
import { listTrouble } from './reader-words.js';
import { hasPerson } from './terminal.js';

/** What a person must hear about a list without a card that signs. */
function troubleIn(list: ReaderList, reader: string | undefined): ClientError {
  if (reader !== undefined && list.service === 'running' && list.readers.length === 0)
    return new ClientError('no-reader', { subject: reader });
  const trouble = listTrouble(list);
  if (trouble !== undefined) return trouble;
  const filled = list.readers.find(({ cardPresent }) => cardPresent);
  if (filled === undefined) return new ClientError('no-card');
  const subject = filled.name;
  if (filled.trouble === 'mute') return new ClientError('card-unresponsive', { subject });
  if (filled.trouble === 'busy') return new ClientError('card-busy', { subject });
  const card = filled.kind === 'jukicard' ? filled.kind : (filled.foreign ?? 'unknown');
  return new ClientError('not-my-number-card', { subject, card });
}

const stop = {
  ja: '待っています。やめるには Ctrl-C。',
  jaEasy: 'まって います。やめる ときは Ctrl-C。',
  en: 'Waiting. Ctrl-C stops.',
};

function tell(error: ClientError, register: Register): void {
  const { what, next } = explainClientError(error);
  process.stderr.write(`${say(what, register)}\n  → ${say(next, register)}\n  ${say(stop, register)}\n`);
}

/**
 * The channel to the card that signs, as soon as one lies in a reader; in `reader`, where one is named. Several such cards: several-cards, as without waiting. Ctrl-C ends it.
 *
 * @throws ClientError no-library at once (no waiting mends it); CommandError when stopped
 */
export async function cardThatComes(values: Values, reader?: string): Promise<CardChannel> {
  const register = languageOf(values);
  const end = new AbortController();
  const stopped = () => end.abort();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, stopped);
  try {
    const name = await waitForCard({
      signal: end.signal,
      ...(reader === undefined ? {} : { reader }),
      onState: (list) => {
        if (list.service === 'absent-library') throw new ClientError('no-library');
        tell(troubleIn(list, reader), register);
      },
    });
    return await readerChannel(name);
  } catch (error) {
    if (end.signal.aborted) throw new CommandError('unavailable', 'やめました。 Stopped before a card came.');
    throw error;
  } finally {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, stopped);
  }
}

/** After a card was pulled out midway: waits for it, in the reader it was in, where somebody can put it back. False: nobody can. */
export async function cardBack(values: Values, error: unknown, reader: string): Promise<boolean> {
  const lost =
    error instanceof ClientError && ['card-removed', 'no-card', 'card-unresponsive'].includes(error.code);
  if (!lost || values.card !== undefined || !(values.wait === true || hasPerson())) return false;
  tell(error, languageOf(values));
  await cardThatComes(values, reader);
  return true;
}
