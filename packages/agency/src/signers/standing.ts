import { type Answers, drawApplication, readSubmission } from '@madoguchi/procedure';
import type { Sql, Tx } from '@madoguchi/store';
import { japaneseDay, type Words } from '@madoguchi/ui';
import { findCase } from '../cases/queries.js';
import { readSubmissionOf } from '../cases/submissions.js';
import { judgeMandate, type MandateStanding, mandateAbout } from './mandate.js';
import { asksSigners, type CaseSigning, readSigning } from './signing.js';

/** What a representative may do under a mandate, as its form names it. */
export type Power = 'file' | 'correct' | 'withdraw' | 'receive';

/** The mandate (委任状) that the application of a representative stands on now. */
export interface GivenMandate {
  /** Under which number it arrived. */
  readonly receipt: string;
  readonly answers: Answers;
  /** What it says, from its own form: for whom, which procedure, how long, what for. */
  readonly rows: readonly { label: Words; value: Words | string }[];
  readonly standing: MandateStanding;
  /** When its giver revoked it. */
  readonly revokedAt: Date | undefined;
}

/** The mandate that was signed for a case as its application is now; undefined where somebody files for themselves, or nobody has signed yet. */
export async function mandateOf(
  sql: Sql | Tx,
  agency: string,
  receiptNumber: string,
  now: Date,
  known?: CaseSigning,
): Promise<GivenMandate | undefined> {
  if (known === undefined && !(await asksSigners(sql, agency, receiptNumber))) return undefined;
  const signing = known ?? (await readSigning(sql, agency, receiptNumber));
  const given = signing?.progress.find(
    ({ wanted, state }) => wanted.rule.paper === 'mandate' && state === 'signed',
  );
  if (signing === undefined || given?.receipt === undefined) return undefined;
  const filed = await findCase(sql, agency, receiptNumber);
  const stored = await readSubmissionOf(sql, agency, given.receipt);
  const read = stored && readSubmission(stored.container);
  if (filed === undefined || !read?.ok) return undefined;
  const { answers } = read.value.application;
  const { revokedAt } = given;
  const standing = judgeMandate(answers, mandateAbout(signing.submission, receiptNumber), {
    filedOn: japaneseDay(filed.arrivedAt),
    today: japaneseDay(now),
    isRevoked: revokedAt !== undefined,
  });
  const { rows } = drawApplication(read.value.definition, { answers, attachments: [] });
  return {
    ...{ receipt: given.receipt, answers, standing, revokedAt },
    rows: rows.map(({ label, value }) => ({ label, value })),
  };
}

/** Why a representative may not do something any more, or never might; undefined: they may. Who files for themselves needs no mandate. */
export function mandateFault(
  mandate: GivenMandate | undefined,
  power: Power,
): 'mandateRevoked' | 'mandateEnded' | 'mandatePower' | undefined {
  if (mandate === undefined) return undefined;
  if (mandate.standing === 'revoked') return 'mandateRevoked';
  if (mandate.standing !== 'good') return 'mandateEnded';
  return (mandate.answers.powers ?? '').split(',').includes(power) ? undefined : 'mandatePower';
}
