import { channel } from 'node:diagnostics_channel';
import type { Reader } from 'pcsc-mini';
import type { PcscLibrary } from './pcsc.js';

/** A reader as the service last told of it. */
export interface MonitoredReader {
  reader: Reader;
  /** Unknown until the service has said so. */
  present?: boolean;
  /** A card is in, and it does not answer: upside down, the wrong way round, or no card with a chip. */
  mute: boolean;
  atr: Uint8Array;
  /** Counts cards put in: a new number is another card (or the same one, put in again). */
  visit: number;
}

/**
 * The readers of this machine as PC/SC reports them: the library tells of changes only, so somebody has to listen and remember. A process has one
 * monitor (`monitorOf`), and it is never stopped: stopping it stands still for ever where news come in at that moment. `SCardCancel` does
 * nothing while the listening thread is not quite asleep, and `SCardReleaseContext` then waits for a thread that nobody wakes (measured, libpcsclite
 * 1.9.9 under pcsc-mini 0.1.3: one stop in some hundreds, the whole process with it). It ends with the process, or by itself with the service.
 */
export class PcscMonitor {
  readonly library: PcscLibrary;
  readonly readers = new Map<string, MonitoredReader>();
  /** The service has gone away, or the connection to it is no longer good. */
  failed = false;
  /** `performance.now()` of the last news. */
  lastNews = performance.now();
  readonly #client: InstanceType<PcscLibrary['Client']>;
  readonly #listeners = new Set<() => void>();

  /** @throws the library's error when the service is not there */
  constructor(library: PcscLibrary) {
    this.library = library;
    this.#client = new library.Client();
    this.#client.on('error', () => this.retire());
    this.#client.on('reader', (reader) => this.#add(reader));
    this.#client.start();
  }

  /** Gives the function that ends the listening. */
  onNews(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Does the reader, as it was known then, still hold a card? False also when it was unplugged. */
  holdsCard(known: MonitoredReader): boolean {
    return this.readers.get(known.reader.name()) === known && known.present === true;
  }

  /** Waits until news make `holds` true, or the service has gone away, or `mostMs` have passed. */
  until(holds: () => boolean, mostMs: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        forget();
        resolve();
      };
      const look = () => {
        if (holds() || this.failed) end();
      };
      const timer = setTimeout(end, mostMs);
      const forget = this.onNews(look);
      look();
    });
  }

  /** No longer to be relied on: who needs PC/SC next begins anew. */
  retire(): void {
    this.failed = true;
    this.#tell();
  }

  #add(reader: Reader): void {
    const name = reader.name();
    const known: MonitoredReader = { reader, mute: false, atr: new Uint8Array(), visit: 0 };
    this.readers.set(name, known);
    this.#tell();
    const { ReaderStatus } = this.library;
    reader.on('change', (status, atr) => {
      const present = status.has(ReaderStatus.PRESENT) && !status.has(ReaderStatus.EMPTY);
      if (present && known.present !== true) known.visit += 1;
      known.present = present;
      known.mute = present && status.has(ReaderStatus.MUTE);
      known.atr = present ? Uint8Array.from(atr ?? []) : new Uint8Array();
      this.#tell();
    });
    reader.on('disconnect', () => {
      this.readers.delete(name);
      this.#tell();
    });
  }

  #tell(): void {
    this.lastNews = performance.now();
    for (const listener of this.#listeners) listener();
  }
}

/** Told when a process begins to listen: from then on, while the PC/SC service runs, `process.exit` has to end it. */
const listening = channel('madoguchi:listening');
const monitors = new WeakMap<PcscLibrary, PcscMonitor>();
/**
 * Monitors whose service went away, never let go: the library ends a listener that the garbage collector finds, and where there is no service to
 * tell it throws from there, at no caller (pcsc-mini 0.1.3, `Client.deinit`): the whole process would end with it. Some kilobytes for each stop of the service.
 */
const retired = new Set<PcscMonitor>();

/** The monitor of this process, a new one where the last has failed. @throws the library's error when the service is not there */
export function monitorOf(library: PcscLibrary): PcscMonitor {
  const known = monitors.get(library);
  if (known !== undefined && !known.failed) return known;
  if (known !== undefined) retired.add(known);
  const monitor = new PcscMonitor(library);
  listening.publish(undefined);
  monitors.set(library, monitor);
  return monitor;
}
