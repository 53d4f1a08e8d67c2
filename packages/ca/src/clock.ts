import type { Sql, Tx } from '@madoguchi/store';
import type { CaContext } from './context.js';
import { CaError } from './error.js';

/** What time servers correct without anybody noticing. */
export const clockToleranceMs = 5000;

/**
 * Refuses to work (CaError, 69) with a clock that stands before what was recorded already: certificates, revocations and lists would be
 * dated wrongly. The latest time is kept in the database, so every process and every restart knows it.
 */
export async function refuseClockSetBack(ctx: CaContext, sql: Sql | Tx, now: Date): Promise<void> {
  if (!ctx.clockMustNotGoBack) return;
  const [row] = await sql<{ latest: Date }[]>`select latest from ca.clock where isfinite(latest)`;
  if (row === undefined || now.getTime() >= row.latest.getTime() - clockToleranceMs) return;
  throw clockSetBack(now, row.latest);
}

export function clockSetBack(now: Date, latest: Date): CaError {
  return new CaError(
    'clock.back',
    {
      ja: `この機械の時計（${now.toISOString()}）が、最後の記録（${latest.toISOString()}）より前を指しています。時計を合わせてから、もう一度行ってください。`,
      jaEasy: 'きかいの {時計|とけい}が まちがって います。なおしてから もう{一度|いちど} して ください。',
      en: `This machine's clock (${now.toISOString()}) stands before the last record (${latest.toISOString()}). Set the clock, then try again.`,
    },
    69,
  );
}

/** Remembers a time that something was recorded at. Written once a second at most, so that work at the same moment does not queue for it. */
export async function noteTime(tx: Tx, now: Date): Promise<void> {
  await tx`update ca.clock set latest = ${now} where latest < ${new Date(now.getTime() - 1000)}`;
}
