import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { temporaryDatabase } from './testing/temporary.js';
import {
  carriesCsrf,
  closeWebSession,
  createWebLink,
  openWebSession,
  readWebSession,
} from './web-sessions.js';

suite('one-time links and their sessions', () => {
  let db: Awaited<ReturnType<typeof temporaryDatabase>>;
  before(async () => {
    db = await temporaryDatabase();
  });
  after(() => db.close());
  const now = new Date('2026-11-27T00:00:00Z');
  const later = (hours: number) => new Date(now.getTime() + hours * 3600_000);

  test('a link opens one session, of its own scope, within its time', async () => {
    const { sql } = db;
    const link = { scope: 'room', subject: 'helper-1', now };
    const token = await createWebLink(sql, link);
    assert.equal(await openWebSession(sql, { scope: 'other', token, now }), undefined);
    assert.equal(await openWebSession(sql, { scope: 'room', token, now: later(12) }), undefined);
    const both = await Promise.all([
      openWebSession(sql, { scope: 'room', token, now }),
      openWebSession(sql, { scope: 'room', token, now }),
    ]);
    assert.equal(both.filter((session) => session !== undefined).length, 1);
    for (const nonsense of ['', 'x', '\0', `${token}=`])
      assert.equal(await openWebSession(sql, { scope: 'room', token: nonsense, now }), undefined);
  });

  test('a session tells who is in until it is closed or its time is over', async () => {
    const { sql } = db;
    const token = await createWebLink(sql, { scope: 'room', subject: 'helper-1', now });
    const session = await openWebSession(sql, { scope: 'room', token, now });
    assert.ok(session !== undefined);
    const read = (at: Date, scope = 'room') => readWebSession(sql, { scope, token: session, now: at });
    const found = await read(now);
    assert.equal(found?.subject, 'helper-1');
    assert.ok(carriesCsrf(found, found.csrf));
    for (const other of [undefined, '', session, `${found.csrf}x`]) assert.ok(!carriesCsrf(found, other));
    assert.equal(await read(later(8)), undefined);
    assert.equal(await read(now, 'other'), undefined);
    await closeWebSession(sql, 'other', session);
    assert.ok(await read(now));
    await closeWebSession(sql, 'room', session);
    assert.equal(await read(now), undefined);
  });
});
