import { EventEmitter } from 'node:events';
import type { PcscLoader } from '../pcsc.js';

/** What a fake reader does when asked. */
export interface FakeReader {
  name: string;
  present: boolean;
  mute?: boolean;
  atr?: Uint8Array;
  /** Errors (PC/SC names) that `connect` throws before it works. */
  connectErrors?: string[];
  transmit?: (apdu: Uint8Array) => Promise<Uint8Array>;
  /** Runs when the card is to be reset; its error is PC/SC's answer. */
  reset?: () => Promise<void>;
  /** Answers of the reader itself to control codes; none: it refuses them all. */
  control?: (code: number, command: Uint8Array) => Promise<Uint8Array>;
  /** What happened, in order. */
  log?: string[];
}

export function pcscError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

const ReaderStatus = { EMPTY: 16, PRESENT: 32, MUTE: 512 };
const CardMode = { EXCLUSIVE: 1 };
const CardDisposition = { LEAVE: 0, RESET: 1 };

/** A machine with readers that can be plugged, filled and emptied while programs listen; also its service can stop and start. */
export class FakePcsc {
  readonly readers: FakeReader[];
  startError: string | undefined;
  readonly #clients = new Set<FakeClient>();

  constructor(readers: FakeReader[], options: { startError?: string } = {}) {
    this.readers = readers;
    this.startError = options.startError;
  }

  /** In the place of `pcsc-mini`. */
  readonly load: PcscLoader = async () => this.#library as Awaited<ReturnType<PcscLoader>>;
  readonly #library = this.#makeLibrary();

  #makeLibrary(): unknown {
    const machine = this;
    class Client extends FakeClient {
      constructor() {
        super(machine.readers, () => machine.startError, machine.#clients);
      }
    }
    return { Client, ReaderStatus, CardMode, CardDisposition, controlCode: (code: number) => code };
  }

  plug(reader: FakeReader): void {
    this.readers.push(reader);
    for (const client of this.#clients) client.announce(reader);
  }

  unplug(name: string): void {
    this.readers.splice(
      this.readers.findIndex((one) => one.name === name),
      1,
    );
    for (const client of this.#clients) client.gone(name);
  }

  /** A card goes in, comes out, or another goes in. */
  change(name: string, state: Partial<FakeReader>): void {
    const reader = this.readers.find((one) => one.name === name);
    if (reader === undefined) throw new Error(`no reader ${name}`);
    Object.assign(reader, state);
    for (const client of this.#clients) client.tell(reader);
  }

  stopService(): void {
    this.startError = 'NoService';
    for (const client of this.#clients) client.emit('error', pcscError('NoService'));
    this.#clients.clear();
  }

  startService(): void {
    this.startError = undefined;
  }
}

class FakeClient extends EventEmitter {
  readonly #known = new Map<string, EventEmitter>();
  readonly #readers: FakeReader[];
  readonly #startError: () => string | undefined;
  readonly #clients: Set<FakeClient>;

  constructor(readers: FakeReader[], startError: () => string | undefined, clients: Set<FakeClient>) {
    super();
    this.#readers = readers;
    this.#startError = startError;
    this.#clients = clients;
  }

  start() {
    const code = this.#startError();
    if (code !== undefined) throw pcscError(code);
    this.#clients.add(this);
    setTimeout(() => {
      if (this.#clients.has(this)) for (const one of this.#readers) this.announce(one);
    }, 5);
    return this;
  }

  announce(one: FakeReader) {
    if (this.#known.has(one.name)) return;
    const reader = Object.assign(new EventEmitter(), {
      name: () => one.name,
      connect: (mode: number) => connect(one, mode),
    });
    this.#known.set(one.name, reader);
    this.emit('reader', reader);
    this.tell(one);
  }

  tell(one: FakeReader) {
    const raw =
      (one.present ? ReaderStatus.PRESENT : ReaderStatus.EMPTY) | (one.mute ? ReaderStatus.MUTE : 0);
    const status = { has: (flag: number) => (raw & flag) !== 0 };
    this.#known.get(one.name)?.emit('change', status, one.atr ?? new Uint8Array());
  }

  gone(name: string) {
    this.#known.get(name)?.emit('disconnect');
    this.#known.delete(name);
  }
}

async function connect(one: FakeReader, mode: number) {
  const error = one.connectErrors?.shift();
  if (error !== undefined) throw pcscError(error);
  if (!one.present) throw pcscError('NoSmartCard');
  one.log?.push(`connect ${mode}`);
  return {
    transmit: async (apdu: Uint8Array) => {
      one.log?.push(Buffer.from(apdu).toString('hex'));
      return one.transmit === undefined ? Uint8Array.of(0x90, 0) : one.transmit(apdu);
    },
    control: async (code: number, command: Uint8Array = new Uint8Array()) => {
      if (one.control === undefined) throw pcscError('UnsupportedFeature');
      return one.control(code, command);
    },
    reconnect: async (mode: number, action: number) => {
      one.log?.push(`reconnect ${mode} ${action}`);
      await one.reset?.();
      if (!one.present) throw pcscError('NoSmartCard');
      return 2;
    },
    disconnect: async (then: number) => {
      one.log?.push(`disconnect ${then}`);
    },
  };
}

/** A card that knows nothing but its kind: SELECT of the JPKI application, and the label in EF 0006. */
export function labelCard(label: string): NonNullable<FakeReader['transmit']> {
  return async (apdu) =>
    Buffer.concat([apdu[1] === 0xb0 ? Buffer.from(label.padEnd(32)) : Buffer.alloc(0), Buffer.of(0x90, 0)]);
}

/** A card of another kind, which knows these applications (AID in hexadecimal) and no other. */
export function otherCard(...aids: string[]): NonNullable<FakeReader['transmit']> {
  return async (apdu) => {
    const aid = Buffer.from(apdu.subarray(5, 5 + (apdu[4] ?? 0))).toString('hex');
    return apdu[1] === 0xa4 && aids.includes(aid) ? Uint8Array.of(0x90, 0) : Uint8Array.of(0x6a, 0x82);
  };
}
