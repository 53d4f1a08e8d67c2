import type { Sql } from '@madoguchi/store';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
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

type ApiPlace = Pick<ReceptionOptions, 'db' | 'agency' | 'clock' | 'procedures'>;

const pageSize = 100;

/**
 * Hand-over to core systems (申請管理システム 標準仕様: 基幹業務システムへの連携): who has a key, made at the desk, fetches applications as JSON or
 * in their signed container, and takes accepted ones over in batches that it acknowledges. It decides nothing. Each application that is read
 * stands in the audit chain with the key's name.
 */
export function apiRoutes(place: ApiPlace): Hono {
  const { agency } = place;
  const app = new Hono<ApiEnv>();
  app.get('/openapi.json', (c) => c.json(openapi(`${agency.origin}${agency.basePath}/api/v1`)));
  app.use(bodyLimit({ maxSize: 1024 * 1024, onError: (c) => c.json(tooLong, 413) }), keyGuard(place));
  app.get('/applications', (c) => listApplications(c, place));
  app.get('/applications/:receipt', (c) => giveApplication(c, place));
  app.get('/applications/:receipt/container', (c) => giveContainer(c, place));
  app.route('/batches', batchRoutes(place));
  app.all('*', (c) => c.json(none, 404));
  return new Hono().route('/', app);
}

/** Only who has a key goes on; its answers are nobody else's. */
function keyGuard({ db, agency }: ApiPlace): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const key = await keyOf(db.sql, agency.code, c.req.header('authorization'));
    if (key === undefined) {
      c.header('WWW-Authenticate', 'Bearer');
      return c.json(refusal('api.key', 'The key is missing, unknown or revoked.'), 401);
    }
    c.set('key', key);
    c.header('Cache-Control', 'no-store');
    return next();
  };
}

async function listApplications(c: Context<ApiEnv>, { db, agency }: ApiPlace): Promise<Response> {
  const { sql } = db;
  const { state, procedure, after = '' } = c.req.query();
  const narrowed: ReturnType<Sql> = sql`${state === undefined ? sql`` : sql`and state = ${state}`}
    ${procedure === undefined ? sql`` : sql`and procedure_id = ${procedure}`}
    ${
      receiptPattern.test(after)
        ? sql`and (arrived_at, receipt_number) > (select arrived_at, receipt_number from agency.cases
            where agency = ${agency.code} and receipt_number = ${after})`
        : sql``
    }`;
  const found = await listedCases(sql, agency.code, c.get('key'), narrowed, pageSize);
  const next = found.length < pageSize ? null : (found.at(-1)?.receiptNumber ?? null);
  return c.json({ applications: found, next } satisfies z.infer<typeof list>);
}

async function giveApplication(c: Context<ApiEnv>, place: ApiPlace): Promise<Response> {
  const row = await caseOf(c, place);
  const found = row && (await detailOf(place.db.sql, place.agency, row));
  if (found === undefined) return c.json(none, 404);
  await recordReading(place, c.get('key'), [found.receiptNumber]);
  return c.json(found satisfies z.infer<typeof detailed>);
}

async function giveContainer(c: Context<ApiEnv>, place: ApiPlace): Promise<Response> {
  const row = await caseOf(c, place);
  const found = row && (await newestContainer(place.db.sql, place.agency.code, row.receiptNumber));
  if (row === undefined || found === undefined) return c.json(none, 404);
  await recordReading(place, c.get('key'), [row.receiptNumber]);
  return c.body(Uint8Array.from(found.container), 200, {
    'content-type': 'application/vnd.etsi.asic-e+zip',
    'content-disposition': `attachment; filename="${row.receiptNumber}.asice"`,
  });
}

/** The application that an address names, as far as this key reaches. */
async function caseOf(c: Context<ApiEnv>, { db, agency }: ApiPlace) {
  const receipt = c.req.param('receipt') ?? '';
  if (!receiptPattern.test(receipt)) return undefined;
  const { sql } = db;
  const [row] = await listedCases(sql, agency.code, c.get('key'), sql`and receipt_number = ${receipt}`, 1);
  return row;
}

const none = refusal('api.unknown', 'There is no such application, or it cannot be read.');
const tooLong = refusal('api.size', 'The request is larger than 1 MiB.');
