import type { Parsed } from '@madoguchi/pki';
import type { CardSignatureAlgorithm } from './card-signature.js';
import { CardVisit, type CertificateName, type KeyKind, type PinStatus } from './card-visit.js';
import type { CardChannel } from './channel.js';
import { ClientError, type PinKind } from './client-error.js';
import type { Pin } from './pin.js';
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
    return this.channel.withCard(async (transmit) => {
      const visit = new CardVisit(transmit);
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

  /** DER of a certificate. `sign` needs the signature password; `auth` is free on a card. */
  readCertificate(name: CertificateName, pin?: Pin, options: VerifyOptions = {}): Promise<Uint8Array> {
    return this.visit(async (visit) => {
      if (pin !== undefined) await visit.verify(name === 'sign' ? 'sign' : 'auth', pin, options);
      else if (name === 'sign') throw new ClientError('pin-format', { pin: 'sign' });
      return visit.readCertificate(name);
    });
  }

  /** 基本4情報 from the input-support application. */
  async readText(pin: Pin, options: VerifyOptions = {}): Promise<TextItems> {
    const parsed = await this.visit(async (visit): Promise<Parsed<TextItems>> => {
      await visit.selectText();
      await visit.verify('text', pin, options);
      return parseTextItems(await visit.readTextItems());
    });
    if (!parsed.ok) throw new ClientError('card-unexpected', { subject: parsed.rule });
    return parsed.value;
  }

  /**
   * One signature over `data` by one of the card's keys, VERIFY directly before. `algorithm` is that of the certificate's key,
   * see `cardAlgorithm`; 256 bytes of RSA, or DER of ECDSA.
   */
  sign(
    key: KeyKind,
    pin: Pin,
    data: Uint8Array,
    options: VerifyOptions & { algorithm?: CardSignatureAlgorithm } = {},
  ): Promise<Uint8Array> {
    return this.visit(async (visit) => {
      await visit.verify(key, pin, options);
      return visit.sign(key, data, options.algorithm);
    });
  }

  /** The holder's own change of a PIN: the old one verified, then the new one set. */
  changePin(which: PinKind, oldPin: Pin, newPin: Pin, options: VerifyOptions = {}): Promise<void> {
    return this.visit(async (visit) => {
      if (which === 'text') await visit.selectText();
      await visit.verify(which, oldPin, options);
      await visit.changePin(which, newPin);
    });
  }
}
