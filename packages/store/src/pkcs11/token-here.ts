import { StoreError } from '../error.js';
import { attributes, classes, flags, keyTypes, mechanisms, results, userTypes } from './constants.js';
import { tokenAbsent, tokenFault, tokenPin } from './faults.js';
import { type Attribute, type Cryptoki, loadModule, restartModule } from './library.js';

/** The public half of a key pair in a token, as the token tells it. */
export type TokenPublicKey =
  | { readonly kind: 'rsa'; readonly modulus: Uint8Array; readonly exponent: Uint8Array }
  /** `curve`: the OBJECT IDENTIFIER in DER; `point`: the uncompressed point. */
  | { readonly kind: 'ec'; readonly curve: Uint8Array; readonly point: Uint8Array };

export type TokenKeyKind = 'rsa2048' | 'rsa3072' | 'p256' | 'p384';

export type TokenMechanism = 'rsa-sha256' | 'rsa-sha384' | 'rsa-sha512' | 'ecdsa';

/**
 * Private keys in a hardware module behind PKCS #11: they are made there, marked sensitive and not extractable, and never leave it. Keys
 * are found by their label. All calls throw StoreError; after one that failed the next opens a session anew, so work goes on by itself
 * when the module is back.
 */
export interface Token {
  publicKey(label: string): Promise<TokenPublicKey | undefined>;
  generate(label: string, kind: TokenKeyKind): Promise<void>;
  /** RSA: PKCS #1 v1.5 over the data, hashed by the token. `ecdsa`: over a digest, r and s side by side. */
  sign(label: string, mechanism: TokenMechanism, data: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Which hardware module, and how it is opened. */
export interface TokenOptions {
  /** File of the module, e.g. `/usr/lib/softhsm/libsofthsm2.so`. */
  readonly module: string;
  /** Label of the token. */
  readonly label: string;
  readonly pin: string;
}

/** Object identifiers of the curves in DER (RFC 5480). */
const curves = {
  p256: Buffer.from('06082a8648ce3d030107', 'hex'),
  p384: Buffer.from('06052b81040022', 'hex'),
} as const;

interface Session {
  readonly handle: number;
  readonly keys: Map<string, number>;
}

/** Opens a token in this process, the only one of its module: loads it, finds the token by its label, logs in. Throws StoreError (69, or 77 for a wrong PIN). */
export async function openTokenHere(options: TokenOptions): Promise<Token> {
  const cryptoki = await loadModule(options.module);
  let session: Session | undefined;
  // One session, one call after the other: signing is two calls that belong together.
  let last: Promise<unknown> = Promise.resolve();
  const inSession = <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    const turn = last.then(async () => {
      session ??= await openAgain(cryptoki, options);
      try {
        return await work(session);
      } catch (error) {
        const { handle } = session;
        session = undefined;
        await cryptoki.C_CloseSession(handle).catch(() => undefined);
        throw error;
      }
    });
    last = turn.catch(() => undefined);
    return turn;
  };
  await inSession(() => Promise.resolve());
  return {
    publicKey: (label) => inSession((open) => readPublicKey(cryptoki, open, label)),
    generate: (label, kind) => inSession((open) => generate(cryptoki, open, label, kind)),
    sign: (label, mechanism, data) => inSession((open) => sign(cryptoki, open, { label, mechanism, data })),
    async close() {
      await last;
      if (session !== undefined) await cryptoki.C_CloseSession(session.handle);
      session = undefined;
      await cryptoki.C_Finalize(null);
    },
  };
}

/** A module that has lost its token may find it again only after it is begun anew. */
async function openAgain(c: Cryptoki, options: TokenOptions): Promise<Session> {
  try {
    return await openSession(c, options);
  } catch (error) {
    if (error instanceof StoreError && error.rule === 'token.pin') throw error;
    await restartModule(c);
    return openSession(c, options);
  }
}

async function call(name: keyof Cryptoki, result: Promise<number>): Promise<void> {
  const value = await result;
  if (value !== results.ok) throw tokenFault(name, value);
}

async function openSession(c: Cryptoki, { label, pin }: TokenOptions): Promise<Session> {
  const slot = await slotOf(c, label);
  const handle = [0];
  await call(
    'C_OpenSession',
    c.C_OpenSession(slot, flags.rwSession | flags.serialSession, null, null, handle),
  );
  const session = { handle: Number(handle[0]), keys: new Map<string, number>() };
  const octets = Buffer.from(pin, 'utf8');
  const result = await c.C_Login(session.handle, userTypes.user, octets, octets.length);
  octets.fill(0);
  if (result === results.ok || result === results.alreadyLoggedIn) return session;
  await c.C_CloseSession(session.handle);
  if (result === results.pinIncorrect || result === results.pinLocked) {
    throw tokenPin(result === results.pinLocked);
  }
  throw tokenFault('C_Login', result);
}

/** Slots with a token are asked for their label, which is padded with blanks to 32 octets. */
async function slotOf(c: Cryptoki, label: string): Promise<number> {
  const count = [0];
  await call('C_GetSlotList', c.C_GetSlotList(1, null, count));
  const list = Buffer.alloc(8 * Math.max(1, Number(count[0])));
  await call('C_GetSlotList', c.C_GetSlotList(1, list, count));
  for (let index = 0; index < Number(count[0]); index++) {
    const slot = Number(list.readBigUInt64LE(8 * index));
    const info = Buffer.alloc(512);
    if ((await c.C_GetTokenInfo(slot, info)) !== results.ok) continue;
    if (info.subarray(0, 32).toString('utf8').trimEnd() === label) return slot;
  }
  throw tokenAbsent(label);
}

const number = (type: number, value: number): Attribute => {
  const octets = Buffer.alloc(8);
  octets.writeBigUInt64LE(BigInt(value));
  return { type, pValue: octets, ulValueLen: 8 };
};
const yes = (type: number): Attribute => ({ type, pValue: Buffer.of(1), ulValueLen: 1 });
const no = (type: number): Attribute => ({ type, pValue: Buffer.of(0), ulValueLen: 1 });
const bytes = (type: number, value: Uint8Array): Attribute => ({
  type,
  pValue: value,
  ulValueLen: value.length,
});

async function find(
  c: Cryptoki,
  { handle }: Session,
  label: string,
  of: number,
): Promise<number | undefined> {
  const wanted = [number(attributes.class, of), bytes(attributes.label, Buffer.from(label, 'utf8'))];
  await call('C_FindObjectsInit', c.C_FindObjectsInit(handle, wanted, wanted.length));
  const object = [0];
  const count = [0];
  await call('C_FindObjects', c.C_FindObjects(handle, object, 1, count));
  await call('C_FindObjectsFinal', c.C_FindObjectsFinal(handle));
  return Number(count[0]) === 1 ? Number(object[0]) : undefined;
}

/** Asks how long a value is, then for the value. */
async function attribute(c: Cryptoki, { handle }: Session, object: number, type: number): Promise<Buffer> {
  const asked: Attribute[] = [{ type, pValue: null, ulValueLen: 0 }];
  await call('C_GetAttributeValue', c.C_GetAttributeValue(handle, object, asked, 1));
  const value = Buffer.alloc(Number(asked[0]?.ulValueLen ?? 0));
  await call('C_GetAttributeValue', c.C_GetAttributeValue(handle, object, [bytes(type, value)], 1));
  return value;
}

async function readPublicKey(
  c: Cryptoki,
  session: Session,
  label: string,
): Promise<TokenPublicKey | undefined> {
  const object = await find(c, session, label, classes.publicKey);
  if (object === undefined) return undefined;
  const type = await attribute(c, session, object, attributes.keyType);
  if (Number(type.readBigUInt64LE()) === keyTypes.rsa) {
    return {
      kind: 'rsa',
      modulus: await attribute(c, session, object, attributes.modulus),
      exponent: await attribute(c, session, object, attributes.publicExponent),
    };
  }
  const curve = await attribute(c, session, object, attributes.ecParams);
  const point = await attribute(c, session, object, attributes.ecPoint);
  // CKA_EC_POINT is an OCTET STRING around the point; its length is below 128 for the curves we use.
  return {
    kind: 'ec',
    curve,
    point: point[0] === 0x04 && point[1] === point.length - 2 ? point.subarray(2) : point,
  };
}

async function generate(c: Cryptoki, { handle }: Session, label: string, kind: TokenKeyKind): Promise<void> {
  const name = bytes(attributes.label, Buffer.from(label, 'utf8'));
  const isRsa = kind === 'rsa2048' || kind === 'rsa3072';
  const publicPart = [
    yes(attributes.token),
    yes(attributes.verify),
    name,
    ...(isRsa
      ? [
          number(attributes.modulusBits, kind === 'rsa2048' ? 2048 : 3072),
          bytes(attributes.publicExponent, Buffer.of(1, 0, 1)),
        ]
      : [bytes(attributes.ecParams, curves[kind])]),
  ];
  const privatePart = [
    yes(attributes.token),
    yes(attributes.private),
    yes(attributes.sensitive),
    no(attributes.extractable),
    yes(attributes.sign),
    name,
  ];
  const mechanism = {
    mechanism: isRsa ? mechanisms.rsaKeyPair : mechanisms.ecKeyPair,
    pParameter: null,
    ulParameterLen: 0,
  };
  await call(
    'C_GenerateKeyPair',
    c.C_GenerateKeyPair(
      handle,
      mechanism,
      publicPart,
      publicPart.length,
      privatePart,
      privatePart.length,
      [0],
      [0],
    ),
  );
}

const longestSignature = 1024;

async function sign(
  c: Cryptoki,
  session: Session,
  what: { label: string; mechanism: keyof typeof mechanisms; data: Uint8Array },
): Promise<Uint8Array> {
  const { label, data } = what;
  const key = session.keys.get(label) ?? (await find(c, session, label, classes.privateKey));
  if (key === undefined) throw tokenAbsent(`${label} (private key)`);
  session.keys.set(label, key);
  const mechanism = { mechanism: mechanisms[what.mechanism], pParameter: null, ulParameterLen: 0 };
  await call('C_SignInit', c.C_SignInit(session.handle, mechanism, key));
  const signature = Buffer.alloc(longestSignature);
  const length = [longestSignature];
  await call('C_Sign', c.C_Sign(session.handle, data, data.length, signature, length));
  return Uint8Array.from(signature.subarray(0, Number(length[0])));
}
