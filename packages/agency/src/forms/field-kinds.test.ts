// A definition has several outputs: form, validator, signed JSON, drawing. For each kind of field they must agree.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { drawApplication, type Field, parseApplication, parseDefinition } from '@madoguchi/procedure';
import type { Database } from '@madoguchi/store';
import { Hono } from 'hono';
import { agencyApp } from '../app.js';
import { openArrived } from '../intake/open.js';
import {
  base,
  envelopeFor,
  issue,
  openRoom,
  origin,
  type Room,
  send,
  temporaryDatabase,
} from '../testing/room.js';

const w = (text: string) => ({ ja: text, jaEasy: text, en: text });

/** What a person types, what is signed, what is shown. */
const cases: Record<Exclude<Field['kind'], 'total'>, { typed: string; signed: string; shown: string }> = {
  choice: { typed: 'b', signed: 'b', shown: 'Beta' },
  choices: { typed: 'b,a', signed: 'a,b', shown: 'Alpha, Beta' },
  consent: { typed: 'yes', signed: 'yes', shown: 'Yes' },
  number: { typed: '７', signed: '7', shown: '7 pieces' },
  decimal: { typed: '１２．５０', signed: '12.5', shown: '12.5' },
  money: { typed: '1,200円', signed: '1200', shown: '1,200 yen' },
  date: { typed: '令和8年12月1日', signed: '2026-12-01', shown: '1 December 2026' },
  month: { typed: '令和8年12月', signed: '2026-12', shown: 'December 2026' },
  year: { typed: '令和7年分', signed: '2025', shown: '2025' },
  text: { typed: ' {a|b} <b> ', signed: ' {a|b} <b> ', shown: ' {a|b} <b> ' },
  longText: { typed: 'one\r\ntwo', signed: 'one\ntwo', shown: 'one\ntwo' },
  name: { typed: '髙橋　𠮷男', signed: '髙橋　𠮷男', shown: '髙橋　𠮷男' },
  kana: { typed: 'タカハシ　ヨシオ', signed: 'タカハシ　ヨシオ', shown: 'タカハシ　ヨシオ' },
  address: { typed: '中央一丁目２－３', signed: '中央一丁目２－３', shown: '中央一丁目２－３' },
  postcode: { typed: '〒９９０－０００１', signed: '990-0001', shown: '〒990-0001' },
  digits: { typed: '０１２ ３４５', signed: '012345', shown: '012345' },
  telephone: { typed: '０９９－０００－０１００', signed: '099-000-0100', shown: '099-000-0100' },
  email: { typed: 'taro@example.jp', signed: 'taro@example.jp', shown: 'taro@example.jp' },
};

const parsed = parseDefinition({
  id: 'all-kinds',
  version: '1.0',
  title: w('All kinds'),
  summary: w('s'),
  form: { basis: 'none' },
  minutes: 1,
  fee: w('f'),
  requirements: [],
  fields: Object.keys(cases).map((kind) => ({
    id: `f${kind}`,
    kind,
    label: w(`The ${kind}`),
    required: true,
    ...(kind === 'choice' || kind === 'choices'
      ? {
          options: [
            { value: 'a', label: w('Alpha') },
            { value: 'b', label: w('Beta') },
          ],
        }
      : {}),
    ...(kind === 'number' ? { unit: w('pieces') } : {}),
  })),
  attachments: [],
  match: ['name'],
  processingDays: 1,
  next: w('n'),
  contact: { name: w('c'), telephone: '099-000-0100' },
  receiver: 'here',
  oneOpenPerPerson: false,
});

let db: Database;
let close: () => Promise<void>;
let room: Room;
before(async () => {
  ({ db, close } = await temporaryDatabase());
  const opened = await openRoom(db);
  assert.ok(parsed.ok, parsed.ok ? '' : JSON.stringify(parsed.faults));
  const procedures = [parsed];
  const options = { ...opened.options, procedures };
  room = { ...opened, procedures, options, app: new Hono().route(base, agencyApp(options)) };
});
after(() => close());

test('form, validator, signed application and drawing agree for every kind of field', async () => {
  assert.ok(parsed.ok);
  const page = await (await room.app.request(`${origin}${base}/procedures/all-kinds?lang=en`)).text();
  for (const kind of Object.keys(cases))
    assert.match(page, new RegExp(`<(input|textarea|select)[^>]*name="f${kind}"`), kind);

  const typed = Object.fromEntries(
    Object.entries(cases).map(([kind, { typed: value }]) => [`f${kind}`, value]),
  );
  const issued = await issue(room, 'all-kinds', typed);
  const answer = await send(room, issued.claims.ticket, await envelopeFor(room, issued));
  assert.equal(answer.status, 201);
  const [row] = await db.sql`select receipt_number from agency.cases where jti = ${issued.jti}`;
  const drawings: ReturnType<typeof drawApplication>[] = [];
  await openArrived(room.options, row?.receipt_number, async ({ opened }) => {
    assert.ok(opened.ok, opened.ok ? '' : opened.rule);
    const application = parseApplication(opened.value.applicationBytes);
    assert.ok(application.ok);
    for (const [kind, { signed }] of Object.entries(cases))
      assert.equal(application.value.answers[`f${kind}`], signed, kind);
    drawings.push(drawApplication(opened.value.definition, application.value));
  });
  const [drawn] = drawings;
  assert.deepEqual(drawn?.faults, []);
  const shownInEnglish = new Map<string, string>();
  for (const { id, value } of drawn?.rows ?? [])
    shownInEnglish.set(id, typeof value === 'string' ? value : value.en);
  for (const [kind, { shown }] of Object.entries(cases))
    assert.equal(shownInEnglish.get(`f${kind}`), shown, kind);
});

test('what was typed stands in the form again, for every kind of field', async () => {
  const typed = Object.fromEntries(
    Object.entries(cases).map(([kind, { typed: value }]) => [`f${kind}`, value]),
  );
  const response = await room.app.request(`${origin}${base}/procedures/all-kinds`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
    body: new URLSearchParams({ ...typed, femail: 'nobody' }).toString(),
  });
  assert.equal(response.status, 422);
  const page = await response.text();
  assert.match(page, /name="fchoice"[^>]*value="b"[^>]*checked/);
  for (const value of ['令和8年12月1日', '髙橋　𠮷男', ' {a|b} &lt;b&gt; ', 'nobody'])
    assert.ok(page.includes(value), value);
});
