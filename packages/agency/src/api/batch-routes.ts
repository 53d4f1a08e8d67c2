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

/** 一括連携: accepted applications in batches, as JSON or CSV, each acknowledged by the core system. */
export function batchRoutes(
  options: Pick<ReceptionOptions, 'db' | 'agency' | 'clock' | 'procedures'>,
): Hono<ApiEnv> {
  const { agency, clock, procedures } = options;
  const { sql } = options.db;
  const app = new Hono<ApiEnv>();
  const unknown = refusal('batch.unknown', faults['batch.unknown'][1]);

  app.post('/', async (c) => {
    const wanted = batchWanted.safeParse(await bodyOf(c));
    if (!wanted.success) return c.json(refusal('batch.form', 'The request does not have its form.'), 422);
    const key = c.get('key');
    const procedure = wanted.data.procedure ?? key.procedure;
    if (key.procedure !== null && procedure !== key.procedure)
      return c.json(refusal('api.scope', 'This key reaches over another procedure only.'), 403);
    const limit = wanted.data.limit ?? 100;
    const found = await nextBatch(sql, agency.code, { key, procedure, limit, at: clock() });
    if (found === undefined) return c.body(null, 204);
    return c.json(found.batch, found.isNew ? 201 : 200);
  });

  const batchOf = async (c: Context<ApiEnv>): Promise<Batch | undefined> => {
    const id = c.req.param('batch') ?? '';
    return idPattern.test(id) ? findBatch(sql, agency.code, c.get('key').name, id) : undefined;
  };

  app.get('/:batch', async (c) => {
    const found = await batchOf(c);
    return found === undefined ? c.json(unknown, 404) : c.json(found);
  });

  app.get('/:batch/applications', async (c) => {
    const found = await batchOf(c);
    if (found === undefined) return c.json(unknown, 404);
    const receipts = found.items.map(({ receiptNumber }) => receiptNumber);
    const rows = await listedCases(
      sql,
      agency.code,
      c.get('key'),
      sql`and receipt_number = any(${receipts})`,
      receipts.length,
    );
    const applications: Detailed[] = [];
    for (const row of rows) {
      const detail = await detailOf(sql, agency, row);
      if (detail !== undefined) applications.push(detail);
    }
    await recordReading(
      options,
      c.get('key'),
      applications.map(({ receiptNumber }) => receiptNumber),
    );
    return c.json({ applications });
  });

  app.get('/:batch/applications.csv', async (c) => {
    const found = await batchOf(c);
    if (found === undefined) return c.json(unknown, 404);
    const receipts = found.items.map(({ receiptNumber }) => receiptNumber);
    const rows = await listByReceipt(sql, agency.code, receipts);
    // Of one procedure with its answers; over several only what all have in common.
    const filter: QueueFilter = {
      ...{ pile: 'done' as const, deadline: undefined, mine: false, paused: undefined, after: undefined },
      procedure: found.procedure ?? undefined,
    };
    const table = await exportTable(sql, agency.code, { filter, rows, procedures });
    await recordReading(options, c.get('key'), receipts);
    return c.body(csv(table), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${found.batch}.csv"`,
    });
  });

  app.post('/:batch/acknowledgement', async (c) => {
    const said = acknowledgement.safeParse(await bodyOf(c));
    if (!said.success) return c.json(refusal('batch.form', 'The request does not have its form.'), 422);
    const id = c.req.param('batch');
    if (!idPattern.test(id)) return c.json(unknown, 404);
    const input = { key: c.get('key'), batch: id, said: said.data, at: clock() };
    const done = await acknowledge(sql, agency.code, input);
    if (typeof done === 'object') return c.json(done);
    const [status, what] = faults[done];
    return c.json(refusal(done, what), status);
  });
  return app;
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
