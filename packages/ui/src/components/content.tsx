import type { Child, PropsWithChildren } from 'hono/jsx';
import { T, useRegister } from '../text.js';
import { isText, type Register, type Text, words } from '../words.js';

interface SummaryRow {
  /** What the row belongs to: 2人目の子. */
  group?: Text | undefined;
  label: Text;
  value: Text | Child;
  /** A remark under the value: that it comes from the card. */
  note?: Text | undefined;
  change?: { href: string; label: Text } | undefined;
}

function Value({ value }: { value: SummaryRow['value'] }) {
  return isText(value) ? <T w={value} /> : value;
}

/** Question and answer in rows: the completed application. Rows of one `group` stand under its name. */
export function SummaryList({ rows, boxed = false }: { rows: readonly SummaryRow[]; boxed?: boolean }) {
  const register = useRegister();
  const parts: { group: Text | undefined; rows: SummaryRow[] }[] = [];
  for (const row of rows) {
    const last = parts.at(-1);
    if (last !== undefined && plainText(last.group, register) === plainText(row.group, register))
      last.rows.push(row);
    else parts.push({ group: row.group, rows: [row] });
  }
  return (
    <>
      {parts.map(({ group, rows: own }) => (
        <>
          {group === undefined ? null : (
            <p class="summary-group">
              <T w={group} />
            </p>
          )}
          <dl class={boxed ? 'summary-list boxed' : 'summary-list'}>
            {own.map((row) => (
              <Row {...row} />
            ))}
          </dl>
        </>
      ))}
    </>
  );
}

function plainText(text: Text | undefined, register: Register): string {
  return text === undefined ? '' : words(text, register);
}

function Row({ label, value, note, change }: SummaryRow) {
  return (
    <div class="summary-row">
      <dt>
        <T w={label} />
      </dt>
      <dd>
        <Value value={value} />
        {note === undefined ? null : (
          <span class="summary-note">
            <T w={note} />
          </span>
        )}
      </dd>
      {change === undefined ? null : (
        <dd class="summary-change">
          <a href={change.href}>
            <T w={change.label} />
          </a>
        </dd>
      )}
    </div>
  );
}

const noticeShapes = { info: 'ｉ', good: '●', check: '▲', bad: '✕' } as const;

interface NoticeProps {
  title?: Text;
  kind?: keyof typeof noticeShapes;
  /** Read aloud as soon as it appears. */
  live?: boolean;
}

/** A framed remark: お知らせ. */
export function Notice({ title, kind = 'info', live = false, children }: PropsWithChildren<NoticeProps>) {
  return (
    <div class={`notice notice-${kind}`} role={live ? 'status' : undefined}>
      {title === undefined ? null : (
        <p class="notice-title">
          <span class="shape" aria-hidden="true">
            {noticeShapes[kind]}
          </span>
          <T w={title} />
        </p>
      )}
      {children}
    </div>
  );
}

interface ConfirmationProps {
  title: Text;
  /** The number to keep, shown large. */
  reference?: { label: Text; value: string };
}

/** The end of an application: it has arrived, this is its number. Carries the page's h1: use `Page heading={false}`. */
export function ConfirmationPanel({ title, reference, children }: PropsWithChildren<ConfirmationProps>) {
  return (
    <section class="confirmation">
      <h1>
        <T w={title} />
      </h1>
      {reference === undefined ? null : (
        <p class="confirmation-reference">
          <T w={reference.label} />
          <strong>{reference.value}</strong>
        </p>
      )}
      {children}
    </section>
  );
}

/** Something that only those who need it open. */
export function Details({ summary, open, children }: PropsWithChildren<{ summary: Text; open?: boolean }>) {
  return (
    <details class="details" open={open}>
      <summary>
        <T w={summary} />
      </summary>
      <div class="details-body">{children}</div>
    </details>
  );
}

/** Links with a line of explanation each. */
export function LinkList({ links }: { links: readonly { href: string; label: Text; note?: Text }[] }) {
  return (
    <ul class="link-list">
      {links.map(({ href, label, note }) => (
        <li>
          <a href={href}>
            <T w={label} />
          </a>
          {note === undefined ? null : (
            <span>
              <T w={note} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** A numbered way of doing something: 1, 2, 3. */
export function Steps({ steps }: { steps: readonly { title: Text; body?: Text }[] }) {
  return (
    <ol class="steps">
      {steps.map(({ title, body }) => (
        <li>
          <strong>
            <T w={title} />
          </strong>
          {body === undefined ? null : (
            <span>
              <T w={body} />
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

/** A paragraph. */
export function P({ w, quiet = false }: { w: Text; quiet?: boolean }) {
  return (
    <p class={quiet ? 'quiet' : undefined}>
      <T w={w} />
    </p>
  );
}

/** A second-level heading, to which an address may lead. */
export function H2({ w, id }: { w: Text; id?: string }) {
  return (
    <h2 id={id}>
      <T w={w} />
    </h2>
  );
}
