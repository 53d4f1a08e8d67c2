import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type Database, migrate, openDatabase, verifyAudit } from '@madoguchi/store';
import { mutations } from '@madoguchi/testing';
import type { Hono } from 'hono';
import { portalApp } from '../app.js';
import { checkFile, editable } from '../content/content.js';
import { contentFile } from '../content-files.js';
import { portalMigrations } from '../helpdesk/routes.js';
import { sampleOptions } from '../testing/sample.js';
import { changedLines } from './changes.js';
import { createAdminLink } from './routes.js';

const now = new Date('2026-11-27T01:00:00Z');

test('what comes with the portal is good; any damage gets a verdict in words', () => {
  for (const file of editable) {
    const text = contentFile(file);
    const { rows, faults } = checkFile(file, text, now);
    assert.deepEqual(faults, [], file);
    assert.ok(rows > 0 || file === 'agencies.csv');
    for (const bytes of mutations(Buffer.from(text), 150))
      for (const { line, message } of checkFile(file, Buffer.from(bytes).toString('utf8'), now).faults)
        assert.ok(line >= 1 && message !== '');
  }
  const topics = (JSON.parse(contentFile('questions.json')) as { topics: object[] }).topics;
  const twice = JSON.stringify({ topics: [topics[0], topics[0]] });
  assert.match(checkFile('questions.json', twice, now).faults[0]?.message ?? '', /stands here twice/);
  assert.equal(checkFile('questions.json', '{\n "topics": [\n}', now).faults[0]?.message, 'is not JSON');
});

test('news has days, words of a length and links into the portal', () => {
  const head = contentFile('news.csv').split('\n')[0];
  const fault = (row: string) => checkFile('news.csv', `${head}\n${row}\n`, now).faults[0]?.message ?? '';
  assert.equal(fault('2026-11-27,2026-11-28,T,,,B,,,/help'), '');
  for (const [row, column] of [
    ['2026-02-30,,T,,,B,,,', 'date'],
    ['2026-11-27,2026-11-26,T,,,B,,,', 'until'],
    ['2026-11-27,,,,,B,,,', 'title'],
    ['2026-11-27,,T,,,,,,', 'text'],
    ['2026-11-27,,T,,,B,,,https://evil.example', 'link'],
    ['2026-11-27,,T,,,B,,,//evil.example', 'link'],
    ['2026-11-27,,T,,,B,,,javascript:x', 'link'],
  ] as const)
    assert.ok(fault(row).startsWith(`${column}:`), row);
});

test('the lines that a draft changes are shown, each once', () => {
  assert.deepEqual(changedLines('a\nb\nc', 'a\nx\nc'), [
    { kind: 'out', text: 'b' },
    { kind: 'in', text: 'x' },
  ]);
  assert.deepEqual(changedLines('a\nb', 'a\r\nb'), []);
  assert.deepEqual(changedLines('a\na\nb', 'a\nb'), [{ kind: 'out', text: 'a' }]);
});

