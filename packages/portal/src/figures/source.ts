import { readAnswer } from '@madoguchi/procedure';
import type { Sql } from '@madoguchi/store';

/** What a source said, and when it last said it. */
export interface Known<T> {
  value: T;
  /** When it was received. */
  at: Date;
  /** False: the source does not answer now, these are the last known numbers. */
  now: boolean;
}

export type Reader<T> = (url: string) => Promise<Known<T> | undefined>;

interface SourceOptions<T> {
  /** The value of the JSON, or undefined where it has another shape. */
  read: (json: unknown) => T | undefined;
  fetch: typeof globalThis.fetch;
  clock: () => Date;
  /** How long an answer is good; a source that failed is asked again after ten seconds. */
  keepMs: number;
  /** Where the last known numbers outlive the process. */
  sql: Sql | undefined;
}

const waitMs = 2_000;
const retryMs = 10_000;
const rewriteMs = 3_600_000;
const maxBytes = 4 * 1024 * 1024;

async function fetched(url: string, ask: typeof globalThis.fetch): Promise<string | undefined> {
  try {
    const answer = await ask(url, { signal: AbortSignal.timeout(waitMs), redirect: 'error' });
    const bytes = answer.ok ? await readAnswer(answer, maxBytes) : undefined;
    return bytes && Buffer.from(bytes).toString('utf8');
  } catch {
    return undefined;
  }
}

/** Published figures (`stats.json`), each source asked once in a while however many people look. What does not answer is shown as it was last known. */
export function sourceReader<T>({ read, fetch, clock, keepMs, sql }: SourceOptions<T>): Reader<T> {
  const asked = new Map<string, { until: number; known: Promise<Known<T> | undefined> }>();
  const last = new Map<string, { at: Date; body: string; value: T; written: number }>();
  const parse = (body: string): T | undefined => {
    try {
      return read(JSON.parse(body));
    } catch {
      return undefined;
    }
  };
  const remember = async (source: string, at: Date, body: string, value: T) => {
    const before = last.get(source);
    const due = before === undefined || before.body !== body || at.getTime() - before.written > rewriteMs;
    last.set(source, { at, body, value, written: due ? at.getTime() : before.written });
    if (sql === undefined || !due) return;
    await sql`insert into portal.known_figures (source, read_at, body) values (${source}, ${at}, ${body})
      on conflict (source) do update set read_at = excluded.read_at, body = excluded.body`.catch(
      () => undefined,
    );
  };
  const recall = async (source: string): Promise<Known<T> | undefined> => {
    const before = last.get(source);
    if (before !== undefined) return { value: before.value, at: before.at, now: false };
    if (sql === undefined) return undefined;
    const [row] = await sql<{ at: Date; body: string }[]>`
      select read_at as at, body from portal.known_figures where source = ${source}`.catch(() => []);
    const value = row === undefined ? undefined : parse(row.body);
    return row === undefined || value === undefined ? undefined : { value, at: row.at, now: false };
  };
  const look = async (source: string): Promise<Known<T> | undefined> => {
    const body = await fetched(source, fetch);
    const value = body === undefined ? undefined : parse(body);
    if (body === undefined || value === undefined) return recall(source);
    const at = clock();
    await remember(source, at, body, value);
    return { value, at, now: true };
  };
  return (source) => {
    const now = clock().getTime();
    const before = asked.get(source);
    // A clock that was set back is no reason to wait for it.
    if (before !== undefined && now < before.until && before.until - now <= keepMs) return before.known;
    const entry = { until: now + keepMs, known: look(source) };
    asked.set(source, entry);
    void entry.known.then((known) => {
      if (known?.now !== true) entry.until = Math.min(entry.until, now + retryMs);
    });
    return entry.known;
  };
}
