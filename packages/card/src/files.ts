import type { ApplicationName } from './applications.js';

export { type ApplicationName, aids } from './applications.js';

/**
 * What VERIFY can be sent against: 署名用パスワード, 利用者証明用パスワード, the PIN of the Text AP, 照合番号A (= My Number) and
 * 照合番号B (birth, expiry and security code printed on the card), the birth key (生年月日) and the PINs of the common and the
 * resident-register AP. The numbers of the Visual AP are references of their own, with their own tries.
 */
export type PinName =
  | 'signature'
  | 'authentication'
  | 'text'
  | 'numberA'
  | 'numberB'
  | 'visualBirth'
  | 'visualNumberA'
  | 'visualNumberB'
  | 'common'
  | 'resident';

/** 署名用 and 利用者証明用. */
export type KeyName = 'signature' | 'authentication';

/** New keys that wait for their certificate while the old ones are in use: see spare.ts. */
export type SpareKeyName = 'spareSignature' | 'spareAuthentication';

/** Keys by which the card proves itself without a PIN. */
export type CardKeyName = 'textSigning' | 'visualSigning' | 'commonAuthentication';

interface AnyFile {
  readonly application: ApplicationName;
  readonly id: number;
}
/** A transparent file. `readWith`: any one of these PINs opens it; empty = free. `size`: of the virtual card. */
export interface DataFile extends AnyFile {
  readonly kind: 'data';
  readonly size: number;
  readonly readWith: readonly PinName[];
  readonly ownerWrites: boolean;
  /** In the spare place of this key: there only while a spare key is, and written by its holder. */
  readonly spareOf?: KeyName;
}
/** A file of records, read by READ RECORD without a PIN. */
export interface RecordFile extends AnyFile {
  readonly kind: 'record';
}
/** The target of VERIFY. `blocked` is a reference that is always blocked. */
export interface PinFile extends AnyFile {
  readonly kind: 'pin';
  readonly pin: PinName | 'blocked';
}
/** A private key, used after VERIFY of `pin`; `certificate` is the id of the EF with its certificate. */
export interface KeyFile extends AnyFile {
  readonly kind: 'key';
  readonly key: KeyName;
  readonly pin: KeyName;
  readonly certificate: number;
  /** The key in the spare place: there only while one is. */
  readonly spare: boolean;
}
/** A key that needs no PIN. */
export interface CardKeyFile extends AnyFile {
  readonly kind: 'cardKey';
  readonly key: CardKeyName;
}
/** Can be selected; a read of it is refused: `6982` a file nobody opens, `6981` a reference without content. */
export interface OtherFile extends AnyFile {
  readonly kind: 'closed' | 'reference';
}
/** Any EF of the card. */
export type ElementaryFile = DataFile | RecordFile | PinFile | KeyFile | CardKeyFile | OtherFile;

type More = { readWith?: readonly PinName[]; ownerWrites?: boolean };

const data = (application: ApplicationName, id: number, size: number, more: More = {}): DataFile => ({
  kind: 'data',
  application,
  id,
  size,
  readWith: more.readWith ?? [],
  ownerWrites: more.ownerWrites ?? false,
});
const record = (application: ApplicationName, id: number): RecordFile => ({
  kind: 'record',
  application,
  id,
});
const pin = (application: ApplicationName, id: number, name: PinName | 'blocked'): PinFile => ({
  kind: 'pin',
  application,
  id,
  pin: name,
});
const key = (id: number, name: KeyName, certificate: number): KeyFile => ({
  kind: 'key',
  application: 'jpki',
  id,
  key: name,
  pin: name,
  certificate,
  spare: false,
});
const cardKey = (application: ApplicationName, id: number, name: CardKeyName): CardKeyFile => ({
  kind: 'cardKey',
  application,
  id,
  key: name,
});
const other = (application: ApplicationName, id: number, kind: OtherFile['kind']): OtherFile => ({
  kind,
  application,
  id,
});

const certificateSize = 3072;
const owner = { ownerWrites: true };
const anyTextKey: readonly PinName[] = ['text', 'numberA', 'numberB'];

