import { fail } from '../der/fault.js';
import { bytesOf, contentOf, Reader, type Tlv } from '../der/read.js';
import { tags } from '../der/tags.js';
import { readIa5, readOid } from '../der/values.js';
import { constructed, explicit, ia5String, implicit, oid, primitive } from '../der/write.js';
import { type Name, readCommonName } from '../name.js';

/** GeneralName (RFC 5280 4.2.1.6), under the field's own names. */
export type GeneralName =
  | { kind: 'otherName'; type: string; value: Tlv }
  | { kind: 'rfc822Name' | 'dNSName' | 'uniformResourceIdentifier'; value: string }
  | { kind: 'directoryName'; name: Name }
  | { kind: 'iPAddress'; octets: Uint8Array }
  | { kind: 'registeredID'; oid: string }
  | { kind: 'x400Address' | 'ediPartyName'; der: Uint8Array };

/** Far above any real list; below what would make comparing lists against lists expensive. */
const maximumNames = 2000;

/** One GeneralName. Throws DerFault. */
export function readGeneralName(tlv: Tlv): GeneralName {
  switch (tlv.tag) {
    case 0xa0: {
      const parts = new Reader(tlv.bytes, tlv.content, tlv.contentEnd);
      const type = readOid(parts.next(tags.oid, 'generalName.otherName'));
      const wrapped = parts.enter(0xa0, 'generalName.otherName');
      parts.close();
      const value = wrapped.next();
      wrapped.close();
      return { kind: 'otherName', type, value };
    }
    case 0x81:
      return { kind: 'rfc822Name', value: readIa5(tlv) };
    case 0x82:
      return { kind: 'dNSName', value: readIa5(tlv) };
    case 0xa3:
      return { kind: 'x400Address', der: bytesOf(tlv) };
    case 0xa4: {
      const wrapped = new Reader(tlv.bytes, tlv.content, tlv.contentEnd);
      const name = readCommonName(wrapped.next());
      wrapped.close();
      return { kind: 'directoryName', name };
    }
    case 0xa5:
      return { kind: 'ediPartyName', der: bytesOf(tlv) };
    case 0x86:
      return { kind: 'uniformResourceIdentifier', value: readIa5(tlv) };
    case 0x87:
      return { kind: 'iPAddress', octets: contentOf(tlv) };
    case 0x88:
      return { kind: 'registeredID', oid: readOid(tlv) };
    default:
      return fail('generalName.kind', tlv.start);
  }
}

/** GeneralNames: at least one, whatever the (possibly implicit) tag around them. Throws DerFault. */
export function readGeneralNames(tlv: Tlv): GeneralName[] {
  const names: GeneralName[] = [];
  const reader = new Reader(tlv.bytes, tlv.content, tlv.contentEnd);
  do {
    if (names.length >= maximumNames) fail('generalName.count', reader.offset);
    names.push(readGeneralName(reader.next()));
  } while (reader.more);
  return names;
}

export const writeGeneralName = {
  otherName: (type: string, value: Uint8Array): Uint8Array =>
    constructed(0xa0, [oid(type), explicit(0, value)]),
  dns: (host: string): Uint8Array => implicit(2, ia5String(host)),
  directory: (name: Uint8Array): Uint8Array => explicit(4, name),
  uri: (uri: string): Uint8Array => implicit(6, ia5String(uri)),
  ip: (octets: Uint8Array): Uint8Array => primitive(0x87, octets),
};
