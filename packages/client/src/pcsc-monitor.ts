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
 * The readers of this machine as PC/SC reports them: the library tells of changes only, so somebody has to listen and remember. One monitor is
 * one connection to the service; it ends with `stop`, or by itself when the service goes away (`failed`).
 */
export class PcscMonitor {
  readonly library: PcscLibrary;
  readonly readers = new Map<string, MonitoredReader>();
  failed = false;
  /** `performance.now()` of the last news. */
  lastNews = performance.now();
  readonly #client: InstanceType<PcscLibrary['Client']>;
  readonly #listeners = new Set<() => void>();

  /** @throws the library's error when the service is not there */
  constructor(library: PcscLibrary) {
    this.library = library;
    this.#client = new library.Client();
    this.#client.on('error', () => {
      this.failed = true;
      this.#tell();
    });
    this.#client.on('reader', (reader) => this.#add(reader));
    this.#client.start();
  }

  /** Gives the function that ends the listening. */
  onNews(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  stop(): void {
    this.#listeners.clear();
    try {
      this.#client.stop();
    } catch {
      // The service went away by itself: there is nothing left to stop.
    }
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
