import { createHash } from 'node:crypto';
import type { Parsed } from '@madoguchi/pki';
import { CardVisit, type CertificateName, type KeyKind, type PinStatus } from './card-visit.js';
import type { CardChannel } from './channel.js';
import { ClientError, type PinKind } from './client-error.js';
import type { Pin } from './pin.js';
import { parseTextItems, type TextItems } from './text-items.js';
import type { CardKind } from './token-kind.js';

type DigestAlgorithm = 'sha256' | 'sha384' | 'sha512';

/** DER of DigestInfo up to the digest (RFC 8017 9.2, note 1). */
const digestInfoPrefixes: Record<DigestAlgorithm, string> = {
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
};

/** The DigestInfo a card must be given: hash alone would give a signature nobody accepts. */
export function digestInfo(data: Uint8Array, algorithm: DigestAlgorithm = 'sha256'): Uint8Array {
  const digest = createHash(algorithm).update(data).digest();
  return Buffer.concat([Buffer.from(digestInfoPrefixes[algorithm], 'hex'), digest]);
}

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

  /** RSA PKCS#1 v1.5 over `data` by one of the card's keys: VERIFY directly before, one signature, 256 bytes. */
  sign(
    key: KeyKind,
    pin: Pin,
    data: Uint8Array,
    options: VerifyOptions & { algorithm?: DigestAlgorithm } = {},
  ): Promise<Uint8Array> {
    const info = digestInfo(data, options.algorithm);
    return this.visit(async (visit) => {
      await visit.verify(key, pin, options);
      return visit.computeSignature(key, info);
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
