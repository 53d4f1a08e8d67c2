import type { CheckView, ReportView, Row, SignatureView } from './report-view.js';

const marks = { good: '●', check: '▲', bad: '✕', pending: '○' } as const;

export interface TextOptions {
  /** Columns of the terminal. */
  readonly width: number;
  /** Every check with its meaning and source; otherwise those that passed are only counted. */
  readonly full: boolean;
}

/** The report as lines for a terminal or a text file: the indication first, so that a script and a person read the same line. */
export function reportText(view: ReportView, options: TextOptions): string[] {
  const { answer } = view;
  return [
    ...wrap(`${answer.indication.replace(' / ', ' ')}  ${answer.sentence}`, '', '  ', options),
    ...(answer.why === undefined ? [] : wrap(answer.why, '  ', '  ', options)),
    '',
    ...block(view.labels.document, view.document, options),
    ...view.signatures.flatMap((signature) => signatureLines(signature, view, options)),
    ...block(view.labels.about, view.about, options),
    ...(options.full ? wrap(view.note, '  ', '  ', options) : []),
  ];
}

function signatureLines(signature: SignatureView, view: ReportView, options: TextOptions): string[] {
  const lines: string[] = [];
  if (view.signatures.length > 1) {
    lines.push(`── ${signature.title} ──`);
    const { answer } = signature;
    lines.push(
      ...wrap(`${marks[answer.state]} ${answer.indication}  ${answer.sentence}`, '  ', '    ', options),
    );
    if (answer.why !== undefined) lines.push(...wrap(answer.why, '    ', '    ', options));
    lines.push('');
  }
  for (const { id, title, note, rows } of signature.sections) {
    if (id === 'evidence' && !options.full) continue;
    lines.push(...block(title, rows, options, note));
  }
  lines.push(view.labels.checks, ...checkLines(signature.checks, view, options), '');
  if (signature.next.length > 0) {
    lines.push(view.labels.next);
    for (const sentence of signature.next) lines.push(...wrap(sentence, '  → ', '    ', options));
    lines.push('');
  }
  return lines;
}

function checkLines(checks: readonly CheckView[], view: ReportView, options: TextOptions): string[] {
  const shown = options.full ? checks : checks.filter(({ state }) => state !== 'good');
  const lines = shown.flatMap((check) => [
    ...wrap(`${marks[check.state]} ${check.title}: ${check.found}`, '  ', '    ', options),
    ...(options.full || check.state !== 'good'
      ? [
          ...wrap(`${view.labels.means}: ${check.means}`, '    ', '      ', options),
          ...wrap(`${view.labels.source}: ${check.source}   [${check.id}]`, '    ', '      ', options),
          ...(check.detail === ''
            ? []
            : wrap(`${view.labels.detail}: ${check.detail}`, '    ', '      ', options)),
        ]
      : []),
  ]);
  const rest = checks.length - shown.length;
  if (rest === 0) return lines;
  const sentence = (lines.length === 0 ? view.allGood : view.othersGood).replace('{count}', String(rest));
  return [...lines, ...wrap(`${marks.good} ${sentence}`, '  ', '    ', options)];
}

function block(title: string, rows: readonly Row[], options: TextOptions, note?: string): string[] {
  const widths = rows.map(({ label }) => columns(label)).filter((width) => width <= widestLabel);
  const labelWidth = Math.max(8, ...widths);
  return [
    title,
    ...(note === undefined ? [] : wrap(note, '  ', '  ', options)),
    ...rows.flatMap(({ label, value }) => {
      const indent = ' '.repeat(labelWidth + 4);
      if (columns(label) > labelWidth) return [`  ${label}`, ...wrap(value, indent, indent, options)];
      const head = `  ${label}${' '.repeat(labelWidth - columns(label))}  `;
      return wrap(value, head, indent, options);
    }),
    '',
  ];
}

/** A longer label stands on a line of its own. */
const widestLabel = 26;

/** Breaks a text at the width of the terminal: between words, and between any two wide characters. */
function wrap(text: string, first: string, rest: string, { width }: TextOptions): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const part of pieces(text)) {
    if (!isEmpty && columns(line) + columns(part.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = rest;
      isEmpty = true;
      if (part.trim() === '') continue;
    }
    line += part;
    isEmpty = false;
  }
  lines.push(line.trimEnd());
  return lines;
}

/** Words with the space behind them, single wide characters with the brackets and stops that belong to them, and long runs in pieces of 32. */
function pieces(text: string): string[] {
  return (
    text.match(
      /[（「]*[\u2e80-\u9fff\uff00-\uffef][、。）」]*|[^\s\u2e80-\u9fff\uff00-\uffef]{1,32}\s*|\s+/gu,
    ) ?? [text]
  );
}

/** Columns that a text takes in a terminal: East Asian wide characters take two (Unicode UAX 11, roughly). */
function columns(text: string): number {
  let count = 0;
  for (const character of text)
    count +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u.test(
        character,
      )
        ? 2
        : 1;
  return count;
}
