import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  publicEncrypt,
  randomBytes,
  randomInt,
} from 'node:crypto';
import type { ApplicationName } from './applications.js';
import { filled } from './card-content.js';
import { generateCardKey } from './card-keys.js';
import type { CardSettings } from './card-settings.js';
import {
  cvCertificate,
  demoKeyIds,
  encodePublicKey,
  type FaceIssuer,
  keyId,
  signRecord,
} from './cv-certificate.js';
import { birthKey, numberB } from './eras.js';
import { CardError } from './errors.js';
import { type CardKeyName, type DataFile, efs, fileKey, type PinName } from './files.js';
import { encodeBasicItems, encodeMyNumber, hashedBasicItems } from './text-files.js';
import { tlv } from './tlv.js';
import { encodeAgeRecord, encodeFaceRecord, encodeMyNumberImage, type Face } from './visual-files.js';

/** What fills the applications beside JPKI. */
interface Person extends Face {
  readonly municipality: string;
}

/** Files, objects, keys and numbers of the applications that a card has. */
interface Personalisation {
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly objects: Readonly<Record<string, Uint8Array>>;
  readonly keys: Readonly<Partial<Record<CardKeyName, Uint8Array>>>;
  readonly numbers: Readonly<Partial<Record<PinName, string>>>;
}

const ascii = (text: string) => Buffer.from(text, 'latin1');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

/** The bytes of a file as they lie on the card, filler included. Throws CardError `badInput` when they do not fit. */
export function fileEntry(
  file: DataFile,
  bytes: Uint8Array,
  filler: CardSettings['filler'],
): [string, Uint8Array] {
  const fits = filled(file, bytes, filler);
  if (fits === undefined)
    throw new CardError(
      'badInput',
      `The text is too long for the card: ${bytes.length} of ${file.size} bytes.`,
    );
  return [fileKey(file), fits];
}

/** 15 digits that stand for the card itself: `4` as seen on cards, then what no production card can have, zeros and chance. */
function cardNumber(): string {
  return `49000${randomInt(10 ** 10)
    .toString()
    .padStart(10, '0')}`;
}

/**
 * Fills the applications beside JPKI: records with their signatures, CV certificates, images, numbers A and B. The card's own keys are
 * made here and go nowhere but into the content.
 */
export async function personalise(
  person: Person,
  applications: readonly ApplicationName[],
  issuer: FaceIssuer,
  settings: CardSettings,
): Promise<Personalisation> {
  const has = (name: ApplicationName) => applications.includes(name);
  const key = (name: ApplicationName) => (has(name) ? generateCardKey('rsa2048') : undefined);
  const [textKey, visualKey, commonKey] = await Promise.all([key('text'), key('visual'), key('common')]);
  // A municipality's key: its code, and 00 for a key of the demonstration.
  const signer = keyId(`${person.municipality}00`, '000');
  const filler = settings.filler;
  const files = [
    ...(textKey ? await textEntries(person, textKey, issuer, signer, filler) : []),
    ...(visualKey ? visualEntries(person, visualKey, issuer, signer, filler, settings) : []),
  ];
  const keyReference = tlv(0x01, demoKeyIds.intermediate);
  const records: [string, Uint8Array][] = [];
  if (has('common')) {
    const digits = cardNumber() + person.municipality + person.expiry.replaceAll('-', '');
    records.push([fileKey(efs.common.cardInformation), tlv(0x01, ascii(digits))]);
    records.push([fileKey(efs.common.keyReference), keyReference]);
  }
  if (has('resident')) records.push([fileKey(efs.resident.keyReference), keyReference]);
  const b = numberB(
    person.text.birthDate,
    person.expiry.slice(0, 4),
    person.securityCode,
    settings.birthDigits,
  );
  return {
    files: Object.fromEntries([...files, ...records]),
    objects: has('issuerDomain') ? domainObjects(person, issuer, signer, visualKey) : {},
    keys: {
      ...(textKey ? { textSigning: textKey } : {}),
      ...(visualKey ? { visualSigning: visualKey } : {}),
      ...(commonKey ? { commonAuthentication: commonKey } : {}),
    },
    numbers: {
      ...(has('text') ? { numberA: person.myNumber, numberB: b } : {}),
      ...(has('visual')
        ? {
            visualBirth: birthKey(person.text.birthDate, settings.birthDigits),
            visualNumberA: person.myNumber,
            visualNumberB: b,
          }
        : {}),
    },
  };
}

