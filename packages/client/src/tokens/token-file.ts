import { randomBytes } from 'node:crypto';
import {
  aids,
  apdu,
  CardError,
  createCardImage,
  type DataFile,
  demoMyNumber,
  efs,
  type OwnerSession,
  openCardImage,
  openOwnerSession,
  readWholeFile,
  type Transmit,
  transmitOk,
} from '@madoguchi/card';
import { buildCertificationRequest, demoOids, type Identity, signCades } from '@madoguchi/pki';
import { type CardSignatureAlgorithm, signatureInput, signatureValue } from '../card-signature.js';
import type { TokenCertificates, TokenMedium } from './token-service.js';

/** Where token images are kept and how they are sealed. */
export interface TokenPlace {
  /** 32 octets. */
  readonly imageKey: Uint8Array;
  /** Folder whose key store holds the image key: it stands in the image, so that programs find it. */
  readonly keyFolder?: string;
}

export interface TokenPins {
  readonly sign: string;
  readonly auth: string;
}

/** A token being made, in this process: the image that stands for a smartphone's secure element. */
export interface OpenToken {
  /** Both key pairs made inside; PKCS#10 requests by them. */
  requests(): Promise<{
    readonly sign: Uint8Array;
    readonly auth: Uint8Array;
    readonly keys: { sign: Uint8Array; auth: Uint8Array };
  }>;
  /** Writes certificates and authorities', and reads all of them back. */
  write(certificates: TokenCertificates): Promise<void>;
  /** The token's own word, by its signature key. */
  confirmation(certificate: Uint8Array, now: Date): Promise<Uint8Array>;
  close(): Promise<void>;
}

const algorithm: CardSignatureAlgorithm = 'rsa-sha256';

/** A new image of that medium with the person's own PINs. @throws CardError */
export async function createToken(
  file: string,
  input: {
    readonly medium: TokenMedium;
    readonly pins: TokenPins;
    readonly person: Identity;
    readonly end: Date;
  } & TokenPlace,
): Promise<OpenToken> {
  const { medium, pins, person, imageKey, keyFolder } = input;
  const { name, address, birthDate, sex } = person;
  const cardKey = randomBytes(32);
  await createCardImage(file, {
    ...{ imageKey, cardKey, medium },
    ...(keyFolder === undefined ? {} : { keyFolder }),
    // A smartphone has the JPKI application alone: none of this is written.
    text: { name, address, birthDate: birthDate.replaceAll('-00', '-01'), sex, myNumber: demoMyNumber(1) },
    municipality: '00000',
    expiry: input.end.toISOString().slice(0, 10),
    ...{ authPin: pins.auth, textPin: pins.auth, signPin: pins.sign.toUpperCase() },
  });
  const card = await openCardImage(file, { imageKey });
  card.powerOn();
  const { transmit } = card;
  const owner = await openOwnerSession(transmit, cardKey);
  return {
    async requests() {
      const sign = await owner.generateKeyPair('signature');
      const auth = await owner.generateKeyPair('authentication');
      const request = (publicKey: Uint8Array, key: 'sign' | 'auth') =>
        buildCertificationRequest({
          publicKey,
          algorithm,
          sign: (bytes) => signWith(transmit, key, pins, bytes),
        });
      return {
        sign: await request(sign.spki, 'sign'),
        auth: await request(auth.spki, 'auth'),
        keys: { sign: sign.spki, auth: auth.spki },
      };
    },
    write: (certificates) => writeAll(transmit, owner, pins, certificates),
    confirmation: (signer, now) => confirmBy(transmit, pins, signer, now),
    async close() {
      card.reset();
      await card.close();
    },
  };
}

/** A token that holds everything and was not confirmed; undefined where it does not, or does not open with these PINs. */
export async function reopenToken(
  file: string,
  { imageKey, pins }: TokenPlace & { readonly pins: TokenPins },
): Promise<
  | (Pick<OpenToken, 'confirmation' | 'close'> & {
      readonly certificate: Uint8Array;
      readonly authCertificate: Uint8Array;
    })
  | undefined
> {
  const card = await openCardImage(file, { imageKey }).catch(() => undefined);
  if (card === undefined) return undefined;
  card.powerOn();
  const { transmit } = card;
  const close = async () => {
    card.reset();
    await card.close();
  };
  try {
    await unlock(transmit, pins);
    const certificate = await readFile(transmit, efs.jpki.signatureCertificate);
    const authCertificate = await readFile(transmit, efs.jpki.authenticationCertificate);
    const confirmation = (signer: Uint8Array, now: Date) => confirmBy(transmit, pins, signer, now);
    return { certificate, authCertificate, close, confirmation };
  } catch (error) {
    await close();
    if (error instanceof CardError) return undefined;
    throw error;
  }
}

function confirmBy(
  transmit: Transmit,
  pins: TokenPins,
  signerCertificate: Uint8Array,
  now: Date,
): Promise<Uint8Array> {
  return signCades({
    ...{ algorithm, signerCertificate, signingTime: now, detached: false },
    content: Buffer.from('madoguchi-token-confirm-1', 'latin1'),
    contentType: demoOids.holderRequest,
    sign: (bytes) => signWith(transmit, 'sign', pins, bytes),
  });
}

async function unlock(transmit: Transmit, pins: TokenPins): Promise<void> {
  await transmitOk(transmit, apdu.selectApplication(aids.jpki), 'selecting the application');
  await transmitOk(transmit, apdu.verify(pins.sign.toUpperCase(), efs.jpki.signaturePin), 'checking the PIN');
  await transmitOk(transmit, apdu.verify(pins.auth, efs.jpki.authenticationPin), 'checking the PIN');
}

async function signWith(
  transmit: Transmit,
  key: 'sign' | 'auth',
  pins: TokenPins,
  bytes: Uint8Array,
): Promise<Uint8Array> {
  await unlock(transmit, pins);
  const file = key === 'sign' ? efs.jpki.signatureKey : efs.jpki.authenticationKey;
  const input = signatureInput(algorithm, bytes);
  return signatureValue(algorithm, await transmitOk(transmit, apdu.computeSignature(input, file), 'signing'));
}

async function writeAll(
  transmit: Transmit,
  owner: OwnerSession,
  pins: TokenPins,
  given: TokenCertificates,
): Promise<void> {
  const { jpki } = efs;
  const files: readonly (readonly [DataFile, Uint8Array])[] = [
    [jpki.authenticationCaCertificate, given.authIssuer],
    [jpki.signatureCaCertificate, given.signIssuer],
    [jpki.authenticationCertificate, given.auth],
    [jpki.signatureCertificate, given.sign],
  ];
  for (const [file, bytes] of files) await owner.writeFile(file, bytes);
  await unlock(transmit, pins);
  for (const [file, bytes] of files) {
    if (!Buffer.from(await readFile(transmit, file)).equals(bytes))
      throw new CardError('badAnswer', 'the token does not hold what was written');
  }
}

async function readFile(transmit: Transmit, file: DataFile): Promise<Uint8Array> {
  await transmitOk(transmit, apdu.selectFile(file.id), 'selecting a file');
  return readWholeFile(transmit);
}
