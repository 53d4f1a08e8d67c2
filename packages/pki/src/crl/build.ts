import type { Extension } from '../certificate/extensions.js';
import { writeGeneralName } from '../certificate/general-name.js';
import { writeExtension } from '../certificate/issue.js';
import { writeTime } from '../der/time.js';
import {
  bitString,
  boolean,
  constructed,
  explicit,
  header,
  implicit,
  integer,
  octetString,
  sequence,
} from '../der/write.js';
import { signatureSchemes } from '../key/algorithm.js';
import type { Signer } from '../key/software.js';
import { extensionIds } from '../oids.js';
import { type RevocationReason, reasonCodes } from './reason.js';

/** One revoked certificate of a list to be made. */
export interface RevokedEntry {
  /** Content octets or unsigned magnitude of the serial number. */
  serial: Uint8Array;
  date: Date;
  reason?: RevocationReason;
}

/** What a certificate revocation list says; see buildCrl. */
export interface CrlInput {
  /** Name, DER. */
  issuer: Uint8Array;
  issuerKeyIdentifier: Uint8Array;
  thisUpdate: Date;
  nextUpdate: Date;
  /** Strictly rising, at most 20 octets. */
  number: bigint;
  /** Name (DER) that the certificates of this CRL carry as their distribution point. */
  distributionPoint?: Uint8Array;
  onlyContainsUserCerts?: boolean;
  onlyContainsCaCerts?: boolean;
  /** Makes it a delta: the number of the complete CRL it adds to. Only a delta takes entries back (`removeFromCRL`). */
  deltaBase?: bigint;
  /** Name (DER) of the place where deltas to this complete CRL are found (freshestCRL, RFC 5280 5.2.6). */
  freshest?: Uint8Array;
  /** Further extensions, written as given, behind the others. */
  extensions?: readonly Extension[];
  entries: Iterable<RevokedEntry>;
}

/**
 * Signs a CRL, version 2 (RFC 5280 5): number and authority key always, the issuing distribution point critical where the CRL has a
 * scope, the list left out where nobody is revoked, `unspecified` never written. Entries stream into one growing buffer in the order given.
 */
export async function buildCrl(input: CrlInput, signer: Signer): Promise<Uint8Array> {
  const algorithm = signatureSchemes[signer.algorithm].identifier;
  const entries = writeEntries(input.entries);
  const tbs = sequence(
    integer(1),
    algorithm,
    input.issuer,
    writeTime(input.thisUpdate),
    writeTime(input.nextUpdate),
    ...(entries.length === 0 ? [] : [header(0x30, entries.length), entries]),
    explicit(0, sequence(...crlExtensions(input))),
  );
  return sequence(tbs, algorithm, bitString(await signer.sign(tbs)));
}

function crlExtensions(input: CrlInput): Uint8Array[] {
  const key = sequence(implicit(0, octetString(input.issuerKeyIdentifier)));
  const list = [
    writeExtension({ oid: extensionIds.authorityKeyIdentifier, critical: false, value: key }),
    writeExtension({ oid: extensionIds.crlNumber, critical: false, value: integer(input.number) }),
  ];
  if (input.deltaBase !== undefined) {
    const value = integer(input.deltaBase);
    list.push(writeExtension({ oid: extensionIds.deltaCrlIndicator, critical: true, value }));
  }
  const { distributionPoint, onlyContainsUserCerts, onlyContainsCaCerts } = input;
  if (distributionPoint !== undefined || onlyContainsUserCerts === true || onlyContainsCaCerts === true) {
    const value = sequence(
      distributionPoint === undefined
        ? undefined
        : explicit(0, constructed(0xa0, [writeGeneralName.directory(distributionPoint)])),
      onlyContainsUserCerts === true ? implicit(1, boolean(true)) : undefined,
      onlyContainsCaCerts === true ? implicit(2, boolean(true)) : undefined,
    );
    list.push(writeExtension({ oid: extensionIds.issuingDistributionPoint, critical: true, value }));
  }
  if (input.freshest !== undefined) {
    const place = constructed(0xa0, [writeGeneralName.directory(input.freshest)]);
    const value = sequence(sequence(explicit(0, place)));
    list.push(writeExtension({ oid: extensionIds.freshestCrl, critical: false, value }));
  }
  list.push(...(input.extensions ?? []).map(writeExtension));
  return list;
}

/** reasonCode in an entry: SEQUENCE { SEQUENCE { 2.5.29.21, OCTET STRING { ENUMERATED } } }, the code as last octet. */
const reasonExtension = Uint8Array.of(0x30, 0x0c, 0x30, 0x0a, 6, 3, 0x55, 0x1d, 0x15, 4, 3, 0x0a, 1, 0);

/** What follows the serial number: the time and, but for `unspecified`, the reason. */
function writeTail(date: Date, code: number): Uint8Array {
  const time = writeTime(date);
  if (code === 0) return time;
  const tail = new Uint8Array(time.length + reasonExtension.length);
  tail.set(time);
  tail.set(reasonExtension, time.length);
  tail[tail.length - 1] = code;
  return tail;
}

/** One map a reason: a second alone is a small integer, which is the cheapest key. */
const reasonNames = Array.from({ length: 1 + Math.max(...Object.values(reasonCodes)) });

function writeEntries(entries: Iterable<RevokedEntry>): Uint8Array {
  let buffer = new Uint8Array(1 << 16);
  let at = 0;
  // Many are revoked in the same second for the same reason, and writing a time is most of the work.
  const tails = reasonNames.map(() => new Map<number, Uint8Array>());
  for (const { serial, date, reason } of entries) {
    if (serial.length === 0 || serial.length > 21) throw new RangeError('a serial number has 1 to 20 octets');
    // An entry has at most 2 + 2 + 22 + 17 + 14 octets.
    if (at + 64 > buffer.length) {
      const larger = new Uint8Array(2 * buffer.length);
      larger.set(buffer);
      buffer = larger;
    }
    const code = reasonCodes[reason ?? 'unspecified'];
    const second = Math.floor(date.getTime() / 1000);
    const known = tails[code];
    let tail = known?.get(second);
    if (tail === undefined) {
      tail = writeTail(date, code);
      if (known !== undefined && known.size < 4096) known.set(second, tail);
    }
    let first = 0;
    while (first < serial.length - 1 && serial[first] === 0) first++;
    const sign = (serial[first] ?? 0) >= 0x80 ? 1 : 0;
    const length = serial.length - first + sign;
    buffer[at++] = 0x30;
    buffer[at++] = 2 + length + tail.length;
    buffer[at++] = 0x02;
    buffer[at++] = length;
    if (sign === 1) buffer[at++] = 0;
    for (let i = first; i < serial.length; i++) buffer[at++] = serial[i] ?? 0;
    // A loop: for thirty octets it is faster than a call.
    for (let i = 0; i < tail.length; i++) buffer[at++] = tail[i] ?? 0;
  }
  return buffer.subarray(0, at);
}
