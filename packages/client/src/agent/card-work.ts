import type { StatusWord } from '@madoguchi/card';
import { importPublicKey, parseCertificate, verifySignature } from '@madoguchi/pki';
import { CardSession } from '../card-session.js';
import { cardAlgorithm } from '../card-signature.js';
import type { PinStatus } from '../card-visit.js';
import type { CardChannel } from '../channel.js';
import { ClientError } from '../client-error.js';
import { keyName } from '../key-name.js';
import { authenticationCertificateMayBeFree, type CardKind } from '../token-kind.js';
import { isKnownIssuer } from './own-certificate.js';
import { cardTrouble, type Trouble, trouble } from './trouble.js';

/** A card that may sign, as the page shows it before the PIN. */
export interface ReadyCard {
  channel: CardChannel;
  kind: CardKind;
  pin: PinStatus;
  /** The reader has keys of its own on which this password can be typed. */
  pinPad: boolean;
}

export type Probe = { ok: true; cards: ReadyCard[] } | { ok: false; trouble: Trouble };

interface ProbeOptions {
  /** Which password the page is going to ask for. */
  pin: 'sign' | 'auth';
  channels: () => Promise<CardChannel[]>;
  anchors: readonly Uint8Array[];
  demo: boolean;
  now: Date;
}

export const signingKinds: readonly CardKind[] = ['my-number-card', 'next-card', 'android', 'ios'];

/** Looks for cards that may sign or log in: kind, issuer and tries left, all before the PIN. One short visit a reader. */
export async function probeCards(options: ProbeOptions): Promise<Probe> {
  let channels: CardChannel[];
  try {
    channels = await options.channels();
  } catch (error) {
    return { ok: false, trouble: cardTrouble(asClientError(error)) };
  }
  const cards: ReadyCard[] = [];
  const troubles: Trouble[] = [];
  for (const channel of channels) {
    try {
      cards.push(await probe(channel, options));
    } catch (error) {
      troubles.push(
        error instanceof UnknownIssuer ? unknownIssuer(options.demo) : cardTrouble(asClientError(error)),
      );
    }
  }
  if (cards.length > 0) return { ok: true, cards };
  // An empty second reader is no news when a card sits in the first one.
  const worst = troubles.find(({ id }) => id !== 'no-card') ?? troubles[0];
  return { ok: false, trouble: worst ?? cardTrouble(new ClientError('no-reader')) };
}

class UnknownIssuer extends Error {}

function unknownIssuer(demo: boolean): Trouble {
  const mode = demo
    ? {
        ja: 'これは体験版です。本物のマイナンバーカードは使えません。',
        jaEasy: 'これは ためす ための ものです。{本物|ほんもの}の カードは {使|つか}えません。',
        en: 'This is a demonstration: real My Number Cards are refused.',
      }
    : {
        ja: '国の認証局が発行したカードだけが使えます。',
        jaEasy: '{本物|ほんもの}の マイナンバーカードだけ {使|つか}えます。',
        en: 'Only cards issued by the national authority are accepted.',
      };
  return trouble('issuer-unknown', { mode });
}

function probe(channel: CardChannel, { pin, anchors, now }: ProbeOptions): Promise<ReadyCard> {
  return new CardSession(channel).visit(async (visit) => {
    const kind = await visit.kind();
    if (!signingKinds.includes(kind)) throw new ClientError('not-my-number-card');
    if (!isKnownIssuer(await visit.readCertificate(`${pin}-ca`), anchors, now)) throw new UnknownIssuer();
    return { channel, kind, pin: await visit.pinStatus(pin), pinPad: await visit.hasPinPad(pin) };
  });
}

/**
 * The card in the reader that a form names.
 *
 * @throws ClientError no-card
 */
export async function channelNamed(
  channels: () => Promise<readonly CardChannel[]>,
  label: string | undefined,
): Promise<CardChannel> {
  const channel = (await channels()).find((one) => one.label === label);
  if (channel === undefined) throw new ClientError('no-card');
  return channel;
}

/** What the first visit brings back. */
export interface FirstVisit {
  certificate: Uint8Array;
  caCertificate: Uint8Array;
  /** Free on a card: recognises it on the second visit before a try is spent. Absent on the Android token (a second PIN). */
  authCertificate?: Uint8Array;
  /** base64url of SHA-256 over the authentication certificate's SPKI: read, or remembered of a token that was made here. */
  authenticationKey?: string;
}

