import { readExtensions } from '../certificate/extensions.js';
import { type GeneralName, readGeneralNames } from '../certificate/general-name.js';
import { fail } from '../der/fault.js';
import { Reader, wholeTlv } from '../der/read.js';
import { tags } from '../der/tags.js';
import { readTime } from '../der/time.js';
import { readInteger, readSmallInteger } from '../der/values.js';
import { type Name, nameKey } from '../name.js';
import { extensionIds } from '../oids.js';
import { type RevocationReason, reasonByCode } from './reason.js';

/** What a CRL says about one certificate. */
export interface Revocation {
  reason: RevocationReason;
  date: Date;
}

export interface FullEntry extends Revocation {
  serial: Uint8Array;
  /** The new certificate issuer, where this entry names one (RFC 5280 5.3.3); it holds for the entries that follow. */
  certificateIssuer?: Name;
  end: number;
}

/** One entry read in full, at `start`. Throws DerFault; an unknown critical extension makes the whole CRL unusable (RFC 5280 5.3). */
export function readEntry(bytes: Uint8Array, start: number, limit: number): FullEntry {
  const list = new Reader(bytes, start, limit);
  const entry = list.sequence('crl.entry');
  const serial = readInteger(entry.next(tags.integer, 'crl.entry.serial'));
  if (serial.length > 32) fail('crl.entry.serial.length', start);
  const date = readTime(entry.next());
  const full: FullEntry = { serial, date, reason: 'unspecified', end: list.offset };
  if (!entry.more) return full;
  const extensions = readExtensions(entry.sequence('crl.entry.extensions'));
  entry.close();
  for (const { oid, critical, value } of extensions) {
    switch (oid) {
      case extensionIds.reasonCode:
        full.reason = readReason(value, start);
        break;
      case extensionIds.invalidityDate:
        readTime(wholeTlv(value));
        break;
      case extensionIds.certificateIssuer:
        full.certificateIssuer = issuerName(readGeneralNames(wholeTlv(value)), start);
        break;
      default:
        if (critical) fail('crl.entry.extension.critical', start);
    }
  }
  return full;
}

function readReason(value: Uint8Array, offset: number): RevocationReason {
  const tlv = wholeTlv(value);
  if (tlv.tag !== tags.enumerated) fail('crl.entry.reason', offset);
  return reasonByCode(readSmallInteger(tlv)) ?? fail('crl.entry.reason', offset);
}

function issuerName(names: GeneralName[], offset: number): Name {
  const directory = names.find((name) => name.kind === 'directoryName');
  if (directory?.kind !== 'directoryName') return fail('crl.entry.certificateIssuer', offset);
  return directory.name;
}

/** A key for a serial number under an issuer, for the rare entries that are kept one by one. */
export function entryKey(serial: Uint8Array, issuer: Name | undefined): string {
  const hex = Buffer.from(serial.buffer, serial.byteOffset, serial.length).toString('hex');
  return issuer === undefined ? hex : `${hex} ${nameKey(issuer)}`;
}
