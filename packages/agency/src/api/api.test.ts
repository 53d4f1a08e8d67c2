import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readSubmission } from '@madoguchi/procedure';
import { type Database, verifyAudit } from '@madoguchi/store';
import { openDesk } from '../testing/desk-room.js';
import { lookUp, relatedRequest, sendRelated } from '../testing/related.js';
import { base, juminhyo, origin, temporaryDatabase } from '../testing/room.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { createApiKey, revokeApiKey } from './keys.js';
import { detailed, list, problem } from './shapes.js';

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
let token = '';
const code = '99201';

before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db);
  const made = await createApiKey(db.sql, code, { name: 'juki', officer: 'desk', now: room.time.now });
  assert.ok(made);
  token = made;
});
after(() => close());

const get = (path: string, authorization = `Bearer ${token}`) =>
  room.app.request(`${origin}${base}/api/v1${path}`, { headers: { authorization } });

test('an application comes with its answers by field id, in the shape of the OpenAPI document, without any certificate', async () => {
  const receipt = await room.file();
  const answer = await get(`/applications/${receipt}`);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  const body = detailed.parse(await answer.json());
  assert.deepEqual(body.answers, juminhyo);
  assert.equal(body.applicant.name, '総務　太郎');
  assert.deepEqual(body.lights, { signature: 'good', identity: 'good', validity: 'good' });
  assert.doesNotMatch(JSON.stringify(body), /serial|certificate/i);
  const all = list.parse(await (await get('/applications')).json());
  assert.ok(all.applications.some(({ receiptNumber }) => receiptNumber === receipt));
  const others = list.parse(await (await get('/applications?state=accepted&procedure=juminhyo')).json());
  assert.deepEqual(others, { applications: [], next: null });
});

test('a corrected case is one application, with its newest answers and both submissions; its container is the newest', async () => {
  const receipt = await room.file();
  const officer = await openDesk(room)('desk');
  await officer.decide(receipt, 'correct', '通数');
  const cookie = await lookUp(room, receipt);
  const answers = { ...juminhyo, copies: '3' };
  const own = await sendRelated(
    room,
    await relatedRequest(room, { receipt, place: 'correction', cookie, answers }),
  );
  const body = detailed.parse(await (await get(`/applications/${receipt}`)).json());
  assert.equal(body.answers.copies, '3');
  assert.deepEqual(body.submissions, [receipt, own]);
  assert.equal((await get(`/applications/${own}`)).status, 404);
  const container = await get(`/applications/${receipt}/container`);
  const read = readSubmission(Buffer.from(await container.arrayBuffer()));
  assert.ok(read.ok && read.value.application.answers.copies === '3');
});

test('without a key, with a wrong, foreign or revoked one there is nothing', async () => {
  const receipt = await room.file();
  const foreign = await createApiKey(db.sql, '99202', { name: 'juki', officer: 'desk', now: room.time.now });
  const ended = await createApiKey(db.sql, code, { name: 'old', officer: 'desk', now: room.time.now });
  await revokeApiKey(db.sql, code, { name: 'old', officer: 'desk', now: room.time.now });
  for (const header of [
    '',
    'Bearer x',
    `Basic ${token}`,
    `Bearer ${token}x`,
    `Bearer ${foreign}`,
    `Bearer ${ended}`,
  ])
    for (const path of [
      '/applications',
      `/applications/${receipt}`,
      `/applications/${receipt}/container`,
      '/x',
    ]) {
      const answer = await get(path, header);
      assert.equal(answer.status, 401, `${header} ${path}`);
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
      problem.parse(await answer.json());
    }
  for (const path of ['/applications/2026-9999999', '/applications/x', '/nothing'])
    assert.equal((await get(path)).status, 404);
  const post = await room.app.request(`${origin}${base}/api/v1/applications`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  assert.equal(post.status, 404, 'it is read only');
});

test('keys are made at the desk, shown once, ended; the database has digests, the audit chain every reading', async () => {
  const officer = await openDesk(room)('suzuki');
  const made = await officer.post('/keys', { name: 'zeimu' }, '/keys');
  const shown = /id="token"[^>]*>\s*(mado_[A-Za-z0-9_-]{43})/.exec(await made.text())?.[1] ?? '';
  assert.equal((await get('/applications', `Bearer ${shown}`)).status, 200);
  assert.equal((await officer.page('/keys')).includes(shown), false);
  assert.equal((await officer.post('/keys', { name: 'zeimu' }, '/keys')).status, 422, 'the name is taken');
  assert.equal((await officer.post('/keys', { name: '<x>' }, '/keys')).status, 422);
  assert.equal((await officer.post('/keys', { name: 'y', csrf: 'z' }, '/keys')).status, 403);
  assert.equal((await officer.post('/keys/zeimu/revoke', {}, '/keys')).status, 303);
  assert.equal((await get('/applications', `Bearer ${shown}`)).status, 401);
  const kept = JSON.stringify(await db.sql`select encode(key_hash, 'escape') as k from agency.api_keys`);
  assert.equal(kept.includes(shown), false);
  assert.ok((await verifyAudit(db.sql, `agency:${code}`)).ok);
  const text = JSON.stringify(await db.sql`select actor, action from store.audit_entries`);
  assert.ok(text.includes('system:juki') && text.includes('api.read') && text.includes('api.keyRevoked'));
});

test('the OpenAPI document names every path that answers, and is public', async () => {
  const answer = await get('/openapi.json', '');
  assert.equal(answer.status, 200);
  const document = (await answer.json()) as {
    openapi: string;
    paths: Record<string, object>;
    components: { schemas: Record<string, { type: string }> };
  };
  assert.equal(document.openapi, '3.1.0');
  const paths = Object.keys(document.paths);
  assert.deepEqual(paths.slice(0, 3), [
    '/applications',
    '/applications/{receipt}',
    '/applications/{receipt}/container',
  ]);
  const receipt = await room.file();
  for (const path of paths.slice(0, 3))
    assert.equal((await get(path.replace('{receipt}', receipt))).status, 200);
  const used = [...JSON.stringify(document.paths).matchAll(/schemas\/([A-Za-z]+)/g)].map(
    ([, name]) => name ?? '',
  );
  for (const name of used) assert.equal(document.components.schemas[name]?.type, 'object', name);
});