/** First visit: VERIFY, the signature certificate, and the card is locked again. @throws ClientError */
export function readCard(
  channel: CardChannel,
  pin: Uint8Array,
  options: { anchors: readonly Uint8Array[]; now: Date; lastTry: boolean },
): Promise<FirstVisit> {
  return new CardSession(channel).visit(async (visit) => {
    // Asked again in the same visit as VERIFY: the card may have been exchanged since the page was shown.
    const kind = await visit.kind();
    if (!signingKinds.includes(kind)) throw new ClientError('not-my-number-card');
    const caCertificate = await visit.readCertificate('sign-ca');
    if (!isKnownIssuer(caCertificate, options.anchors, options.now))
      throw new ClientError('not-my-number-card');
    const authCertificate = authenticationCertificateMayBeFree(kind)
      ? await optionalAuthCertificate(visit)
      : undefined;
    await visit.verify('sign', pin, { lastTry: options.lastTry });
    const certificate = await visit.readCertificate('sign');
    return {
      certificate,
      caCertificate,
      ...(authCertificate === undefined ? knownPart(channel, certificate) : authPart(authCertificate)),
    };
  });
}

/** The authentication key of a token that would ask a second PIN for it: known from when it was made, and only beside its own signature key. */
function knownPart({ keys }: CardChannel, certificate: Uint8Array): Partial<FirstVisit> {
  const parsed = keys === undefined ? undefined : parseCertificate(certificate);
  return keys !== undefined && parsed?.ok && keyName(parsed.value.spki) === keys.sign
    ? { authenticationKey: keys.auth }
    : {};
}

/** The card's answer to a read that needs a PIN. */
const asksPin: StatusWord['kind'] = 'securityStatus';

async function optionalAuthCertificate(visit: {
  readCertificate(name: 'auth'): Promise<Uint8Array>;
}): Promise<Uint8Array | undefined> {
  try {
    return await visit.readCertificate('auth');
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    const closed = error.code === 'card-unexpected' && error.detail.subject === asksPin;
    if (closed || error.code === 'no-certificate') return undefined;
    throw error;
  }
}

function authPart(authCertificate: Uint8Array): Partial<FirstVisit> {
  const parsed = parseCertificate(authCertificate);
  if (!parsed.ok) return { authCertificate };
  return { authCertificate, authenticationKey: keyName(parsed.value.spki) };
}

/** The card in the reader is not the one of the first visit. */
export class CardExchanged extends Error {}

/** The signature does not verify against the certificate. */
export class SignatureFaulty extends Error {}

/**
 * Second visit: the same card?, VERIFY, the same certificate?, one signature, locked again. The result is verified before anybody uses it.
 *
 * @throws ClientError, CardExchanged, SignatureFaulty
 */
export async function signOnCard(
  channel: CardChannel,
  first: FirstVisit,
  pin: Uint8Array,
  signedAttributes: Uint8Array,
): Promise<Uint8Array> {
  const algorithm = cardAlgorithm(first.certificate);
  const signature = await new CardSession(channel).visit(async (visit) => {
    if (first.authCertificate !== undefined) {
      const auth = await optionalAuthCertificate(visit);
      if (auth === undefined || !same(auth, first.authCertificate)) throw new CardExchanged();
    } else if (!same(await visit.readCertificate('sign-ca'), first.caCertificate)) throw new CardExchanged();
    // The PIN was right minutes ago on this card: even a last try is well spent here.
    await visit.verify('sign', pin, { lastTry: true });
    if (!same(await visit.readCertificate('sign'), first.certificate)) throw new CardExchanged();
    return visit.sign('sign', signedAttributes, algorithm);
  });
  const certificate = parseCertificate(first.certificate);
  const imported = certificate.ok ? importPublicKey(certificate.value.spki) : certificate;
  if (!imported.ok || !verifySignature(algorithm, imported.key, signedAttributes, signature))
    throw new SignatureFaulty();
  return signature;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

export function asClientError(error: unknown): ClientError {
  return error instanceof ClientError ? error : new ClientError('card-unresponsive');
}
