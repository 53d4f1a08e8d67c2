// The city is killed (SIGKILL) in the middle of every named step from the envelope to the notice: after the start nothing is lost and nothing is doubled. Each step is
// held open inside its transaction by PostgreSQL, so that the moment is the same on every machine.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { type Database, verifyAudit } from '@madoguchi/store';
import { type Arrived, type Asked, postEnvelope, sendEnvelope } from './support/forger.js';
import { type Gate, removeGate, stopAt } from './support/gate.js';
import { KillableCity } from './support/killable-city.js';

const code = '99201';

let city: KillableCity;
before(async () => {
  city = await KillableCity.start('kill-steps');
});
after(() => city?.remove());

/** Kills the city while what `begin` begins stands at the gate, and starts it again. */
async function killAt<T>(gate: Gate, begin: () => Promise<T>): Promise<T | undefined> {
  const begun = await stopAt(city.dir, gate, begin, async () => {
    await city.running.stop('SIGKILL');
  });
  await city.startAgain();
  await removeGate(city.dir);
  return begun;
}

interface Prepared {
  asked: Asked;
  envelope: Uint8Array;
}

type Filed = Arrived & { asked: Asked };

async function send({ asked, envelope }: Prepared): Promise<Filed> {
  return { asked, ...(await sendEnvelope(asked, envelope)) };
}

/** What happened to an application, in its order. */
async function kindsOf({ receiptNumber }: Arrived): Promise<string[]> {
  return city.withDatabase(async (sql) => {
    const rows = await sql<{ kind: string }[]>`select kind from agency.actions
      where agency = ${code} and receipt_number = ${receiptNumber} order by seq`;
    return rows.map(({ kind }) => kind);
  });
}

const timesOf = (kinds: readonly string[], kind: string) => kinds.filter((one) => one === kind).length;

/** Waits until a query gives something. */
async function until<T>(ask: (sql: Database['sql']) => Promise<readonly T[]>): Promise<readonly T[]> {
  for (;;) {
    const rows = await city.withDatabase(ask);
    if (rows.length > 0) return rows;
    await pause(100);
  }
}

async function assertVerifiedOnce(filed: Filed): Promise<void> {
  const { lights, text } = await (await city.officer()).examine(filed.receiptNumber);
  assert.deepEqual(
    Object.values(lights ?? {}).map(({ state }) => state),
    ['good', 'good', 'good'],
    text,
  );
  assert.deepEqual(await kindsOf(filed), ['arrived', 'opened', 'verified']);
}

/** The citizen, in the browser that asked for the signature. */
async function visit(filed: Filed, place = '', form?: Record<string, string>): Promise<Response> {
  const address = `${city.running.addresses.agency}applications/${filed.receiptNumber}${place}`;
  const origin = new URL(address).origin;
  return fetch(address, {
    redirect: 'manual',
    headers: { cookie: filed.asked.cookie, origin, 'sec-fetch-site': 'same-origin' },
    ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
  });
}

/** Letters that lie in the demo's folder, by their Message-ID. */
function lettersTo(receiptNumber: string): Map<string, string[]> {
  const folder = path.join(city.dir, 'mail');
  const letters = new Map<string, string[]>();
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const [head = '', ...body] = readFileSync(path.join(folder, name), 'utf8').split('\n\n');
    const text = /^Content-Transfer-Encoding: base64$/im.test(head)
      ? Buffer.from(body.join(''), 'base64').toString('utf8')
      : body.join('\n\n').replaceAll('=\n', '').replaceAll('=3D', '=');
    if (!text.includes(receiptNumber)) continue;
    const id = /^Message-ID: (.*)$/im.exec(head)?.[1] ?? '';
    letters.set(id, [...(letters.get(id) ?? []), text]);
  }
  return letters;
}

let first: Filed;
let second: Filed;

test('arrival: no receipt left, nothing is there, and the same envelope is taken once', async () => {
  const ready = await city.prepare();
  const left = await killAt({ before: 'insert', table: 'agency.cases' }, () =>
    postEnvelope(ready.asked, ready.envelope),
  );
  assert.equal(left, undefined, 'the connection broke, and no answer came');
  const rows = await city.withDatabase(
    (sql) => sql`select 1 from agency.cases where jti = ${ready.asked.claims.jti}`,
  );
  assert.equal(rows.length, 0);
  first = await send(ready);
  assert.equal((await sendEnvelope(ready.asked, ready.envelope)).jws, first.jws);
  await assertVerifiedOnce(first);
});

for (const [step, gate] of [
  ['opening', { before: 'insert', table: 'agency.submissions' }],
  ['matching with the residents', { before: 'read', table: 'agency.residents' }],
  ['verification', { before: 'insert', table: 'agency.verifications' }],
] as const satisfies readonly (readonly [string, Gate])[])
  test(`${step}: the job is taken up again, and the application is opened and verified once`, async () => {
    const ready = await city.prepare();
    const filed = await killAt(gate, () => send(ready));
    assert.ok(filed);
    await assertVerifiedOnce(filed);
    second = filed;
  });

test('e-mail: a letter that went out before it was written down goes once more under the same Message-ID, and is written down once', async () => {
  await killAt({ before: 'update', table: 'agency.mail_outbox' }, () =>
    visit(first, '/mail', { mail: 'taro@example.jp' }),
  );
  const [sent] = await until(
    (sql) => sql<{ attempts: number }[]>`select attempts from agency.mail_outbox
      where receipt_number = ${first.receiptNumber} and sent_at is not null`,
  );
  assert.equal(sent?.attempts, 1);
  const letters = lettersTo(first.receiptNumber);
  assert.equal(letters.size, 1);
  const [[letter = ''] = []] = letters.values();
  const link = new URL(/\S*\/mail\/confirm\?\S*/.exec(letter)?.[0] ?? '');
  const confirmed = await fetch(`${link.origin}${link.pathname}`, {
    method: 'POST',
    headers: { origin: link.origin, 'sec-fetch-site': 'same-origin' },
    body: link.searchParams,
  });
  assert.equal(confirmed.status, 200);
});

