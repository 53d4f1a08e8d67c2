import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Database, verifyAudit } from '@madoguchi/store';
import { taro } from '@madoguchi/testing';
import { Hono } from 'hono';
import { agencyApp } from '../app.js';
import { findCase } from '../cases/queries.js';
import { lookUp, relatedRequest, sendRelated } from '../testing/related.js';
import { base, juminhyo, origin, roadPermission, temporaryDatabase } from '../testing/room.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { checkDecision } from './decide.js';
import { createDeskLink, deskRoutes } from './index.js';

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
let app: Hono;
const code = '99201';
const desk = `${origin}${base}/desk`;

before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db);
  const { agency, procedures, clock } = room.options;
  const routes = deskRoutes({
    sql: db.sql,
    agency,
    procedures,
    verification: room.verification,
    clock,
    linksOpen: true,
  });
  app = new Hono().route(base, agencyApp({ ...room.options, desk: routes }));
});
after(() => close());

const link = () => createDeskLink({ sql: db.sql, agency: room.options.agency, now: room.time.now });

async function sitDown(): Promise<string> {
  const response = await app.request(await link());
  assert.equal(response.status, 303);
  assert.equal(response.headers.get('location'), `${base}/desk`);
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

const get = (path: string, cookie = '') => app.request(`${desk}${path}`, { headers: { cookie } });
const page = async (path: string, cookie: string) => {
  const response = await get(path, cookie);
  assert.equal(response.status, 200);
  return response.text();
};
const field = (html: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

async function post(
  path: string,
  cookie: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
) {
  return app.request(`${desk}${path}`, {
    method: 'POST',
    headers: {
      cookie,
      origin,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    body: new URLSearchParams(form).toString(),
  });
}

/** What an officer does: opens the case, fills the form, presses a button. */
async function press(
  receipt: string,
  cookie: string,
  decision: string,
  reason = '',
  change: Record<string, string> = {},
) {
  const html = await page(`/cases/${receipt}`, cookie);
  const form = { csrf: field(html, 'csrf'), seen: field(html, 'seen'), decision, reason, ...change };
  return post(`/cases/${receipt}/decision`, cookie, form);
}

test('a link opens the desk once, in one browser, and its token is nowhere in the database', async () => {
  const address = await link();
  const first = await app.request(address);
  assert.equal(first.status, 303);
  const [cookie = ''] = first.headers.getSetCookie();
  assert.match(cookie, /HttpOnly/);
  assert.match(cookie, /SameSite=Strict/);
  assert.match(cookie, /Path=\/a\/99201\/desk/);
  const second = await app.request(address);
  assert.equal(second.status, 403);
  assert.match(await second.text(), /すでに使われたか/);
  const token = new URL(address).searchParams.get('token') ?? '';
  const rows = await db.sql`select encode(token_hash, 'escape') as a from agency.desk_links`;
  assert.ok(token.length === 43 && !JSON.stringify(rows).includes(token));
  const again = await app.request(address, { headers: { cookie: cookie.split(';')[0] ?? '' } });
  assert.equal(again.status, 303, 'the same browser may press the link again');
});

test('a link that is foreign, late, or loaded ahead opens nothing and is not used up', async () => {
  const address = await link();
  const ahead = await app.request(address, { headers: { 'sec-purpose': 'prefetch' } });
  assert.equal(ahead.status, 503);
  assert.equal((await app.request(`${desk}/enter?token=${'A'.repeat(43)}`)).status, 403);
  assert.equal((await app.request(`${desk}/enter?token=x`)).status, 403);
  const late = { ...room.options.agency, code: '99202' };
  const foreign = await createDeskLink({ sql: db.sql, agency: late, now: room.time.now });
  assert.equal((await app.request(foreign)).status, 403, 'a link of another agency');
  const { now } = room.time;
  room.time.now = new Date(now.getTime() + 13 * 3600_000);
  assert.equal((await app.request(address)).status, 403);
  room.time.now = now;
  assert.equal((await app.request(await link())).status, 303);
});

test('two browsers that press one link at the same moment: one gets in', async () => {
  const address = await link();
  const answers = await Promise.all(Array.from({ length: 5 }, () => app.request(address)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 403, 403, 403, 403]);
});

test('without a session every page of the desk says how it is opened, and shows nothing', async () => {
  const receipt = await room.file();
  for (const path of ['', `/cases/${receipt}`, `/cases/${receipt}/attachments/0`]) {
    const response = await get(path, `mado_desk_99201=${'A'.repeat(43)}`);
    assert.equal(response.status, 401);
    assert.equal((await response.text()).includes('総務'), false);
  }
  assert.equal((await post(`/cases/${receipt}/decision`, '', { decision: 'accept' })).status, 401);
});

test('the queue shows a genuine application with three good lights, and its page the reasons and the application', async () => {
  const receipt = await room.file();
  const cookie = await sitDown();
  const queue = await page('', cookie);
  assert.ok(
    queue.includes(receipt) && queue.includes('総務　太郎') && queue.includes('住民票の写しの交付申請'),
  );
  const html = await page(`/cases/${receipt}`, cookie);
  for (const light of ['signature', 'identity', 'validity']) {
    assert.match(html, new RegExp(`id="light-${light}" data-state="good"`));
  }
  for (const words of [
    'カードの鍵で署名され',
    '根拠を見る',
    'もう一度確かめる',
    '見本県見本市中央一丁目２番３号',
    'カードから',
    '受理する',
    '補正を求める',
    '却下する',
    '到達',
    '証跡を書き出す',
  ])
    assert.ok(html.replaceAll(/<r[tp]>.*?<\/r[tp]>|<\/?ruby>/g, '').includes(words), words);
  const english = await page(`/cases/${receipt}?lang=en`, cookie);
  assert.match(english, /signed with the card’s key/);
  assert.equal((await get('/cases/2026-9999999', cookie)).status, 404);
  assert.equal((await get('/cases/x', cookie)).status, 404);
  for (const answer of [await get('', cookie)]) {
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.match(answer.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
  }
});

test('a good application is accepted without a reason, once; the history keeps everything', async () => {
  const receipt = await room.file();
  const cookie = await sitDown();
  assert.equal((await press(receipt, cookie, 'accept')).status, 303);
  assert.equal((await findCase(db.sql, code, receipt))?.state, 'accepted');
  const html = await page(`/cases/${receipt}`, cookie);
  assert.match(html, /受理/);
  assert.equal(html.includes('name="decision"'), false);
  const again = await post(`/cases/${receipt}/decision`, cookie, {
    csrf: field(html, 'csrf'),
    seen: field(html, 'seen'),
    decision: 'reject',
    reason: 'x',
  });
  assert.equal(again.status, 422);
  const actions =
    await db.sql`select kind from agency.actions where receipt_number = ${receipt} order by seq`;
  assert.deepEqual(
    actions.map(({ kind }) => kind),
    ['arrived', 'opened', 'verified', 'accepted'],
  );
});

test('a correction or rejection needs a reason; what was typed stays; then it moves to its pile', async () => {
  const receipt = await room.file();
  const cookie = await sitDown();
  const refused = await press(receipt, cookie, 'reject', '　');
  assert.equal(refused.status, 422);
  assert.match(await refused.text(), /エラー: /);
  assert.equal((await press(receipt, cookie, 'correct', '本籍を<b>書いて</b>ください')).status, 303);
  assert.ok((await page('?pile=correction', cookie)).includes(receipt));
  const html = await page(`/cases/${receipt}`, cookie);
  assert.ok(html.includes('本籍を&lt;b&gt;書いて&lt;/b&gt;ください'));
  assert.equal((await press(receipt, cookie, 'reject', '期限までに補正がない')).status, 303);
  assert.ok((await page('?pile=done', cookie)).includes(receipt));
  const long = await press(await room.file(), cookie, 'reject', 'あ'.repeat(3000));
  assert.equal(long.status, 422);
});

test('an officer marks what to correct, until when; then old and new stand side by side, only what changed', async () => {
  const receipt = await room.file();
  const cookie = await sitDown();
  const html = await page(`/cases/${receipt}`, cookie);
  assert.match(html, /name="mark" value="copies"/);
  assert.equal(/name="mark" value="applicant/.test(html), false, 'the card is not corrected');
  const late = await press(receipt, cookie, 'correct', '通数', { mark: 'copies', until: '2020-01-01' });
  assert.equal(late.status, 422);
  assert.match(await late.text(), /補正の期限は/);
  const marks = { mark: 'copies', until: '２０２６/12/24' };
  assert.equal((await press(receipt, cookie, 'correct', '通数', marks)).status, 303);
  assert.equal((await findCase(db.sql, code, receipt))?.correctBy, '2026-12-24');
  const issued = await relatedRequest(room, {
    receipt,
    place: 'correction',
    cookie: await lookUp(room, receipt),
    answers: { ...juminhyo, copies: '2' },
  });
  const own = await sendRelated(room, issued);
  const corrected = (await page(`/cases/${receipt}`, cookie)).replaceAll(
    /<r[tp]>.*?<\/r[tp]>|<\/?ruby>/g,
    '',
  );
  const [, changes = ''] = /<table[^>]*id="changes"(.*?)<\/table>/s.exec(corrected) ?? [];
  assert.ok(changes.includes('1通') && changes.includes('2通'), changes);
  assert.equal(changes.includes('本籍'), false);
  assert.ok(corrected.includes('補正が届いた'));
  assert.equal((await page('', cookie)).includes(own), false, 'the correction is no case of its own');
  assert.equal((await press(receipt, cookie, 'accept')).status, 303);
});

test('marks that the application does not have are dropped; without a day it is two weeks', async () => {
  const receipt = await room.file();
  const cookie = await sitDown();
  assert.equal((await press(receipt, cookie, 'correct', '通数', { mark: 'nothing,x' })).status, 303);
  const row = await findCase(db.sql, code, receipt);
  assert.equal(
    row?.correctBy,
    new Date(room.time.now.getTime() + (9 + 14 * 24) * 3600_000).toISOString().slice(0, 10),
  );
  const [asked] = await db.sql`select detail from agency.actions
    where receipt_number = ${receipt} and kind = 'correctionAsked'`;
  assert.equal(asked?.detail.fields, '');
});

test('two officers at one case: the second is told that something happened', async () => {
  const receipt = await room.file();
  const [a, b] = [await sitDown(), await sitDown()];
  const html = await page(`/cases/${receipt}`, b);
  assert.equal((await press(receipt, a, 'note', '電話した')).status, 303);
  const late = await post(`/cases/${receipt}/decision`, b, {
    csrf: field(html, 'csrf'),
    seen: field(html, 'seen'),
    decision: 'accept',
    reason: '',
  });
  assert.equal(late.status, 422);
  assert.match(await late.text(), /動きがありました/);
  assert.equal((await findCase(db.sql, code, receipt))?.state, 'verified');
});

test('a form from another site, without its token, or with another session’s token changes nothing', async () => {
  const receipt = await room.file();
  const cookie = await sitDown();
  const html = await page(`/cases/${receipt}`, cookie);
  const form = { csrf: field(html, 'csrf'), seen: field(html, 'seen'), decision: 'reject', reason: 'x' };
  const path = `/cases/${receipt}/decision`;
  assert.equal(
    (await post(path, cookie, form, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }))
      .status,
    403,
  );
  assert.equal((await post(path, cookie, { ...form, csrf: '' })).status, 403);
  const other = field(await page('', await sitDown()), 'csrf');
  assert.equal((await post(path, cookie, { ...form, csrf: other })).status, 403);
  assert.equal((await findCase(db.sql, code, receipt))?.state, 'verified');
});

test('a light that is not good says what the officer may do; a wrong signature is never accepted', async () => {
  const cookie = await sitDown();
  const receipt = await room.file({ identity: { ...taro, name: '総務　次郎' } });
  const html = await page(`/cases/${receipt}`, cookie);
  assert.match(html, /id="light-identity" data-state="bad"/);
  assert.match(html.replaceAll(/<r[tp]>.*?<\/r[tp]>|<\/?ruby>/g, ''), /誤りの印があります/);
  assert.equal((await press(receipt, cookie, 'accept')).status, 422);
  assert.equal((await press(receipt, cookie, 'accept', '改名を戸籍で確かめた')).status, 303);
  const bad = { state: 'bad', sentence: { ja: '', jaEasy: '', en: '' }, checks: [] } as const;
  const good = { ...bad, state: 'good' } as const;
  const lights = { signature: bad, identity: good, validity: good };
  assert.equal(checkDecision('accept', 'verified', lights, 'よい'), 'signature');
  assert.equal(checkDecision('reject', 'verified', lights, 'だめ'), undefined);
  assert.equal(checkDecision('accept', 'verified', undefined, ''), 'unopened');
  assert.equal(checkDecision('note', 'accepted', lights, 'メモ'), undefined);
  assert.equal(checkDecision('accept', 'refused', lights, 'x'), 'decided');
});

test('もう一度確かめる asks again and shows the new result', async () => {
  const cookie = await sitDown();
  room.list.answers = false;
  const receipt = await room.file();
  const html = await page(`/cases/${receipt}`, cookie);
  assert.match(html, /id="light-validity" data-state="pending"/);
  room.list.answers = true;
  const answer = await post(`/cases/${receipt}/recheck`, cookie, { csrf: field(html, 'csrf') });
  assert.equal(answer.status, 303);
  assert.match(await page(`/cases/${receipt}`, cookie), /id="light-validity" data-state="good"/);
});

test('the evidence is exported as a file, and that stands in the history', async () => {
  const cookie = await sitDown();
  const receipt = await room.file();
  const html = await page(`/cases/${receipt}`, cookie);
  const answer = await post(`/cases/${receipt}/evidence`, cookie, { csrf: field(html, 'csrf') });
  assert.match(answer.headers.get('content-disposition') ?? '', /^attachment/);
  const trail = (await answer.json()) as { looks: { report: { indication: string } }[] };
  assert.equal(trail.looks[0]?.report.indication, 'TOTAL_PASSED');
  assert.match(await page(`/cases/${receipt}`, cookie), /証跡を書き出した/);
});

test('an attachment is saved, never shown, under a name that hides nothing', async () => {
  const cookie = await sitDown();
  const receipt = await room.file(
    {},
    {
      procedure: 'douro-senyo',
      answers: roadPermission,
      files: [{ name: '位置図 (1).pdf', bytes: Buffer.from('<svg onload=alert(1)>'), rule: 'map' }],
    },
  );
  assert.match(await page(`/cases/${receipt}`, cookie), /attachments\/0/);
  const answer = await get(`/cases/${receipt}/attachments/0`, cookie);
  assert.equal(answer.headers.get('content-type'), 'application/octet-stream');
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  assert.match(answer.headers.get('content-security-policy') ?? '', /sandbox/);
  assert.equal(
    answer.headers.get('content-disposition'),
    `attachment; filename="attachment-1"; filename*=UTF-8''${encodeURIComponent('位置図')}%20%281%29.pdf`,
  );
  assert.equal(await answer.text(), '<svg onload=alert(1)>');
  for (const index of ['1', '-1', 'x', '0x0', '9999']) {
    assert.equal((await get(`/cases/${receipt}/attachments/${index}`, cookie)).status, 404);
  }
});

test('leaving ends the session on the server, and the audit chain is whole and holds no name and no reason', async () => {
  const cookie = await sitDown();
  const csrf = field(await page('', cookie), 'csrf');
  assert.equal((await post('/leave', cookie, { csrf })).status, 200);
  assert.equal((await get('', cookie)).status, 401);
  const verdict = await verifyAudit(db.sql, `agency:${code}`);
  assert.ok(verdict.ok);
  const text = JSON.stringify(await db.sql`select actor, action, subject, detail from store.audit_entries`);
  assert.match(text, /case\.accepted/);
  for (const secret of ['総務', '改名', '電話した']) assert.equal(text.includes(secret), false);
});
