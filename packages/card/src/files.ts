/** Applications (AP) of the card by their AID. */
export const aids = {
  /** 公的個人認証AP: keys and certificates. */
  jpki: Uint8Array.of(0xd3, 0x92, 0xf0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01),
  /** 券面事項入力補助AP: the four basic items and My Number as text. */
  text: Uint8Array.of(0xd3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08),
  /** 券面事項確認AP: the card's face as images. Not on this virtual card yet. */
  visual: Uint8Array.of(0xd3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02),
  /** 共通カードAP: serial and municipality. Not on this virtual card yet. */
  common: Uint8Array.of(0xd3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00),
} as const;

export type ApplicationName = 'jpki' | 'text';

/**
 * What VERIFY can be sent against: 署名用パスワード, 利用者証明用パスワード, the PIN of the Text AP,
 * 照合番号A (= My Number) and 照合番号B (birth, expiry and security code printed on the card).
 */
export type PinName = 'signature' | 'authentication' | 'text' | 'numberA' | 'numberB';

/** 署名用 and 利用者証明用. */
export type KeyName = 'signature' | 'authentication';

/** A transparent file. `readWith`: any one of these PINs opens it; empty = free. `size`: of the virtual card. */
export interface DataFile {
  readonly kind: 'data';
  readonly application: ApplicationName;
  readonly id: number;
  readonly size: number;
  readonly readWith: readonly PinName[];
  readonly ownerWrites: boolean;
}
/** The target of VERIFY. `blocked` is a reference that is always blocked. */
export interface PinFile {
  readonly kind: 'pin';
  readonly application: ApplicationName;
  readonly id: number;
  readonly pin: PinName | 'blocked';
}
/** A private key, used after VERIFY of `pin`; `certificate` is the id of the EF with its certificate. */
export interface KeyFile {
  readonly kind: 'key';
  readonly application: ApplicationName;
  readonly id: number;
  readonly key: KeyName;
  readonly pin: PinName;
  readonly certificate: number;
}
export type ElementaryFile = DataFile | PinFile | KeyFile;

function data(
  application: ApplicationName,
  id: number,
  size: number,
  rest?: { readWith?: readonly PinName[]; ownerWrites?: boolean },
): DataFile {
  return {
    kind: 'data',
    application,
    id,
    size,
    readWith: rest?.readWith ?? [],
    ownerWrites: rest?.ownerWrites ?? false,
  };
}
function pin(application: ApplicationName, id: number, name: PinName | 'blocked'): PinFile {
  return { kind: 'pin', application, id, pin: name };
}
function key(id: number, name: KeyName, certificate: number): KeyFile {
  return { kind: 'key', application: 'jpki', id, key: name, pin: name, certificate };
}

const certificateSize = 3072;
const owner = { ownerWrites: true };

/**
 * Elementary files (EF). There is no public specification of the card: identifiers and rules are those on
 * which myna, OpenSC, jpki-local-signer and jpki-web agree. Sizes are ours: EFs are longer than their content
 * and filled with FF, as on real cards.
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
    /** User authentication certificate (利用者証明用電子証明書). */
    authenticationCertificate: data('jpki', 0x000a, certificateSize, owner),
    /** Certificate of the authority that issued the authentication certificate. */
    authenticationCaCertificate: data('jpki', 0x000b, certificateSize, owner),
    /** Authentication private key, RSA-2048. */
    authenticationKey: key(0x0017, 'authentication', 0x000a),
    /** Authentication PIN: 4 digits, 3 tries. */
    authenticationPin: pin('jpki', 0x0018, 'authentication'),
    /** Signature private key, RSA-2048. */
    signatureKey: key(0x001a, 'signature', 0x0001),
    /** Signature PIN: 6 to 16 upper-case letters and digits, 5 tries. */
    signaturePin: pin('jpki', 0x001b, 'signature'),
  },
  text: {
    /** My Number (個人番号), FF10. Our own programs leave it closed. */
    myNumber: data('text', 0x0001, 17, { readWith: ['text', 'numberA'] }),
    /** The four basic items (基本4情報), FF20. Number A does not open it. */
    basicItems: data('text', 0x0002, 2048, { readWith: ['text', 'numberB'], ...owner }),
    /** PIN of the Text AP: 4 digits, 3 tries. */
    textPin: pin('text', 0x0011, 'text'),
    /** A reference that is always blocked. */
    blockedReference: pin('text', 0x0012, 'blocked'),
    /** Number A (照合番号A) = My Number. */
    numberA: pin('text', 0x0014, 'numberA'),
    /** Number B (照合番号B), 14 digits. */
    numberB: pin('text', 0x0015, 'numberB'),
  },
} as const;

const byId: Record<ApplicationName, Map<number, ElementaryFile>> = {
  jpki: new Map(Object.values(efs.jpki).map((file) => [file.id, file])),
  text: new Map(Object.values(efs.text).map((file) => [file.id, file])),
};

export function fileById(application: ApplicationName, id: number): ElementaryFile | undefined {
  return byId[application].get(id);
}

/** Short file identifiers are the low five bits of the identifier. */
export function fileByShortId(application: ApplicationName, sfi: number): ElementaryFile | undefined {
  return sfi === 0 ? undefined : byId[application].get(sfi);
}

export function applicationByAid(aid: Uint8Array): ApplicationName | undefined {
  for (const name of ['jpki', 'text'] as const) {
    const own = aids[name];
    if (own.length === aid.length && own.every((byte, index) => byte === aid[index])) return name;
  }
  return undefined;
}

/** The key under which a file's bytes lie in the card's memory, e.g. `jpki/000a`. */
export function fileKey(file: DataFile): string {
  return `${file.application}/${file.id.toString(16).padStart(4, '0')}`;
}
