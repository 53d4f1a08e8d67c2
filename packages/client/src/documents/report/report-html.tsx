import { raw } from 'hono/html';
import type { FC } from 'hono/jsx';
import { reportCss } from './report-css.js';
import type { AnswerView, CheckView, ReportView, Row, Section, SignatureView } from './report-view.js';

const shapes = { good: '●', check: '▲', bad: '✕', pending: '○' } as const;

/** The report as one HTML file that needs nothing else: no script, no font, no picture from elsewhere; made for the screen and for paper. */
export function reportHtml(view: ReportView): string {
  return `<!DOCTYPE html>\n${(<Document view={view} />).toString()}\n`;
}

const Document: FC<{ view: ReportView }> = ({ view }) => (
  <html lang={view.lang === 'en' ? 'en' : 'ja'}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
      <title>{`${view.title} — ${view.document[0]?.value ?? ''}`}</title>
      <style>{raw(reportCss)}</style>
    </head>
    <body>
      <main>
        <header>
          <h1>{view.title}</h1>
          <Answer answer={view.answer} isMain />
        </header>
        <section class="card">
          <h2>{view.labels.document}</h2>
          <Facts rows={view.document} />
        </section>
        {view.signatures.map((signature) => (
          <Signature signature={signature} view={view} />
        ))}
        <footer>
          <h2>{view.labels.about}</h2>
          <Facts rows={view.about} />
          <p>{view.note}</p>
        </footer>
      </main>
    </body>
  </html>
);

const Answer: FC<{ answer: AnswerView; isMain?: boolean }> = ({ answer, isMain }) => (
  <div class={`answer ${answer.state}${isMain ? ' main' : ''}`}>
    <span class="shape" aria-hidden="true">
      {shapes[answer.state]}
    </span>
    <div>
      <p class="sentence">{answer.sentence}</p>
      {answer.why === undefined ? '' : <p class="why">{answer.why}</p>}
      <p class="indication">
        <code lang="en">{answer.indication}</code>
      </p>
    </div>
  </div>
);

const Facts: FC<{ rows: readonly Row[] }> = ({ rows }) =>
  rows.length === 0 ? null : (
    <dl>
      {grouped(rows).map(({ label, values }) => (
        <div>
          <dt>{label}</dt>
          {values.map(({ value, code }) => (
            <dd>{code ? <code>{value}</code> : value}</dd>
          ))}
        </div>
      ))}
    </dl>
  );

/** A row without a label goes on with the one before. */
function grouped(rows: readonly Row[]): { label: string; values: Row[] }[] {
  const groups: { label: string; values: Row[] }[] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last !== undefined && (row.label === '' || row.label === last.label)) last.values.push(row);
    else groups.push({ label: row.label, values: [row] });
  }
  return groups;
}

const Signature: FC<{ signature: SignatureView; view: ReportView }> = ({ signature, view }) => (
  <section class="card">
    <h2>{signature.title}</h2>
    {view.signatures.length > 1 ? <Answer answer={signature.answer} /> : ''}
    {signature.next.length === 0 ? (
      ''
    ) : (
      <div class="next">
        <h3>{view.labels.next}</h3>
        {signature.next.map((sentence) => (
          <p>{sentence}</p>
        ))}
      </div>
    )}
    {signature.sections.filter(isFirst).map((section) => (
      <Part section={section} />
    ))}
    <h3>{view.labels.checks}</h3>
    <ul class="checks">
      {signature.checks.map((check) => (
        <Check check={check} labels={view.labels} />
      ))}
    </ul>
    {signature.sections
      .filter((section) => !isFirst(section))
      .map((section) => (
        <Part section={section} />
      ))}
  </section>
);

/** Evidence comes last: it is for whoever wants to follow the answer to its source. */
const isFirst = ({ id }: Section) => id !== 'evidence';

const Part: FC<{ section: Section }> = ({ section }) => (
  <>
    <h3>{section.title}</h3>
    {section.note === undefined ? '' : <p class="note">{section.note}</p>}
    <Facts rows={section.rows} />
  </>
);

const Check: FC<{ check: CheckView; labels: ReportView['labels'] }> = ({ check, labels }) => (
  <li class={check.state}>
    <p class="found">
      <span class="shape" aria-hidden="true">
        {shapes[check.state]}
      </span>
      <strong>{check.title}</strong> {check.found}
    </p>
    <p class="small">
      {check.means}
      {check.source === '' ? '' : <span class="source">{`${labels.source}: ${check.source}`}</span>}
      {check.detail === '' ? (
        ''
      ) : (
        <span class="source">
          {labels.detail}: <code>{check.detail}</code>
        </span>
      )}
    </p>
  </li>
);
