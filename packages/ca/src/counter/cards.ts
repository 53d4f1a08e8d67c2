import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createCardImage, demoMyNumber, openCardImage, type Transmit } from '@madoguchi/card';
import { japaneseDay } from '@madoguchi/ui/words';
import type { Ca } from '../ca.js';
import { cardKeyFor } from '../card-key.js';
import type { CaContext } from '../context.js';
import { CaError } from '../error.js';
import { type CounterResident, findResidents } from '../register/find.js';
import { ageOn, validUntil } from '../validity.js';
import { findInReaders } from './reader-cards.js';
import type { CounterReaders } from './reader-port.js';

/** A card on the counter's desk. */
export interface CardAtHand {
  readonly transmit: Transmit;
  readonly cardKey: Uint8Array;
  close(): Promise<void>;
}

/** The counter's reader and its stock of cards. */
export interface CounterCards {
  /** A new card made out to the resident, without certificates, PINs nobody knows; its name. */
  make(resident: CounterResident, expiry: Date): Promise<string>;
  open(name: string): Promise<CardAtHand>;
  /** The readers on the desk; absent where there is no PC/SC to ask. */
  readonly readers?: CounterReaders;
}

/** Cards as images in a folder, which stand for the stock and the reader of a counter. */
export function imageCards(input: {
  readonly dir: string;
  readonly imageKey: Uint8Array;
  readonly keystore: CaContext['keystore'];
  readonly readers?: CounterReaders;
}): CounterCards {
  const { dir, imageKey, keystore, readers } = input;
  return {
    ...(readers === undefined ? {} : { readers }),
    async make(resident, expiry) {
      await mkdir(dir, { recursive: true });
      const name = `${randomUUID()}.card`;
      const pin = () => String(randomInt(10_000)).padStart(4, '0');
      const { name: holder, address, birthDate, sex, municipality } = resident;
      await createCardImage(path.join(dir, name), {
        imageKey,
        cardKey: cardKeyFor(keystore, name),
        text: { name: holder, address, birthDate, sex, myNumber: demoMyNumber(name) },
        expiry: japaneseDay(expiry),
        municipality,
        authPin: pin(),
        textPin: pin(),
        signPin: `A1${randomBytes(6).toString('hex').toUpperCase()}`,
      });
      return name;
    },
    async open(name) {
      const card = await openCardImage(path.join(dir, path.basename(name)), { imageKey });
      card.powerOn();
      return {
        transmit: card.transmit,
        cardKey: cardKeyFor(keystore, name),
        async close() {
          card.reset();
          await card.close();
        },
      };
    },
  };
}

/** A card is good to the tenth birthday after its issue, a minor's to the fifth, never beyond the permitted stay. */
export function cardExpiry(now: Date, resident: CounterResident): Date {
  const age = ageOn(now, resident.birthDate);
  const years = age !== undefined && age < 18 ? 5 : 10;
  const caps = resident.stayUntil === undefined ? {} : { stay: resident.stayUntil };
  return validUntil(now, resident.birthDate, caps, '02-28', { years, until: 'birthday' });
}

/** The resident's own card in one of the readers, of all that were made for them; undefined where none of the readers holds one. */
export async function cardInReader(
  ca: Ca,
  readers: CounterReaders | undefined,
  resident: CounterResident,
): Promise<(CardAtHand & { readonly name: string; readonly reader: string }) | undefined> {
  if (readers === undefined) return undefined;
  const { keystore } = ca.context;
  const names = await cardNames(ca.context, resident);
  return findInReaders(readers, {
    cards: names.map((name) => ({ name, cardKey: cardKeyFor(keystore, name) })),
    isTheirs: (certificate) => wasIssuedTo(ca, resident, certificate),
  });
}

/** The cards that were made for a resident, the newest first. */
export async function cardNames(ctx: CaContext, resident: CounterResident): Promise<string[]> {
  const rows = await ctx.sql<{ name: string }[]>`select name from ca.counter_card
    where municipality = ${resident.municipality} and resident = ${resident.id} order by made_at desc`;
  return rows.map(({ name }) => name);
}

/** Is this a certificate of the issue record, issued to this resident? Its status does not matter: it tells whose card this is. */
export async function wasIssuedTo(
  ca: Ca,
  resident: CounterResident,
  certificate: Uint8Array,
): Promise<boolean> {
  const records = await ca.list({ municipality: resident.municipality, resident: resident.id });
  for (const { alias, profile } of records) {
    if (profile !== 'authentication') continue;
    const detail = await ca.show({ alias });
    if (detail?.certificate !== undefined && Buffer.compare(detail.certificate, certificate) === 0)
      return true;
  }
  return false;
}

/** The card that a resident was given last at the counter. */
export async function cardOf(ctx: CaContext, resident: CounterResident): Promise<string | undefined> {
  const [row] = await ctx.sql<{ name: string }[]>`select name from ca.counter_card
    where municipality = ${resident.municipality} and resident = ${resident.id} order by made_at desc limit 1`;
  return row?.name;
}

/**
 * Has a card made for a resident of the register, as the card's maker would send it to the counter: without certificates, with PINs nobody knows. Its name
 * in the stock.
 *
 * @throws CaError where nobody has this number, or the resident's certificates are still good: a second card beside them would be one too many
 */
export async function orderCard(
  ca: Ca,
  cards: CounterCards,
  input: { readonly municipality: string; readonly number: string },
): Promise<string> {
  const { municipality, number } = input;
  const { found } = await findResidents(ca.context, { municipality, words: number });
  const resident = found.find((one) => one.number === number && one.state === 'present');
  if (resident === undefined) throw noResident();
  const records = await ca.list({ municipality, resident: resident.id });
  if (records.some(({ status }) => status === 'valid')) throw stillGood();
  const expiry = cardExpiry(ca.context.clock(), resident);
  const name = await cards.make(resident, expiry);
  await keepCard(ca.context, resident, { name, expiry });
  return name;
}

const noResident = () =>
  new CaError('order.resident', {
    ja: 'その番号の住民は、この市区町村の登録にいません。',
    jaEasy: 'その {番号|ばんごう}の {人|ひと}は いません。',
    en: 'Nobody with this number is registered in this municipality.',
  });

const stillGood = () =>
  new CaError('order.valid', {
    ja: 'この方の証明書はまだ有効です。新しいカードを作る前に、窓口で失効させてください。',
    jaEasy: 'この {人|ひと}の {証明書|しょうめいしょ}は まだ つかえます。',
    en: 'This person’s certificates are still good: have them revoked at the counter before a new card is made.',
  });

/** The end of a card's life as it was remembered when the card was made. */
export async function expiryOf(
  ctx: CaContext,
  resident: CounterResident,
  name: string,
): Promise<Date | undefined> {
  const [row] = await ctx.sql<
    { expiresAt: Date | null }[]
  >`select expires_at as "expiresAt" from ca.counter_card
    where municipality = ${resident.municipality} and name = ${name}`;
  return row?.expiresAt ?? undefined;
}

/** Remembers a resident's card and how long it lives. */
export async function keepCard(
  ctx: CaContext,
  resident: Pick<CounterResident, 'id' | 'municipality'>,
  card: { readonly name: string; readonly expiry: Date },
): Promise<void> {
  await ctx.sql`insert into ca.counter_card ${ctx.sql({
    municipality: resident.municipality,
    name: card.name,
    resident: resident.id,
    made_at: ctx.clock(),
    expires_at: card.expiry,
  })} on conflict do nothing`;
}
