import { SW } from './status-words.js';

/** A command APDU in its parts. `le` is 1..256, up to 65536 when `extended`, and absent when no answer data are asked for. */
export interface Command {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data: Uint8Array;
  readonly le: number | undefined;
  /** An extended Le without data: only GET DATA takes it, for objects longer than a short answer. */
  readonly extended: boolean;
}

/**
 * Cuts a command APDU (ISO/IEC 7816-3, 12.1.3). Extended data and anything malformed give 6700: this
 * card, like the real one, knows short APDUs; the one extended form it reads is a Le without data.
 */
export function parseCommand(bytes: Uint8Array): { ok: true; command: Command } | { ok: false; sw: number } {
  const [cla, ins, p1, p2, p3] = bytes;
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined)
    return { ok: false, sw: SW.wrongLength };
  const head = { cla, ins, p1, p2, data: new Uint8Array(0), extended: false };
  if (p3 === undefined) return { ok: true, command: { ...head, le: undefined } };
  if (bytes.length === 5) return { ok: true, command: { ...head, le: p3 || 256 } };
  if (p3 === 0 && bytes.length === 7) {
    const le = ((bytes[5] ?? 0) << 8) | (bytes[6] ?? 0);
    return { ok: true, command: { ...head, le: le || 65536, extended: true } };
  }
  const end = 5 + p3;
  if (p3 === 0 || bytes.length < end || bytes.length > end + 1) return { ok: false, sw: SW.wrongLength };
  const last = bytes[end];
  const le = last === undefined ? undefined : last || 256;
  return { ok: true, command: { ...head, data: Uint8Array.from(bytes.subarray(5, end)), le } };
}

/** `80|sfi`, the short identifier of a file as P1 of READ BINARY and P2 of VERIFY. */
export function sfiReference(id: number): number {
  if (!Number.isInteger(id) || id < 1 || id > 30)
    throw new RangeError(`a short file identifier is 1 to 30: ${id}`);
  return 0x80 | id;
}
