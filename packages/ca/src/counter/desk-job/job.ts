import { randomBytes } from 'node:crypto';
import { counterJobLifetime } from '@madoguchi/procedure';
import { isSecret, newSecret, secretDigest } from '@madoguchi/store';
import type { Ca } from '../../ca.js';
import type { CaContext } from '../../context.js';
import { type CounterResident, residentById } from '../../register/find.js';
import { substitutionsOf } from '../act-form.js';
import { type Act, actById, beginAct } from '../acts.js';
import { wasIssuedTo } from '../cards.js';
import { jobRefused } from './refusals.js';

/** A job at work: taken by the agent that shows its secret. */
export interface DeskJob {
  readonly run: Buffer;
  readonly act: Act;
  readonly resident: CounterResident;
  /** 32 octets over which the card proves where its keys were made. */
  readonly nonce: Uint8Array;
  /** The card whose proof came; every later proof must be the same card's. */
  readonly card: string | undefined;
  /** The issue in the issue record that this act's certificates belong to. */
  readonly issue: string | undefined;
}

interface Row {
  municipality: string;
  act: string;
  nonce: Uint8Array;
  run: Uint8Array | null;
  card: string | null;
  issue: string | null;
}

/** A new job for an act that waits for the applicant: the ticket stands in the signed request and nowhere else, the authority keeps its digest. */
export async function newJob(ctx: CaContext, act: Act): Promise<{ ticket: string; until: Date }> {
  const now = ctx.clock();
  const until = new Date((Math.floor(now.getTime() / 1000) + counterJobLifetime) * 1000);
  const ticket = newSecret();
  await ctx.sql`delete from ca.counter_job where run_sha256 is null and expires_at < ${now}`;
  await ctx.sql`insert into ca.counter_job ${ctx.sql({
    ticket_sha256: secretDigest(ticket),
    municipality: act.municipality,
    act: act.id,
    nonce: randomBytes(32),
    made_at: now,
    expires_at: until,
  })}`;
  return { ticket, until };
}

/** What the agent learns when it has the job: which of the cards it saw may be the applicant's, the likeliest first. */
export interface TakenJob {
  readonly nonce: Uint8Array;
  readonly order: readonly number[];
}

/**
 * Takes the job for one start of one agent, and with it the act for the card work: once. The same agent that asks again (its answer was lost)
 * gets the same answer; another one, with the same ticket, gets none. `cards`: the authentication certificate of each card in the readers, or
 * undefined where none is written yet; without one that may be the applicant's nothing is taken.
 */
export async function takeJob(
  ca: Ca,
  said: {
    readonly ticket: string;
    readonly run: string;
    readonly cards: readonly (Uint8Array | undefined)[];
  },
): Promise<TakenJob> {
  const ctx = ca.context;
  if (!isSecret(said.ticket) || !isSecret(said.run)) throw jobRefused('job.form');
  const ticket = secretDigest(said.ticket);
  const run = secretDigest(said.run);
  const [row] = await ctx.sql<Row[]>`
    select municipality, act, nonce, run_sha256 as run, card, issue from ca.counter_job
    where ticket_sha256 = ${ticket} and (run_sha256 = ${run} or run_sha256 is null and expires_at > ${ctx.clock()})`;
  if (row === undefined) throw jobRefused('job.ticket');
  const { act, resident } = await actOf(ctx, row);
  const order = await theirs(ca, resident, said.cards);
  if (order.length === 0) throw jobRefused('job.card');
  if (row.run === null) {
    const consent = writes(act) && substitutionsOf(resident).length > 0 ? ['applicant'] : [];
    await ctx.sql.begin(async (tx) => {
      const taken = await tx`update ca.counter_job set run_sha256 = ${run}
        where ticket_sha256 = ${ticket} and run_sha256 is null`;
      if (taken.count !== 1) throw jobRefused('job.ticket');
      if (act.state !== 'prepared' || !(await beginAct(ctx, act, consent, tx))) throw jobRefused('job.over');
    });
  }
  return { nonce: row.nonce, order };
}

/** Whether certificates with the person's name are written. */
export const writes = (act: Act): boolean => act.kind !== 'pin' && act.pins.includes('signature');

/** The job of an agent, while its act is at work. */
export async function jobAtWork(ctx: CaContext, secret: string): Promise<DeskJob> {
  if (!isSecret(secret)) throw jobRefused('job.form');
  const run = secretDigest(secret);
  const [row] = await ctx.sql<Row[]>`
    select municipality, act, nonce, run_sha256 as run, card, issue from ca.counter_job where run_sha256 = ${run}`;
  if (row === undefined) throw jobRefused('job.ticket');
  const { act, resident } = await actOf(ctx, row);
  if (act.state !== 'working') throw jobRefused('job.over');
  return { run, act, resident, nonce: row.nonce, card: row.card ?? undefined, issue: row.issue ?? undefined };
}

async function actOf(ctx: CaContext, row: Row): Promise<{ act: Act; resident: CounterResident }> {
  const act = await actById(ctx, row.act, row.municipality);
  const resident = act === undefined ? undefined : await residentById(ctx, act.resident, act.municipality);
  if (act === undefined || resident === undefined || resident.state !== 'present')
    throw jobRefused('job.over');
  return { act, resident };
}

/** Cards with a certificate of this person first, then cards without any; a stranger's card is not touched. */
async function theirs(
  ca: Ca,
  resident: CounterResident,
  cards: readonly (Uint8Array | undefined)[],
): Promise<number[]> {
  const own: number[] = [];
  const blank: number[] = [];
  for (const [index, certificate] of cards.entries()) {
    if (certificate === undefined) blank.push(index);
    else if (await wasIssuedTo(ca, resident, certificate)) own.push(index);
  }
  return [...own, ...blank];
}
