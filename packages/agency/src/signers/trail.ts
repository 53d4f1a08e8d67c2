import type { Sql } from '@madoguchi/store';
import { findCase } from '../cases/queries.js';
import { readVerifications } from '../verification/queries.js';
import { asksSigners, readSigning } from './signing.js';

/** Of the evidence of a case: what was found about each who signed with the applicant. Empty where nobody does. */
export async function signersTrail(sql: Sql, agency: string, receiptNumber: string) {
  if (!(await asksSigners(sql, agency, receiptNumber))) return [];
  const signing = await readSigning(sql, agency, receiptNumber);
  const trail = [];
  for (const { wanted, state, receipt } of signing?.progress ?? []) {
    const row = receipt === undefined ? undefined : await findCase(sql, agency, receipt);
    const looks = receipt === undefined ? [] : await readVerifications(sql, agency, receipt);
    trail.push({
      signer: wanted.id,
      state,
      receiptNumber: receipt ?? null,
      envelopeSha256: row?.envelopeSha256 ?? null,
      receipt: row?.receiptJws ?? null,
      looks: looks.map(({ seq, at, evidence, report }) => ({
        look: seq,
        at: at.toISOString(),
        evidence: JSON.parse(evidence) as unknown,
        report: JSON.parse(report) as unknown,
      })),
    });
  }
  return trail;
}
