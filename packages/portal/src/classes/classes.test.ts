import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type Database, migrate, openDatabase } from '@madoguchi/store';
import { mutations } from '@madoguchi/testing';
import type { Hono } from 'hono';
import ICAL from 'ical.js';
import { portalApp } from '../app.js';
import { contentFile } from '../content-files.js';
import { createHelpdeskLink, portalMigrations } from '../helpdesk/routes.js';
import { sampleOptions } from '../testing/sample.js';
import { calendar } from './calendar.js';
import { type ClassDate, readClasses } from './class-list.js';
import { eraseOldSeats, listSeats, seatsKeptDays } from './seats.js';

const now = new Date('2026-11-27T01:00:00Z');
const text = contentFile('classes.csv');
const head = text.slice(0, text.indexOf('\n') + 1);

test('the samples are good, and lie ahead of today on any day', () => {
  for (const today of ['2026-11-27T01:00:00Z', '2028-02-29T14:59:59Z', '2031-12-31T23:00:00Z']) {
    const at = new Date(today);
    const { classes, faults } = readClasses(text, at);
    assert.deepEqual(faults, []);
    assert.ok(classes.length >= 3);
    for (const { start, sample } of classes) assert.ok(sample && start > at);
  }
});

test('the checker names line and column of each fault; a mutated list gets a verdict', () => {
  const row = (change: Record<number, string>) =>
    ['', 'a', '13', 'T', '', '', 'P', 'A', '2027-01-15 10:00', '60', '10', '']
      .map((cell, index) => change[index] ?? cell)
      .join(',');
  assert.equal(
    readClasses(`${head}${row({})}\n`, now).classes[0]?.start.toISOString(),
    '2027-01-15T01:00:00.000Z',
  );
  for (const [change, column] of [
    [{ 0: 'maybe' }, 'sample'],
    [{ 1: 'A b' }, 'id'],
    [{ 2: '48' }, 'prefecture'],
    [{ 3: '' }, 'title'],
    [{ 6: '' }, 'place'],
    [{ 7: '' }, 'address'],
    [{ 8: '+14 10:00' }, 'start'],
    [{ 8: '2027-02-30 10:00' }, 'start'],
    [{ 8: '2027-01-15 24:00' }, 'start'],
    [{ 9: '5' }, 'minutes'],
    [{ 10: '0' }, 'seats'],
    [{ 11: 'call me' }, 'telephone'],
  ] as const) {
    const { classes, faults } = readClasses(`${head}${row(change)}\n`, now);
    assert.equal(classes.length, 0);
    assert.match(`${faults[0]?.line} ${faults[0]?.message}`, new RegExp(`^2 ${column}:`));
  }
  for (const bytes of mutations(Buffer.from(text), 1000))
    for (const { start } of readClasses(Buffer.from(bytes).toString('utf8'), now).classes)
      assert.ok(!Number.isNaN(start.getTime()));
});

