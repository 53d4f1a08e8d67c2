import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createCardImage, demoMyNumber, openCardImage, type Transmit } from '@madoguchi/card';
import { cardKeyFor } from '../card-key.js';
import type { CaContext } from '../context.js';
import type { CounterResident } from '../register/find.js';
import { ageOn, validUntil } from '../validity.js';

/** A card that lies in the counter's reader. */
interface CardInReader {
  readonly transmit: Transmit;
  readonly cardKey: Uint8Array;
  close(): Promise<void>;
}

/** The counter's reader and its stock of cards. */
export interface CounterCards {
  /** A new card made out to the resident, without certificates, PINs nobody knows; its name. */
  make(resident: CounterResident, expiry: Date): Promise<string>;
  open(name: string): Promise<CardInReader>;
}

/** Cards as images in a folder, which stand for the stock and the reader of a counter. */
export function imageCards(input: {
  readonly dir: string;
  readonly imageKey: Uint8Array;
  readonly keystore: CaContext['keystore'];
}): CounterCards {
  const { dir, imageKey, keystore } = input;
  return {
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

/** The card that a resident was given last at the counter. */
export async function cardOf(ctx: CaContext, resident: CounterResident): Promise<string | undefined> {
  const [row] = await ctx.sql<{ name: string }[]>`select name from ca.counter_card
    where municipality = ${resident.municipality} and resident = ${resident.id} order by made_at desc limit 1`;
  return row?.name;
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

const japaneseDay = (at: Date) => new Date(at.getTime() + 9 * 3600_000).toISOString().slice(0, 10);
