import { type KeyName, spareSession } from '@madoguchi/card';
import { parseCertificate } from '@madoguchi/pki';
import { CardVisit, type KeyKind, type PinStatus } from '../../card-visit.js';
import type { CardChannel } from '../../channel.js';
import { ClientError } from '../../client-error.js';
import { asClientError } from '../card-work.js';
import { isKnownIssuer } from '../own-certificate.js';
import { cardTrouble, type Trouble } from '../trouble.js';

/** One of a card's two certificates before any PIN. */
interface KeyLook {
  readonly status: PinStatus;
  /** Known without a PIN of the authentication certificate alone. */
  readonly end: Date | undefined;
  /** A new key waits in the card since an attempt that was broken off. */
  readonly unfinished: boolean;
}

/** A card whose certificates may be renewed. */
export interface RenewableCard {
  readonly channel: CardChannel;
  readonly keys: Readonly<Partial<Record<KeyKind, KeyLook>>>;
}

export type RenewalLook =
  | { readonly ok: true; readonly card: RenewableCard }
  | { readonly ok: false; readonly trouble: Trouble };

interface LookOptions {
  readonly channels: () => Promise<CardChannel[]>;
  readonly anchors: readonly Uint8Array[];
  readonly now: Date;
}

const keyNames: Readonly<Record<KeyKind, KeyName>> = { sign: 'signature', auth: 'authentication' };

/** The first reader with a card that can be renewed: one short visit a reader, no PIN. */
export async function lookForRenewal({ channels, anchors, now }: LookOptions): Promise<RenewalLook> {
  let worst: ClientError | undefined;
  try {
    for (const channel of await channels()) {
      try {
        return { ok: true, card: await lookAt(channel, anchors, now) };
      } catch (error) {
        // An empty second reader is no news when something lies in the first one.
        const met = asClientError(error);
        if (worst === undefined || worst.code === 'no-card') worst = met;
      }
    }
  } catch (error) {
    worst = asClientError(error);
  }
  return { ok: false, trouble: cardTrouble(worst ?? new ClientError('no-reader')) };
}

function lookAt(channel: CardChannel, anchors: readonly Uint8Array[], now: Date): Promise<RenewableCard> {
  return channel.withCard(async (transmit, extras) => {
    const visit = new CardVisit(transmit, extras);
    await visit.selectJpki();
    const kind = await visit.kind();
    // A smartphone's certificates are not renewed: the card gives new ones.
    if (kind !== 'my-number-card' && kind !== 'next-card') throw new ClientError('not-my-number-card');
    if (!isKnownIssuer(await visit.readCertificate('sign-ca'), anchors, now))
      throw new ClientError('not-my-number-card');
    const there = (await visit.availability()) ?? { sign: true, auth: true };
    const one = async (key: KeyKind): Promise<KeyLook> => ({
      status: await visit.pinStatus(key),
      end: key === 'auth' ? await endOf(visit) : undefined,
      unfinished: await spareSession(transmit, keyNames[key]).isThere(),
    });
    return {
      channel,
      keys: {
        ...(there.auth ? { auth: await one('auth') } : {}),
        ...(there.sign ? { sign: await one('sign') } : {}),
      },
    };
  });
}

async function endOf(visit: CardVisit): Promise<Date | undefined> {
  const parsed = parseCertificate(await visit.readCertificate('auth'));
  return parsed.ok ? parsed.value.notAfter : undefined;
}
