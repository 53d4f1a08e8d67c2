import {
  aids,
  apdu,
  CardError,
  type ElementaryFile,
  efs,
  readWholeFile,
  type StatusWord,
  splitResponse,
  type Transmit,
} from '@madoguchi/card';
import { type CardSignatureAlgorithm, signatureInput, signatureValue } from './card-signature.js';
import type { CardExtras } from './channel.js';
import { ClientError, type PinKind } from './client-error.js';
import { isStranger, nameForeignCard } from './foreign-card.js';
import { onPinPad, type Pin, type PinSource, pinBytes } from './pin.js';
import { type CardKind, cardKind } from './token-kind.js';

/** The four certificates of the JPKI application. */
export type CertificateName = 'sign' | 'auth' | 'sign-ca' | 'auth-ca';

/** Which key signs: 署名用 or 利用者証明用. */
export type KeyKind = 'sign' | 'auth';

export type PinStatus = { state: 'usable'; triesLeft: number } | { state: 'locked'; triesLeft: 0 };

const pinFiles: Record<PinKind, ElementaryFile> = {
  sign: efs.jpki.signaturePin,
  auth: efs.jpki.authenticationPin,
  text: efs.text.textPin,
};

const certificateFiles: Record<CertificateName, ElementaryFile> = {
  sign: efs.jpki.signatureCertificate,
  auth: efs.jpki.authenticationCertificate,
  'sign-ca': efs.jpki.signatureCaCertificate,
  'auth-ca': efs.jpki.authenticationCaCertificate,
};

const keyFiles: Record<KeyKind, ElementaryFile> = {
  sign: efs.jpki.signatureKey,
  auth: efs.jpki.authenticationKey,
};

/**
 * One visit to the card: single steps over an open channel, in the field's words. A status word becomes a value or a
 * ClientError here and never goes further up.
 */
export class CardVisit {
  readonly #transmit: Transmit;
  readonly #extras: CardExtras;

  constructor(transmit: Transmit, extras: CardExtras = {}) {
    this.#transmit = transmit;
    this.#extras = extras;
  }

  /** SELECT the JPKI application; clears every verified PIN. @throws ClientError not-my-number-card, which tells what card it is */
  async selectJpki(): Promise<void> {
    const { status } = await this.#send(apdu.selectApplication(aids.jpki));
    if (isStranger(status)) {
      const card = await nameForeignCard(this.#transmit, this.#extras.atr);
      throw new ClientError('not-my-number-card', { card });
    }
    expectOk(status);
  }

  /** SELECT the input-support application (券面事項入力補助AP). */
  async selectText(): Promise<void> {
    const { status } = await this.#send(apdu.selectApplication(aids.text));
    if (status.kind === 'notFound') throw new ClientError('not-my-number-card');
    expectOk(status);
  }

  /** The kind by the exact token label in EF 0006. */
  async kind(): Promise<CardKind> {
    await this.#selectFile(efs.jpki.tokenInformation);
    const { data, status } = await this.#send(apdu.readBinary(0, 32));
    if (status.kind !== 'endOfFile') expectOk(status);
    return cardKind(data);
  }

  /** Which certificates the card says it holds (EF 0008); undefined where it does not tell. */
  async availability(): Promise<{ sign: boolean; auth: boolean } | undefined> {
    const { status: selected } = await this.#send(apdu.selectFile(efs.jpki.availability.id));
    if (selected.kind !== 'ok') return undefined;
    const { data } = await this.#send(apdu.readBinary(0, 3));
    const [sign, auth] = data;
    // 8F: there; 00: not there (card.md 2.1, secondary source). Anything else tells nothing.
    if (sign === undefined || auth === undefined) return undefined;
    return { sign: sign !== 0, auth: auth !== 0 };
  }

  /** Has the reader keys of its own on which this PIN can be typed? The signature password has letters, and pads have digits. */
  async hasPinPad(pin: PinKind): Promise<boolean> {
    return pin !== 'sign' && (await this.#extras.pinPad?.()) !== undefined;
  }

  /** Asks for the tries left; costs none. */
  async pinStatus(pin: PinKind): Promise<PinStatus> {
    await this.#selectFile(pinFiles[pin]);
    const { status } = await this.#send(apdu.verifyQuery());
    if (status.kind === 'blocked') return { state: 'locked', triesLeft: 0 };
    if (status.kind !== 'wrongPin') throw unexpected(status);
    return status.tries === 0
      ? { state: 'locked', triesLeft: 0 }
      : { state: 'usable', triesLeft: status.tries };
  }

  /**
   * VERIFY, after the form of the PIN and the tries left were checked. The last try is only spent when the holder said so.
   *
   * @throws ClientError pin-format (no try spent), pin-last-try (none spent), pin-wrong with the tries left, pin-locked
   */
  async verify(pin: PinKind, secret: PinSource, options: { lastTry?: boolean } = {}): Promise<void> {
    const bytes = secret === onPinPad ? undefined : pinBytes(pin, secret);
    try {
      const { state, triesLeft } = await this.pinStatus(pin);
      if (state === 'locked') throw new ClientError('pin-locked', { pin });
      if (triesLeft === 1 && options.lastTry !== true)
        throw new ClientError('pin-last-try', { pin, triesLeft });
      const status = bytes === undefined ? await this.#verifyOnPad(pin) : await this.#verify(bytes);
      if (status.kind === 'blocked') throw new ClientError('pin-locked', { pin });
      if (status.kind === 'wrongPin') {
        if (status.tries === 0) throw new ClientError('pin-locked', { pin });
        throw new ClientError('pin-wrong', { pin, triesLeft: status.tries });
      }
      expectOk(status);
    } finally {
      bytes?.fill(0);
    }
  }

  async #verify(bytes: Uint8Array): Promise<StatusWord> {
    const command = apdu.verify(bytes);
    const { status } = await this.#send(command).finally(() => command.fill(0));
    return status;
  }

  async #verifyOnPad(pin: PinKind): Promise<StatusWord> {
    const pad = pin === 'sign' ? undefined : await this.#extras.pinPad?.();
    if (pad === undefined) throw new ClientError('pin-format', { pin });
    const answer = await pad.verify(apdu.verifyQuery());
    if (answer.kind !== 'answer') throw new ClientError('pin-pad-stopped', { pin });
    const response = splitResponse(answer.response);
    if (response === undefined) throw new ClientError('card-removed');
    return response.status;
  }

