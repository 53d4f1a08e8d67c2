import { createHash } from 'node:crypto';
import type { DoctorReport } from '../../doctor/report.js';

/** How often a waiting page looks: quickly while something is missing; rarely when all is well, since each look visits the card. */
const pauses = { missing: 1500, well: 10_000 };

/** A short name of what a report says: the page knows by it whether anything changed. */
export function reportMark({ checks }: DoctorReport): string {
  const said = checks.map(({ id, state, found }) => [id, state, found.ja]);
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 16);
}

/** Looks again until the report differs from the one the page has, or the time is over: then the newest. */
export async function nextReport(
  look: () => Promise<DoctorReport>,
  seen: string,
  waitMs: number,
): Promise<DoctorReport> {
  const until = performance.now() + waitMs;
  for (;;) {
    const report = await look();
    const pause = report.state === 'fail' ? pauses.missing : pauses.well;
    if (reportMark(report) !== seen || performance.now() + pause > until) return report;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
