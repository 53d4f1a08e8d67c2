import { CardError, openOwnerSession } from '@madoguchi/card';
import type { Ca } from '../ca.js';
import { CaError } from '../error.js';
import { type CounterResident, residentById } from '../register/find.js';
import { type Act, beginAct, endAct } from './acts.js';
import {
  type CardAtHand,
  type CounterCards,
  cardExpiry,
  cardInReader,
  cardOf,
  expiryOf,
  keepCard,
} from './cards.js';

/** What the applicant typed on the page of their own. It goes to the card and nowhere else. */
export interface TypedPins {
  readonly signature?: string;
  readonly authentication?: string;
}

export type WorkResult = { readonly ok: true } | { readonly ok: false; readonly error: CaError };

/**
 * The card work of an act: the applicant's own card in a reader, a new one from the stock (issue) or their own image, the applicant's PINs set, keys made in
 * the card, certificates written and read back. Whatever fails is recorded; what had been made by then is revoked.
 */
export async function doCardWork(
  ca: Ca,
  cards: CounterCards,
  act: Act,
  pins: TypedPins,
  consent: readonly string[] = [],
): Promise<WorkResult> {
  const ctx = ca.context;
  const resident = await residentById(ctx, act.resident, act.municipality);
  if (resident === undefined || !(await beginAct(ctx, act, consent)))
    return { ok: false, error: overAlready() };
  try {
    const issue = await withCard(ca, cards, act, resident, pins);
    await endAct(ctx, act, { state: 'done', ...(issue === undefined ? {} : { issue }) });
    return { ok: true };
  } catch (error) {
    const known = inWords(error);
    await endAct(ctx, act, { state: 'failed', rule: known?.rule ?? 'defect' });
    if (known === undefined || known.exitCode === 70) throw error;
    return { ok: false, error: known };
  }
}

async function withCard(
  ca: Ca,
  cards: CounterCards,
  act: Act,
  resident: CounterResident,
  pins: TypedPins,
): Promise<string | undefined> {
  const ctx = ca.context;
  const inReader = await cardInReader(ca, cards.readers, resident);
  let card: CardAtHand | undefined = inReader;
  try {
    // The clerk began with a card in a reader: with no other card, and not with one of the stock either.
    if (act.card !== undefined && inReader?.name !== act.card) throw noCard();
    const own = inReader?.name ?? (act.kind === 'issue' ? undefined : await cardOf(ctx, resident));
    // Certificates written into a card that is there end with that card, not with a new one.
    const expiry =
      (own === undefined ? undefined : await expiryOf(ctx, resident, own)) ??
      cardExpiry(ctx.clock(), resident);
    if (own === undefined && act.kind === 'pin') throw noCard();
    const name = own ?? (await cards.make(resident, expiry));
    card ??= await cards.open(name);
    const session = await openOwnerSession(card.transmit, card.cardKey);
    if (pins.signature !== undefined) await session.setPin('signature', pins.signature);
    if (pins.authentication !== undefined) {
      await session.setPin('authentication', pins.authentication);
      await session.setPin('text', pins.authentication);
    }
    if (act.kind === 'pin') return undefined;
    const { id: residentId, ...person } = resident;
    const issued = await ca.issueToCard({
      transmit: card.transmit,
      cardKey: card.cardKey,
      resident: person,
      residentId,
      replace: act.kind === 'renew',
      cardExpiry: expiry,
      ...(pins.signature === undefined ? {} : { signPin: pins.signature }),
    });
    await keepCard(ctx, resident, { name, expiry });
    const serial = issued.signSerial ?? issued.authSerial;
    return serial === undefined ? undefined : (await ca.show({ serial }))?.issue;
  } finally {
    await card?.close();
  }
}

/** What the card refuses becomes this room's error; undefined for a defect. */
function inWords(error: unknown): CaError | undefined {
  if (error instanceof CaError) return error;
  if (!(error instanceof CardError)) return undefined;
  return new CaError(
    `card.${error.code}`,
    {
      ja: 'カードが使えませんでした。カードを置き直して、はじめからやり直してください（発行済みのものは失効しました）。',
      jaEasy: 'カードが つかえませんでした。はじめから やりなおして ください。',
      en: 'The card could not be used. Put it into the reader again and start over; what had been issued is revoked.',
    },
    69,
  );
}

function noCard(): CaError {
  return new CaError(
    'counter.noCard',
    {
      ja: 'この方のカードがリーダーにありません。この窓口で発行したカードを置いてください。',
      jaEasy: 'カードが ありません。カードを おいて ください。',
      en: 'This person’s card is not in the reader. Put in the card that this counter issued.',
    },
    69,
  );
}

function overAlready(): CaError {
  return new CaError('counter.over', {
    ja: 'この手続きはもう終わっているか、時間が過ぎました。はじめからやり直してください。',
    jaEasy: 'この {手続|てつづき}きは もう おわりました。はじめから やりなおして ください。',
    en: 'This act is over, or too much time has passed. Start again.',
  });
}
