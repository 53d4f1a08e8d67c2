import { fail } from '../der/fault.js';
import { type Name, nameKey } from '../name.js';
import { entryKey, type Revocation, readEntry } from './entry.js';
import { graver } from './reason.js';

/** The entries of a CRL, found by serial number. */
export interface EntryTable {
  /** Entries in the list, doubles counted. */
  readonly size: number;
  /** `serial`: content octets. `issuer`: the certificate's issuer, where it is not the CRL's own. */
  lookup(serial: Uint8Array, issuer: Name | undefined): Revocation | undefined;
}

/**
 * Indexes the entries in [start, end) in one pass, without an object for each. A serial number of at most 4 octets goes, with the
 * offset of its entry, as one 64-bit word into a sorted array; one of at most 8 octets into a sorted array of serial numbers with the
 * offsets beside it; all others, and those of another certificate issuer, into a map. Serial numbers are two's complement: FF is −1 and
 * 00FF is 255. The same serial twice: earliest date, then gravest reason, whatever the order. Throws DerFault.
 */
export function indexEntries(
  bytes: Uint8Array,
  start: number,
  end: number,
  crlIssuer: Name,
  indirect: boolean,
): EntryTable {
  // The shortest entry has 3 octets of serial number and 15 of time behind its header.
  const capacity = Math.floor((end - start) / 20) + 1;
  let small: BigUint64Array | undefined;
  let words: Uint32Array = new Uint32Array();
  let wide: Float64Array | undefined;
  let smallCount = 0;
  let wideCount = 0;
  let size = 0;
  const special = new Map<string, Revocation>();
  let issuer: Name | undefined;
  const own = nameKey(crlIssuer);

  for (let at = start; at < end; size++) {
    const quick = issuer === undefined ? quickEntry(bytes, at, end) : 0;
    if (quick !== 0) {
      const length = bytes[at + 3] ?? 0;
      const first = bytes[at + 4] ?? 0;
      if (length < 5 || (length === 5 && first === 0)) {
        small ??= new BigUint64Array(capacity);
        if (words.length === 0) words = new Uint32Array(small.buffer);
        words[2 * smallCount + offsetWord] = at;
        words[2 * smallCount + serialWord] = magnitude(bytes, at + 4, at + 4 + length);
        smallCount++;
        at = quick;
        continue;
      }
      if (length < 9 || (length === 9 && first === 0)) {
        wide ??= new Float64Array(capacity);
        wide[wideCount++] = at;
        at = quick;
        continue;
      }
    }
    const entry = readEntry(bytes, at, end);
    if (entry.certificateIssuer !== undefined) {
      if (!indirect) fail('crl.entry.certificateIssuer.direct', at);
      issuer = nameKey(entry.certificateIssuer) === own ? undefined : entry.certificateIssuer;
    }
    keep(special, entryKey(entry.serial, issuer), entry);
    at = entry.end;
  }

  const smallTable = sortSmall(small?.subarray(0, smallCount) ?? new BigUint64Array(), bytes, end, special);
  const wideTable = sortWide(wide?.subarray(0, wideCount) ?? new Float64Array(), bytes, end, special);
  return {
    size,
    lookup(serial, other) {
      if (special.size > 0) {
        const found = special.get(
          entryKey(serial, other !== undefined && nameKey(other) === own ? undefined : other),
        );
        if (found !== undefined) return { reason: found.reason, date: found.date };
      }
      if (other !== undefined && nameKey(other) !== own) return undefined;
      const first = serial[0] ?? 0;
      if (first >= 0x80) return undefined;
      const significant = serial.length > 1 && first === 0 ? serial.length - 1 : serial.length;
      const offset = significant <= 4 ? smallTable(serial) : significant <= 8 ? wideTable(serial) : undefined;
      if (offset === undefined) return undefined;
      const { reason, date } = readEntry(bytes, offset, end);
      return { reason, date };
    },
  };
}

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
const offsetWord = littleEndian ? 0 : 1;
const serialWord = littleEndian ? 1 : 0;

/** The number in at most 4 significant octets. */
function magnitude(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value = value * 256 + (bytes[i] ?? 0);
  return value;
}

function keep(map: Map<string, Revocation>, key: string, { reason, date }: Revocation): void {
  const known = map.get(key);
  if (known === undefined || date < known.date) map.set(key, { reason, date });
  else if (date.getTime() === known.date.getTime()) known.reason = graver(known.reason, reason);
}

