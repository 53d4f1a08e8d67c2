import { fail } from '../der/fault.js';
import { type Name, nameKey } from '../name.js';
import { type Buckets, longestBucket, serialKey, WordList } from './buckets.js';
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

/**
 * Indexes the entries in [start, end) in one pass, without an object for each: two 32-bit halves an entry, a key made of the
 * serial number and the offset of the entry, dealt into buckets of a few. What is found is compared with the serial number in the list, so that FF (−1) and 00FF (255) stay apart, and so do numbers of
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
  const view = viewOf(bytes);
  const own = nameKey(crlIssuer);
  const special = new Map<string, Revocation>();
  const words = new WordList(Math.ceil((end - start) / 37) + 16);
  let issuer: Name | undefined;
  let size = 0;
  for (let at = start; at < end; size++) {
    const quick = issuer === undefined ? quickEntry(view, at, end) : 0;
    if (quick !== 0) {
      words.push(serialKey(view, at + 4, view.getUint8(at + 3)), at);
      at = quick;
      continue;
    }
    const entry = readEntry(bytes, at, end);
    if (entry.certificateIssuer !== undefined) {
      if (!indirect) fail('crl.entry.certificateIssuer.direct', at);
      issuer = nameKey(entry.certificateIssuer) === own ? undefined : entry.certificateIssuer;
    }
    if (issuer === undefined) words.push(serialKey(viewOf(entry.serial), 0, entry.serial.length), at);
    else keep(special, entryKey(entry.serial, issuer), entry);
    at = entry.end;
  }
  const buckets = words.dealt();
  foldLongBuckets(buckets, bytes, end, special);
  const { words: dealt, starts, shift } = buckets;
  return {
    size,
    lookup(given, other) {
      const serial = minimal(given);
      if (other !== undefined && nameKey(other) !== own) return copy(special.get(entryKey(serial, other)));
      const key = serialKey(viewOf(serial), 0, serial.length);
      const bucket = key >>> shift;
      const from = starts[bucket] ?? 0;
      const to = starts[bucket + 1] ?? 0;
      if (to - from > longestBucket) return copy(special.get(entryKey(serial, undefined)));
      let found: Revocation | undefined;
      for (let i = 2 * from; i < 2 * to; i += 2) {
        if (dealt[i] === key) found = match(bytes, view, dealt[i + 1] ?? 0, end, serial, found);
      }
      return found;
    },
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
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
  view: DataView,
  offset: number,
  end: number,
  serial: Uint8Array,
  found: Revocation | undefined,
): Revocation | undefined {
  let entry: Revocation;
  if (quickEntry(view, offset, end) !== 0) {
    const length = bytes[offset + 3] ?? 0;
    if (!sameOctets(bytes, offset + 4, length, serial)) return found;
    entry = quickRevocation(view, offset);
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

/** The entries of a bucket that is too long are put into the map once, so that no question walks through them. */
function foldLongBuckets(
  { words, starts }: Buckets,
  bytes: Uint8Array,
  end: number,
  special: Map<string, Revocation>,
): void {
  for (let bucket = 0; bucket + 1 < starts.length; bucket++) {
    const from = starts[bucket] ?? 0;
    const to = starts[bucket + 1] ?? 0;
    if (to - from <= longestBucket) continue;
    for (let i = from; i < to; i++) {
      const entry = readEntry(bytes, words[2 * i + 1] ?? 0, end);
      keep(special, entryKey(entry.serial, undefined), entry);
    }
  }
}
