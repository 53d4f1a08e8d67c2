import { reportHtml, reportText, reportView } from '@madoguchi/client/documents';
import type { DocumentEvidence, DocumentReport } from '@madoguchi/pki';
import type { Register } from '@madoguchi/ui';

interface Drawn {
  readonly report: DocumentReport;
  readonly evidence: DocumentEvidence;
  readonly options: { readonly lang: Register; readonly identity: boolean };
}

/** The octets to write. All of it follows from report and evidence: nothing here looks at a clock. */
export async function drawReport(
  kind: 'short' | 'text' | 'html' | 'pdf' | 'json',
  { report, evidence, options }: Drawn,
): Promise<string | Uint8Array> {
  if (kind === 'json') return `${JSON.stringify(report, null, 2)}\n`;
  const view = reportView(report, evidence, options);
  switch (kind) {
    case 'html':
      return reportHtml(view);
    case 'pdf':
      // The typesetter brings fonts and a compiler: only who wants paper waits for them.
      return (await import('./report-pdf.js')).reportPdf(view, new Date(report.time));
    case 'short':
      return lines(reportText(view, { width: columns(), full: false }));
    case 'text':
      return lines(reportText(view, { width: 100, full: true }));
  }
}

const lines = (all: readonly string[]) => `${all.join('\n')}\n`;

const columns = () => Math.max(60, Math.min(process.stdout.columns ?? 100, 120));
