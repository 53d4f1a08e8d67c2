import { extensionIds as ids, type Name } from '@madoguchi/pki/certificates';
import { allInRepertoire } from '../../identity/repertoire.js';
import { validUntil } from '../../validity.js';
import { type Facts, issuerAttributes } from '../facts.js';
import { citizenLeaf, extensionValue, type LintRule, only, same, since, unless } from '../rule.js';

const commonName = '2.5.4.3';
const cnOf = ({ attributes }: Facts) => attributes.find(({ type }) => type === commonName)?.value ?? '';

/** A list's name comes with one certificate after another, and its attributes are shared (see the reader). */
const knownValues = new WeakMap<Name['rdns'], readonly string[]>();

function valuesOf({ rdns }: Name): readonly string[] {
  const known = knownValues.get(rdns) ?? rdns.flatMap((rdn) => rdn.map(({ value }) => value));
  knownValues.set(rdns, known);
  return known;
}

/** Accepted and written in this order: .1 .4 .3 .5 .2 .6 of the JPKI arc, as the bytes of the SAN show. */
const identityOrder = '1,4,3,5,2,6';

const itemPrefix = Buffer.from('060a2a83088c9b55080505', 'hex');

/** The last arcs of the otherNames, and the tags of their values, as they stand. */
function identityItems(value: Uint8Array): { order: string; tags: number[]; count: number } {
  const bytes = Buffer.from(value);
  const found: number[] = [];
  const tags: number[] = [];
  for (let at = bytes.indexOf(itemPrefix); at >= 0; at = bytes.indexOf(itemPrefix, at + 1)) {
    const last = at + itemPrefix.length;
    found.push(bytes[last] ?? 0);
    // [0] EXPLICIT, its length in one to three octets, then the string.
    const length = bytes[last + 2] ?? 0;
    tags.push(bytes[last + 3 + (length < 0x80 ? 0 : length - 0x80)] ?? 0);
  }
  return { order: found.join(), tags, count: found.length };
}

