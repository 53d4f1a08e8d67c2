import type { Extension } from '../certificate/extensions.js';
import type { Certificate } from '../certificate/parse.js';
import { BackwardWriter } from '../der/backward.js';
import { attempt, fail, type Parsed } from '../der/fault.js';
import type { Tlv } from '../der/read.js';
import { contextTag, tags } from '../der/tags.js';
import { readString } from '../der/values.js';
import { oid } from '../der/write.js';
import { extensionIds, identityItems } from '../oids.js';
import { readBirthCode, writeBirthCode } from './birth-code.js';

/** 性別 of the 基本4情報. */
export type Sex = 'male' | 'female' | 'other' | 'unknown';

/** 基本4情報 as the signature certificate holds them. */
export interface Identity {
  /** Family and given name, joined by one U+3000. */
  name: string;
  /** One digit a character of `name`: `1` where the character stands for one outside the repertoire. */
  nameSubstitution: string;
  /** From the prefecture on, at most 200 characters. */
  address: string;
  addressSubstitution: string;
  /** YYYY-MM-DD, Gregorian; unknown parts are 0000 or 00. */
  birthDate: string;
  sex: Sex;
}

/** The certificate knows three codes; what else a person may be is written as not known. */
const sexCodes = { male: '1', female: '2', other: '3', unknown: '3' } as const satisfies Record<Sex, string>;
const sexByCode = new Map<string, Sex>([
  ['1', 'male'],
  ['2', 'female'],
  ['3', 'unknown'],
]);

const items = new Map<string, keyof typeof identityItems>(
  Object.entries(identityItems).map(([item, oid]) => [oid, item as keyof typeof identityItems]),
);

/** Characters of a text, those beyond 16 bits counted once. */
function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/**
 * The identity inside a signature certificate; undefined where its subjectAltName has none of the items. The items are found by their
 * identifiers, in any order; all six must be there once, as UTF8String, with flags as long as their text and a birth date that exists.
 */
export function readIdentity(certificate: Certificate): Parsed<Identity> | undefined {
  const found = new Map<string, Tlv>();
  let twice: Tlv | undefined;
  for (const name of certificate.subjectAltNames ?? []) {
    if (name.kind !== 'otherName') continue;
    const item = items.get(name.type);
    if (item === undefined) continue;
    if (found.has(item)) twice = name.value;
    found.set(item, name.value);
  }
  if (found.size === 0) return undefined;
  return attempt(() => {
    if (twice !== undefined) fail('identity.twice', twice.start);
    return collect(found);
  });
}

function collect(found: Map<string, Tlv>): Identity {
  const text = (item: keyof typeof identityItems): { value: string; offset: number } => {
    const tlv = found.get(item);
    if (tlv === undefined) fail(`identity.missing.${item}`, 0);
    const value = tlv.tag === tags.utf8String ? readString(tlv) : undefined;
    if (value === undefined) fail(`identity.type.${item}`, tlv.start);
    return { value, offset: tlv.start };
  };
  const name = text('name');
  const address = text('address');
  if (name.value.length === 0) fail('identity.name.empty', name.offset);
  if (characters(address.value) > 200) fail('identity.address.length', address.offset);
  const flags = (item: 'nameSubstitution' | 'addressSubstitution', of: string): string => {
    const { value, offset } = text(item);
    if (!/^[01]*$/.test(value)) fail(`identity.${item}.digits`, offset);
    if (value.length !== characters(of)) fail(`identity.${item}.length`, offset);
    return value;
  };
  const sexText = text('sex');
  const sex = sexByCode.get(sexText.value);
  if (sex === undefined) fail('identity.sex', sexText.offset);
  const birth = text('birthDate');
  const birthDate = readBirthCode(birth.value);
  if (!birthDate.ok) fail(birthDate.rule, birth.offset);
  return {
    name: name.value,
    nameSubstitution: flags('nameSubstitution', name.value),
    address: address.value,
    addressSubstitution: flags('addressSubstitution', address.value),
    birthDate: birthDate.value,
    sex,
  };
}

/** The subjectAltName of a signature certificate, in the profile's order. Throws RangeError on an identity that cannot be written. */
export function identityAltName(identity: Identity): Extension {
  for (const [text, flags] of [
    [identity.name, identity.nameSubstitution],
    [identity.address, identity.addressSubstitution],
  ] as const) {
    if (!/^[01]*$/.test(flags) || flags.length !== characters(text)) {
      throw new RangeError('substitution flags are one digit 0 or 1 for each character');
    }
  }
  if (identity.name === '' || characters(identity.address) > 200) {
    throw new RangeError('a name is not empty and an address has at most 200 characters');
  }
  writer.clear();
  putItem('addressSubstitution', identity.addressSubstitution);
  putItem('nameSubstitution', identity.nameSubstitution);
  putItem('address', identity.address);
  putItem('sex', sexCodes[identity.sex]);
  putItem('birthDate', writeBirthCode(identity.birthDate));
  putItem('name', identity.name);
  writer.wrap(tags.sequence, 0);
  return { oid: extensionIds.subjectAltName, critical: false, value: writer.finish() };
}

/** Written from the end to the beginning, and finished in the turn it was begun in. */
const writer = new BackwardWriter();

/** otherName of one item: its identifier and a UTF8String. */
function putItem(item: keyof typeof identityItems, value: string): void {
  const since = writer.written;
  writer.text(tags.utf8String, value);
  writer.wrap(contextTag(0, true), since);
  writer.put(oid(identityItems[item]));
  writer.wrap(contextTag(0, true), since);
}
