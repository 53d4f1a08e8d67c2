import { type Evidence, nameToString, type Report, subIndications } from '@madoguchi/pki';
import { fill, type Register, words } from '@madoguchi/ui/words';
import type { Row, Section } from './report-view.js';
import { reportWords as w } from './report-words.js';
import { certificateOf, moment } from './signature-view.js';

/** The time stamps of a signature, the outermost first; no section where there are none. */
export function stampSection(report: Report, evidence: Evidence, lang: Register): Section[] {
  const stamps = report.timeStamps ?? [];
  if (stamps.length === 0) return [];
  const rows = stamps.map(({ kind, time, counts, subIndication }): Row => {
    const stamped = evidence.timeStamps?.find((each) => each.kind === kind && each.time === time);
    const authority = certificateOf(stamped?.chain?.path[0]?.der);
    const shown = time === undefined ? '—' : moment(time, lang);
    const why = subIndication === undefined ? '' : words(subIndications[subIndication].means, lang);
    const verdict = counts
      ? fill(w.stampCounts, { time: shown })
      : fill(w.stampFails, { why: `${shown}: ${why}` });
    const by = authority === undefined ? '' : ` — ${nameToString(authority.subject)}`;
    return { label: words(w.stampKinds[kind], lang), value: `${words(verdict, lang)}${by}` };
  });
  return [{ id: 'stamps', title: words(w.stamps, lang), rows }];
}
