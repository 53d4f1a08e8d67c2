import { fileURLToPath } from 'node:url';
import type { ReportView } from '@madoguchi/client';
import { typeset } from '../cli/typeset.js';

const template = fileURLToPath(new URL('../../assets/report.typ', import.meta.url));

/** The report as PDF/A-2a (tagged, archival), dated with the time of the report. */
export function reportPdf(view: ReportView, time: Date): Uint8Array {
  return typeset(template, { ...view, lang: view.lang === 'en' ? 'en' : 'ja' }, time);
}
