import { isUuid } from '@madoguchi/store';
import type { CaContext } from '../context.js';
import type { ResidentRecord } from '../queries.js';
import { dayAsWritten } from './day.js';
import { foldAddress, foldName } from './fold.js';

/** A person with what only the counter needs. */
export interface CounterResident extends ResidentRecord {
  readonly number: string | undefined;
  readonly kana: string;
  readonly ward?: boolean;
  readonly state: 'present' | 'left' | 'abroad' | 'dead';
}

interface Row {
  id: string;
  municipality: string;
  number: string | null;
  name: string;
  kana: string;
  address: string;
  birth_date: string;
  sex: CounterResident['sex'];
  stay_until: Date | null;
  ward: boolean;
  state: CounterResident['state'];
}

const most = 50;

/**
 * Residents by what a person at the counter says: parts of name or reading in any form of the characters, birth date (in any way
 * of `dayAsWritten`), parts of the address; words apart by blanks must all fit. At most 50, `more` where others were left off.
 */
export async function findResidents(
  ctx: CaContext,
  input: { readonly municipality?: string; readonly words: string },
): Promise<{ found: CounterResident[]; more: boolean }> {
  const words = input.words
    .trim()
    .slice(0, 200)
    // A control character is a gap too: nobody types one, and no database takes NUL.
    .split(/[\s\u3000\p{Cc}]+/u)
    .filter(Boolean)
    .slice(0, 6);
  const place = input.municipality ?? null;
  let where = ctx.sql`(${place}::text is null or municipality = ${place})`;
  for (const word of words) {
    const birth = birthOf(word);
    const [name, address] = [like(foldName(word)), like(foldAddress(word))];
    where =
      birth === undefined
        ? ctx.sql`${where} and (search_name like ${name} or search_address like ${address} or number = ${word})`
        : ctx.sql`${where} and (birth_date = ${birth} or number = ${word})`;
  }
  const rows = await ctx.sql<
    Row[]
  >`select id, municipality, number, name, kana, address, birth_date, sex, stay_until, ward, state
    from ca.resident where ${where} order by municipality, number nulls last, birth_date, name limit ${most + 1}`;
  return { found: rows.slice(0, most).map(fromRow), more: rows.length > most };
}

/** One person of the register by id; only of this municipality where one is given. */
export async function residentById(
  ctx: CaContext,
  id: string,
  municipality?: string,
): Promise<CounterResident | undefined> {
  if (!isUuid(id)) return undefined;
  const [row] = await ctx.sql<
    Row[]
  >`select id, municipality, number, name, kana, address, birth_date, sex, stay_until, ward, state
    from ca.resident where id = ${id} and (${municipality ?? null}::text is null or municipality = ${municipality ?? null})`;
  return row === undefined ? undefined : fromRow(row);
}

function fromRow(row: Row): CounterResident {
  return {
    id: row.id,
    municipality: row.municipality,
    number: row.number ?? undefined,
    name: row.name,
    kana: row.kana,
    address: row.address,
    birthDate: row.birth_date,
    sex: row.sex,
    state: row.state,
    ...(row.stay_until === null ? {} : { stayUntil: row.stay_until }),
    ...(row.ward ? { ward: true } : {}),
  };
}

function birthOf(word: string): string | undefined {
  const day = dayAsWritten(word);
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : undefined;
}

const like = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