const accept = async ({ receiptNumber }: Filed) =>
  (await city.officer()).press(receiptNumber, 'decision', { decision: 'accept', reason: '' });

test('decision: the officer’s click that was cut off has decided nothing, and the next one decides once', async () => {
  const answer = await killAt(
    { before: 'insert', table: 'agency.actions', when: "new.kind = 'accepted'" },
    () => accept(first),
  );
  assert.equal(answer, undefined);
  assert.deepEqual(
    (await kindsOf(first)).filter((kind) => kind === 'accepted'),
    [],
  );
});

test('reply signing: the decision stands, the notice is made once, applicant and core systems are told once', async () => {
  await city.withDatabase(
    (sql) => sql`insert into agency.webhooks (agency, name, url, created_by, created_at)
      values (${code}, 'core', 'https://127.0.0.1:9/hook', 'test', now())`,
  );
  const answer = await killAt({ before: 'insert', table: 'agency.replies' }, () => accept(first));
  assert.equal(answer?.status, 303);
  const kinds = await until(
    (sql) =>
      sql`select 1 from agency.actions where receipt_number = ${first.receiptNumber} and kind = 'replied'`,
  ).then(() => kindsOf(first));
  assert.deepEqual([timesOf(kinds, 'accepted'), timesOf(kinds, 'replied')], [1, 1], kinds.join(' '));
  const told = await city.withDatabase(
    (sql) => sql<
      { event: string; count: number }[]
    >`select event, count(*)::int as count from agency.webhook_outbox
      where receipt_number = ${first.receiptNumber} group by event order by event`,
  );
  assert.deepEqual(
    told.map(({ event, count }) => [event, count]),
    [['accepted', 1]],
  );
  await until(
    (sql) => sql`select 1 from agency.mail_outbox
      where receipt_number = ${first.receiptNumber} and kind = 'decided' and sent_at is not null`,
  );
  const decided = [...lettersTo(first.receiptNumber).values()]
    .flat()
    .filter((text) => !text.includes('/confirm?'));
  assert.equal(decided.length, 2, 'that it has arrived, and that it is decided');
});

test('webhook: what was tried and not written down is tried again; the event stays one, with one next attempt', async () => {
  const answer = await killAt({ before: 'update', table: 'agency.webhook_outbox' }, () => accept(second));
  assert.equal(answer?.status, 303);
  const rows = await until(
    (sql) => sql<{ id: string; attempts: number }[]>`select id, attempts from agency.webhook_outbox
      where receipt_number = ${second.receiptNumber} and event = 'accepted' and attempts > 0`,
  );
  assert.equal(rows.length, 1);
  const jobs = await city.withDatabase(
    (sql) => sql`select 1 from graphile_worker._private_jobs where payload->>'id' = ${rows[0]?.id ?? ''}`,
  );
  assert.equal(jobs.length, 1);
});

test('notice delivery: a fetch that was cut off does not count as received, and the next one counts once', async () => {
  const cut = await killAt({ before: 'update', table: 'agency.replies' }, () => visit(first, '/notice.pdf'));
  assert.equal(cut, undefined);
  assert.equal(timesOf(await kindsOf(first), 'replyFetched'), 0);
  for (let time = 0; time < 2; time += 1) {
    const notice = await visit(first, '/notice.pdf');
    assert.equal(notice.status, 200);
    assert.equal(
      Buffer.from(await notice.arrayBuffer())
        .subarray(0, 5)
        .toString(),
      '%PDF-',
    );
  }
  assert.equal(timesOf(await kindsOf(first), 'replyFetched'), 1);
});

test('archive stamp: a stamp that was not written down is asked for again; in the end nothing is due, and every stamp stands once in the chain', async () => {
  const ready = await city.prepare();
  const third = await killAt({ before: 'insert', table: 'agency.evidence_stamps' }, async () => {
    const filed = await send(ready);
    await until(
      (sql) => sql`select 1 from agency.evidence_due where receipt_number = ${filed.receiptNumber}`,
    );
    // The archive looks once a minute; this asks for it now, as the end of that minute does.
    await city.withDatabase(
      (
        sql,
      ) => sql`select graphile_worker.add_job('agency.archive', ${JSON.stringify({ agency: code })}::text::json,
        job_key := ${`agency.archive:${code}`})`,
    );
    return filed;
  });
  assert.ok(third);
  await until(
    (sql) => sql`select 1 where not exists (select 1 from agency.evidence_due where agency = ${code})`,
  );
  await city.withDatabase(async (sql) => {
    const stamps = await sql<{ number: string; stamps: number; entries: number }[]>`
      select receipt_number as number, count(*)::int as stamps, (select count(*)::int from store.audit_entries
        where chain = ${`agency:${code}`} and action = 'case.stamped' and subject = receipt_number) as entries
      from agency.evidence_stamps where agency = ${code} group by receipt_number`;
    assert.ok(stamps.some(({ number, stamps }) => number === third.receiptNumber && stamps === 1));
    for (const { number, stamps: count, entries } of stamps) assert.equal(entries, count, number);
    assert.equal((await verifyAudit(sql, `agency:${code}`)).ok, true, 'the audit chain is whole');
  });
});
