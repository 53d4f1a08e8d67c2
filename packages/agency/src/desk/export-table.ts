import { type Application, readSubmission } from '@madoguchi/procedure';
import type { Sql } from '@madoguchi/store';
import { words } from '@madoguchi/ui';
import { readSubmissionOf, submissionsOf } from '../cases/submissions.js';
import type { LoadedProcedure } from '../options.js';
import { readParts } from '../parts/case-parts.js';
import { partStateWords } from '../parts/texts.js';
import { readSigning } from '../signers/signing.js';
import { progressWords } from '../signers/texts.js';
import { stateWords } from './decision-words.js';
import type { QueueFilter } from './filter.js';
import type { QueueRow } from './queries.js';

/** So many cases in one export: each is opened to read its answers. */
export const EXPORT_LIMIT = 1000;

const head = ['到達番号', '手続', '到達日時', '期限', '状態', '担当', '署名', '照合', '有効性'];
const identity = ['name', 'address', 'birthDate', 'sex'] as const;

/**
 * A list of the desk as a table for a core system's import: what every case has; of one procedure (chosen in the filter) the applicant and the signed
 * answers too, each under its field's id. Text is as it was signed.
 */
export async function exportTable(
  sql: Sql,
  agency: string,
  input: { filter: QueueFilter; rows: readonly QueueRow[]; procedures: readonly LoadedProcedure[] },
): Promise<string[][]> {
  const { filter, rows, procedures } = input;
  if (filter.procedure === undefined) return [head, ...rows.map((row) => commonCells(row, procedures))];
  const cases: OpenedCase[] = [];
  for (const row of rows) cases.push(await openCase(sql, agency, row.receiptNumber));
  const names = [...new Set(cases.flatMap(({ application }) => Object.keys(application?.answers ?? {})))];
  names.sort();
  return [
    [...head, '共同の署名', 'ワンストップの部分', ...identity, ...names],
    ...rows.map((row, index) => [
      ...commonCells(row, procedures),
      ...openedCells(cases[index] ?? { signers: '', parts: '', application: undefined }, names),
    ]),
  ];
}

/** What every case has, in the order of `head`. */
function commonCells(row: QueueRow, procedures: readonly LoadedProcedure[]): string[] {
  const known = procedures.find(({ definition }) => definition.id === row.procedureId);
  return [
    row.receiptNumber,
    known === undefined ? (row.procedureId ?? '') : words(known.definition.title, 'ja'),
    row.arrivedAt.toISOString(),
    row.deadline ?? '',
    words(stateWords[row.state], 'ja'),
    row.assignedTo ?? '',
    row.lights?.signature.state ?? '',
    row.lights?.identity.state ?? '',
    row.lights?.validity.state ?? '',
  ];
}

interface OpenedCase {
  /** Who signs with the applicant, and the offices' parts, each with its state in words. */
  readonly signers: string;
  readonly parts: string;
  /** The newest one as it was signed; undefined where it cannot be read. */
  readonly application: Application | undefined;
}

async function openCase(sql: Sql, agency: string, receiptNumber: string): Promise<OpenedCase> {
  const newest = (await submissionsOf(sql, agency, receiptNumber)).at(-1) ?? receiptNumber;
  const stored = await readSubmissionOf(sql, agency, newest);
  const read = stored && readSubmission(stored.container);
  const offices = (await readParts(sql, agency, receiptNumber))?.progress ?? [];
  const signers = (await readSigning(sql, agency, receiptNumber))?.progress ?? [];
  return {
    signers: signers
      .map(({ wanted, state }) => `${wanted.person.name} ${words(progressWords[state], 'ja')}`)
      .join('、'),
    parts: offices
      .map(({ part, state }) => `${words(part.title, 'ja')} ${words(partStateWords[state], 'ja')}`)
      .join('、'),
    application: read?.ok ? read.value.application : undefined,
  };
}

function openedCells({ signers, parts, application }: OpenedCase, names: readonly string[]): string[] {
  const answers = application?.answers ?? {};
  return [
    signers,
    parts,
    ...identity.map((item) => application?.applicant[item] ?? ''),
    ...names.map((name) => (Object.hasOwn(answers, name) ? (answers[name] ?? '') : '')),
  ];
}
