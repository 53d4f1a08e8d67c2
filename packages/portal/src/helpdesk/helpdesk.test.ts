import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type Database, migrate, openDatabase, verifyAudit } from '@madoguchi/store';
import type { Hono } from 'hono';
import { portalApp } from '../app.js';
import { sampleFetch, sampleOptions } from '../testing/sample.js';
import { helpdeskFigures } from './figures.js';
import { readQuestion } from './question.js';
import { readReport, reportLimit } from './report.js';
import { createHelpdeskLink, portalMigrations } from './routes.js';
import { ticketState } from './ticket.js';
import { actOnTicket, eraseOldTickets, findTicket, keptDays, openTicket } from './tickets.js';

const w = (ja: string) => ({ ja, jaEasy: ja, en: ja });
const report = {
  state: 'fail',
  checks: [
    {
      id: 'reader',
      state: 'fail',
      title: w('カードリーダー'),
      found: w('見つかりません'),
      means: w(''),
      next: w(''),
    },
  ],
};

suite('the helpdesk', () => {
  let dir: string;
  let db: Database;
  let app: Hono;
  let now = new Date('2026-11-27T01:00:00Z');
  before(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'helpdesk-'));
    db = await openDatabase({ dataDir: dir });
    await migrate(db.sql, portalMigrations);
    app = portalApp({ ...sampleOptions, sql: db.sql, clock: () => now });
  });
  after(async () => {
    await db.close();
    await rm(dir, { recursive: true, force: true });
  });

  const origin = 'http://localhost';
  const form = (fields: Record<string, string | Blob>) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields))
      if (typeof value === 'string') body.append(name, value);
      else body.append(name, value, 'report.json');
    return body;
  };
  const send = (where: string, fields: Record<string, string | Blob>, headers: Record<string, string> = {}) =>
    app.request(where, { method: 'POST', body: form(fields), headers: { origin, ...headers } });
  const good = {
    topic: 'reader',
    body: 'カードリーダーが光りません。\nどうすればよいですか。',
    callAt: 'none',
  };
  let once = 0;
  const ask = async (more: Record<string, string | Blob> = {}) => {
    const answer = await send('/help/contact', { ...good, once: `once-000000-${once++}`, ...more });
    const page = await answer.text();
    const number = /H2026-\d{6}/.exec(page)?.[0] ?? '';
    const code = /class="code-word">([^<]+)</.exec(page)?.[1] ?? '';
    return { status: answer.status, page, number, code };
  };
  const enter = async () => {
    const link = await createHelpdeskLink(db.sql, 'helper-1', now);
    const answer = await app.request(link);
    assert.equal(answer.status, 303);
    return (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  };
  const csrfOf = (page: string) => /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';

  test('behind a proxy that ends TLS the cookie is for https alone, and the forms of the public address count as own', async () => {
    const own = 'https://portal.example';
    const proxied = portalApp({ ...sampleOptions, origin: own, sql: db.sql, clock: () => now });
    const link = await createHelpdeskLink(db.sql, 'helper-3', now);
    const entered = await proxied.request(`http://portal.example${link}`);
    const [line = ''] = entered.headers.getSetCookie();
    assert.match(line, /; Secure/);
    assert.match(entered.headers.get('strict-transport-security') ?? '', /^max-age=/);
    const leave = (from: string) =>
      proxied.request('http://portal.example/helpdesk/leave', {
        method: 'POST',
        headers: { origin: from, cookie: line.split(';')[0] ?? '' },
      });
    assert.equal((await leave('http://portal.example')).status, 403);
    assert.equal((await leave(own)).status, 303);
  });

  test('a question gets a number and a code; a helper answers; its sender alone reads the answer, never the notes', async () => {
    const asked = await ask({
      report: new Blob([JSON.stringify(report)]),
      consent: 'yes',
      callAt: 'morning',
      telephone: '０９０−００００−００００',
    });
    assert.equal(asked.status, 201, asked.page);
    assert.match(asked.code, /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);

    const cookie = await enter();
    const queue = await (await app.request('/helpdesk', { headers: { cookie } })).text();
    assert.ok(queue.includes(asked.number));
    const page = await (await app.request(`/helpdesk/${asked.number}`, { headers: { cookie } })).text();
    assert.match(page, /090-0000-0000/);
    assert.match(page, /見つかりません/);
    const csrf = csrfOf(page);
    const act = (fields: Record<string, string>) =>
      send(`/helpdesk/${asked.number}`, { csrf, ...fields }, { cookie });
    for (const fields of [
      { kind: 'taken' },
      { kind: 'note', text: 'ひみつのメモ' },
      { kind: 'called', text: '不在' },
      { kind: 'reply', text: 'USBの口を\nかえてください。' },
    ])
      assert.equal((await act(fields)).status, 303);
    assert.equal((await act({ kind: 'reply', text: ' ' })).status, 422);
    assert.equal((await act({ kind: 'burn' })).status, 422);

    const read = await send('/help/tickets', {
      number: asked.number.toLowerCase(),
      code: asked.code.toLowerCase().replaceAll('-', ' '),
    });
    const shown = await read.text();
    assert.equal(read.status, 200);
    assert.match(shown, /USBの口を\nかえてください。/);
    assert.ok(!shown.includes('ひみつのメモ') && !shown.includes('不在'));
    for (const [number, code] of [
      [asked.number, 'AAAA-AAAA-AAAA'],
      [asked.number, ''],
      ['H2026-999999', asked.code],
      ["' or 1=1 --", asked.code],
    ] as const) {
      const refused = await send('/help/tickets', { number, code });
      assert.equal(refused.status, 422);
      assert.ok(!(await refused.text()).includes('USB'));
    }
    assert.deepEqual((await verifyAudit(db.sql, 'portal:helpdesk')).ok, true);
  });

  test('what is missing or must not be written is said, and nothing typed is lost', async () => {
    for (const [more, message] of [
      [{ topic: '' }, 'どれについての相談か'],
      [{ body: '  ' }, 'こまっていることを書いて'],
      [{ body: 'あ'.repeat(2001) }, '2,000文字まで'],
      [{ body: 'わたしは１２３４ ５６７８ ９０１２です' }, 'マイナンバーは書かないで'],
      [{ callAt: 'any', telephone: 'でんわ' }, '電話番号を数字で'],
      [{ callAt: 'midnight' }, '電話の時間を'],
      [{ report: new Blob(['{"state":"ok"}']), consent: 'yes' }, '環境の確認の結果ではありません'],
      [{ report: new Blob([JSON.stringify(report)]) }, '「送ってよい」にしるし'],
    ] as const) {
      const answer = await send('/help/contact', { ...good, ...more });
      assert.equal(answer.status, 422);
      const page = await answer.text();
      assert.ok(page.includes(message), message);
      if (!('body' in more)) assert.ok(page.includes('カードリーダーが光りません。'));
    }
    const [row] = await db.sql`select count(*)::int as n from portal.tickets`;
    assert.equal(row?.n, 1);
  });

  test('signs that no database takes are no trouble: in the words, in the report, in numbers and addresses', async () => {
    const asked = await ask({ body: 'a\0b\u0007c\r\nd' });
    assert.equal(asked.status, 201);
    assert.equal((await findTicket(db.sql, asked.number))?.body, 'abc\nd');
    for (const bad of ['\0', '\ud800']) {
      const broken = { ...report, checks: [{ ...report.checks[0], found: w(`x${bad}`) }] };
      assert.equal(readReport(JSON.stringify(broken)), undefined);
      assert.equal((await send('/help/tickets', { number: `H2026-00000${bad}`, code: bad })).status, 422);
    }
    const cookie = await enter();
    for (const where of [
      '/helpdesk/%00',
      '/helpdesk/H2026-%00',
      '/helpdesk/%ff',
      '/helpdesk/enter?token=%00',
    ])
      assert.ok([403, 404].includes((await app.request(where, { headers: { cookie } })).status), where);
    const page = await (await app.request(`/helpdesk/${asked.number}`, { headers: { cookie } })).text();
    const noted = await send(
      `/helpdesk/${asked.number}`,
      { csrf: csrfOf(page), kind: 'note', text: 'x\0y' },
      { cookie },
    );
    assert.equal(noted.status, 303);
  });

  test('a form that is sent twice opens one ticket, also at the same moment', async () => {
    const same = { once: 'the-same-form-1' };
    const answers = await Promise.all([ask(same), ask(same), ask(same)]);
    assert.equal(new Set(answers.map(({ number }) => number)).size, 1);
    assert.equal(answers.filter(({ code }) => code !== '').length, 1);
  });

  test('nobody gets to the desk without a link; other sites, other forms and too much are refused', async () => {
    const { number } = await ask();
    for (const where of ['/helpdesk', `/helpdesk/${number}`]) {
      assert.equal((await app.request(where)).status, 401);
      const forged = await app.request(where, { headers: { cookie: `mado_helpdesk=${'A'.repeat(43)}` } });
      assert.equal(forged.status, 401);
    }
    const link = await createHelpdeskLink(db.sql, 'helper-2', now);
    assert.equal((await app.request(link)).status, 303);
    assert.equal((await app.request(link)).status, 403);
    const cookie = await enter();
    const page = await (await app.request(`/helpdesk/${number}`, { headers: { cookie } })).text();
    const foreign = await send(
      `/helpdesk/${number}`,
      { csrf: csrfOf(page), kind: 'closed' },
      { cookie, origin: 'https://evil.example' },
    );
    assert.equal(foreign.status, 403);
    assert.equal((await send(`/helpdesk/${number}`, { kind: 'closed' }, { cookie })).status, 403);
    assert.equal((await app.request('/helpdesk/nothing', { headers: { cookie } })).status, 404);
    const large = await send('/help/contact', { ...good, report: new Blob(['x'.repeat(4 * reportLimit)]) });
    assert.equal(large.status, 413);
    assert.equal((await send('/helpdesk/leave', {}, { cookie })).status, 303);
    assert.equal((await app.request('/helpdesk', { headers: { cookie } })).status, 401);
    const answers = await Promise.all(
      Array.from({ length: 70 }, (_, i) => ask({ once: `flood-000${i}`, body: 'flood' })),
    );
    assert.ok(answers.some(({ status }) => status === 429));
    now = new Date(now.getTime() + 60_000);
    assert.equal((await ask()).status, 201);
  });

  test('the state follows from what was done; two helpers at once come one after the other', async () => {
    const of = (...kinds: Parameters<typeof ticketState>[0][number]['kind'][]) =>
      ticketState(kinds.map((kind) => ({ kind })));
    assert.equal(of(), 'new');
    assert.equal(of('note'), 'open');
    assert.equal(of('taken', 'reply', 'note'), 'answered');
    assert.equal(of('taken', 'reply', 'closed', 'note'), 'closed');
    assert.equal(of('closed', 'reopened'), 'open');
    const { number } = await ask();
    await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        actOnTicket(db.sql, number, { helper: `helper-${i}`, kind: 'note', text: String(i) }, now),
      ),
    );
    assert.equal((await findTicket(db.sql, number))?.actions.length, 8);
    assert.equal(await actOnTicket(db.sql, 'H2026-999999', { helper: 'x', kind: 'taken' }, now), false);
  });

  test('what was written is erased some time after the end, and what was done stays', async () => {
    const asked = await readQuestion({ ...good, callAt: 'any', telephone: '090-0000-0000' }, 'ja');
    assert.ok(asked.ok);
    const { number } = await openTicket(db.sql, asked.asked, 'erase-000001', now);
    const day = (days: number) => new Date(now.getTime() + days * 86_400_000);
    await actOnTicket(db.sql, number, { helper: 'helper-1', kind: 'reply', text: '返事' }, now);
    await actOnTicket(db.sql, number, { helper: 'helper-1', kind: 'closed' }, now);
    assert.equal(await eraseOldTickets(db.sql, day(keptDays)), 0);
    await actOnTicket(db.sql, number, { helper: 'helper-1', kind: 'reopened' }, day(1));
    assert.equal(await eraseOldTickets(db.sql, day(keptDays + 1)), 0);
    await actOnTicket(db.sql, number, { helper: 'helper-1', kind: 'closed' }, day(2));
    assert.equal(await eraseOldTickets(db.sql, day(keptDays + 3)), 1);
    const ticket = await findTicket(db.sql, number);
    assert.equal(ticket?.body ?? ticket?.telephone ?? ticket?.report, undefined);
    assert.equal(ticket?.actions.length, 4);
    assert.ok(ticket?.actions.every(({ text }) => text === undefined));
    assert.equal(await eraseOldTickets(db.sql, day(keptDays + 3)), 0);
  });

  test('a report that is none, or hostile, is refused or cut down to what a helper needs', () => {
    const read = readReport(
      JSON.stringify({ ...report, secret: 'x', checks: [{ ...report.checks[0], pin: '1234' }] }),
    );
    assert.deepEqual(Object.keys(read ?? {}), ['state', 'checks']);
    assert.deepEqual(Object.keys(read?.checks[0] ?? {}), ['id', 'state', 'title', 'found']);
    for (const text of [
      '',
      'null',
      '[]',
      '{',
      '{"state":"ok","checks":[1]}',
      '['.repeat(50_000),
      'x'.repeat(reportLimit + 1),
    ])
      assert.equal(readReport(text), undefined);
    assert.equal(
      readReport(JSON.stringify({ ...report, checks: Array(100).fill(report.checks[0]) })),
      undefined,
    );
  });

  test('without a database there is no helpdesk, and the help does not speak of one', async () => {
    const plain = portalApp(sampleOptions);
    assert.equal((await plain.request('/help/contact')).status, 404);
    assert.ok(!(await (await plain.request('/help')).text()).includes('/help/contact'));
    assert.ok((await (await app.request('/help')).text()).includes('/help/contact'));
  });

  test('how long people wait for a call is told by month, few are hidden; the last known figures outlive the process', async () => {
    now = new Date('2031-05-20T03:00:00Z');
    const asked = {
      topic: 'reader',
      register: 'ja',
      body: 'x',
      callAt: 'any',
      telephone: '0900000000',
    } as const;
    for (let hours = 1; hours <= 10; hours++) {
      const at = new Date(now.getTime() - 48 * 3600_000);
      const { number } = await openTicket(db.sql, asked, `once-calls-${hours}`, at);
      const called = new Date(at.getTime() + hours * 3600_000);
      for (const later of [0, 5])
        await actOnTicket(
          db.sql,
          number,
          { helper: 'h', kind: 'called' },
          new Date(called.getTime() + later * 3600_000),
        );
    }
    const { months, waiting } = await helpdeskFigures(db.sql, now);
    assert.deepEqual(months.at(-1), { month: '2031-05', hours: { number: 10, median: 5.5, ninety: 9.1 } });
    const before = waiting ?? 0;
    for (let n = 0; n < 5; n++) await openTicket(db.sql, asked, `once-waits-${n}`, now);
    assert.ok(((await helpdeskFigures(db.sql, now)).waiting ?? 0) >= before + 5);

    const own = { ...sampleOptions, origin, sql: db.sql, clock: () => now };
    const first = portalApp({ ...own, fetch: sampleFetch as typeof fetch });
    assert.match(
      await (await first.request('/figures')).text(),
      /相談の電話が来るまで.*2031-05.*5\.5.*9\.1/s,
    );
    now = new Date(now.getTime() + 3600_000);
    const next = portalApp({ ...own, fetch: () => Promise.reject(new Error('refused')) });
    assert.match(
      await (await next.request('/figures')).text(),
      /2031年5月20日（令和13年）12時00分に受け取った数字/,
    );
  });
});
