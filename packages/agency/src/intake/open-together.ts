import { setImmediate as turn } from 'node:timers/promises';
import { readAsic } from '@madoguchi/pki';
import { readSubmissionIn, type Submission, sha256Hex } from '@madoguchi/procedure';
import { appendAudit, arrayOf, type Tx } from '@madoguchi/store';
import { defectOf } from '@madoguchi/ui';
import { auditChain } from '../cases/audit-chain.js';
import { dueDate } from '../cases/due-date.js';
import { chunkSize } from '../cases/queries.js';
import { personDigest } from '../cases/same-person.js';
import { countSigner } from '../limits/signers.js';
import type { ReceptionOptions } from '../options.js';
import { requestColumns } from '../requests/queries.js';
import { type Examined, examine } from '../verification/examine.js';
import { keepRevocationData } from '../verification/queries.js';
import { packLights } from '../verification/stored-lights.js';
import type { CitizenTrust } from '../verification/trust.js';
import { enqueueLook, isSigned, lookDetail } from '../verification/verify-case.js';
import { type ArrivedRow, takeRemembered } from './just-arrived.js';
import { answersRequest, lookAtFiles } from './open.js';
import { openWithKeys } from './open-envelope.js';

/** Members of a definition that ask reception for nothing but opening and verifying. */
const plain: ReadonlySet<string> = new Set([
  ...[
    'id',
    'version',
    'title',
    'summary',
    'form',
    'catalogue',
    'minutes',
    'fee',
    'requirements',
    'fields',
    'attachments',
  ],
  ...[
    'steps',
    'rules',
    'persons',
    'match',
    'processingDays',
    'next',
    'contact',
    'receiver',
    'oneOpenPerPerson',
  ],
]);

interface Ready extends Examined {
  row: ArrivedRow;
  container: Uint8Array;
  submission: Submission;
  /** What is said of its files. */
  files: { files?: string };
}

/**
 * `openArrived` and verification for many at once: plain applications that are what they should be are opened, examined and written down in one
 * transaction. Gives the receipt numbers of all others (a correction or withdrawal, something to refuse, a large envelope, a fault on the
 * way), untouched: they take the way of one.
 */
export async function openTogether(
  options: ReceptionOptions,
  trust: CitizenTrust,
  receiptNumbers: readonly string[],
): Promise<string[]> {
  const { db, clock } = options;
  const now = clock();
  const rows = await readArrived(options, receiptNumbers);
  const begun: Promise<Ready | undefined>[] = [];
  for (const row of rows) {
    begun.push(prepare(options, trust, row, now).catch(() => undefined));
    // Others get a turn between two applications: a group must not stop the pages.
    await turn();
  }
  const ready = (await Promise.all(begun)).filter((one) => one !== undefined);
  const done = await db.sql
    .begin((tx) => record(tx, options, ready, now))
    .catch((error: unknown) => {
      // One after the other they may still go; an operator hears that the quick way is closed, and why.
      options.log?.('intake.together', { error: defectOf(error).error });
      return new Set<string>();
    });
  for (const { row, found, lights } of ready)
    if (done.has(row.number) && found.signer !== undefined && isSigned(lights))
      await countSigner(options, found.signer);
  return receiptNumbers.filter((number) => !done.has(number));
}

async function readArrived(
  options: ReceptionOptions,
  receiptNumbers: readonly string[],
): Promise<ArrivedRow[]> {
  const { db, agency } = options;
  const { sql } = db;
  const remembered = takeRemembered(options, receiptNumbers);
  if (remembered.length === receiptNumbers.length) return remembered;
  const known = new Set(remembered.map(({ number }) => number));
  const others = receiptNumbers.filter((number) => !known.has(number));
  const read = await sql<
    ArrivedRow[]
  >`select ${requestColumns(sql)}, c.receipt_number as number, c.arrived_at as "arrivedAt", e.bytes as envelope
    from agency.cases c
    join agency.requests r on r.agency = c.agency and r.jti = c.jti
    join agency.envelope_chunks e on e.agency = c.agency and e.receipt_number = c.receipt_number and e.seq = 0
    where c.agency = ${agency.code} and c.receipt_number = any(${others}) and c.state = 'arrived'
      and e.agency = ${agency.code} and e.receipt_number = any(${others})
      and c.envelope_size <= ${chunkSize}`;
  return [...remembered, ...read];
}

/** Everything short of writing; undefined where the way of one must be taken. */
async function prepare(
  { agency, keys, scan }: ReceptionOptions,
  trust: CitizenTrust,
  row: ArrivedRow,
  now: Date,
): Promise<Ready | undefined> {
  const opened = await openWithKeys(keys, row.envelope);
  if (!opened.ok) return undefined;
  const container = opened.value;
  const asic = readAsic(container);
  const submission = readSubmissionIn(asic);
  if (!submission.ok || !isPlain(submission.value)) return undefined;
  if (answersRequest(agency.code, row.jti, row, submission.value.application) !== undefined) return undefined;
  const { issuedAt: nonceTime, arrivedAt } = row;
  const earlier = undefined;
  const seen = await examine({
    opened: submission,
    container,
    asic,
    arrivedAt,
    trust,
    now,
    nonceTime,
    earlier,
  });
  const files = await lookAtFiles(scan, submission.value);
  return { ...seen, row, container, submission: submission.value, files };
}

/**
 * An application by itself: whatever concerns other cases or other people is left to `openArrived`, and so is every kind of procedure that this
 * list does not know yet.
 */
