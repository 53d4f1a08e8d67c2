import { createHash, randomInt } from 'node:crypto';
import { appendAudit, type Tx } from '@madoguchi/store';
import type { CaContext } from '../context.js';
import { auditChain } from '../issuance/record.js';
import type { CounterResident } from '../register/find.js';

const lifeMs = 60 * 24 * 3600_000;

/**
 * Sends a letter of inquiry (照会書) to the applicant's registered address: whoever brings its number back with the answer (回答書) may act as
 * agent, once, within 60 days. The number, twelve digits, is on the letter only; the authority keeps its digest.
 */
export async function sendLetter(ctx: CaContext, resident: CounterResident, actor: string): Promise<string> {
  const digits = Array.from({ length: 12 }, () => randomInt(10)).join('');
  const now = ctx.clock();
  await ctx.sql.begin(async (tx) => {
    await tx`insert into ca.counter_letter ${tx({
      municipality: resident.municipality,
      number_sha256: digest(digits),
      resident: resident.id,
      sent_at: now,
      expires_at: new Date(now.getTime() + lifeMs),
    })}`;
    await appendAudit(tx, auditChain, { at: now, actor, action: 'counter.letter', subject: resident.id });
  });
  return digits.replace(/(\d{4})(?=\d)/g, '$1-');
}

/** Uses a letter's number up; false where it is unknown, another resident's, too old or used. */
export async function useLetter(
  tx: Tx,
  resident: CounterResident,
  number: string,
  now: Date,
): Promise<boolean> {
  const digits = number.normalize('NFKC').replace(/[\s-]/g, '');
  if (!/^\d{12}$/.test(digits)) return false;
  const used = await tx`update ca.counter_letter set used_at = ${now}
    where municipality = ${resident.municipality} and number_sha256 = ${digest(digits)} and resident = ${resident.id}
      and used_at is null and expires_at > ${now}`;
  return used.count === 1;
}

const digest = (digits: string) => createHash('sha256').update(`counter.letter ${digits}`).digest();