/** Sorts (serial, offset) words; doubles are merged into `special`. Returns serial → offset. */
function sortSmall(table: BigUint64Array, bytes: Uint8Array, end: number, special: Map<string, Revocation>) {
  // The array keeps its full capacity otherwise: a third of it would lie idle for the life of the CRL.
  const sorted = table.slice().sort();
  const words = new Uint32Array(sorted.buffer);
  const count = sorted.length;
  for (let i = 1; i < count; i++) {
    if (words[2 * i + serialWord] !== words[2 * i - 2 + serialWord]) continue;
    for (const offset of [words[2 * i - 2 + offsetWord] ?? 0, words[2 * i + offsetWord] ?? 0]) {
      const entry = readEntry(bytes, offset, end);
      keep(special, entryKey(entry.serial, undefined), entry);
    }
  }
  return (serial: Uint8Array): number | undefined => {
    const wanted = magnitude(serial, 0, serial.length);
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((words[2 * middle + serialWord] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low < count && words[2 * low + serialWord] === wanted ? words[2 * low + offsetWord] : undefined;
  };
}

/** The same for serial numbers of 5 to 8 octets: sorted numbers, then each entry's offset is put beside its own. */
function sortWide(entries: Float64Array, bytes: Uint8Array, end: number, special: Map<string, Revocation>) {
  const count = entries.length;
  const serials = new BigUint64Array(count);
  const words = new Uint32Array(serials.buffer);
  const put = (index: number, from: number, to: number): void => {
    words[2 * index + serialWord] = magnitude(bytes, from, to - 4);
    words[2 * index + offsetWord] = magnitude(bytes, to - 4, to);
  };
  entries.forEach((at, index) => {
    put(index, at + 4, at + 4 + (bytes[at + 3] ?? 0));
  });
  serials.sort();
  const find = (high32: number, low32: number): number | undefined => {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const top = words[2 * middle + serialWord] ?? 0;
      if (top < high32 || (top === high32 && (words[2 * middle + offsetWord] ?? 0) < low32)) low = middle + 1;
      else high = middle;
    }
    const hit =
      low < count && words[2 * low + serialWord] === high32 && words[2 * low + offsetWord] === low32;
    return hit ? low : undefined;
  };
  const offsets = new Uint32Array(count).fill(0xffffffff);
  for (const at of entries) {
    const to = at + 4 + (bytes[at + 3] ?? 0);
    const index = find(magnitude(bytes, at + 4, to - 4), magnitude(bytes, to - 4, to)) ?? 0;
    const before = offsets[index];
    if (before === 0xffffffff) {
      offsets[index] = at;
      continue;
    }
    for (const offset of [before ?? at, at]) {
      const entry = readEntry(bytes, offset, end);
      keep(special, entryKey(entry.serial, undefined), entry);
    }
  }
  return (serial: Uint8Array): number | undefined => {
    const cut = serial.length - 4;
    const index = find(magnitude(serial, 0, cut), magnitude(serial, cut, serial.length));
    return index === undefined ? undefined : offsets[index];
  };
}

/**
 * The end of an entry of the usual form — short lengths, UTCTime, at most a reasonCode — or 0 where only the full reader can tell.
 * Everything it lets pass the full reader would accept too.
 */
function quickEntry(bytes: Uint8Array, at: number, end: number): number {
  const length = bytes[at + 1] ?? 0x80;
  const serialLength = bytes[at + 3] ?? 0;
  const time = at + 4 + serialLength;
  const next = at + 2 + length;
  const rest = next - time - 15;
  if (length >= 0x80 || next > end || (rest !== 0 && rest !== 14)) return 0;
  if (bytes[at] !== 0x30 || bytes[at + 2] !== 0x02 || serialLength < 1 || serialLength > 9) return 0;
  const first = bytes[at + 4] ?? 0x80;
  if (first >= 0x80 || (first === 0 && serialLength > 1 && (bytes[at + 5] ?? 0) < 0x80)) return 0;
  if (!quickTime(bytes, time)) return 0;
  return rest === 0 || quickReason(bytes, time + 15) ? next : 0;
}

function quickTime(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== 0x17 || bytes[at + 1] !== 13 || bytes[at + 14] !== 0x5a) return false;
  for (let i = at + 2; i < at + 14; i++) {
    const digit = (bytes[i] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return false;
  }
  const pair = (i: number): number => 10 * (bytes[at + i] ?? 0) + (bytes[at + i + 1] ?? 0) - 528;
  const month = pair(4);
  const day = pair(6);
  // Days 29 to 31 are left to the full reader, which knows the months.
  return month >= 1 && month <= 12 && day >= 1 && day <= 28 && pair(8) < 24 && pair(10) < 60 && pair(12) < 60;
}

function quickReason(bytes: Uint8Array, at: number): boolean {
  const code = bytes[at + 13] ?? 7;
  return (
    bytes[at] === 0x30 &&
    bytes[at + 1] === 12 &&
    bytes[at + 2] === 0x30 &&
    bytes[at + 3] === 10 &&
    bytes[at + 4] === 6 &&
    bytes[at + 5] === 3 &&
    bytes[at + 6] === 0x55 &&
    bytes[at + 7] === 0x1d &&
    bytes[at + 8] === 0x15 &&
    bytes[at + 9] === 4 &&
    bytes[at + 10] === 3 &&
    bytes[at + 11] === 0x0a &&
    bytes[at + 12] === 1 &&
    code <= 10 &&
    code !== 7
  );
}
