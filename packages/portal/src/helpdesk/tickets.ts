import { timingSafeEqual } from 'node:crypto';
import { appendAudit, type Sql, type Tx } from '@madoguchi/store';
import type { Register } from '@madoguchi/ui';
import { codeDigest, newCode, sha256 } from './code.js';
import type { Asked } from './question.js';
import type { EnvironmentReport } from './report.js';
import {
  type CallTime,
  type TicketAction,
  type TicketState,
  type TicketTopic,
  ticketState,
} from './ticket.js';

export interface Ticket {
  /** `H2026-000012`. */
  number: string;
  openedAt: Date;
  topic: TicketTopic;
  register: Register;
  /** Absent once erased, like the telephone number and the report. */
  body?: string;
  telephone?: string;
  callAt: CallTime;
  report?: EnvironmentReport;
  erasedAt?: Date;
  actions: TicketAction[];
  state: TicketState;
}

/** How long what a person wrote is kept after the ticket is closed. */
export const keptDays = 90;

const chain = 'portal:helpdesk';
/** Files a question. The code is told once, to its sender; the database keeps a digest. `once`: the form's own value; sent again, no code is given. */
export async function openTicket(
  sql: Sql,
  asked: Asked,
  once: string,
  now: Date,
): Promise<{ number: string; code?: string }> {
  const code = newCode();
  const { topic, register, body, callAt } = asked;
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext(${`portal.once:${once}`}))`;
    const [before] = await tx<
      { number: string }[]
    >`select number from portal.tickets where once_sha256 = ${sha256(once)}`;
    if (before !== undefined) return { number: before.number };
    const [next] = await tx<{ n: string }[]>`select nextval('portal.ticket_numbers') as n`;
    const number = `H${now.getUTCFullYear()}-${String(next?.n ?? 0).padStart(6, '0')}`;
    await tx`insert into portal.tickets ${tx({
      number,
      code_sha256: codeDigest(code),
      once_sha256: sha256(once),
      opened_at: now,
      topic,
      register,
      body,
      telephone: asked.telephone ?? null,
      call_at: callAt,
      report: asked.report === undefined ? null : tx.json(asked.report),
    })}`;
    await appendAudit(tx, chain, { at: now, actor: 'citizen', action: 'ticket.open', subject: number });
    return { number, code };
  });
}

interface Row {
  number: string;
  codeSha256: Buffer;
  openedAt: Date;
  topic: TicketTopic;
  register: Register;
  body: string | null;
  telephone: string | null;
  callAt: CallTime;
  report: EnvironmentReport | null;
  erasedAt: Date | null;
}

const columns = (
  sql: Sql | Tx,
) => sql`number, code_sha256 as "codeSha256", opened_at as "openedAt", topic, register, body, telephone,
  call_at as "callAt", report, erased_at as "erasedAt"`;

async function withActions(sql: Sql, rows: readonly Row[]): Promise<Ticket[]> {
  if (rows.length === 0) return [];
  const actions = await sql<(Omit<TicketAction, 'text'> & { ticket: string; text: string | null })[]>`
    select ticket, at, helper, kind, text from portal.ticket_actions
    where ticket in ${sql(rows.map(({ number }) => number))} order by ticket, position`;
  return rows.map((row) => {
    const { number, openedAt, topic, register, body, telephone, callAt, report, erasedAt } = row;
    const own = actions
      .filter(({ ticket }) => ticket === number)
      .map(({ at, helper, kind, text }) => ({ at, helper, kind, ...(text === null ? {} : { text }) }));
    return {
      ...{ number, openedAt, topic, register, callAt, actions: own, state: ticketState(own) },
      ...(body === null ? {} : { body }),
      ...(telephone === null ? {} : { telephone }),
      ...(report === null ? {} : { report }),
      ...(erasedAt === null ? {} : { erasedAt }),
    };
  });
}

/** Anything that is no ticket's number finds none, and no database is asked. */
const isNumber = (text: string) => /^H[0-9]{4}-[0-9]{6,}$/.test(text);

export async function findTicket(sql: Sql, number: string): Promise<Ticket | undefined> {
  if (!isNumber(number)) return undefined;
  const rows = await sql<Row[]>`select ${columns(sql)} from portal.tickets where number = ${number}`;
  return (await withActions(sql, rows))[0];
}

/** The ticket for its sender: number and code must fit. */
export async function ticketOfSender(sql: Sql, number: string, code: string): Promise<Ticket | undefined> {
  const given = codeDigest(code);
  const named = number.normalize('NFKC').trim().toUpperCase();
  if (!isNumber(named)) return undefined;
  const rows = await sql<Row[]>`select ${columns(sql)} from portal.tickets where number = ${named}`;
  const [row] = rows;
  if (row === undefined || !timingSafeEqual(given, row.codeSha256)) return undefined;
  return (await withActions(sql, [row]))[0];
}

/** The newest tickets, those still to be done first, then by age. */
export async function listTickets(sql: Sql, limit = 200): Promise<Ticket[]> {
  const rows = await sql<
    Row[]
  >`select ${columns(sql)} from portal.tickets order by opened_at desc limit ${limit}`;
  const order: TicketState[] = ['new', 'open', 'answered', 'closed'];
  const rank = ({ state }: Ticket) => order.indexOf(state);
  return (await withActions(sql, rows)).sort(
    (a, b) => rank(a) - rank(b) || a.openedAt.getTime() - b.openedAt.getTime(),
  );
}

/** Adds what a helper did. Two helpers at once come one after the other. */
export async function actOnTicket(
  sql: Sql,
  number: string,
  action: Omit<TicketAction, 'at'>,
  now: Date,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    const [row] = await tx`select number from portal.tickets where number = ${number} for update`;
    if (row === undefined) return false;
    const { helper, kind, text } = action;
    await tx`insert into portal.ticket_actions (ticket, position, at, helper, kind, text)
      select ${number}, coalesce(max(position), 0) + 1, ${now}, ${helper}, ${kind}, ${text ?? null}
      from portal.ticket_actions where ticket = ${number}`;
    await appendAudit(tx, chain, {
      at: now,
      actor: `helper:${helper}`,
      action: `ticket.${kind}`,
      subject: number,
    });
    return true;
  });
}

/** Erases what people wrote in tickets that have been closed for `keptDays`; how many. */
export async function eraseOldTickets(sql: Sql, now: Date): Promise<number> {
  const before = new Date(now.getTime() - keptDays * 86_400_000);
  return sql.begin(async (tx) => {
    const old = await tx<{ number: string }[]>`select number from portal.tickets t
      where erased_at is null and (select a.kind = 'closed' and a.at < ${before} from portal.ticket_actions a
        where a.ticket = t.number and a.kind in ('closed', 'reopened') order by position desc limit 1)
      for update`;
    for (const { number } of old) {
      await tx`update portal.tickets set body = null, telephone = null, report = null, erased_at = ${now} where number = ${number}`;
      await tx`update portal.ticket_actions set text = null where ticket = ${number}`;
      await appendAudit(tx, chain, { at: now, actor: 'system', action: 'ticket.erase', subject: number });
    }
    return old.length;
  });
}
