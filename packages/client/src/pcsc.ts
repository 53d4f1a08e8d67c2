import type { Card, Reader } from 'pcsc-mini';
import { ClientError } from './client-error.js';
import { type MonitoredReader, PcscMonitor } from './pcsc-monitor.js';
import { featureRequest, type PinPad, padAnswer, verifyControlCode, verifyStructure } from './pin-pad.js';

/** A reader as PC/SC sees it at this moment. */
export interface PcscReader {
  readonly name: string;
  readonly cardPresent: boolean;
  /** A card is in, and gives no answer to reset. */
  readonly mute: boolean;
  readonly atr: Uint8Array;
  /** Opens the card for this program alone. @throws ClientError no-card, card-busy, card-unresponsive */
  connectExclusive(): Promise<PcscCard>;
}

interface PcscCard {
  /** @throws ClientError card-removed and its kin */
  transmit(apdu: Uint8Array): Promise<Uint8Array>;
  /** The reader's own keys; asked for once, undefined where it has none. */
  pinPad(): Promise<PinPad | undefined>;
  /** Disconnects with reset; a card that has gone away meanwhile is no error. */
  reset(): Promise<void>;
}

export type PcscService =
  | { service: 'absent-library' }
  | { service: 'stopped' }
  | { service: 'running'; readers: PcscReader[]; stop(): void };

export type PcscLibrary = typeof import('pcsc-mini');
export type PcscLoader = () => Promise<PcscLibrary>;

/** The addon throws while it loads where libpcsclite is missing: that is a state of the machine, not a defect. */
export const loadPcsc: PcscLoader = async () => {
  const loaded = await import('pcsc-mini');
  return loaded.default;
};

const settle = { quietMs: 60, emptyMs: 300, mostMs: 1500 };

/**
 * Asks PC/SC for its readers. The library only reports changes, so we listen until it has been quiet for a moment, or until
 * the reader asked for by name has reported. The caller stops the service when done.
 */
export async function openPcsc(name?: string, load: PcscLoader = loadPcsc): Promise<PcscService> {
  let library: PcscLibrary;
  try {
    library = await load();
  } catch {
    return { service: 'absent-library' };
  }
  let monitor: PcscMonitor;
  try {
    monitor = new PcscMonitor(library);
  } catch {
    return { service: 'stopped' };
  }
  const { readers } = monitor;
  const began = performance.now();
  while (!monitor.failed) {
    const now = performance.now();
    const quiet = now - monitor.lastNews;
    if (now - began > settle.mostMs) break;
    if (name !== undefined && readers.get(name)?.present !== undefined) break;
    // A reader that is waited for by name gets all the time there is: the machine may be busy.
    if (name === undefined && quiet >= (readers.size > 0 ? settle.quietMs : settle.emptyMs)) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const stop = () => monitor.stop();
  if (monitor.failed && readers.size === 0) {
    stop();
    return { service: 'stopped' };
  }
  return {
    service: 'running',
    stop,
    readers: [...readers.values()].map((one) => pcscReader(library, one)),
  };
}

function pcscReader(library: PcscLibrary, { reader, present, mute, atr }: MonitoredReader): PcscReader {
  return {
    name: reader.name(),
    cardPresent: present ?? false,
    mute,
    atr,
    connectExclusive: () => connectExclusive(library, reader),
  };
}

const patience = { tries: 40, pauseMs: 100 };

async function connectExclusive(library: PcscLibrary, reader: Reader): Promise<PcscCard> {
  const name = reader.name();
  const named = (error: unknown) => Promise.reject(pcscError(error, name));
  for (let attempt = 1; ; attempt += 1) {
    try {
      const card = await reader.connect(library.CardMode.EXCLUSIVE);
      return {
        // The library reuses its buffer.
        transmit: (apdu) => card.transmit(apdu).then((answer) => Uint8Array.from(answer), named),
        pinPad: () => pinPadOf(library, card, named),
        reset: () => card.disconnect(library.CardDisposition.RESET).catch(() => undefined),
      };
    } catch (error) {
      const known = pcscError(error, name);
      // Another program is just looking at the card (presence checks take moments): wait a little.
      if (known.code !== 'card-busy' || attempt >= patience.tries) throw known;
      await new Promise((resolve) => setTimeout(resolve, patience.pauseMs));
    }
  }
}

async function pinPadOf(
  library: PcscLibrary,
  card: Card,
  named: (error: unknown) => Promise<never>,
): Promise<PinPad | undefined> {
  // A reader without features refuses the question, in as many ways as there are drivers.
  const features = await card.control(library.controlCode(featureRequest)).catch(() => new Uint8Array());
  const code = verifyControlCode(Uint8Array.from(features));
  if (code === undefined) return undefined;
  return {
    verify: async (header) =>
      padAnswer(
        await card.control(code, verifyStructure(header)).then((answer) => Uint8Array.from(answer), named),
      ),
  };
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
