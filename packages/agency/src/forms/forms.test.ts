import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { verifySigningRequest } from '@madoguchi/procedure';
import type { Database } from '@madoguchi/store';
import { now } from '@madoguchi/testing';
import { readProcedure } from '../procedures.js';
import {
  askForRequest,
  base,
  issue,
  juminhyo,
  openRoom,
  origin,
  type Room,
  roadPermission,
  temporaryDatabase,
} from '../testing/room.js';

let db: Database;
let close: () => Promise<void>;
let room: Room;
before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openRoom(db);
});
after(() => close());

const get = (path: string, headers: Record<string, string> = {}) =>
  room.app.request(`${origin}${base}${path}`, { headers });
const post = (path: string, fields: Record<string, string>) =>
  room.app.request(`${origin}${base}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
    body: new URLSearchParams(fields).toString(),
  });

test('the first page leads to each procedure in one activation', async () => {
  const response = await get('/');
  assert.equal(response.status, 200);
  const page = await response.text();
  for (const { definition } of room.procedures) {
    assert.ok(page.includes(`href="${base}/procedures/${definition.id}"`));
    assert.ok(page.includes(definition.title.ja));
  }
});

test('the procedure page says what is needed, asks its questions with defaults, and asks for no identity', async () => {
  const page = await (await get('/procedures/juminhyo')).text();
  for (const text of [
    '住民票の写しの交付申請',
    '300円',
    '3分',
    'カードリーダー',
    '署名へ進む',
    '途中でやめる',
  ])
    assert.ok(page.includes(text), text);
  assert.match(page, /<input[^>]*name="subject"[^>]*value="self"[^>]*checked/);
  assert.match(page, /<input[^>]*name="copies"[^>]*value="1"/);
  assert.doesNotMatch(page, /name="(name|address|birthDate|sex)"/);
  assert.doesNotMatch(page, /<script(?![^>]*src=)/);
  assert.doesNotMatch(page, / style=/);
});

test('the page that opens the agent sends its origin, keeps its window, and may post to the agent', async () => {
  const response = await get('/procedures/juminhyo');
  assert.equal(response.headers.get('referrer-policy'), 'origin');
  assert.equal(response.headers.get('cross-origin-opener-policy'), 'unsafe-none');
  const policy = response.headers.get('content-security-policy') ?? '';
  assert.match(policy, /form-action 'self' http:\/\/127\.0\.0\.1:24787/);
  assert.match(policy, /default-src 'self'/);
  assert.equal((await get('/')).headers.get('referrer-policy'), 'same-origin');
});

test('without a script wrong answers come back with a summary, and everything typed is kept', async () => {
  const response = await post('/procedures/juminhyo', {
    ...juminhyo,
    copies: '11',
    purpose: '"><script>alert(1)</script>',
  });
  assert.equal(response.status, 422);
  const page = await response.text();
  assert.match(page, /<title>エラー: /);
  assert.match(page, /class="error-summary"/);
  assert.match(page, /href="#f-copies"/);
  assert.match(page, /name="copies"[^>]*value="11"/);
  assert.ok(page.includes('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"'));
  assert.ok(!page.includes('<script>alert'));
});

test('without a script good answers come back with the way on', async () => {
  const response = await post('/procedures/juminhyo', { ...juminhyo, copies: '２' });
  assert.equal(response.status, 200);
  assert.match(await response.text(), /書いた内容に誤りはありません/);
});

test('good answers get a signing request that an agent accepts, and its nonce is written down', async () => {
  const issued = await issue(room, 'juminhyo', { ...juminhyo, copies: '２' });
  const verified = verifySigningRequest(issued.request, {
    anchors: [room.world.root.der],
    demo: true,
    origin,
    now,
  });
  assert.ok(verified.ok, verified.ok ? '' : verified.rule);
  assert.equal(verified.claims.answers.copies, '2');
  assert.equal(verified.claims.intake, `${origin}${base}/intake`);
  assert.equal(issued.agent, 'http://127.0.0.1:24787/sign');
  const rows = await db.sql`select * from agency.requests where jti = ${issued.jti}`;
  assert.equal(rows.length, 1);
  assert.ok(!JSON.stringify(rows).includes('household'));
  const status = await room.app.request(`${origin}${issued.status}`);
  assert.deepEqual(await status.json(), { state: 'waiting' });
});

test('the island gets the error page to take its messages from', async () => {
  const response = await askForRequest(room, 'juminhyo', { ...juminhyo, copies: 'many' });
  assert.equal(response.status, 422);
  const page = await response.text();
  assert.match(page, /class="error-summary"/);
  assert.match(page, /id="f-copies-error"/);
});

test('attachments are checked by kind, size and presence before anything is signed', async () => {
  const answers = roadPermission;
  const file = { name: '図.pdf', size: 100, sha256: 'ab'.repeat(32), rule: 'map' };
  assert.equal((await askForRequest(room, 'douro-senyo', answers)).status, 422);
  assert.equal((await askForRequest(room, 'douro-senyo', answers, [{ ...file, name: 'x.exe' }])).status, 422);
  assert.equal((await askForRequest(room, 'douro-senyo', answers, [{ ...file, size: 1e9 }])).status, 422);
  const issued = await issue(room, 'douro-senyo', answers, [file]);
  assert.deepEqual(issued.claims.attachments, [file]);
});

test('another site cannot have a request made, and nonsense gets an error in place of a crash', async () => {
  const foreign = await room.app.request(`${origin}${base}/procedures/juminhyo/request`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: 'https://evil.example',
      'sec-fetch-site': 'cross-site',
    },
    body: JSON.stringify({ answers: juminhyo, attachments: [] }),
  });
  assert.equal(foreign.status, 403);
  for (const body of ['', '{', '[]', '{"answers":{"copies":1},"attachments":[]}', '{"answers":[]}']) {
    const response = await room.app.request(`${origin}${base}/procedures/juminhyo/request`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body,
    });
    assert.equal(response.status, 400, body);
  }
  assert.equal((await get('/procedures/nothing')).status, 404);
});

test('when the agency’s certificates cannot be shown to be in force, no request leaves', async () => {
  const other = await openRoom(db);
  other.options.staple = async () => undefined;
  const response = await askForRequest(other);
  assert.equal(response.status, 503);
});

test('the scripts have addresses of their own, find each other there, and name no other origin', async () => {
  const page = await (await get('/procedures/juminhyo')).text();
  const [, source = ''] = /<script type="module" src="([^"]*form\.js)"/.exec(page) ?? [];
  const seen = new Set<string>();
  const look = async (address: string) => {
    if (seen.has(address)) return;
    seen.add(address);
    const response = await room.app.request(`${origin}${address}`);
    assert.equal(response.status, 200, address);
    assert.match(response.headers.get('content-type') ?? '', /javascript/);
    const body = await response.text();
    assert.doesNotMatch(body, /https?:\/\//);
    for (const [, name = ''] of body.matchAll(/^import .* from '\.\/([^']+)';$/gm))
      await look(address.replace(/[^/]+$/, name));
  };
  await look(source);
  assert.ok(seen.size >= 8, [...seen].join());
  assert.equal((await room.app.request(`${origin}${source.replace('form.js', 'evil.js')}`)).status, 404);
});

const claim = {
  kana: 'ソウム　タロウ',
  reason: 'birth',
  reasonDay: '令和8年11月20日',
  telephone: '099-000-0000',
  occupation: 'employee',
  january: 'same',
  pension: 'employees',
  spouse: 'no',
};

test('a long form goes step by step, carries what was typed, and keeps nothing on the server', async () => {
  const first = await (await get('/procedures/jido-teate')).text();
  assert.match(first, /手順 1 \/ 3/);
  assert.doesNotMatch(first, /name="children\.0\.name"/);
  const refused = await post('/procedures/jido-teate', { ...claim, _step: 'claimant', reasonDay: 'いつか' });
  assert.equal(refused.status, 422);
  const again = await refused.text();
  assert.match(again, /href="#f-reasonDay"/);
  assert.doesNotMatch(again, /href="#f-children/, 'later steps are not asked yet');
  const second = await (await post('/procedures/jido-teate', { ...claim, _step: 'claimant' })).text();
  assert.match(second, /手順 2 \/ 3/);
  assert.match(second, /<input type="hidden" name="reasonDay" value="令和8年11月20日"/);
  const back = await (
    await post('/procedures/jido-teate', {
      ...claim,
      'children.0.name': '総務　一郎',
      _step: 'children',
      _go: 'back',
    })
  ).text();
  assert.match(back, /手順 1 \/ 3/);
  assert.match(back, /<input type="hidden" name="children\.0\.name" value="総務　一郎"/);
});

test('rows are added and taken out without a script, and those behind move up', async () => {
  const typed = { ...claim, _step: 'children', 'children.0.name': '一郎', 'children.1.name': '二郎' };
  const more = await (await post('/procedures/jido-teate', { ...typed, _go: 'add:children' })).text();
  assert.match(more, /name="children\.2\.name"/);
  assert.match(more, /name="children\.1\.name"[^>]*value="二郎"/);
  const fewer = await (await post('/procedures/jido-teate', { ...typed, _go: 'drop:children:0' })).text();
  assert.match(fewer, /name="children\.0\.name"[^>]*value="二郎"/);
  assert.doesNotMatch(fewer, /name="children\.1\.name"/);
  for (const strange of ['add:nothing', 'drop:children:99', 'drop:children', 'step:', 'x:y:z'])
    assert.ok((await post('/procedures/jido-teate', { ...typed, _go: strange })).status < 500, strange);
});

test('a fault in an earlier step leads back to that step', async () => {
  const posted = await post('/procedures/jido-teate', { ...claim, reason: '', _step: 'payment' });
  assert.equal(posted.status, 422);
  assert.match(await posted.text(), /手順 1 \/ 3/);
});

test('every page speaks three registers', async () => {
  for (const lang of ['ja', 'jaEasy', 'en'])
    for (const path of ['/', '/procedures/juminhyo', '/applications'])
      assert.equal((await get(`${path}?lang=${lang}`)).status, 200);
  assert.match(await (await get('/procedures/juminhyo?lang=en')).text(), /Continue to signing/);
});

test('a page opened as localhost moves to the origin that stands in the request', async () => {
  const response = await room.app.request(`http://localhost:8080${base}/procedures/juminhyo?lang=en`);
  assert.equal(response.status, 302);
  assert.equal(response.headers.get('location'), `${origin}${base}/procedures/juminhyo?lang=en`);
});

