import { aids, apdu } from '@madoguchi/card';
import { CardVisit } from './card-visit.js';
import type { CardChannel } from './channel.js';
import { ClientError } from './client-error.js';
import type { ForeignCard } from './foreign-card.js';
import { openPcsc, type PcscReader, type PcscService } from './pcsc.js';
import type { CardKind } from './token-kind.js';

export interface ReaderInfo {
  name: string;
  cardPresent: boolean;
  /** Absent without a card, and while the card does not answer or another program holds it. */
  kind?: CardKind;
  /** What a card of another kind is. */
  foreign?: ForeignCard;
  /** Why the kind is not known: the card gives no answer (it lies the wrong way round), or another program holds it. */
  trouble?: 'mute' | 'busy';
}

export interface ReaderList {
  service: PcscService['service'];
  readers: ReaderInfo[];
}

export type OpenReaders = (name?: string) => Promise<PcscService>;

/** The readers of this machine with the kind of card in each, by its exact token label. */
export async function listReaders(open: OpenReaders = openPcsc): Promise<ReaderList> {
  const pcsc = await open();
  if (pcsc.service !== 'running') return { service: pcsc.service, readers: [] };
  const readers: ReaderInfo[] = [];
  for (const { name, cardPresent, mute } of pcsc.readers)
    readers.push({ name, cardPresent, ...(cardPresent ? await lookAt(name, mute, open) : {}) });
  return { service: 'running', readers };
}

/** What the card in a reader is. Never throws for what a card or a reader does. */
export async function lookAt(
  name: string,
  mute: boolean,
  open: OpenReaders = openPcsc,
): Promise<Pick<ReaderInfo, 'kind' | 'foreign' | 'trouble'>> {
  if (mute) return { trouble: 'mute' };
  try {
    const kind = await channelTo(name, open).withCard(async (transmit, extras) => {
      const visit = new CardVisit(transmit, extras);
      await visit.selectJpki();
      return visit.kind();
    });
    return { kind };
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    const { card = 'unknown' } = error.detail;
    if (error.code === 'not-my-number-card')
      return { kind: 'other', ...(card === 'jukicard' ? {} : { foreign: card }) };
    if (error.code === 'card-busy') return { trouble: 'busy' };
    return error.code === 'card-unresponsive' ? { trouble: 'mute' } : {};
  }
}

/** Cards that sign: a My Number Card or a smartphone token. */
export function signs(kind: CardKind | undefined): boolean {
  return kind !== undefined && kind !== 'jukicard' && kind !== 'other';
}

/**
 * A channel to the card in a reader. Without a name nobody is asked as long as there is nothing to choose: the reader that holds a card; of
 * several the one that holds a card that signs; without any card the first reader.
 *
 * @throws ClientError no-library, service-stopped, no-reader; several-cards when two readers hold cards that sign
 */
export async function readerChannel(name?: string, open: OpenReaders = openPcsc): Promise<CardChannel> {
  if (name !== undefined) {
    const channel = (await readerChannels(open)).find(({ label }) => label === name);
    if (channel === undefined) throw new ClientError('no-reader', { subject: name });
    return channel;
  }
  const readers = await readersOf(open);
  const [first] = readers;
  if (first === undefined) throw new ClientError('no-reader');
  const filled = readers.filter(({ cardPresent }) => cardPresent);
  if (filled.length <= 1) return channelTo((filled[0] ?? first).name, open);
  const signing: string[] = [];
  for (const reader of filled)
    if (signs((await lookAt(reader.name, reader.mute, open)).kind)) signing.push(reader.name);
  if (signing.length > 1) throw new ClientError('several-cards', { subject: signing.join(', ') });
  return channelTo(signing[0] ?? (filled[0] ?? first).name, open);
}

/** A channel for each reader, those with a card first. @throws ClientError no-library, service-stopped, no-reader */
export async function readerChannels(open: OpenReaders = openPcsc): Promise<CardChannel[]> {
  const readers = await readersOf(open);
  if (readers.length === 0) throw new ClientError('no-reader');
  return readers
    .toSorted((a, b) => Number(b.cardPresent) - Number(a.cardPresent))
    .map(({ name }) => channelTo(name, open));
}

function channelTo(name: string, open: OpenReaders): CardChannel {
  return {
    label: name,
    withCard: async (fn) => {
      const readers = await readersOf(() => open(name));
      const reader = readers.find((one) => one.name === name);
      if (reader === undefined) throw new ClientError('no-reader', { subject: name });
      if (!reader.cardPresent) throw new ClientError('no-card', { subject: name });
      if (reader.mute) throw new ClientError('card-unresponsive', { subject: name });
      const card = await reader.connectExclusive();
      try {
        return await fn(card.transmit, { atr: reader.atr, pinPad: card.pinPad });
      } finally {
        // Both: reset alone is left to the driver, SELECT AP alone to the card. A card already gone needs neither.
        await card.transmit(apdu.selectApplication(aids.jpki)).catch(() => undefined);
        await card.leave();
      }
    },
  };
}

async function readersOf(open: OpenReaders): Promise<PcscReader[]> {
  const pcsc = await open();
  if (pcsc.service === 'absent-library') throw new ClientError('no-library');
  if (pcsc.service === 'stopped') throw new ClientError('service-stopped');
  return pcsc.readers;
}
