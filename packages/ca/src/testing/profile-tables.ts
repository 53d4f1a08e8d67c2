// What the tables of the profile (reference of the profile, sections 2 to 5, 7, 10 and 11) ask of each kind of certificate, written here by hand. Where the
// demo differs by decision: organisation JPKI-DEMO, the demo arc of policies, 見本 in Japanese names.
import { type Certificate, generateKeyPair, nameToString } from '@madoguchi/pki';
import type { Fields } from './certificate-fields.js';

export const japaneseOf = (names: Certificate['subjectAltNames']) =>
  names?.map((name) => (name.kind === 'directoryName' ? nameToString(name.name) : name.kind));

export const rsa = 'rsaEncryption 2048 65537';
export const ec = 'id-ecPublicKey 256 prime256v1';
export const common = { version: '3', algorithm: 'sha256WithRSAEncryption', serial: '4 octets' };
export const root = { ...common, key: rsa };
export const certSign = 'Key Usage!: Certificate Sign, CRL Sign';
export const isCa = 'Basic Constraints!: CA:TRUE';
export const ski = 'Subject Key Identifier: ID';
export const aki = 'Authority Key Identifier: ID';
export const place = (name: string) => `CRL Distribution Points: Full Name: DirName:${name}`;
export const office = (id: string) =>
  `CRL Distribution Points: Full Name: URI:http://127.0.0.1:8081/crl/${id}.crl`;
export const ocsp = 'Authority Information Access: OCSP - URI:http://127.0.0.1:8081/ocsp';
export const arc = '1.3.6.1.4.1.32473.8.5';
export const policy = (tail: string) => `Certificate Policies!: Policy: ${arc}.${tail}`;
export const citizenPolicy = (tail: string) => `${policy(tail)} CPS: http://cps.jpki-demo.example/`;
export const plain = (name: string) => name.replace('P:', '');

export const identity = (address: string) =>
  [
    'Subject Alternative Name: othername: 1.2.392.200149.8.5.5.1::総務\u3000太郎',
    '1.2.392.200149.8.5.5.4::319750401',
    '1.2.392.200149.8.5.5.3::1',
    `1.2.392.200149.8.5.5.5::${address}`,
    '1.2.392.200149.8.5.5.2::00000',
    `1.2.392.200149.8.5.5.6::${'0'.repeat(address.length)}`,
  ].join(', othername: ');

export const agencySubject = (name: string, code: string) =>
  `C = P:JP, O = JPKI-DEMO, OU = ${name}, CN = ${name}長, serialNumber = P:${code}`;

export const names = {
  sign: 'C = P:JP, O = JPKI-DEMO, OU = JPKI for digital signature, OU = Japan Agency for Local Authority Information Systems',
  auth: 'C = P:JP, O = JPKI-DEMO, OU = JPKI for user authentication, OU = Japan Agency for Local Authority Information Systems',
  phoneSign:
    'C = P:JP, O = JPKI-DEMO, OU = JPKI for digital signature on mobile devices, OU = Japan Agency for Local Authority Information Systems',
  phoneAuth:
    'C = P:JP, O = JPKI-DEMO, OU = JPKI for user authentication on mobile devices, OU = Japan Agency for Local Authority Information Systems',
  agency: 'C = P:JP, O = JPKI-DEMO, OU = Demo Agency Root',
  tsa: 'C = P:JP, O = JPKI-DEMO, OU = Demo Time Stamping Root',
  tokyo: 'C = P:JP, O = JPKI-DEMO, OU = Tokyo-to, OU = Governor of Tokyo-to (reconstructed)',
  bridge: 'C = P:JP, O = JPKI-DEMO, OU = Prefectural Association For JPKI, OU = BridgeCA (reconstructed)',
  gpki: 'C = P:JP, O = JPKI-DEMO, OU = Demo Government Bridge CA',
  ministry: 'C = P:JP, O = JPKI-DEMO, OU = Demo Ministry CA',
} as const;

/** Section 3: the self-signed roots of citizens' authorities. The first generation has number 1, later ones theirs from the running numbers. */
export const citizenRoot = (name: string, serial = '01'): Fields => ({
  ...root,
  serial,
  issuer: name,
  subject: name,
  life: '10 years, 14:59:59',
  extensions: [certSign, 'Subject Alternative Name: JAPANESE', isCa, place(plain(name)), ski],
});

/** Section 2.2: the bridge of 2003, and the governors' authorities reconstructed from it. */
export const governorRoot = (name: string): Fields => ({
  ...citizenRoot(name),
  extensions: [certSign, isCa, place(plain(name)), 'Subject Alternative Name: JAPANESE', ski],
});

/** Sections 10 and 11.1: roots of offices; in the scheme of 2008 the government's side. */
export const officeRoot = (name: string, years: number, bits = 2048): Fields => ({
  ...root,
  serial: '01',
  key: `rsaEncryption ${bits} 65537`,
  issuer: name,
  subject: name,
  life: `${years} years, 14:59:59`,
  extensions: [certSign, isCa, place(plain(name)), ski],
});

/** Section 10: one key certified by another; the list is the issuer's. */
export const certified = (issuer: string, subject: string, years: number, ...policies: string[]): Fields => ({
  ...root,
  issuer,
  subject,
  life: `${years} years, 14:59:59`,
  extensions: [certSign, isCa, ...policies, place(plain(issuer)), aki, ski],
});

export const masked = (fields: Fields): Fields => ({
  ...fields,
  subject: fields.subject
    .replace(/CN = \d{28}$/, 'CN = <28 digits>')
    .replace(/CN = [0-9A-Z]{14}99201[0-9A-F]{4}$/, 'CN = <14>99201<4>'),
});

export const keyOf = async (kind: 'rsa2048' | 'p256') => (await generateKeyPair(kind)).publicKey;