test('too large a form gets a page, not a crash', async () => {
  const response = await post('/procedures/juminhyo', { purpose: 'x'.repeat(600_000) });
  assert.equal(response.status, 413);
  assert.match(await response.text(), /大きすぎます/);
});

test('an agency that has a procedure received elsewhere leads there with what to prepare, and takes nothing itself', async () => {
  const word = (text: string) => ({ ja: text, jaEasy: text, en: text });
  const changes = {
    receiver: { outside: 'https://etax.example/start', name: word('e-Tax'), prepare: [word('源泉徴収票')] },
  };
  const procedure = readProcedure(JSON.stringify({ extends: 'juminhyo', changes }));
  assert.ok(procedure.ok);
  const elsewhere = await openRoom(db, [procedure]);
  const page = await (await elsewhere.app.request(`${origin}${base}/procedures/juminhyo`)).text();
  assert.match(page, /href="https:\/\/etax\.example\/start"/);
  for (const words of ['e-Taxで申請します', 'etax.example', '源泉徴収票'])
    assert.ok(page.includes(words), words);
  assert.doesNotMatch(page, /<form[^>]*method="post"/);
  assert.equal((await askForRequest(elsewhere)).status, 404);
});

test('an agency that shares a reception leads to the agency that receives; that one takes it itself', async () => {
  const receives = async (shared: string) => {
    const changes = { receiver: { shared, name: { ja: '見本広域', jaEasy: 'みほん', en: 'Mihon Union' } } };
    const procedure = readProcedure(JSON.stringify({ extends: 'juminhyo', changes }));
    assert.ok(procedure.ok);
    return openRoom(db, [procedure]);
  };
  const led = await receives('99');
  const page = await (await led.app.request(`${origin}${base}/procedures/juminhyo`)).text();
  assert.match(page, /href="\/a\/99\/procedures\/juminhyo"/);
  for (const words of ['見本広域で申請します', 'いっしょに受け付けて'])
    assert.ok(page.includes(words), words);
  assert.equal((await askForRequest(led)).status, 404);
  assert.equal((await askForRequest(await receives(base.slice('/a/'.length)))).status, 201);
});