  /**
   * The DER bytes of a certificate. `sign` needs the signature password verified before in this visit.
   *
   * @throws ClientError no-certificate when the file is empty (a child under 15 has no signature certificate)
   */
  async readCertificate(name: CertificateName): Promise<Uint8Array> {
    await this.#selectFile(certificateFiles[name]);
    const bytes = await this.#readFile();
    // DER of a certificate is a SEQUENCE; an EF never written holds filler, which is no element at all.
    if (bytes?.[0] !== 0x30) throw new ClientError('no-certificate');
    return bytes;
  }

  /**
   * Bytes by which a card is known again without a PIN: its authentication certificate; where that costs a PIN (the Android token) or is
   * missing, the certificate of its authority.
   */
  async mark(): Promise<Uint8Array> {
    try {
      return await this.readCertificate('auth');
    } catch (error) {
      if (!(error instanceof ClientError) || error.code === 'card-removed') throw error;
      return this.readCertificate('sign-ca');
    }
  }

  /** EF 0002 of the input-support application, after its PIN: raw template, see `parseTextItems`. */
  async readTextItems(): Promise<Uint8Array> {
    await this.#selectFile(efs.text.basicItems);
    return (await this.#readFile()) ?? new Uint8Array();
  }

  /** One signature over `data`, after VERIFY: 256 bytes of RSA PKCS#1 v1.5, or DER of ECDSA. `algorithm`: by the certificate's key. */
  async sign(
    key: KeyKind,
    data: Uint8Array,
    algorithm: CardSignatureAlgorithm = 'rsa-sha256',
  ): Promise<Uint8Array> {
    await this.#selectFile(keyFiles[key]);
    const answer = await this.#send(apdu.computeSignature(signatureInput(algorithm, data)));
    expectOk(answer.status);
    return signatureValue(algorithm, answer.data);
  }

  /** CHANGE REFERENCE DATA, directly after VERIFY of the old PIN. */
  async changePin(pin: PinKind, secret: Pin): Promise<void> {
    const bytes = pinBytes(pin, secret);
    const command = apdu.changeReferenceData(bytes);
    bytes.fill(0);
    await this.#selectFile(pinFiles[pin]);
    const { status } = await this.#send(command).finally(() => command.fill(0));
    expectOk(status);
  }

  async #selectFile(file: ElementaryFile): Promise<void> {
    const { status } = await this.#send(apdu.selectFile(file.id));
    expectOk(status);
  }

  /** The element in the selected file; undefined when the file holds none. */
  async #readFile(): Promise<Uint8Array | undefined> {
    try {
      return await readWholeFile(this.#transmit);
    } catch (error) {
      if (!(error instanceof CardError)) throw error;
      if (error.code === 'badAnswer') return undefined;
      throw new ClientError('card-unexpected', { subject: error.status?.kind ?? error.code });
    }
  }

  async #send(command: Uint8Array): Promise<{ data: Uint8Array; status: StatusWord }> {
    const response = splitResponse(await this.#transmit(command));
    // A card pulled out in the middle of an answer leaves an empty one behind.
    if (response === undefined) throw new ClientError('card-removed');
    return response;
  }
}

function expectOk(status: StatusWord): void {
  if (status.kind !== 'ok') throw unexpected(status);
}

function unexpected(status: StatusWord): ClientError {
  return new ClientError('card-unexpected', { subject: status.kind });
}
