import { EventEmitter } from 'node:events';

/** What a fake reader does when asked. */
interface FakeReader {
  name: string;
  present: boolean;
  /** Errors (PC/SC names) that `connect` throws before it works. */
  connectErrors?: string[];
  transmit?: (apdu: Uint8Array) => Promise<Uint8Array>;
  /** What happened, in order. */
  log?: string[];
}

function pcscError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** A stand-in for the PC/SC library with readers that do what the test says. */
export function fakePcscLibrary(readers: FakeReader[], options: { startError?: string } = {}): object {
  const ReaderStatus = { PRESENT: 32, EMPTY: 16 };
  const CardMode = { EXCLUSIVE: 1 };
  const CardDisposition = { RESET: 1 };
  class Client extends EventEmitter {
    start() {
      if (options.startError !== undefined) throw pcscError(options.startError);
      setTimeout(() => {
        for (const one of readers) this.#announce(one);
      }, 5);
      return this;
    }
    stop() {}
    #announce(one: FakeReader) {
      const reader = Object.assign(new EventEmitter(), {
        name: () => one.name,
        connect: async (mode: number) => {
          const error = one.connectErrors?.shift();
          if (error !== undefined) throw pcscError(error);
          one.log?.push(`connect ${mode}`);
          return {
            transmit: async (apdu: Uint8Array) => {
              one.log?.push(Buffer.from(apdu).toString('hex'));
              return one.transmit === undefined ? Uint8Array.of(0x90, 0) : one.transmit(apdu);
            },
            disconnect: async (then: number) => {
              one.log?.push(`disconnect ${then}`);
            },
          };
        },
      });
      this.emit('reader', reader);
      const raw = one.present ? ReaderStatus.PRESENT : ReaderStatus.EMPTY;
      reader.emit('change', { has: (flag: number) => (raw & flag) !== 0 });
    }
  }
  return { Client, ReaderStatus, CardMode, CardDisposition };
}

export { pcscError };