async function textEntries(
  person: Person,
  cardKey: Uint8Array,
  issuer: FaceIssuer,
  signer: Uint8Array,
  filler: CardSettings['filler'],
): Promise<[string, Uint8Array][]> {
  const myNumber = fileEntry(efs.text.myNumber, encodeMyNumber(person.myNumber), filler);
  // The first hash is over the file as it lies on the card, the second over the items behind the offset table.
  const hashes = Buffer.concat([
    tlv(0xdf31, sha256(myNumber[1])),
    tlv(0xdf32, sha256(hashedBasicItems(person.text))),
  ]);
  const publicKey = tlv(0xdf51, encodePublicKey(cardKey));
  // There is no secure messaging on this card: nobody keeps the private half.
  const sessionKey = await generateCardKey('rsa2048');
  const certificate = cvCertificate({
    issuer: demoKeyIds.text,
    issuerKey: issuer.rootKey,
    subject: signer,
    subjectKey: issuer.signerKey,
  });
  const information = tlv(
    0xff40,
    tlv(0xdf41, Uint8Array.of(0x01, 0x03, 0x0e, 0x01)),
    tlv(0xdf42, demoKeyIds.textInformation),
    // Seen as 32 bytes of unknown meaning and 96 of filler.
    tlv(0xdf43, Buffer.concat([randomBytes(32), Buffer.alloc(96, 0xff)])),
  );
  const { text } = efs;
  return [
    myNumber,
    fileEntry(text.basicItems, encodeBasicItems(person.text), filler),
    fileEntry(text.integrity, tlv(0xff30, hashes, tlv(0xdf33, signRecord(issuer.signerKey, hashes))), filler),
    fileEntry(text.cvCertificate, certificate, filler),
    fileEntry(text.basicInformation, information, filler),
    fileEntry(text.sessionPublicKey, tlv(0xa1, encodePublicKey(sessionKey)), filler),
    fileEntry(
      text.signedPublicKey,
      tlv(0xff50, publicKey, tlv(0xdf52, signRecord(issuer.signerKey, publicKey))),
      filler,
    ),
    fileEntry(text.unknown, Buffer.alloc(16, 0xff), filler),
  ];
}

function visualEntries(
  person: Person,
  cardKey: Uint8Array,
  issuer: FaceIssuer,
  signer: Uint8Array,
  filler: CardSettings['filler'],
  settings: CardSettings,
): [string, Uint8Array][] {
  const certificate = cvCertificate({
    issuer: demoKeyIds.visual,
    issuerKey: issuer.rootKey,
    subject: signer,
    subjectKey: issuer.signerKey,
  });
  const b = numberB(
    person.text.birthDate,
    person.expiry.slice(0, 4),
    person.securityCode,
    settings.birthDigits,
  );
  const root = createPublicKey(
    createPrivateKey({ key: Buffer.from(issuer.rootKey), format: 'der', type: 'pkcs8' }),
  );
  const sealed = publicEncrypt({ key: root, padding: constants.RSA_PKCS1_OAEP_PADDING }, ascii(b));
  const information = tlv(
    0xff30,
    tlv(0xdf31, Uint8Array.of(0x06, 0x03, 0x0e, 0x01)),
    tlv(0xdf32, demoKeyIds.visualInformation),
    tlv(0xdf33, Uint8Array.of(0x00)),
    tlv(0xdf34, ascii(person.municipality)),
    tlv(0xdf35, Buffer.concat([demoKeyIds.verificationNumber, sealed])),
  );
  const { visual } = efs;
  return [
    fileEntry(visual.ageRecord, encodeAgeRecord(person, cardKey, issuer.signerKey), filler),
    fileEntry(visual.faceRecord, encodeFaceRecord(person, cardKey, issuer.signerKey), filler),
    fileEntry(visual.basicInformation, information, filler),
    fileEntry(visual.cvCertificate, certificate, filler),
    fileEntry(visual.myNumberImage, encodeMyNumberImage(person, cardKey, issuer.signerKey), filler),
    fileEntry(visual.unknown, Buffer.alloc(16, 0xff), filler),
  ];
}

/** What GET DATA answers after a reset. CV certificates come without their template there. */
function domainObjects(
  person: Person,
  issuer: FaceIssuer,
  signer: Uint8Array,
  visualKey: Uint8Array | undefined,
): Record<string, Uint8Array> {
  const inner = (certificate: Uint8Array) => certificate.slice(5);
  const upper = cvCertificate({
    issuer: demoKeyIds.chain,
    issuerKey: issuer.rootKey,
    subject: demoKeyIds.intermediate,
    subjectKey: issuer.signerKey,
  });
  const lower =
    visualKey &&
    cvCertificate({
      issuer: demoKeyIds.intermediate,
      issuerKey: issuer.signerKey,
      subject: signer,
      subjectKey: visualKey,
    });
  return {
    '0042': demoKeyIds.chain,
    '0045': ascii(cardNumber()),
    // GlobalPlatform card recognition data: tag 73 with the OID 1.2.840.114283.1.
    '0066': tlv(0x73, tlv(0x06, Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xfc, 0x6b, 0x01))),
    '00f0': ascii(person.municipality),
    '00f2': ascii(person.expiry.replaceAll('-', '')),
    '00f7': demoKeyIds.intermediate,
    '00f8': inner(upper),
    ...(lower ? { '7f21': inner(lower) } : {}),
  };
}
