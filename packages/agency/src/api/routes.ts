import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { z } from 'zod';
import type { ReceptionOptions } from '../options.js';
import { receiptPattern } from '../receipts/access.js';
import { batchRoutes } from './batch-routes.js';
import { keyOf } from './keys.js';
import { openapi } from './openapi.js';
import { detailOf, listedCases, newestContainer } from './read-case.js';
import type { detailed, list } from './shapes.js';
import { type ApiEnv, recordReading, refusal } from './shared.js';

const pageSize = 100;
/**
 * Hand-over to core systems (申請管理システム 標準仕様: 基幹業務システムへの連携): who has a key, made at the desk, fetches applications as JSON or
 * in their signed container, and takes accepted ones over in batches that it acknowledges. It decides nothing. Each application that is read
 * stands in the audit chain with the key's name.
 */
export function apiRoutes(options: Pick<ReceptionOptions, 'db' | 'agency' | 'clock' | 'procedures'>): Hono {
  const { agency } = options;
  const { sql } = options.db;
  const app = new Hono<ApiEnv>();

  app.get('/openapi.json', (c) => c.json(openapi(`${agency.origin}${agency.basePath}/api/v1`)));

  app.use(bodyLimit({ maxSize: 1024 * 1024, onError: (c) => c.json(tooLong, 413) }), async (c, next) => {
    const key = await keyOf(sql, agency.code, c.req.header('authorization'));
    if (key === undefined) {
      c.header('WWW-Authenticate', 'Bearer');
      return c.json(refusal('api.key', 'The key is missing, unknown or revoked.'), 401);
    }
    c.set('key', key);
    c.header('Cache-Control', 'no-store');
    return next();
  });

  app.get('/applications', async (c) => {
    const { state, procedure, after = '' } = c.req.query();
    const found = await listedCases(
      sql,
      agency.code,
      c.get('key'),
      sql`${state === undefined ? sql`` : sql`and state = ${state}`}
        ${procedure === undefined ? sql`` : sql`and procedure_id = ${procedure}`}
        ${
          receiptPattern.test(after)
            ? sql`and (arrived_at, receipt_number) > (select arrived_at, receipt_number from agency.cases
                where agency = ${agency.code} and receipt_number = ${after})`
            : sql``
        }`,
      pageSize,
    );
    const next = found.length < pageSize ? null : (found.at(-1)?.receiptNumber ?? null);
    return c.json({ applications: found, next } satisfies z.infer<typeof list>);
  });

  const listedOf = async (c: Context<ApiEnv>) => {
    const receipt = c.req.param('receipt') ?? '';
    if (!receiptPattern.test(receipt)) return undefined;
    const [row] = await listedCases(sql, agency.code, c.get('key'), sql`and receipt_number = ${receipt}`, 1);
    return row;
  };

  app.get('/applications/:receipt', async (c) => {
    const row = await listedOf(c);
    const found = row && (await detailOf(sql, agency, row));
    if (found === undefined) return c.json(none, 404);
    await recordReading(options, c.get('key'), [found.receiptNumber]);
    return c.json(found satisfies z.infer<typeof detailed>);
  });

  app.get('/applications/:receipt/container', async (c) => {
    const row = await listedOf(c);
    const found = row && (await newestContainer(sql, agency.code, row.receiptNumber));
    if (row === undefined || found === undefined) return c.json(none, 404);
    await recordReading(options, c.get('key'), [row.receiptNumber]);
    return c.body(Uint8Array.from(found.container), 200, {
      'content-type': 'application/vnd.etsi.asic-e+zip',
      'content-disposition': `attachment; filename="${row.receiptNumber}.asice"`,
    });
  });

  app.route('/batches', batchRoutes(options));
  app.all('*', (c) => c.json(none, 404));
  return new Hono().route('/', app);
}

const none = refusal('api.unknown', 'There is no such application, or it cannot be read.');
const tooLong = refusal('api.size', 'The request is larger than 1 MiB.');
