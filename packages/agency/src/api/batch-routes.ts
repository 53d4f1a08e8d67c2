import type { Sql } from '@madoguchi/store';
import { csv } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { exportTable } from '../desk/export-table.js';
import type { QueueFilter } from '../desk/filter.js';
import { listByReceipt } from '../desk/queries.js';
import type { ReceptionOptions } from '../options.js';
import { acknowledge, type Batch, type BatchFault, findBatch, nextBatch } from './batches.js';
import { type Detailed, detailOf, listedCases } from './read-case.js';
import { acknowledgement, batchWanted } from './shapes.js';
import { type ApiEnv, recordReading, refusal } from './shared.js';

const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const faults: Record<BatchFault, readonly [404 | 409 | 422, string]> = {
  'batch.unknown': [404, 'There is no such batch of this key.'],
  'batch.item': [422, 'An application is named that is not in this batch. Nothing was changed.'],
  'batch.conflict': [
    409,
    'An application is named twice, or was acknowledged otherwise before. Nothing was changed.',
  ],
};

type BatchPlace = Pick<ReceptionOptions, 'db' | 'agency' | 'clock' | 'procedures'>;

/** 一括連携: accepted applications in batches, as JSON or CSV, each acknowledged by the core system. */
export function batchRoutes(place: BatchPlace): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.post('/', (c) => giveNext(c, place));
  app.get(
    '/:batch',
    ofBatch(place, async (c, batch) => c.json(batch)),
  );
  app.get('/:batch/applications', ofBatch(place, giveApplications));
  app.get('/:batch/applications.csv', ofBatch(place, giveTable));
  app.post('/:batch/acknowledgement', (c) => takeAcknowledgement(c, place));
  return app;
}

async function giveNext(c: Context<ApiEnv>, { db, agency, clock }: BatchPlace): Promise<Response> {
  const wanted = batchWanted.safeParse(await bodyOf(c));
  if (!wanted.success) return c.json(refusal('batch.form', 'The request does not have its form.'), 422);
  const key = c.get('key');
  const procedure = wanted.data.procedure ?? key.procedure;
  if (key.procedure !== null && procedure !== key.procedure)
    return c.json(refusal('api.scope', 'This key reaches over another procedure only.'), 403);
  const limit = wanted.data.limit ?? 100;
  const found = await nextBatch(db.sql, agency.code, { key, procedure, limit, at: clock() });
  if (found === undefined) return c.body(null, 204);
  return c.json(found.batch, found.isNew ? 201 : 200);
}

/** The batch that an address names, handed to `give`; a batch of another key is as if it were not there. */
function ofBatch(
  place: BatchPlace,
  give: (c: Context<ApiEnv>, batch: Batch, place: BatchPlace) => Promise<Response>,
) {
  return async (c: Context<ApiEnv>): Promise<Response> => {
    const { db, agency } = place;
    const id = c.req.param('batch') ?? '';
    const { name } = c.get('key');
    const found = idPattern.test(id) ? await findBatch(db.sql, agency.code, name, id) : undefined;
    return found === undefined ? refused(c, 'batch.unknown') : give(c, found, place);
  };
}

async function giveApplications(c: Context<ApiEnv>, batch: Batch, place: BatchPlace): Promise<Response> {
  const { db, agency } = place;
  const { sql } = db;
  const key = c.get('key');
  const receipts = batch.items.map(({ receiptNumber }) => receiptNumber);
  const among: ReturnType<Sql> = sql`and receipt_number = any(${receipts})`;
  const applications: Detailed[] = [];
  for (const row of await listedCases(sql, agency.code, key, among, receipts.length)) {
    const detail = await detailOf(sql, agency, row);
    if (detail !== undefined) applications.push(detail);
  }
  const read = applications.map(({ receiptNumber }) => receiptNumber);
  await recordReading(place, key, read);
  return c.json({ applications });
}

/** Of one procedure with its answers; over several only what all have in common. */
async function giveTable(c: Context<ApiEnv>, batch: Batch, place: BatchPlace): Promise<Response> {
  const { db, agency, procedures } = place;
  const receipts = batch.items.map(({ receiptNumber }) => receiptNumber);
  const rows = await listByReceipt(db.sql, agency.code, receipts);
  const filter: QueueFilter = {
    ...{ pile: 'done' as const, deadline: undefined, mine: false, paused: undefined, after: undefined },
    procedure: batch.procedure ?? undefined,
  };
  const table = await exportTable(db.sql, agency.code, { filter, rows, procedures });
  await recordReading(place, c.get('key'), receipts);
  return c.body(csv(table), 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${batch.batch}.csv"`,
  });
}

async function takeAcknowledgement(c: Context<ApiEnv>, { db, agency, clock }: BatchPlace): Promise<Response> {
  const said = acknowledgement.safeParse(await bodyOf(c));
  if (!said.success) return c.json(refusal('batch.form', 'The request does not have its form.'), 422);
  const batch = c.req.param('batch') ?? '';
  if (!idPattern.test(batch)) return refused(c, 'batch.unknown');
  const input = { key: c.get('key'), batch, said: said.data, at: clock() };
  const done = await acknowledge(db.sql, agency.code, input);
  return typeof done === 'object' ? c.json(done) : refused(c, done);
}

function refused(c: Context, fault: BatchFault): Response {
  const [status, what] = faults[fault];
  return c.json(refusal(fault, what), status);
}

/** The JSON of a request; an empty body is an empty object, what is no JSON is nothing. */
async function bodyOf(c: Context): Promise<unknown> {
  const text = await c.req.text();
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
