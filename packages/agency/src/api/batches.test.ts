import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Database, verifyAudit } from '@madoguchi/store';
import { Validator } from '@seriousme/openapi-schema-validator';
import { listActions } from '../cases/actions.js';
import { openDesk } from '../testing/desk-room.js';
import { base, origin, roadPermission, temporaryDatabase } from '../testing/room.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import type { Batch } from './batches.js';
import { createApiKey } from './keys.js';
import { batch, batchApplications, problem } from './shapes.js';

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
let officer: Awaited<ReturnType<ReturnType<typeof openDesk>>>;
const code = '99201';
const road = { ...roadPermission, place: '=1+1' };
const tokens = { all: '', roads: '', other: '' };

before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db);
  officer = await openDesk(room)('chief');
  const key = async (name: string, procedure?: string) =>
    (await createApiKey(db.sql, code, { name, procedure, officer: 'x', now: room.time.now })) ?? '';
  tokens.all = await key('all');
  tokens.roads = await key('roads', 'douro-senyo');
  tokens.other = await key('other');
});
after(() => close());

function call(path: string, body?: unknown, token = tokens.all): Promise<Response> {
  return Promise.resolve(
    room.app.request(`${origin}${base}/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  );
}
async function accepted(procedure?: 'douro-senyo'): Promise<string> {
  const receipt = await (procedure === undefined
    ? room.file()
    : room.file(
        {},
        { procedure, answers: road, files: [{ name: 'm.pdf', bytes: Buffer.from('%PDF-1.7'), rule: 'map' }] },
      ));
  assert.equal((await officer.decide(receipt, 'accept')).status, 303);
  return receipt;
}
const next = async (body: object = {}, token = tokens.all): Promise<Batch> => {
  const answer = await call('/batches', body, token);
  assert.ok([200, 201].includes(answer.status), String(answer.status));
  return batch.parse(await answer.json());
};
const named = ({ items }: Batch) => items.map(({ receiptNumber }) => receiptNumber);

test('accepted applications come in a batch, again until it is acknowledged, and then never again', async () => {
  const open = await room.file();
  const receipts = [await accepted(), await accepted()];
  const first = await next();
  assert.deepEqual(named(first), receipts);
  assert.equal(named(first).includes(open), false, 'what is not accepted is not handed over');
  assert.deepEqual(await next(), first, 'an answer that was lost comes again');
  const { applications } = batchApplications.parse(
    await (await call(`/batches/${first.batch}/applications`)).json(),
  );
  assert.deepEqual(
    applications.map(({ receiptNumber }) => receiptNumber),
    receipts,
  );
  const [one = '', two = ''] = receipts;
  const half = batch.parse(
    await (await call(`/batches/${first.batch}/acknowledgement`, { taken: [one] })).json(),
  );
  assert.equal(half.acknowledgedAt, null);
  const said = { taken: [one], failed: [{ receiptNumber: two, reason: '宛名番号がない' }] };
  const done = batch.parse(await (await call(`/batches/${first.batch}/acknowledgement`, said)).json());
  assert.notEqual(done.acknowledgedAt, null);
  assert.deepEqual(
    await (await call(`/batches/${first.batch}/acknowledgement`, said)).json(),
    done,
    'said twice',
  );
  const again = await next();
  assert.deepEqual(named(again), [two], 'what failed is offered again');
  await call(`/batches/${again.batch}/acknowledgement`, { taken: [two] });
  assert.equal((await call('/batches', {})).status, 204);
  const kinds = (await listActions(db.sql, code, two)).map(({ kind }) => kind);
  assert.deepEqual(kinds.slice(-2), ['handOverFailed', 'handedOver']);
  assert.match(await officer.page(`/cases/${two}`), /基幹システムが引き取れなかった.*宛名番号がない/s);
  assert.ok((await verifyAudit(db.sql, `agency:${code}`)).ok);
});

test('two systems never get the same application, nor does one system twice at once', async () => {
  const receipts = [await accepted(), await accepted(), await accepted()];
  const [a, b, again] = await Promise.all([
    next({ limit: 2 }),
    next({ limit: 2 }, tokens.other),
    next({ limit: 2 }),
  ]);
  assert.deepEqual(a, again);
  assert.deepEqual([...named(a), ...named(b)].sort(), receipts);
  assert.equal((await call(`/batches/${a.batch}`, undefined, tokens.other)).status, 404, 'not another key’s');
  await call(`/batches/${a.batch}/acknowledgement`, { taken: named(a) });
  await call(`/batches/${b.batch}/acknowledgement`, { taken: named(b) }, tokens.other);
});

test('a key for one procedure sees, lists and takes over nothing else', async () => {
  const [own, other] = [await accepted('douro-senyo'), await accepted()];
  assert.equal((await call(`/applications/${other}`, undefined, tokens.roads)).status, 404);
  assert.equal((await call(`/applications/${other}/container`, undefined, tokens.roads)).status, 404);
  const all = await (await call('/applications', undefined, tokens.roads)).text();
  assert.ok(all.includes(own) && !all.includes(other));
  assert.equal((await call('/batches', { procedure: 'juminhyo' }, tokens.roads)).status, 403);
  const mine = await next({}, tokens.roads);
  assert.deepEqual(named(mine), [own]);
  const table = await (await call(`/batches/${mine.batch}/applications.csv`, undefined, tokens.roads)).text();
  assert.ok(table.startsWith('"到達番号"') && table.includes('"place"') && table.includes('"\'=1+1"'), table);
  await call(`/batches/${mine.batch}/acknowledgement`, { taken: [own] }, tokens.roads);
  await call(`/batches/${(await next()).batch}/acknowledgement`, { taken: [other] });
});

test('an acknowledgement that does not fit changes nothing and says why', async () => {
  const receipt = await accepted();
  const { batch: id } = await next({ procedure: 'juminhyo' });
  const path = `/batches/${id}/acknowledgement`;
  const failed = [{ receiptNumber: receipt, reason: 'x' }];
  const cases: [unknown, number, string][] = [
    [{ taken: ['2026-9999999'] }, 422, 'batch.item'],
    [{ taken: [receipt], failed }, 409, 'batch.conflict'],
    [{ taken: [receipt, '2026-9999999'] }, 422, 'batch.item'],
    [{ taken: 'x' }, 422, 'batch.form'],
    [{ taken: [], more: 1 }, 422, 'batch.form'],
    ['{', 422, 'batch.form'],
    ['[]', 422, 'batch.form'],
  ];
  for (const [body, status, rule] of cases) {
    const answer = await call(path, body);
    assert.equal(answer.status, status, JSON.stringify(body));
    assert.equal(problem.parse(await answer.json()).rule, rule);
  }
  assert.equal((await call('/batches/x/acknowledgement', { taken: [] })).status, 404);
  assert.equal((await call('/batches', { limit: 0 })).status, 422);
  assert.equal((await call(path, `{"taken":["${'x'.repeat(1024 * 1024)}"]}`)).status, 413);
  const found = batch.parse(await (await call(`/batches/${id}`)).json());
  assert.deepEqual(found.items, [{ receiptNumber: receipt, state: 'open', reason: null }]);
  await call(path, { taken: [receipt] });
  assert.equal((await call(path, { failed })).status, 409, 'what was taken cannot fail afterwards');
});

test('the OpenAPI document holds for a public validator, and a broken one does not', async () => {
  const document = (await (await call('/openapi.json')).json()) as Record<string, unknown>;
  const verdict = await new Validator().validate(structuredClone(document));
  assert.ok(verdict.valid, JSON.stringify(verdict.errors));
  const broken = structuredClone(document) as { paths: Record<string, { get?: { responses?: unknown } }> };
  broken.paths['/applications'] = { get: { responses: 'none' } };
  assert.equal((await new Validator().validate(broken)).valid, false);
});
