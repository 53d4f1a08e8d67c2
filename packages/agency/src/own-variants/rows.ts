// 異体字の表: the agency's own rows, one officer's proposal put in force by another.

import { appendAudit, enqueue, type Sql, type Tx } from '@madoguchi/store';
import { auditChain } from '../cases/audit-chain.js';
import {
  ownRowMark,
  parseVariantFile,
  type VariantFault,
  type VariantKind,
  type VariantRow,
  type Variants,
} from '../matching/index.js';

/** A row as it stands at the desk. */
export interface OwnVariant {
  /** Decimal. */
  readonly id: string;
  readonly kind: VariantKind;
  /** The characters, one after the other. */
  readonly forms: string;
  readonly note: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly confirmedBy: string | null;
  readonly confirmedAt: Date | null;
  readonly endedBy: string | null;
  readonly endedAt: Date | null;
}

/** Why a proposal is not taken: a rule of the table, or no word on where it is from, or that the table has it. */
export type ProposalFault = Exclude<VariantFault['rule'], 'columns' | 'source' | 'size'> | 'note' | 'known';
/** Why a row is not put in force or ended: nobody confirms their own; somebody was quicker. */
export type RowFault = 'own' | 'gone';

export interface Proposal {
  readonly kind: string;
  readonly forms: string;
  readonly note: string;
}

const MOST_NOTE = 200;

/** The row that a proposal makes, by the rules of every table; pure. */
export function readProposal(proposal: Proposal, inForce: Variants): VariantRow | ProposalFault {
  const forms = proposal.forms.replace(/[\s、,・/／]/gu, '');
  const note = proposal.note.replace(/\s+/gu, ' ').trim();
  if (note === '' || note.length > MOST_NOTE) return 'note';
  if (forms === '') return 'forms';
  const read = parseVariantFile([proposal.kind, forms, 'agency', note].join('\t'));
  if (!read.ok) {
    const rule = read.faults[0]?.rule;
    return rule === undefined || rule === 'columns' || rule === 'source' || rule === 'size' ? 'forms' : rule;
  }
  const [row] = read.rows;
  // A line that begins with # is a comment, and no row.
  if (row === undefined) return 'kind';
  return isKnown(row, inForce) ? 'known' : row;
}

function isKnown({ kind, forms: [first = '', ...others] }: VariantRow, inForce: Variants): boolean {
  if (kind === 'variant') return others.every((other) => inForce.rowOf(first, other) !== undefined);
  if (kind === 'between-kanji')
    return others.every((other) => inForce.rowBetweenKanji(first, other) !== undefined);
  return others.every((other) => inForce.substitutesOf(first).includes(other));
}

interface By {
  readonly officer: string;
  readonly at: Date;
}

/** Writes a proposal down; nothing rests on it yet. */
export async function proposeVariant(
  sql: Sql,
  agency: string,
  row: VariantRow,
  { officer, at }: By,
): Promise<ProposalFault | undefined> {
  const forms = row.forms.join('');
  return sql.begin(async (tx) => {
    const made =
      await tx`insert into agency.own_variants (agency, kind, forms, note, proposed_by, proposed_at)
      values (${agency}, ${row.kind}, ${forms}, ${row.note}, ${officer}, ${at}) on conflict do nothing returning id`;
    if (made.length === 0) return 'known';
    await record(tx, agency, { officer, at }, 'variant.proposed', forms);
    return undefined;
  });
}

/** Another officer puts it in force; cases whose names did not match are looked at again. */
export async function confirmVariant(
  sql: Sql,
  agency: string,
  id: string,
  { officer, at }: By,
): Promise<RowFault | undefined> {
  return sql.begin(async (tx) => {
    const [row] = await tx<{ forms: string; own: boolean }[]>`
      select forms, proposed_by = ${officer} as own from agency.own_variants
      where agency = ${agency} and id = ${id} and confirmed_at is null and ended_at is null for update`;
    if (row === undefined) return 'gone';
    if (row.own) return 'own';
    await tx`update agency.own_variants set confirmed_by = ${officer}, confirmed_at = ${at}
      where agency = ${agency} and id = ${id}`;
    await record(tx, agency, { officer, at }, 'variant.confirmed', row.forms);
    await lookAgain(tx, agency, 'unmatched');
    return undefined;
  });
}

/** It no longer counts; cases whose match rests on a row of the agency's own are looked at again. `ownProposal`: only what this officer proposed and nobody has put in force. */
export async function endVariant(
  sql: Sql,
  agency: string,
  id: string,
  { officer, at, ownProposal }: By & { readonly ownProposal: boolean },
): Promise<RowFault | undefined> {
  return sql.begin(async (tx) => {
    const [row] = await tx<{ forms: string }[]>`
      update agency.own_variants set ended_by = ${officer}, ended_at = ${at}
      where agency = ${agency} and id = ${id} and ended_at is null
        and (not ${ownProposal} or (confirmed_at is null and proposed_by = ${officer})) returning forms`;
    if (row === undefined) return 'gone';
    await record(tx, agency, { officer, at }, 'variant.ended', row.forms);
    await lookAgain(tx, agency, 'resting');
    return undefined;
  });
}

/** Every row there was, the newest first. */
export async function listVariants(sql: Sql, agency: string): Promise<OwnVariant[]> {
  return sql<
    OwnVariant[]
  >`select id::text, kind, forms, note, proposed_by as "proposedBy", proposed_at as "proposedAt",
      confirmed_by as "confirmedBy", confirmed_at as "confirmedAt", ended_by as "endedBy", ended_at as "endedAt"
    from agency.own_variants where agency = ${agency} order by own_variants.id desc limit 1000`;
}

/** What counts now, as rows of a table. */
export async function rowsInForce(sql: Sql, agency: string): Promise<VariantRow[]> {
  const rows = await sql<{ kind: VariantKind; forms: string; note: string }[]>`
    select kind, forms, note from agency.own_variants
    where agency = ${agency} and confirmed_at is not null and ended_at is null order by id`;
  return rows.map(({ kind, forms, note }) => ({ kind, forms: Array.from(forms), source: 'agency', note }));
}

async function record(tx: Tx, agency: string, { officer, at }: By, action: string, forms: string) {
  const entry = { at, actor: `officer:${officer}`, action, subject: agency };
  await appendAudit(tx, auditChain(agency), { ...entry, detail: { forms } });
}

/** Undecided cases that the change may concern, at most 500: the others show it at the next look. */
async function lookAgain(tx: Tx, agency: string, which: 'unmatched' | 'resting'): Promise<void> {
  const cases = await tx<{ receiptNumber: string }[]>`
    select c.receipt_number as "receiptNumber" from agency.cases c
    cross join lateral (select lights from agency.verifications v
      where v.agency = c.agency and v.receipt_number = c.receipt_number order by seq desc limit 1) newest
    where c.agency = ${agency} and c.state = 'verified'
      and ${
        which === 'unmatched'
          ? tx`newest.lights->'identity'->>'state' <> 'good'`
          : tx`newest.lights->>'identity' like ${`%${ownRowMark}%`}`
      }
    limit 500`;
  for (const { receiptNumber } of cases) {
    const key = `agency.verify:${agency}:${receiptNumber}`;
    await enqueue(tx, 'agency.verify', { agency, receiptNumber, again: true }, { key });
  }
}
