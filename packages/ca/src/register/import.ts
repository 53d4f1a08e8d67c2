import { randomUUID } from 'node:crypto';
import { appendAudit, type Tx } from '@madoguchi/store';
import type { CaContext } from '../context.js';
import { auditChain } from '../issuance/record.js';
import { foldAddress, foldName } from './fold.js';
import { readRegister } from './read.js';
import type { RegisterFault, RegisterRecord } from './record.js';

export type RegisterImport =
  | { readonly ok: true; readonly added: number; readonly unchanged: number }
  | { readonly ok: false; readonly faults: readonly RegisterFault[] };

const batch = 500;

/**
 * Takes people into the register: all of the file, or nothing. Who is there already, unchanged, stays; somebody there with other data is
 * a fault, since a change is a register event, which revokes what it must.
 */
export async function importRegister(
  ctx: CaContext,
  bytes: Uint8Array,
  actor: string,
): Promise<RegisterImport> {
  const read = readRegister(bytes);
  if (!read.ok) return read;
  const now = ctx.clock();
  return ctx.sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended('ca.register', 0))`;
    await adopt(tx, read.records);
    const known = await knownOf(tx, read.records);
    const faults: RegisterFault[] = [];
    const fresh: RegisterRecord[] = [];
    for (const [index, record] of read.records.entries()) {
      const there = known.get(keyOf(record));
      if (there === undefined) fresh.push(record);
      else if (there !== dataOf(record)) faults.push(changed(index, record.number));
    }
    if (faults.length > 0) return { ok: false, faults: faults.slice(0, 100) };
    await insertResidents(tx, fresh, now);
    await appendAudit(tx, auditChain, {
      at: now,
      actor,
      action: 'register.imported',
      subject: 'register',
      detail: { added: fresh.length, unchanged: read.records.length - fresh.length },
    });
    return { ok: true, added: fresh.length, unchanged: read.records.length - fresh.length };
  });
}

/** Writes new people, with what the search looks at. */
export async function insertResidents(tx: Tx, records: readonly RegisterRecord[], now: Date): Promise<void> {
  for (let from = 0; from < records.length; from += batch) {
    const rows = records.slice(from, from + batch).map((record) => ({
      municipality: record.municipality,
      id: randomUUID(),
      number: record.number,
      name: record.name,
      kana: record.kana,
      address: record.address,
      birth_date: record.birthDate,
      sex: record.sex,
      stay_until: record.stayUntil ?? null,
      ward: record.ward === true,
      created_at: now,
      ...searchOf(record),
    }));
    await tx`insert into ca.resident ${tx(rows)}`;
  }
}

export function searchOf(record: { name: string; kana: string; address: string }) {
  return {
    search_name: `${foldName(record.name)} ${foldName(record.kana)}`,
    search_address: foldAddress(record.address),
  };
}

/** People who came in before the register had numbers get theirs where everything else is the same. */
async function adopt(tx: Tx, records: readonly RegisterRecord[]): Promise<void> {
  const [without] = await tx`select 1 from ca.resident where number is null limit 1`;
  if (without === undefined) return;
  for (const record of records) {
    await tx`update ca.resident set ${tx({ number: record.number, kana: record.kana, ...searchOf(record) })}
      where municipality = ${record.municipality} and number is null and name = ${record.name}
        and address = ${record.address} and birth_date = ${record.birthDate} and sex = ${record.sex}`;
  }
}

const keyOf = (record: { municipality: string; number: string }) => `${record.municipality} ${record.number}`;

const dataOf = (record: Omit<RegisterRecord, 'number'>) =>
  JSON.stringify([
    record.name,
    record.kana,
    record.address,
    record.birthDate,
    record.sex,
    record.stayUntil ?? null,
    record.ward === true,
  ]);

async function knownOf(tx: Tx, records: readonly RegisterRecord[]): Promise<Map<string, string>> {
  const known = new Map<string, string>();
  const places = [...new Set(records.map((record) => record.municipality))];
  const rows = await tx<
    {
      municipality: string;
      number: string;
      name: string;
      kana: string;
      address: string;
      birthDate: string;
      sex: RegisterRecord['sex'];
      stayUntil: Date | null;
      ward: boolean;
    }[]
  >`select municipality, number, name, kana, address, birth_date as "birthDate", sex, stay_until as "stayUntil", ward
    from ca.resident where municipality in ${tx(places)} and number is not null`;
  for (const { stayUntil, ...row } of rows) {
    known.set(keyOf(row), dataOf({ ...row, ...(stayUntil === null ? {} : { stayUntil }) }));
  }
  return known;
}

function changed(index: number, number: string): RegisterFault {
  return {
    line: index + 2,
    field: 'number',
    rule: 'register.changed',
    words: {
      ja: `宛名番号「${number}」の人は、別の内容で登録されています。変更は異動として入力してください（証明書の失効が必要か判断します）。`,
      jaEasy: `{番号|ばんごう}「${number}」の {人|ひと}は もう います。かわった ことは {異動|いどう}として {入|い}れて ください。`,
      en: `The person with the number "${number}" is registered with other data. Enter the change as a register event, which revokes what it must.`,
    },
  };
}