/**
 * Elementary files (EF). There is no public specification of the card: identifiers and rules are those on
 * which myna, OpenSC, jpki-local-signer and jpki-web agree, and where only myna-card tells of one, its. Sizes are ours: EFs are
 * longer than their content and filled with FF, as on real cards.
 */
export const efs = {
  jpki: {
    /** Signature certificate (署名用電子証明書): unreadable before the signature PIN. */
    signatureCertificate: data('jpki', 0x0001, certificateSize, { readWith: ['signature'], ...owner }),
    /** Certificate of the authority that issued the signature certificate. */
    signatureCaCertificate: data('jpki', 0x0002, certificateSize, owner),
    /** Token information: a CK_TOKEN_INFO whose label tells the kind of card. */
    tokenInformation: data('jpki', 0x0006, 160),
    /** Which certificates are there: byte 0 signature, byte 1 authentication. Made by the card itself. */
    availability: data('jpki', 0x0008, 3),
    /** Unknown and protected: no PIN opens it. */
    protectedFile: other('jpki', 0x0009, 'closed'),
    /** User authentication certificate (利用者証明用電子証明書). */
    authenticationCertificate: data('jpki', 0x000a, certificateSize, owner),
    /** Certificate of the authority that issued the authentication certificate. */
    authenticationCaCertificate: data('jpki', 0x000b, certificateSize, owner),
    /** Key of the authority of terminals, for checking CV certificates. */
    terminalCaKey: other('jpki', 0x0016, 'reference'),
    /** Authentication private key. */
    authenticationKey: key(0x0017, 'authentication', 0x000a),
    /** Authentication PIN: 4 digits, 3 tries. */
    authenticationPin: pin('jpki', 0x0018, 'authentication'),
    /** Signature private key. */
    signatureKey: key(0x001a, 'signature', 0x0001),
    /** Signature PIN: 6 to 16 upper-case letters and digits, 5 tries. */
    signaturePin: pin('jpki', 0x001b, 'signature'),
  },
  text: {
    /** My Number (個人番号), FF10. Our own programs leave it closed. */
    myNumber: data('text', 0x0001, 17, { readWith: ['text', 'numberA'] }),
    /** The four basic items (基本4情報), FF20. Number A does not open it. */
    basicItems: data('text', 0x0002, 2048, { readWith: ['text', 'numberB'], ...owner }),
    /** Hashes of the two files above and a signature over them, FF30. */
    integrity: data('text', 0x0003, 352, { readWith: anyTextKey, ...owner }),
    /** CV certificate of the key that signed EF 0003 and 0007. */
    cvCertificate: data('text', 0x0004, 576),
    /** AP basic information, FF40. */
    basicInformation: data('text', 0x0005, 168),
    /** Public key to which a terminal would encrypt a session key, A1. */
    sessionPublicKey: data('text', 0x0006, 288),
    /** Public half of EF 0013 with a signature, FF50. */
    signedPublicKey: data('text', 0x0007, 544, { readWith: anyTextKey }),
    /** Sixteen FF. */
    unknown: data('text', 0x0008, 16),
    /** PIN of the Text AP: 4 digits, 3 tries. */
    textPin: pin('text', 0x0011, 'text'),
    /** A reference that is always blocked. */
    blockedReference: pin('text', 0x0012, 'blocked'),
    /** The key by which the card proves itself, used by 80 2A 00 00. */
    signingKey: cardKey('text', 0x0013, 'textSigning'),
    /** Number A (照合番号A) = My Number. The Visual AP has it at 0013. */
    numberA: pin('text', 0x0014, 'numberA'),
    /** Number B (照合番号B), 14 digits. The Visual AP has it at 0012. */
    numberB: pin('text', 0x0015, 'numberB'),
  },
  visual: {
    /** Age record, FF10: birth date alone. */
    ageRecord: data('visual', 0x0001, 640, { readWith: ['visualBirth'], ...owner }),
    /** Face record, FF20: birth, sex, images of name and address, photograph, expiry, security code. */
    faceRecord: data('visual', 0x0002, 0x6000, { readWith: ['visualNumberA', 'visualNumberB'], ...owner }),
    /** AP basic information, FF30. */
    basicInformation: data('visual', 0x0003, 352),
    /** CV certificate of the key that signed the records. */
    cvCertificate: data('visual', 0x0004, 576),
    /** My Number as an image, FF40. Our own programs leave it closed. */
    myNumberImage: data('visual', 0x0005, 768, { readWith: ['visualNumberA'] }),
    /** Sixteen FF. */
    unknown: data('visual', 0x0006, 16),
    /** Birth key: YYMMDD in the years of the era. */
    birthKey: pin('visual', 0x0011, 'visualBirth'),
    /** Number B. The Text AP has it at 0015. */
    numberB: pin('visual', 0x0012, 'visualNumberB'),
    /** Number A. The Text AP has it at 0014. */
    numberA: pin('visual', 0x0013, 'visualNumberA'),
  },
  common: {
    /** Record 1: 01 1C and 28 digits, serial number, municipality and expiry. */
    cardInformation: record('common', 0x0001),
    /** Record 1: a key reference of 16 bytes. */
    keyReference: record('common', 0x0002),
    /** The key of INTERNAL AUTHENTICATE. */
    authenticationKey: cardKey('common', 0x0019, 'commonAuthentication'),
    /** PIN: 4 digits. */
    pin: pin('common', 0x001c, 'common'),
  },
  resident: {
    /** Record 1: the same key reference as in the common AP. */
    keyReference: record('resident', 0x0002),
    /** Resident-register PIN (住民基本台帳用パスワード): 4 digits, 3 tries. */
    pin: pin('resident', 0x001c, 'resident'),
  },
  issuerDomain: {
    /** Can be selected and not read. */
    cardIdentifier: other('issuerDomain', 0x001e, 'reference'),
  },
} as const;

