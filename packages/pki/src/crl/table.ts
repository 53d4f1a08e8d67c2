import { fail } from '../der/fault.js';
import { type Name, nameKey } from '../name.js';
import { entryKey, type FullEntry, type Revocation, readEntry } from './entry.js';
import { quickEntry, quickRevocation } from './quick-entry.js';
import { graver } from './reason.js';

/** The entries of a CRL, found by serial number. */
export interface EntryTable {
  /** Entries in the list, doubles counted. */
  readonly size: number;
  /** `serial`: content octets. `issuer`: the certificate's issuer, where it is not the CRL's own. */
  lookup(serial: Uint8Array, issuer: Name | undefined): Revocation | undefined;
}

/** Runs of one key that are longer than this are answered from a map: only a hostile list has them. */
const longestRun = 16;

/**
 * Indexes the entries in [start, end) in one pass, without an object for each: one 64-bit word an entry, its high half a key made of the
 * serial number (the number itself up to 4 octets, a hash beyond), its low half the offset of the entry; sorted natively, searched by
 * halves. What is found is compared with the serial number in the list, so that FF (−1) and 00FF (255) stay apart, and so do numbers of
 * any length. Entries of another certificate issuer (indirect CRLs) go to a map. The same serial number twice: earliest date, then
 * gravest reason, whatever the order. Throws DerFault.
 */
export function indexEntries(
  bytes: Uint8Array,
  start: number,
  end: number,
  crlIssuer: Name,
  indirect: boolean,
): EntryTable {
  const own = nameKey(crlIssuer);
  const special = new Map<string, Revocation>();
  const words = new WordList(Math.ceil((end - start) / 37) + 16);
  let issuer: Name | undefined;
  let size = 0;
  for (let at = start; at < end; size++) {
    const quick = issuer === undefined ? quickEntry(bytes, at, end) : 0;
    if (quick !== 0) {
      words.push(serialKey(bytes, at + 4, at + 4 + (bytes[at + 3] ?? 0)), at);
      at = quick;
      continue;
    }
    const entry = readEntry(bytes, at, end);
    if (entry.certificateIssuer !== undefined) {
      if (!indirect) fail('crl.entry.certificateIssuer.direct', at);
      issuer = nameKey(entry.certificateIssuer) === own ? undefined : entry.certificateIssuer;
    }
    if (issuer === undefined) words.push(serialKey(entry.serial, 0, entry.serial.length), at);
    else keep(special, entryKey(entry.serial, issuer), entry);
    at = entry.end;
  }
  const table = words.sorted();
  foldLongRuns(table, bytes, end, special);
  return {
    size,
    lookup(given, other) {
      const serial = minimal(given);
      if (other !== undefined && nameKey(other) !== own) return copy(special.get(entryKey(serial, other)));
      const key = serialKey(serial, 0, serial.length);
      const first = lowerBound(table, key);
      if (keyAt(table, first + longestRun) === key) return copy(special.get(entryKey(serial, undefined)));
      let found: Revocation | undefined;
      for (let i = first; keyAt(table, i) === key; i++)
        found = match(bytes, offsetAt(table, i), end, serial, found);
      return found;
    },
  };
}

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
const low = littleEndian ? 0 : 1;
const high = littleEndian ? 1 : 0;

/** A growing list of (key, offset) words. */
class WordList {
  #halves: Uint32Array<ArrayBuffer>;
  #count = 0;

  constructor(capacity: number) {
    this.#halves = new Uint32Array(2 * capacity);
  }

  push(key: number, offset: number): void {
    if (2 * this.#count === this.#halves.length) {
      const larger = new Uint32Array(2 * this.#halves.length);
      larger.set(this.#halves);
      this.#halves = larger;
    }
    this.#halves[2 * this.#count + high] = key;
    this.#halves[2 * this.#count + low] = offset;
    this.#count++;
  }

  /** The halves of the words in ascending order, and no idle capacity. */
  sorted(): Uint32Array {
    const exact = this.#halves.slice(0, 2 * this.#count);
    new BigUint64Array(exact.buffer).sort();
    return exact;
  }
}

function keyAt(table: Uint32Array, index: number): number | undefined {
  return table[2 * index + high];
}

function offsetAt(table: Uint32Array, index: number): number {
  return table[2 * index + low] ?? 0;
}

function lowerBound(table: Uint32Array, key: number): number {
  let from = 0;
  let to = table.length >>> 1;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((table[2 * middle + high] ?? 0) < key) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** 32 bits from the content octets of a serial number: the number itself where it is not negative and fits, else FNV-1a. */
function serialKey(bytes: Uint8Array, from: number, to: number): number {
  const first = bytes[from] ?? 0;
  if (first < 0x80 && (to - from <= 4 || (to - from === 5 && first === 0))) {
    let value = 0;
    for (let i = from; i < to; i++) value = value * 256 + (bytes[i] ?? 0);
    return value;
  }
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  return hash >>> 0;
}

/** Without superfluous zeros in front, as serial numbers stand in the list. */
function minimal(serial: Uint8Array): Uint8Array {
  let from = 0;
  while (from < serial.length - 1 && serial[from] === 0 && (serial[from + 1] ?? 0) < 0x80) from++;
  return from === 0 ? serial : serial.subarray(from);
}

/** `found`, bettered by the entry at `offset` if that one is about this serial number. */
function match(
  bytes: Uint8Array,
  offset: number,
  end: number,
  serial: Uint8Array,
  found: Revocation | undefined,
): Revocation | undefined {
  let entry: Revocation;
  if (quickEntry(bytes, offset, end) !== 0) {
    const length = bytes[offset + 3] ?? 0;
    if (!sameOctets(bytes, offset + 4, length, serial)) return found;
    entry = quickRevocation(bytes, offset);
  } else {
    const full = readEntry(bytes, offset, end);
    if (!sameOctets(full.serial, 0, full.serial.length, serial)) return found;
    entry = { reason: full.reason, date: full.date };
  }
  return found === undefined ? entry : merge(found, entry);
}

function sameOctets(bytes: Uint8Array, from: number, length: number, serial: Uint8Array): boolean {
  if (length !== serial.length) return false;
  for (let i = 0; i < length; i++) if (bytes[from + i] !== serial[i]) return false;
  return true;
}

function merge(a: Revocation, b: Revocation): Revocation {
  if (a.date.getTime() === b.date.getTime()) return { date: a.date, reason: graver(a.reason, b.reason) };
  return a.date < b.date ? a : b;
}

function keep(map: Map<string, Revocation>, key: string, { reason, date }: FullEntry): void {
  const known = map.get(key);
  map.set(key, known === undefined ? { reason, date } : merge(known, { reason, date }));
}

function copy(found: Revocation | undefined): Revocation | undefined {
  return found === undefined ? undefined : { reason: found.reason, date: found.date };
}

/** Entries of very many that share a key are put into the map once, so that no question walks through them. */
function foldLongRuns(
  table: Uint32Array,
  bytes: Uint8Array,
  end: number,
  special: Map<string, Revocation>,
): void {
  const count = table.length >>> 1;
  for (let i = 0; i + longestRun < count; i++) {
    const key = keyAt(table, i);
    if (keyAt(table, i + longestRun) !== key) continue;
    let last = i;
    for (; keyAt(table, last) === key; last++) {
      const entry = readEntry(bytes, offsetAt(table, last), end);
      keep(special, entryKey(entry.serial, undefined), entry);
    }
    i = last - 1;
  }
}
