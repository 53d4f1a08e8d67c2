/** Control bytes of vpcd: a payload of this single byte is no APDU. */
export const vpcdControl = { powerOff: 0x00, powerOn: 0x01, reset: 0x02, getAtr: 0x04 } as const;

/** A frame of the vpcd protocol: 16-bit big-endian length, then the payload (0..65535 bytes). */
export function encodeFrame(payload: Uint8Array): Uint8Array {
  return Uint8Array.of(payload.length >> 8, payload.length & 0xff, ...payload);
}

/** Puts frames together again: vpcd sends length and payload apart, and TCP cuts where it likes. */
export class FrameReader {
  #rest: Uint8Array = new Uint8Array(0);

  /** Takes what came, gives the payloads that are complete. Holds at most one unfinished frame. */
  push(bytes: Uint8Array): Uint8Array[] {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const frames: Uint8Array[] = [];
    for (;;) {
      const [high, low] = this.#rest;
      if (high === undefined || low === undefined) return frames;
      const end = 2 + ((high << 8) | low);
      if (this.#rest.length < end) return frames;
      // A copy: a Buffer's own slice would share memory with what comes next.
      frames.push(Uint8Array.from(this.#rest.subarray(2, end)));
      this.#rest = this.#rest.subarray(end);
    }
  }
}
