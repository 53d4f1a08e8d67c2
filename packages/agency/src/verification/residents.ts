import { gather, type Sql } from '@madoguchi/store';
import type { ResidentLinks } from '../links/resident-links.js';
import type { Sex } from '../matching/index.js';

/** One person as the agency's register (住民記録) has them. */
export interface Resident {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  /** YYYY-MM-DD, unknown parts 00. */
  readonly birthDate: string;
  readonly sex: Sex;
  /** Reading of the name (フリガナ); empty or absent where the register has none. */
  readonly kana?: string;
}

export interface ResidentRegister {
  /** False while the register is empty: then nothing can be compared, and the desk says so. */
  hasRecords(): Promise<boolean>;
  /** Everybody born on this day; who of them it is, matching says. */
  bornOn(birthDate: string): Promise<readonly Resident[]>;
  /** What is remembered between certificates and residents, where the agency keeps that. */
  readonly links?: ResidentLinks;
}

/** The register in the agency's own database. What is asked at the same moment is one question, and under load what is asked within a group of applications. */
export function residentRegister(sql: Sql, agency: string): ResidentRegister {
  const hasRecords = gather<undefined, boolean>(async (asked) => {
    const rows = await sql`select 1 from agency.residents where agency = ${agency} limit 1`;
    return asked.map(() => ({ ok: true, value: rows.length > 0 }));
  });
  const bornOn = gather<string, readonly Resident[]>(async (days) => {
    const rows = await sql<Resident[]>`select r.* from unnest(${[...new Set(days)]}::text[]) as day (day)
      cross join lateral (select resident_id as id, name, address, birth_date as "birthDate", sex, kana
        from agency.residents where agency = ${agency} and birth_date = day.day limit 1000) r`;
    return days.map((day) => ({ ok: true, value: rows.filter(({ birthDate }) => birthDate === day) }));
  });
  return { hasRecords: () => hasRecords(undefined), bornOn };
}

/** Adds a person to the register, or brings the record up to date. */
export async function putResident(sql: Sql, agency: string, resident: Resident): Promise<void> {
  const { id, name, address, birthDate, sex, kana = '' } = resident;
  await sql`insert into agency.residents (agency, resident_id, name, address, birth_date, sex, kana)
    values (${agency}, ${id}, ${name}, ${address}, ${birthDate}, ${sex}, ${kana})
    on conflict (agency, resident_id) do update
      set name = ${name}, address = ${address}, birth_date = ${birthDate}, sex = ${sex}, kana = ${kana}`;
}