suite('the management of the portal', () => {
  let dir: string;
  let db: Database;
  let app: Hono;
  before(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'admin-'));
    db = await openDatabase({ dataDir: dir });
    await migrate(db.sql, portalMigrations);
    app = portalApp({ ...sampleOptions, sql: db.sql, clock: () => now });
  });
  after(async () => {
    await db.close();
    await rm(dir, { recursive: true, force: true });
  });

  const enter = async (admin = 'admin-1') => {
    const answer = await app.request(await createAdminLink(db.sql, admin, now));
    assert.equal(answer.status, 303);
    const cookie = (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    const see = async (where: string) => (await app.request(where, { headers: { cookie } })).text();
    const csrf = /name="csrf" value="([^"]+)"/.exec(await see('/admin'))?.[1] ?? '';
    const send = (where: string, fields: Record<string, string | Blob>, origin = 'http://localhost') => {
      const body = new FormData();
      for (const [name, value] of Object.entries({ csrf, ...fields }))
        if (typeof value === 'string') body.append(name, value);
        else body.append(name, value, 'file.csv');
      return app.request(where, { method: 'POST', body, headers: { cookie, origin } });
    };
    return { see, send, cookie };
  };
  const everybody = async (where: string) => (await app.request(where)).text();
  const news = contentFile('news.csv');
  const withNews = (title: string) => `${news}2026-11-27,,${title},,,本文です。,,,\n`;

  test('a draft is seen by its operator alone; published it is seen by everybody; undone it is gone', async () => {
    const { see, send } = await enter();
    assert.equal((await send('/admin/news.csv', { text: withNews('工事のお知らせ') })).status, 303);
    assert.match(await see('/'), /工事のお知らせ/);
    assert.match(await see('/'), /下見です/);
    assert.doesNotMatch(await everybody('/'), /工事のお知らせ|下見です/);
    const other = await enter('admin-2');
    assert.doesNotMatch(await other.see('/'), /工事のお知らせ/);
    assert.match(await see('/admin/news.csv'), /追加: 2026-11-27 工事のお知らせ.*<ins>.*本文です。/s);

    assert.equal((await send('/admin/news.csv/publish', { seen: '0' })).status, 303);
    assert.match(await everybody('/'), /工事のお知らせ/);
    assert.doesNotMatch(await see('/'), /下見です/);
    assert.equal((await send('/admin/news.csv/undo', { seen: '1', version: '0' })).status, 303);
    assert.doesNotMatch(await everybody('/'), /工事のお知らせ/);
    assert.equal((await send('/admin/news.csv/undo', { seen: '2', version: '1' })).status, 303);
    assert.match(await everybody('/'), /工事のお知らせ/);
    assert.match(await see('/admin/news.csv'), /第1版をもどしたもの/);
    assert.deepEqual((await verifyAudit(db.sql, 'portal:content')).ok, true);
  });

  test('questions, shops and classes change the same way, by typing or by a file from a spreadsheet', async () => {
    const { send, see } = await enter();
    const shops = 'sample,prefecture,name,address,telephone,note\r\n,13,新しい店,東京都千代田区,,\r\n';
    const file = new Blob([`\uFEFF${shops}`]);
    assert.equal((await send('/admin/shops.csv', { upload: file })).status, 303);
    assert.equal((await send('/admin/shops.csv/publish', { seen: '0' })).status, 303);
    assert.match(await everybody('/readers/shops'), /新しい店/);
    const questions = contentFile('questions.json').replace('カードをなくしました', 'カードを落としました');
    assert.equal((await send('/admin/questions.json', { text: questions })).status, 303);
    assert.equal((await send('/admin/questions.json/publish', { seen: '0' })).status, 303);
    const found = /カードを落としました/.test(await everybody('/help'));
    assert.equal(found, questions !== contentFile('questions.json'));
    const classes = contentFile('classes.csv').replace('なんでも相談会', 'よるの相談会');
    assert.equal((await send('/admin/classes.csv', { text: classes })).status, 303);
    assert.match(await see('/classes'), /よるの相談会/);
    assert.equal((await send('/admin/classes.csv/drop', {})).status, 303);
    assert.doesNotMatch(await see('/classes'), /よるの相談会|下見です/);
  });

  test('what is faulty is told by line and cannot be published; what another has published is not overwritten unseen', async () => {
    const [one, two] = [await enter(), await enter('admin-2')];
    const seen = /name="seen" value="(\d+)"/;
    await one.send('/admin/news.csv', { text: `${news}tomorrow,,T,,,B,,,\n` });
    assert.match(await one.see('/admin/news.csv'), /3行目: date: a day/);
    assert.equal((await one.send('/admin/news.csv/publish', { seen: '3' })).status, 422);
    await one.send('/admin/news.csv', { text: withNews('一') });
    await two.send('/admin/news.csv', { text: withNews('二') });
    const version = seen.exec(await one.see('/admin/news.csv'))?.[1] ?? '';
    const answers = await Promise.all(
      [one, two].map(({ send }) => send('/admin/news.csv/publish', { seen: version })),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409]);
    for (const [fields, status] of [
      [{ text: '', upload: new Blob([Uint8Array.of(0x83, 0x58)]) }, 422],
      [{ text: 'a\0b' }, 422],
      [{ text: 'x'.repeat(4 * 1024 * 1024 + 1) }, 422],
    ] as const)
      assert.equal((await one.send('/admin/news.csv', fields)).status, status);
    assert.equal((await one.send('/admin/news.csv', { text: 'x'.repeat(9 * 1024 * 1024) })).status, 413);
  });

  test('an entry is added, changed and removed in a form; what is wrong is said at its field, and nothing typed is lost', async () => {
    const { see, send } = await enter('admin-3');
    await send('/admin/shops.csv/drop', {});
    const where = '/admin/shops.csv/rows/new';
    const empty = await send(where, {});
    assert.equal(empty.status, 422);
    assert.match(await empty.text(), /href="#f-prefecture".*href="#f-name".*href="#f-address"/s);
    const shop = { prefecture: '13', name: '駅前の店', address: '東京都千代田区', telephone: 'なし' };
    const wrong = await send(where, shop);
    assert.equal(wrong.status, 422);
    const page = await wrong.text();
    assert.match(page, /0で始まる数字とハイフン/);
    assert.match(page, /value="駅前の店"/);
    assert.equal((await send(where, { ...shop, telephone: '', note: '=SUM(1), "a"\nb' })).status, 303);
    assert.equal((await send(where, { ...shop, telephone: '' })).status, 422, 'the same shop twice');
    const list = await see('/admin/shops.csv');
    assert.match(list, /追加: 駅前の店 \(東京都千代田区\)/);
    assert.match(list, /<ins>東京都<\/ins>/);
    const link = /href="(\/admin\/shops\.csv\/rows\/[0-9a-f]{20})">駅前の店/.exec(list)?.[1] ?? '';
    assert.match(await see(link), /value="=SUM\(1\), &quot;a&quot; b"/);
    assert.equal((await send(link, { ...shop, telephone: '', name: '駅前の新しい店' })).status, 303);
    const changed = await see('/admin/shops.csv');
    assert.match(changed, /追加: 駅前の新しい店/);
    // The link named the entry as it was: what came between is not overwritten.
    const late = await send(link, { ...shop, telephone: '', name: '別の店' });
    assert.equal(late.status, 409);
    assert.match(await late.text(), /value="別の店"/);
    const now = /href="(\/admin\/shops\.csv\/rows\/[0-9a-f]{20})">駅前の新しい店/.exec(changed)?.[1] ?? '';
    assert.equal((await send(`${now}/remove`, {})).status, 303);
    assert.match(await see('/admin/shops.csv'), /順番や書き方だけの違い|公開中の版との違い/);
    assert.doesNotMatch(await see('/admin/shops.csv'), /駅前の/);
  });

  test('texts are written in three registers; the linter of easy Japanese remarks on them, and a person decides', async () => {
    const { see, send } = await enter('admin-4');
    const where = '/admin/news.csv/rows/new';
    const item = { date: '2026-11-28', title: '休みます', title_easy: '市役所は やすみ', text: '休みです。' };
    const answer = await send(where, item);
    assert.match(answer.headers.get('location') ?? '', /\/rows\/[0-9a-f]{20}\?saved=yes$/);
    const page = await see(answer.headers.get('location') ?? '');
    assert.match(page, /見出し（やさしい日本語）: 読みがなのない漢字があります。「市役所」/);
    const good = await send((answer.headers.get('location') ?? '').replace('?saved=yes', ''), {
      ...item,
      title_easy: '{市役所|しやくしょ}は やすみ',
    });
    assert.equal(good.headers.get('location'), '/admin/news.csv?saved=yes');

    const questions = await see('/admin/questions.json?q=%E3%82%AB%E3%83%BC%E3%83%89');
    const key = /rows\/([0-9a-f]{20})"/.exec(questions)?.[1] ?? '';
    const form = await see(`/admin/questions.json/rows/${key}`);
    const typed = Object.fromEntries(
      [
        ...form.matchAll(
          /<input[^>]* name="([a-z_]+)"[^>]* value="([^"]*)"|<textarea[^>]* name="([a-z_]+)"[^>]*>([^<]*)<|<select[^>]* name="([a-z]+)"/g,
        ),
      ].map(([, name, value, area, content, select]) => [
        name ?? area ?? select ?? '',
        value ?? content ?? '',
      ]),
    );
    delete typed.csrf;
    const uneven = await send(`/admin/questions.json/rows/${key}`, {
      ...typed,
      answer_en: 'one\ntwo\nthree\nfour',
    });
    assert.equal(uneven.status, 422);
    assert.match(await uneven.text(), /3つのことばを、同じ行数で/);
    const saved = await send(`/admin/questions.json/rows/${key}`, {
      ...typed,
      question_ja: 'カードの新しい質問',
    });
    assert.equal(saved.status, 303, await saved.text());
    assert.match(await see('/help'), /カードの新しい質問/);
    assert.match(await see('/admin/questions.json'), /変更: カードの新しい質問/);
    const added = { ...typed, id: 'quite-new', topic: 'nowhere' };
    assert.equal((await send('/admin/questions.json/rows/new', added)).status, 422);
    assert.equal((await send('/admin/questions.json/rows/new', { ...added, topic: 'card' })).status, 303);
    assert.match(await see('/help/quite-new'), /もどる/);
    assert.equal((await send('/admin/questions.json/publish', { seen: '1' })).status, 303);
    const version = await see('/admin/questions.json/versions/2');
    assert.match(version, /admin-4 が公開しました.*変更: カードの新しい質問.*<del>.*<ins>/s);
    for (const place of ['/admin/questions.json/versions/9', '/admin/questions.json/versions/x'])
      assert.match(await see(place), /見つかりません/);
  });

  test('an agency is added by the address of its catalogue, seen in the preview first; one that cannot be read is said', async () => {
    const catalogue = {
      code: '13999',
      name: { ja: '新町', jaEasy: '{新町|しんまち}', en: 'Shinmachi' },
      url: 'https://town.example/a/13999/',
      procedures: [],
    };
    const asked: string[] = [];
    const fetch = (async (url: string) => {
      asked.push(url);
      return url.includes('town.example') ? Response.json(catalogue) : new Response('no', { status: 404 });
    }) as typeof globalThis.fetch;
    const own = portalApp({ ...sampleOptions, sql: db.sql, clock: () => now, fetch });
    const { cookie, send, see } = await enter('admin-5');
    for (const bad of [
      'http://town.example/catalogue.json',
      'file:///etc/passwd',
      'https://a:b@town.example/',
      '',
    ])
      assert.equal((await send('/admin/agencies.csv/rows/new', { catalogue: bad })).status, 422, bad);
    const csrf = /name="csrf" value="([^"]+)"/.exec(await see('/admin'))?.[1] ?? '';
    const add = (address: string) => {
      const body = new FormData();
      body.append('csrf', csrf);
      body.append('catalogue', address);
      const headers = { cookie, origin: 'http://localhost' };
      return own.request('/admin/agencies.csv/rows/new', { method: 'POST', body, headers });
    };
    assert.equal((await add('https://town.example/a/13999/catalogue.json')).status, 303);
    assert.equal((await add('https://other.example/catalogue.json')).status, 303);
    const mine = async (where: string) => (await own.request(where, { headers: { cookie } })).text();
    assert.match(await mine('/admin/agencies.csv'), /読めています.*読めません: answers 404/s);
    assert.match(await mine('/procedures'), /新町/);
    assert.doesNotMatch(await (await own.request('/procedures')).text(), /新町/);
    assert.equal(asked.length, 3, 'each list once, however many look');
  });

  test('a definition is checked in words and previewed as a form; nothing of it is kept', async () => {
    const { send } = await enter('admin-6');
    const file = new URL('../../../agency/procedures/municipal/jido-teate.json', import.meta.url);
    const text = readFileSync(file, 'utf8');
    const good = await send('/admin/procedures', { definition: text });
    assert.equal(good.status, 200);
    const page = await good.text();
    assert.match(page, /正しい定義です: jido-teate/);
    assert.match(page, /児童手当の認定請求.*申請のページの下見.*請求の理由.*type="radio"/s);
    const bad = await send('/admin/procedures', {
      definition: '',
      file: new Blob([text.replace('"minutes"', '"minuets"')]),
    });
    assert.equal(bad.status, 422);
    assert.match(
      await bad.text(),
      /行目 minuets: 知らない名前です.*minutes: ありません|minutes: ありません.*minuets: 知らない名前です/s,
    );
    for (const hostile of ['', '{', '[[[[', `${'['.repeat(100_000)}`, '{"id":"</textarea><script>"}'])
      assert.equal((await send('/admin/procedures', { definition: hostile })).status, 422);
    assert.equal((await db.sql`select 1 from portal.content_drafts where admin = 'admin-6'`).length, 0);
  });

  test('with the database gone the pages stand as they were last published, and assets and health never ask it', async () => {
    const gone = await openDatabase({ dataDir: dir });
    let at = now;
    const faults: unknown[] = [];
    const own = portalApp({
      ...sampleOptions,
      sql: gone.sql,
      clock: () => at,
      log: (_, fault) => faults.push(fault),
    });
    const before = await (await own.request('/')).text();
    await gone.close();
    at = new Date(now.getTime() + 60_000);
    const cookie = `mado_admin=${'A'.repeat(43)}`;
    const answer = await own.request('/', { headers: { cookie } });
    assert.equal(answer.status, 200);
    assert.equal(await answer.text(), before);
    assert.equal(faults.length, 1);
    for (const where of ['/help', '/classes', '/classes/sodan', '/healthz', '/procedures'])
      assert.equal((await own.request(where)).status, 200, where);
    assert.equal(faults.length, 1, 'asked again only after a while');
  });

  test('nobody gets in without a link, changes by another site or form, or reaches another file', async () => {
    const { send, cookie } = await enter();
    for (const where of [
      ...['/admin', '/admin/news.csv', '/admin/news.csv/file', '/admin/news.csv/text', '/admin/procedures'],
      ...['/admin/news.csv/rows/new', '/admin/news.csv/versions/1'],
    ])
      assert.equal((await app.request(where)).status, 401, where);
    const helper = cookie.replace('mado_admin', 'mado_helpdesk');
    assert.equal((await app.request('/helpdesk', { headers: { cookie: helper } })).status, 401);
    assert.equal((await send('/admin/news.csv', { text: 'x' }, 'https://evil.example')).status, 403);
    assert.equal((await send('/admin/news.csv', { text: 'x', csrf: 'A'.repeat(43) })).status, 403);
    for (const file of ['activations.json', '..%2fpackage.json', '__proto__'])
      assert.equal((await app.request(`/admin/${file}`, { headers: { cookie } })).status, 404, file);
    assert.equal((await send('/admin/news.csv/undo', { seen: '0', version: '99' })).status, 404);
    const file = await app.request('/admin/shops.csv/file', { headers: { cookie } });
    assert.deepEqual([...new Uint8Array(await file.arrayBuffer()).subarray(0, 4)], [0xef, 0xbb, 0xbf, 0x73]);
    assert.equal((await send('/admin/leave', {})).status, 303);
    assert.equal((await app.request('/admin', { headers: { cookie } })).status, 401);
    assert.equal((await portalApp(sampleOptions).request('/admin')).status, 404);
  });
});