/** Signature and authentication certificates. */
export const citizenRules: readonly LintRule[] = [
  {
    id: 'citizen.issuerName',
    description: 'issuerAltName is the Japanese name of the issuer, as its own certificate has it.',
    citation: 'profile, sections 4 and 5, extension issuerAltName',
    effective: since.jpki2016,
    applies: citizenLeaf,
    check: ({ certificate, issuer }) => {
      const [own] = certificate.issuerAltNames ?? [];
      const [theirs] = issuer.subjectAltNames ?? [];
      const both = own?.kind === 'directoryName' && theirs?.kind === 'directoryName';
      return unless(
        certificate.issuerAltNames?.length === 1 && both && same(own.name.der, theirs.name.der),
        'another name',
      );
    },
  },
  {
    id: 'citizen.partition',
    description:
      'The CRL’s name is C, O and first OU of the issuer, CRL Distribution Points, the prefecture, the municipality’s CRLDP.',
    citation: 'profile, sections 2.3, 4 and 9.1',
    effective: since.jpki2016,
    applies: citizenLeaf,
    check: ({ certificate, issuer, name }) => {
      const place = certificate.crlDistributionPoints?.[0]?.name;
      const full = place !== undefined && 'fullName' in place ? place.fullName[0] : undefined;
      if (full?.kind !== 'directoryName') return 'no directory name';
      const values = valuesOf(full.name);
      const head = issuerAttributes(issuer);
      const isBelow = [0, 1, 2].every((index) => values[index] === head[index]?.value);
      const tail = values.slice(3);
      const isPlace = name === 'signature-2008' ? tail.length === 2 : tail.length === 3;
      const kept =
        isBelow && isPlace && tail[0] === 'CRL Distribution Points' && / CRLDP$/.test(tail.at(-1) ?? '');
      return unless(kept, () => values.join(', '));
    },
  },
  {
    id: 'signature.place',
    description: 'The two L are prefecture and municipality, and the CRL is that municipality’s.',
    citation: 'profile, section 4',
    effective: since.jpki2016,
    applies: only('signature', 'phone-signature'),
    check: ({ certificate, facts }) => {
      const [, prefecture, city] = facts.attributes;
      const place = certificate.crlDistributionPoints?.[0]?.name;
      const full = place !== undefined && 'fullName' in place ? place.fullName[0] : undefined;
      if (full?.kind !== 'directoryName') return 'no list';
      const tail = valuesOf(full.name).slice(-2);
      return unless(tail[0] === prefecture?.value && tail[1] === `${city?.value} CRLDP`, () =>
        tail.join(', '),
      );
    },
  },
  {
    id: 'signature.commonName',
    description: 'The common name has 28 digits and is never the name.',
    citation: 'profile, section 4',
    effective: since.jpki2016,
    applies: only('signature', 'signature-2008', 'phone-signature'),
    check: ({ facts }) => unless(/^\d{28}$/.test(cnOf(facts)), 'another shape'),
  },
  {
    id: 'signature.identity',
    description:
      'The six identity items are there, UTF8String, in order; flags are 0 or 1 and as long as their texts.',
    citation: 'profile, sections 6.2 and 6.3',
    effective: since.jpki2016,
    applies: only('signature', 'signature-2008', 'phone-signature'),
    check: ({ certificate, facts: { identity } }) => {
      if (identity === undefined) return 'none';
      if (!identity.ok) return identity.rule;
      const { name, nameSubstitution, address, addressSubstitution } = identity.value;
      if (name.length !== nameSubstitution.length) return 'flags of the name';
      if (address.length !== addressSubstitution.length) return 'flags of the address';
      if (!/^[01]*$/.test(nameSubstitution + addressSubstitution)) return 'a flag that is neither 0 nor 1';
      const items = identityItems(extensionValue(certificate, ids.subjectAltName) ?? new Uint8Array());
      if (items.order !== identityOrder) return `order ${items.order}`;
      if (certificate.subjectAltNames?.length !== items.count) return 'other names beside them';
      return unless(
        items.tags.every((tag) => tag === 0x0c),
        'a value that is no UTF8String',
      );
    },
  },
  {
    id: 'signature.texts',
    description: 'Name: family and given name joined by single U+3000; an address of at most 200 characters.',
    citation: 'profile, section 6.3',
    effective: since.jpki2016,
    applies: only('signature', 'signature-2008', 'phone-signature'),
    check: ({ facts: { identity } }) => {
      if (identity?.ok !== true) return undefined;
      const { name, address } = identity.value;
      if (name === '' || /^\u3000|\u3000$|\u3000\u3000/.test(name)) return 'spaces of the name';
      if (address === '' || address.length > 200) return `an address of ${address.length} characters`;
      return undefined;
    },
  },
  {
    id: 'signature.repertoire',
    description: 'Name and address have only characters of JIS X 0208 and JIS X 0212.',
    citation: 'profile, section 6.3',
    effective: since.jpki2016,
    applies: only('signature', 'signature-2008', 'phone-signature'),
    check: ({ facts: { identity } }) => {
      if (identity?.ok !== true) return undefined;
      const { name, address } = identity.value;
      return unless(allInRepertoire(name) && allInRepertoire(address), 'a character outside');
    },
  },
  {
    id: 'signature.birthday',
    description:
      'It ends at the latest with the birthday that the law names (2016: the fifth after issue), 23:59:59 in Japan.',
    citation: 'profile, section 4: notAfter; lifecycle, section 4',
    effective: since.jpki2016,
    applies: ({ profile }) => profile.validity !== undefined,
    check: ({ certificate, profile, facts: { identity } }) => {
      if (identity?.ok !== true || profile.validity === undefined) return undefined;
      const { birthDate } = identity.value;
      // Whichever of the two readings of 29 February is in force, the later is the limit.
      const latest = validUntil(certificate.notBefore, birthDate, {}, '03-01', profile.validity);
      return unless(certificate.notAfter <= latest, () => certificate.notAfter.toISOString());
    },
  },
  {
    id: 'authentication.anonymous',
    description: 'No personal data: no subjectAltName, a subject of country and number only.',
    citation: 'profile, section 5',
    effective: since.jpki2016,
    applies: only('authentication'),
    check: ({ certificate }) =>
      unless(certificate.subjectAltNames === undefined && certificate.subject.rdns.length === 2, 'more'),
  },
  {
    id: 'authentication.commonName',
    description: 'The common name has 14 characters, a municipality code and 4 characters.',
    citation: 'profile, section 5',
    effective: since.jpki2016,
    applies: only('authentication'),
    check: ({ facts }) => unless(/^[0-9A-Z]{14}\d{5}[0-9A-F]{4}$/.test(cnOf(facts)), 'another shape'),
  },
];
