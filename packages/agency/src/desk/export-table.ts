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
  const titleOf = ({ procedureId }: QueueRow) => {
    const known = procedures.find(({ definition }) => definition.id === procedureId);
    return known === undefined ? (procedureId ?? '') : words(known.definition.title, 'ja');
  };
  const common = rows.map((row) => [
    row.receiptNumber,
    titleOf(row),
    row.arrivedAt.toISOString(),
    row.deadline ?? '',
    words(stateWords[row.state], 'ja'),
    row.assignedTo ?? '',
    row.lights?.signature.state ?? '',
    row.lights?.identity.state ?? '',
    row.lights?.validity.state ?? '',
  ]);
  const head = ['到達番号', '手続', '到達日時', '期限', '状態', '担当', '署名', '照合', '有効性'];
  if (filter.procedure === undefined) return [head, ...common];

  const applications: (Application | undefined)[] = [];
  const signers: string[] = [];
  const parts: string[] = [];
  for (const { receiptNumber } of rows) {
    const newest = (await submissionsOf(sql, agency, receiptNumber)).at(-1) ?? receiptNumber;
    const stored = await readSubmissionOf(sql, agency, newest);
    const read = stored && readSubmission(stored.container);
    applications.push(read?.ok ? read.value.application : undefined);
    const offices = (await readParts(sql, agency, receiptNumber))?.progress ?? [];
    parts.push(
      offices
        .map(({ part, state }) => `${words(part.title, 'ja')} ${words(partStateWords[state], 'ja')}`)
        .join('、'),
    );
    const progress = (await readSigning(sql, agency, receiptNumber))?.progress ?? [];
    signers.push(
      progress.map((one) => `${one.wanted.person.name} ${words(progressWords[one.state], 'ja')}`).join('、'),
    );
  }
  const names = [...new Set(applications.flatMap((one) => Object.keys(one?.answers ?? {})))].sort();
  const identity = ['name', 'address', 'birthDate', 'sex'] as const;
  return [
    [...head, '共同の署名', 'ワンストップの部分', ...identity, ...names],
    ...common.map((cells, index) => {
      const application = applications[index];
      const answer = (name: string) =>
        application !== undefined && Object.hasOwn(application.answers, name)
          ? (application.answers[name] ?? '')
          : '';
      return [
        ...cells,
        signers[index] ?? '',
        parts[index] ?? '',
        ...identity.map((item) => application?.applicant[item] ?? ''),
        ...names.map(answer),
      ];
    }),
  ];
}
