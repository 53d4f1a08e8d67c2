import type { Parsed } from '@madoguchi/pki';
import type { CardSignatureAlgorithm } from './card-signature.js';
import { CardVisit, type CertificateName, type KeyKind, type PinStatus } from './card-visit.js';
import type { CardChannel } from './channel.js';
import { ClientError, type PinKind } from './client-error.js';
import type { Pin, PinSource } from './pin.js';
import { parseTextItems, type TextItems } from './text-items.js';
import type { CardKind } from './token-kind.js';

/** Spends the last try of a PIN; without it such a call is refused with `pin-last-try`. */
interface VerifyOptions {
  lastTry?: boolean;
}

/**
 * What can be asked of a card, whatever channel reaches it. Every call is one short visit that leaves the card locked;
 * `visit` groups several steps into one. PINs: the tries left are asked before each VERIFY, and the last one is spent only with `lastTry`.
 *
 * @example
 * const session = new CardSession(await readerChannel());
 * await session.pinStatus('sign'); // { state: 'usable', triesLeft: 5 }
 */
export class CardSession {
  readonly channel: CardChannel;

  constructor(channel: CardChannel) {
    this.channel = channel;
  }

  /** Several steps in one visit, starting in the JPKI application. Keep it short: never wait for a person inside. */
  visit<T>(fn: (visit: CardVisit) => Promise<T>): Promise<T> {
    return this.channel.withCard(async (transmit, extras) => {
      const visit = new CardVisit(transmit, extras);
      await visit.selectJpki();
      return fn(visit);
    });
  }

  kind(): Promise<CardKind> {
    return this.visit((visit) => visit.kind());
  }

  pinStatus(pin: PinKind): Promise<PinStatus> {
    return this.visit(async (visit) => {
      if (pin === 'text') await visit.selectText();
      return visit.pinStatus(pin);
    });
  }

  /**
   * What is to be known before a PIN is asked for: is this a card to sign with, how many tries are left, has the reader keys of its own.
   *
   * @throws ClientError not-my-number-card for an old or a strange card
   */
  beforePin(pin: PinKind): Promise<{ kind: CardKind; status: PinStatus; pinPad: boolean }> {
    return this.visit(async (visit) => {
      const kind = await visit.kind();
      if (kind === 'jukicard' || kind === 'other')
        throw new ClientError('not-my-number-card', { card: kind === 'other' ? 'unknown' : kind });
      if (pin === 'text') await visit.selectText();
      return { kind, status: await visit.pinStatus(pin), pinPad: await visit.hasPinPad(pin) };
    });
  }

  /** DER of a certificate. `sign` needs the signature password; `auth` is free on a card. */
  readCertificate(name: CertificateName, pin?: PinSource, options: VerifyOptions = {}): Promise<Uint8Array> {
    return this.visit(async (visit) => {
      if (pin !== undefined) await visit.verify(name === 'sign' ? 'sign' : 'auth', pin, options);
      else if (name === 'sign') throw new ClientError('pin-format', { pin: 'sign' });
      return visit.readCertificate(name);
    });
  }

  /** 基本4情報 from the input-support application. */
  async readText(pin: PinSource, options: VerifyOptions = {}): Promise<TextItems> {
    const parsed = await this.visit(async (visit): Promise<Parsed<TextItems>> => {
      await visit.selectText();
      await visit.verify('text', pin, options);
      return parseTextItems(await visit.readTextItems());
    });
    if (!parsed.ok) throw new ClientError('card-unexpected', { subject: parsed.rule });
    return parsed.value;
  }

  /** What tells this card from another without a PIN. */
  mark(): Promise<Uint8Array> {
    return this.visit((visit) => visit.mark());
  }

  /**
   * One signature over `data` by one of the card's keys, VERIFY directly before. `algorithm` is that of the certificate's key,
   * see `cardAlgorithm`; 256 bytes of RSA, or DER of ECDSA. With `mark` only by the card it was read from: a PIN is not tried on a stranger's.
   *
   * @throws ClientError card-exchanged
   */
  sign(
    key: KeyKind,
    pin: PinSource,
    data: Uint8Array,
    options: VerifyOptions & { algorithm?: CardSignatureAlgorithm; mark?: Uint8Array } = {},
  ): Promise<Uint8Array> {
    return this.visit(async (visit) => {
      if (options.mark !== undefined && Buffer.compare(await visit.mark(), options.mark) !== 0)
        throw new ClientError('card-exchanged');
      await visit.verify(key, pin, options);
      return visit.sign(key, data, options.algorithm);
    });
  }

  /** The holder's own change of a PIN: the old one verified, then the new one set. */
  changePin(which: PinKind, oldPin: PinSource, newPin: Pin, options: VerifyOptions = {}): Promise<void> {
    return this.visit(async (visit) => {
      if (which === 'text') await visit.selectText();
      await visit.verify(which, oldPin, options);
      await visit.changePin(which, newPin);
    });
  }
}
