import { aids, apdu } from '@madoguchi/card';
import { CardVisit } from './card-visit.js';
import type { CardChannel } from './channel.js';
import { ClientError } from './client-error.js';
import { openPcsc, type PcscReader, type PcscService } from './pcsc.js';
import type { CardKind } from './token-kind.js';

export interface ReaderInfo {
  name: string;
  cardPresent: boolean;
  /** Absent without a card, and when another program holds it. */
  kind?: CardKind;
}

export interface ReaderList {
  service: PcscService['service'];
  readers: ReaderInfo[];
}

type Open = (name?: string) => Promise<PcscService>;

/** The readers of this machine with the kind of card in each, by its exact token label. */
export async function listReaders(open: Open = openPcsc): Promise<ReaderList> {
  const pcsc = await open();
  if (pcsc.service !== 'running') return { service: pcsc.service, readers: [] };
  try {
    const readers: ReaderInfo[] = [];
    for (const { name, cardPresent } of pcsc.readers) {
      const kind = cardPresent ? await kindIn(name, open) : undefined;
      readers.push({ name, cardPresent, ...(kind === undefined ? {} : { kind }) });
    }
    return { service: 'running', readers };
  } finally {
    pcsc.stop();
  }
}

async function kindIn(name: string, open: Open): Promise<CardKind | undefined> {
  try {
    return await channelTo(name, open).withCard(async (transmit) => {
      const visit = new CardVisit(transmit);
      await visit.selectJpki();
      return visit.kind();
    });
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    return error.code === 'not-my-number-card' ? 'other' : undefined;
  }
}

/**
 * A channel to the card in a reader; without a name, the first reader with a card in it, else the first reader.
 *
 * @throws ClientError no-library, service-stopped, no-reader
 */
export async function readerChannel(name?: string, open: Open = openPcsc): Promise<CardChannel> {
  const channels = await readerChannels(open);
  const chosen = name === undefined ? channels[0] : channels.find(({ label }) => label === name);
  if (chosen === undefined) throw new ClientError('no-reader', name === undefined ? {} : { subject: name });
  return chosen;
}

/** A channel for each reader, those with a card first. @throws ClientError no-library, service-stopped, no-reader */
export async function readerChannels(open: Open = openPcsc): Promise<CardChannel[]> {
  const readers = await withReaders(open, async (list) => list);
  if (readers.length === 0) throw new ClientError('no-reader');
  return readers
    .toSorted((a, b) => Number(b.cardPresent) - Number(a.cardPresent))
    .map(({ name }) => channelTo(name, open));
}

function channelTo(name: string, open: Open): CardChannel {
  return {
    label: name,
    withCard: (fn) =>
      withReaders(
        () => open(name),
        async (readers) => {
          const reader = readers.find((one) => one.name === name);
          if (reader === undefined) throw new ClientError('no-reader', { subject: name });
          if (!reader.cardPresent) throw new ClientError('no-card', { subject: name });
          const card = await reader.connectExclusive();
          try {
            return await fn(card.transmit);
          } finally {
            // Both: reset alone is left to the driver, SELECT AP alone to the card. A card already gone needs neither.
            await card.transmit(apdu.selectApplication(aids.jpki)).catch(() => undefined);
            await card.reset();
          }
        },
      ),
  };
}

async function withReaders<T>(
  open: () => Promise<PcscService>,
  fn: (readers: PcscReader[]) => Promise<T>,
): Promise<T> {
  const pcsc = await open();
  if (pcsc.service === 'absent-library') throw new ClientError('no-library');
  if (pcsc.service === 'stopped') throw new ClientError('service-stopped');
  try {
    return await fn(pcsc.readers);
  } finally {
    pcsc.stop();
  }
}
