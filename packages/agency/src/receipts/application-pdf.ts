import { drawApplication, type Submission, sha256Hex } from '@madoguchi/procedure';
import type { Sql } from '@madoguchi/store';
import { fill, formatDate, glossary, type Register, type Text, words } from '@madoguchi/ui';
import type { CaseRow } from '../cases/queries.js';
import { submissionsRead } from '../cases/submissions-read.js';
import type { AgencyConfig } from '../options.js';
import { type ReceiptText, receiptPdf } from './pdf.js';
import { texts } from './texts.js';

/** The application that a case stands on, on paper; undefined while it was not opened, or where it cannot be read or was erased. */
export async function applicationPdf(
  sql: Sql,
  agency: AgencyConfig,
  row: CaseRow,
  register: Register,
): Promise<Uint8Array | undefined> {
  const newest = (await submissionsRead(sql, agency.code, row.receiptNumber)).at(-1);
  return newest && receiptPdf(applicationText(agency, row, newest, register), row.arrivedAt);
}

/** The same rows as the signing agent and the desk draw from the definition that was signed; in a group each label says whose it is. */
function applicationText(
  agency: Pick<AgencyConfig, 'name'>,
  row: Pick<CaseRow, 'receiptNumber' | 'arrivedAt'>,
  { definition, application, applicationBytes, cosigned }: Submission,
  register: Register,
): ReceiptText {
  const say = (text: Text) => words(text, register);
  const { basis, style } = definition.form;
  return {
    lang: register === 'en' ? 'en' : 'ja',
    title: say(definition.title),
    agency: say(fill(texts.addressed, { agency: agency.name })),
    sentence: style === undefined ? basis : `${basis}\n${style}`,
    rows: [
      { label: say(glossary.receiptNumber), value: row.receiptNumber },
      { label: say(texts.arrivedAt), value: formatDate(row.arrivedAt, register, { time: true }) },
      ...drawApplication(definition, application, cosigned).rows.map(({ row: group, label, value }) => ({
        label: group === undefined ? say(label) : `${say(group)}　${say(label)}`,
        value: say(value),
      })),
    ],
    parts: [],
    foot: say(fill(texts.copyFoot, { digest: sha256Hex(applicationBytes) })),
  };
}