const spareData = (id: number, key: KeyName): DataFile => ({
  ...data('jpki', id, certificateSize, { readWith: [key] }),
  spareOf: key,
});

/**
 * The spare places, our extension (online renewal). Their identifiers have more than five bits, so no short identifier leads there; without
 * a spare key they are not found, as on a real card. `replaces`: the files that they come into the place of.
 */
export const spareFiles = {
  signature: {
    key: { ...key(0x011a, 'signature', 0x0101), spare: true },
    certificate: spareData(0x0101, 'signature'),
    issuer: spareData(0x0102, 'signature'),
    replaces: { certificate: efs.jpki.signatureCertificate, issuer: efs.jpki.signatureCaCertificate },
  },
  authentication: {
    key: { ...key(0x0117, 'authentication', 0x010a), spare: true },
    certificate: spareData(0x010a, 'authentication'),
    issuer: spareData(0x010b, 'authentication'),
    replaces: {
      certificate: efs.jpki.authenticationCertificate,
      issuer: efs.jpki.authenticationCaCertificate,
    },
  },
} as const;

const spares = Object.values(spareFiles).flatMap(({ key, certificate, issuer }): ElementaryFile[] => [
  key,
  certificate,
  issuer,
]);

const byId = new Map<ApplicationName, ReadonlyMap<number, ElementaryFile>>(
  Object.entries(efs).map(([name, files]) => [
    name as ApplicationName,
    new Map(Object.values(files).map((file: ElementaryFile) => [file.id, file])),
  ]),
);

export function fileById(application: ApplicationName, id: number): ElementaryFile | undefined {
  return byId.get(application)?.get(id);
}

/** A file of the spare places, which only the JPKI AP has. */
export function spareFileById(application: ApplicationName, id: number): ElementaryFile | undefined {
  return application === 'jpki' ? spares.find((file) => file.id === id) : undefined;
}

/** The key in whose spare place a file lies. */
export function spareOf(file: ElementaryFile | undefined): KeyName | undefined {
  if (file?.kind === 'data') return file.spareOf;
  return file?.kind === 'key' && file.spare ? file.key : undefined;
}

/** Short file identifiers are the low five bits of the identifier. */
export function fileByShortId(application: ApplicationName, sfi: number): ElementaryFile | undefined {
  return sfi === 0 ? undefined : fileById(application, sfi);
}

/** The key under which a file's bytes lie in the card's memory, e.g. `jpki/000a`. */
export function fileKey(file: DataFile | RecordFile): string {
  return `${file.application}/${file.id.toString(16).padStart(4, '0')}`;
}