function isPlain({ application, definition }: Submission): boolean {
  return application.relation === undefined && Object.keys(definition).every((member) => plain.has(member));
}

/** Writes down what was opened and seen of those that still wait for it; gives their numbers. */
async function record(
  tx: Tx,
  { agency: { code: agency }, keys }: ReceptionOptions,
  ready: readonly Ready[],
  now: Date,
): Promise<Set<string>> {
  if (ready.length === 0) return new Set();
  const locked = await tx<{ number: string }[]>`select receipt_number as number from agency.cases
    where agency = ${agency} and receipt_number = any(${ready.map(({ row }) => row.number)}) and state = 'arrived'
    order by receipt_number for update`;
  const waiting = new Set(locked.map(({ number }) => number));
  const list = ready.filter(({ row }) => waiting.has(row.number));
  if (list.length === 0) return waiting;
  const data = new Map(list.flatMap(({ found }) => found.data.map((datum) => [datum.sha256, datum])));
  const group = { tx, agency, now, list };
  await Promise.all([
    insertSubmissions(group),
    insertActions(group),
    keepRevocationData(tx, agency, [...data.values()]),
    insertVerifications(group),
    ...list.filter(isPending).map(({ row, nextLook }) => enqueueLook(tx, agency, row.number, nextLook)),
    // After all that refers to the case: a foreign key to a row that its own transaction has changed already is checked at four times the price.
    updateCases(group, keys.secret),
  ]);
  // The chain comes last: its writers wait for each other until the commit.
  await appendAudit(
    tx,
    auditChain(agency),
    ...list.flatMap((one) => {
      const subject = one.row.number;
      const detail = { container: sha256Hex(one.container) };
      return [
        { at: now, actor: 'reception', action: 'case.opened', subject, detail },
        { at: now, actor: 'verifier', action: `case.${kindOf(one)}`, subject, detail: lookOf(one) },
      ];
    }),
  );
  return waiting;
}

/** Applications that are written down in one transaction. */
interface Group {
  readonly tx: Tx;
  readonly agency: string;
  readonly now: Date;
  readonly list: readonly Ready[];
}

const isPending = ({ lights }: Ready) => lights.validity.state === 'pending';
/** The state after this look, which is also the kind of its action. */
const kindOf = (one: Ready) => (isPending(one) ? 'tryLater' : 'verified');
const lookOf = ({ lights }: Ready) => lookDetail(1, lights);
const numbersOf = (list: readonly Ready[]) => list.map(({ row }) => row.number);

function insertSubmissions({ tx, agency, now, list }: Group) {
  const containers = list.map(({ container }) => container);
  const applications = list.map(({ submission }) => submission.applicationBytes);
  return tx`insert into agency.submissions (agency, receipt_number, container, application, opened_at)
    select ${agency}, t.number, t.container, t.application, ${now}
    from unnest(${numbersOf(list)}::text[], ${arrayOf.bytes(tx, containers)}::bytea[],
      ${arrayOf.bytes(tx, applications)}::bytea[]) as t (number, container, application)`;
}

/** Two of each: it was opened, and looked at. */
function insertActions({ tx, agency, now, list }: Group) {
  const numbers = numbersOf(list);
  const actors = [...list.map(() => 'reception'), ...list.map(() => 'verifier')];
  const kinds = [...list.map(() => 'opened'), ...list.map(kindOf)];
  const details = [...list.map(({ files }) => files), ...list.map(lookOf)].map((one) => JSON.stringify(one));
  return tx`insert into agency.actions (agency, receipt_number, at, actor, kind, detail)
    select ${agency}, t.number, ${now}, t.actor, t.kind, t.detail::jsonb
    from unnest(${[...numbers, ...numbers]}::text[], ${actors}::text[], ${kinds}::text[],
      ${arrayOf.texts(tx, details)}) with ordinality as t (number, actor, kind, detail, n)
    order by t.n`;
}

function insertVerifications({ tx, agency, now, list }: Group) {
  const evidence = list.map(({ found }) => JSON.stringify(found.evidence));
  const reports = list.map(({ report }) => report);
  const lights = list.map((one) => JSON.stringify(packLights(one.lights)));
  return tx`insert into agency.verifications (agency, receipt_number, seq, at, evidence, report, lights)
    select ${agency}, t.number, 1, ${now}, t.evidence, t.report, t.lights::jsonb
    from unnest(${numbersOf(list)}::text[], ${arrayOf.texts(tx, evidence)}, ${arrayOf.texts(tx, reports)},
      ${arrayOf.texts(tx, lights)}) as t (number, evidence, report, lights)`;
}

function updateCases({ tx, agency, list }: Group, secret: Uint8Array) {
  const applications = list.map(({ submission }) => submission.application);
  const due = list.map(({ row, submission }) => dueDate(row.arrivedAt, submission.definition.processingDays));
  return tx`update agency.cases c
    set state = t.state, applicant_name = t.name, due_on = t.due::date, authentication_key = t.key, person = t.person
    from unnest(${numbersOf(list)}::text[], ${list.map(kindOf)}::text[],
      ${applications.map(({ applicant }) => applicant.name)}::text[],
      ${due}::text[],
      ${applications.map(({ authenticationKey }) => authenticationKey ?? null)}::text[],
      ${applications.map(({ applicant }) => personDigest(secret, agency, applicant))}::text[])
      as t (number, state, name, due, key, person)
    where c.agency = ${agency} and c.receipt_number = t.number`;
}
