import type { Reader } from 'pcsc-mini';
import { ClientError } from './client-error.js';

/** A reader as PC/SC sees it at this moment. */
export interface PcscReader {
  readonly name: string;
  readonly cardPresent: boolean;
  /** Opens the card for this program alone. @throws ClientError no-card, card-busy, card-unresponsive */
  connectExclusive(): Promise<PcscCard>;
}

interface PcscCard {
  /** @throws ClientError card-removed and its kin */
  transmit(apdu: Uint8Array): Promise<Uint8Array>;
  /** Disconnects with reset; a card that has gone away meanwhile is no error. */
  reset(): Promise<void>;
}

export type PcscService =
  | { service: 'absent-library' }
  | { service: 'stopped' }
  | { service: 'running'; readers: PcscReader[]; stop(): void };

type Library = typeof import('pcsc-mini');
type Loader = () => Promise<Library>;

/** The addon throws while it loads where libpcsclite is missing: that is a state of the machine, not a defect. */
const loadLibrary: Loader = async () => {
  const loaded = await import('pcsc-mini');
  return loaded.default;
};

const settle = { quietMs: 60, emptyMs: 300, mostMs: 1500 };

/**
 * Asks PC/SC for its readers. The library only reports changes, so we listen until it has been quiet for a moment, or until
 * the reader asked for by name has reported. The caller stops the service when done.
 */
export async function openPcsc(name?: string, load: Loader = loadLibrary): Promise<PcscService> {
  let library: Library;
  try {
    library = await load();
  } catch {
    return { service: 'absent-library' };
  }
  const readers = new Map<string, { reader: Reader; present?: boolean }>();
  let lastNews = performance.now();
  let failed = false;
  const client = new library.Client();
  client.on('error', () => {
    failed = true;
  });
  client.on('reader', (reader) => {
    lastNews = performance.now();
    readers.set(reader.name(), { reader });
    reader.on('change', (status) => {
      lastNews = performance.now();
      const present = status.has(library.ReaderStatus.PRESENT) && !status.has(library.ReaderStatus.EMPTY);
      readers.set(reader.name(), { reader, present });
    });
    reader.on('disconnect', () => readers.delete(reader.name()));
  });
  try {
    client.start();
  } catch {
    return { service: 'stopped' };
  }
  const began = performance.now();
  while (!failed) {
    const now = performance.now();
    const quiet = now - lastNews;
    if (now - began > settle.mostMs) break;
    if (name !== undefined && readers.get(name)?.present !== undefined) break;
    // A reader that is waited for by name gets all the time there is: the machine may be busy.
    if (name === undefined && quiet >= (readers.size > 0 ? settle.quietMs : settle.emptyMs)) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const stop = () => {
    try {
      client.stop();
    } catch {
      // The service went away by itself: there is nothing left to stop.
    }
  };
  if (failed && readers.size === 0) {
    stop();
    return { service: 'stopped' };
  }
  return {
    service: 'running',
    stop,
    readers: [...readers.values()].map(({ reader, present }) => ({
      name: reader.name(),
      cardPresent: present ?? false,
      connectExclusive: () => connectExclusive(library, reader),
    })),
  };
}

const patience = { tries: 40, pauseMs: 100 };

async function connectExclusive(library: Library, reader: Reader): Promise<PcscCard> {
  const name = reader.name();
  for (let attempt = 1; ; attempt += 1) {
    try {
      const card = await reader.connect(library.CardMode.EXCLUSIVE);
      return {
        transmit: (apdu) =>
          card.transmit(apdu).then(
            // The library reuses its buffer.
            (answer) => Uint8Array.from(answer),
            (error: unknown) => Promise.reject(pcscError(error, name)),
          ),
        reset: () => card.disconnect(library.CardDisposition.RESET).catch(() => undefined),
      };
    } catch (error) {
      const named = pcscError(error, name);
      // Another program is just looking at the card (presence checks take moments): wait a little.
      if (named.code !== 'card-busy' || attempt >= patience.tries) throw named;
      await new Promise((resolve) => setTimeout(resolve, patience.pauseMs));
    }
  }
}

/** PC/SC error names (pcsclite `SCARD_E_…` and `SCARD_W_…` as the library spells them) and what they mean to us. */
const meanings: Record<string, ClientError['code']> = {
  NoSmartCard: 'no-card',
  NoService: 'service-stopped',
  ServiceStopped: 'service-stopped',
  NoReadersAvailable: 'no-reader',
  UnknownReader: 'no-reader',
  ReaderUnavailable: 'no-reader',
  SharingViolation: 'card-busy',
  ServerTooBusy: 'card-busy',
  RemovedCard: 'card-removed',
  ResetCard: 'card-removed',
  InvalidHandle: 'card-removed',
  UnpoweredCard: 'card-unresponsive',
  UnresponsiveCard: 'card-unresponsive',
  UnsupportedCard: 'card-unresponsive',
  ProtoMismatch: 'card-unresponsive',
  NotTransacted: 'card-removed',
  CommError: 'card-removed',
};

function pcscError(error: unknown, reader: string): ClientError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new ClientError(meanings[code] ?? 'card-unresponsive', { subject: reader });
}
