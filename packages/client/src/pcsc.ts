import type { Card } from 'pcsc-mini';
import { ClientError } from './client-error.js';
import { type MonitoredReader, monitorOf, type PcscMonitor } from './pcsc-monitor.js';
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
  /** Resets the card and disconnects; a card that has gone away meanwhile is no error, and has been noticed by the service afterwards. */
  leave(): Promise<void>;
}

export type PcscService =
  | { service: 'absent-library' }
  | { service: 'stopped' }
  | { service: 'running'; readers: PcscReader[] };

export type PcscLibrary = typeof import('pcsc-mini');
export type PcscLoader = () => Promise<PcscLibrary>;

/** The addon throws while it loads where libpcsclite is missing: that is a state of the machine, not a defect. */
export const loadPcsc: PcscLoader = async () => {
  const loaded = await import('pcsc-mini');
  return loaded.default;
};

/** Without a card we wait longer: it may have been put in just now, and the service is told of it a moment later. */
const settle = { quietMs: 60, emptyMs: 300, mostMs: 1500 };

/**
 * Asks PC/SC for its readers. The library only reports changes, so we listen until it has been quiet for a moment, or until the reader
 * asked for by name has reported a card.
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
    monitor = monitorOf(library);
  } catch {
    return { service: 'stopped' };
  }
  const { readers } = monitor;
  const began = performance.now();
  while (!monitor.failed && !hasReported(monitor, name, performance.now() - began))
    await new Promise((resolve) => setTimeout(resolve, 10));
  if (monitor.failed && readers.size === 0) return { service: 'stopped' };
  return { service: 'running', readers: [...readers.values()].map((one) => pcscReader(monitor, one)) };
}

/** Has everything been heard that was to be heard, after `waited` ms? */
function hasReported({ readers, lastNews }: PcscMonitor, name: string | undefined, waited: number): boolean {
  if (waited > settle.mostMs) return true;
  if (name !== undefined) {
    // A reader that is not there gets all the time there is: the machine may be busy.
    const present = readers.get(name)?.present;
    return present === true || (present === false && waited >= settle.emptyMs);
  }
  const isFilled = [...readers.values()].some(({ present }) => present === true);
  const quiet = Math.min(waited, performance.now() - lastNews);
  return quiet >= (isFilled ? settle.quietMs : settle.emptyMs);
}

function pcscReader(monitor: PcscMonitor, known: MonitoredReader): PcscReader {
  const { reader, present, mute, atr } = known;
  return {
    name: reader.name(),
    cardPresent: present ?? false,
    mute,
    atr,
    connectExclusive: () => connectExclusive(monitor, known),
  };
}

const patience = { tries: 40, pauseMs: 100 };

async function connectExclusive(monitor: PcscMonitor, known: MonitoredReader): Promise<PcscCard> {
  const { library } = monitor;
  const { reader } = known;
  const name = reader.name();
  const named = (error: unknown) => Promise.reject(pcscError(error, name));
  for (let attempt = 1; ; attempt += 1) {
    try {
      const card = await reader.connect(library.CardMode.EXCLUSIVE);
      let answers = true;
      return {
        transmit: async (apdu) => {
          answers = false;
          // The library reuses its buffer.
          const answer = Uint8Array.from(await card.transmit(apdu).catch(named));
          answers = answer.length >= 2;
          return answer;
        },
        pinPad: () => pinPadOf(library, card, named),
        leave: () => leave(monitor, known, card, answers),
      };
    } catch (error) {
      const known = pcscError(error, name);
      // Another program is just looking at the card (presence checks take moments): wait a little.
      if (known.code !== 'card-busy' || attempt >= patience.tries) throw known;
      await new Promise((resolve) => setTimeout(resolve, patience.pauseMs));
    }
  }
}

/** pcscd looks after a reader that cannot tell of changes every 0.4 s; twice that, and time for a busy machine. */
const noticeMs = 1500;

/**
 * Resets the card and lets go of it. A card pulled out is let go only when the service has noticed that it is gone: pcscd that is asked to
 * reset an absent card calls the reader empty from then on, without telling its own watcher, and a card put back before that one's next look
 * would lie there unseen until it is taken out once more (measured, pcscd 1.9.9; `SCardDisconnect` and `SCardReconnect`). While we wait
 * the connection stays exclusive, so that a card which only failed to answer is in nobody else's hands before it is reset.
 */
async function leave(
  monitor: PcscMonitor,
  known: MonitoredReader,
  card: Card,
  answers: boolean,
): Promise<void> {
  const { CardDisposition, CardMode } = monitor.library;
  // Not by disconnecting, which does not tell whether the card was there to be reset.
  const reset = () => card.reconnect(CardMode.EXCLUSIVE, CardDisposition.RESET).then(() => true);
  const isReset = answers && (await reset().catch(() => false));
  if (!isReset) await monitor.until(() => !monitor.holdsCard(known), noticeMs);
  const then = isReset ? CardDisposition.LEAVE : CardDisposition.RESET;
  // A connection that cannot be closed (the reader was unplugged) keeps one of the few places the library has.
  await card.disconnect(then).catch(() => monitor.retire());
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