test('another program reads the calendar: days in Japan time, texts whole, lines short', () => {
  const hard: ClassDate = {
    ...{ sample: false, id: 'a', prefecture: '13', minutes: 90, seats: 3, telephone: '03-0000-0000' },
    title: { ja: '長い題名、; \\ を持つ講座'.repeat(8), jaEasy: '', en: '' },
    place: '会館 "2階"',
    address: '東京都千代田区, 1-1',
    start: new Date('2027-01-14T15:30:00Z'),
  };
  const file = calendar([hard, ...readClasses(text, now).classes], 'https://portal.example', now);
  for (const line of file.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
  const events = new ICAL.Component(ICAL.parse(file))
    .getAllSubcomponents('vevent')
    .map((one) => new ICAL.Event(one));
  assert.equal(events.length, 4);
  const [event] = events;
  assert.equal(event?.summary, hard.title.ja);
  assert.equal(event?.location, '会館 "2階"（東京都千代田区, 1-1）');
  assert.equal(event?.startDate.toString(), '2027-01-15T00:30:00');
  assert.equal(event?.startDate.zone.tzid, 'Asia/Tokyo');
  assert.equal(event?.duration.toSeconds(), 5400);
  assert.equal(new Set(events.map(({ uid }) => uid)).size, 4);
});

suite('seats in a class', () => {
  let dir: string;
  let db: Database;
  let app: Hono;
  let minute = 0;
  before(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'classes-'));
    db = await openDatabase({ dataDir: dir });
    await migrate(db.sql, portalMigrations);
    app = portalApp({
      ...sampleOptions,
      sql: db.sql,
      clock: () => new Date(now.getTime() + minute * 60_000),
    });
  });
  after(async () => {
    await db.close();
    await rm(dir, { recursive: true, force: true });
  });
  let once = 0;
  const send = (where: string, fields: Record<string, string>, origin = 'http://localhost') =>
    app.request(where, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
      body: new URLSearchParams(fields).toString(),
    });
  const book = async (fields: Record<string, string> = {}, id = 'card-reader') => {
    const answer = await send(`/classes/${id}`, {
      once: `class-${1e6 + once++}`,
      name: '総務',
      people: '1',
      ...fields,
    });
    const page = await answer.text();
    return { status: answer.status, page, code: /class="code-word">([^<]+)</.exec(page)?.[1] ?? '' };
  };

  test('never more people than seats, whoever comes at the same moment; a seat given back is free again', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => book()));
    const got = answers.filter(({ status }) => status === 201);
    assert.equal(got.length, 8);
    assert.ok(answers.some(({ page }) => page.includes('満席です')));
    assert.equal((await send('/classes/cancel', { code: 'AAAA-AAAA-AAAA' })).status, 422);
    const [first] = got;
    assert.equal((await send('/classes/cancel', { code: (first?.code ?? '').toLowerCase() })).status, 200);
    assert.equal((await send('/classes/cancel', { code: first?.code ?? '' })).status, 422);
    const two = await book({ people: '2' });
    assert.equal(two.status, 422);
    assert.match(two.page, /あと1席/);
    assert.equal((await book({ people: '１' })).status, 201);
  });

  test('the form says what is wrong and keeps what was typed; sent twice it takes one seat', async () => {
    minute++;
    for (const [fields, message] of [
      [{ name: ' ' }, 'お名前を'],
      [{ people: '5' }, '1人から4人'],
      [{ telephone: 'x' }, '電話番号を'],
    ] as const) {
      const { status, page } = await book({ telephone: '090-0000-0000', ...fields }, 'sodan');
      assert.equal(status, 422);
      assert.ok(page.includes(message));
    }
    assert.equal((await book({ name: 'a\0b' }, 'sodan')).status, 422);
    assert.equal((await send('/classes/cancel', { code: '\0' })).status, 422);
    assert.equal((await app.request('/classes/%00')).status, 404);
    const same = { once: 'the-same-form-2' };
    const answers = await Promise.all([book(same, 'sodan'), book(same, 'sodan')]);
    assert.equal(answers.filter(({ code }) => code !== '').length, 1);
    assert.match(await (await app.request('/classes/sodan')).text(), /19席/);
    assert.equal(
      (await send('/classes/sodan', { name: 'x', people: '1' }, 'https://evil.example')).status,
      403,
    );
    assert.equal((await book({}, 'nothing')).status, 404);
    assert.equal(
      (await app.request('/classes/sodan.ics')).headers.get('content-type'),
      'text/calendar; charset=utf-8',
    );
  });

  test('helpers alone see who comes; names are forgotten some time after the class', async () => {
    assert.equal((await app.request('/helpdesk/classes')).status, 401);
    const entered = await app.request(await createHelpdeskLink(db.sql, 'helper-1', now));
    const cookie = (entered.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    const page = await (await app.request('/helpdesk/classes', { headers: { cookie } })).text();
    assert.match(page, /総務/);
    const [one] = readClasses(text, now).classes.filter(({ id }) => id === 'sodan');
    assert.ok(one !== undefined);
    assert.equal((await listSeats(db.sql, one)).length, 1);
    const day = (days: number) => new Date(now.getTime() + days * 86_400_000);
    assert.equal(await eraseOldSeats(db.sql, day(20)), 0);
    assert.equal(await eraseOldSeats(db.sql, day(28 + seatsKeptDays + 2)), 9);
  });

  test('without a database the classes stand with their telephone, and take no names', async () => {
    const plain = portalApp({ ...sampleOptions, clock: () => now });
    assert.match(await (await plain.request('/classes/sodan')).text(), /上の電話で/);
    assert.equal((await plain.request('/classes/sodan', { method: 'POST' })).status, 405);
  });
});
