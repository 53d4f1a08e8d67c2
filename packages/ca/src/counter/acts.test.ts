import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { parseCertificate } from '@madoguchi/pki';
import { importRegister } from '../register/import.js';
import { startAuthority, type TestAuthority } from '../testing/authority.js';
import { type CounterBrowser, type CounterRoom, openCounterRoom } from '../testing/counter-room.js';
import { imageCards } from './cards.js';
import { closeBrokenActs } from './open-acts.js';

let authority: TestAuthority;
let room: CounterRoom;
let clerk: CounterBrowser;
let supervisor: CounterBrowser;
let auditor: CounterBrowser;
/** What was handed to the printer last. */
let printed: Record<string, unknown> = {};

before(async () => {
  authority = await startAuthority('p384');
  const { keystore, dir } = authority;
  room = await openCounterRoom(authority, {
    cards: imageCards({ dir: path.join(dir, 'cards'), imageKey: keystore.derive('card-image'), keystore }),
    typeset: (_, data) => {
      printed = { ...data };
      return new TextEncoder().encode('%PDF');
    },
  });
  const { ca } = authority;
  const csv = [
    'number,name,kana,address,birth,sex,municipality,stay_until,ward',
    'W1,例示　後見,レイジ　コウケン,見本県見本市中央一丁目８番８号,1950-05-05,女,99201,,yes',
    `F1,ＳＡＭＰＬＥ　ＫＩＭ,,見本県見本市港町１番１号,1990-03-03,男,99201,${day(400)},`,
    `F2,ＳＡＭＰＬＥ　ＬＥＥ,,見本県見本市港町１番２号,1990-03-04,男,99201,${day(-2)},`,
    '',
  ].join('\n');
  assert.ok((await importRegister(ca.context, new TextEncoder().encode(csv), 'test')).ok);
  [clerk, supervisor, auditor] = await Promise.all([
    room.byLink('clerk-1', 'clerk'),
    room.byLink('chief-1', 'supervisor'),
    room.byLink('audit-1', 'auditor'),
  ]);
});
after(() => authority.close());

const day = (plus: number) =>
  new Date(authority.now.getTime() + plus * 86_400_000 + 9 * 3600_000).toISOString().slice(0, 10);

const where = async (name: string) => `/counter/residents/${await room.residentId(name)}`;
const statuses = async (name: string) =>
  (await authority.ca.list({ resident: await room.residentId(name) }))
    .map(({ profile, status, revocation }) => `${profile} ${revocation?.reason ?? status}`)
    .sort();

const pins = {
  signature: 'DEMO1234',
  signature2: 'demo1234',
  authentication: '1357',
  authentication2: '1357',
};
const licence = { who: 'self', evidence: 'licence' };

/** From the resident's page over the PINs to the end; the last answer. */
async function walk(
  browser: CounterBrowser,
  name: string,
  act: Record<string, string | string[]>,
): Promise<Response> {
  const page = await where(name);
  const begun = await browser.post(`${page}/act`, { kind: 'issue', ...licence, ...act }, page);
  const to = begun.headers.get('location');
  if (to === null) return begun;
  return browser.post(to, pins, to);
}

test('a revocation needs a ground, who asks, and proof; it is recorded with all of them in the commit that revokes', async () => {
  assert.equal((await walk(clerk, '総務　太郎', {})).status, 303);
  assert.deepEqual(await statuses('総務　太郎'), ['authentication valid', 'signature valid']);
  const [signature] = await authority.ca.list({
    resident: await room.residentId('総務　太郎'),
    profile: 'signature',
  });
  const page = `/counter/certificates/${signature?.alias}`;
  const good = { ground: 'leak', who: 'self', evidence: ['insurance', 'pension'], confirm: 'yes' };
  for (const [change, message] of [
    [{ ground: '' }, /失効の理由を選んで/],
    [{ evidence: ['insurance'] }, /Aを1つか、Bを2つ/],
    [{ evidence: ['insurance', 'made-up'] }, /Aを1つか、Bを2つ/],
    [{ who: 'guardian' }, /登記事項証明書が要ります/],
    [{ who: 'nobody' }, /窓口に来た方を選んで/],
    [{ confirm: '' }, /印を付けて/],
    // Ex officio is the supervisor's.
    [{ ground: 'error', who: 'office', office: 'error' }, /失効の理由を選んで/],
  ] as const) {
    const answer = await clerk.post(`${page}/revoke`, { ...good, ...change } as never, page);
    assert.equal(answer.status, 422, JSON.stringify(change));
    assert.match(await answer.text(), message);
  }
  assert.deepEqual(await statuses('総務　太郎'), ['authentication valid', 'signature valid']);
  assert.equal((await clerk.post(`${page}/revoke`, good, page)).status, 303);
  assert.deepEqual(await statuses('総務　太郎'), ['authentication valid', 'signature keyCompromise']);

  const [authentication] = await authority.ca.list({
    resident: await room.residentId('総務　太郎'),
    profile: 'authentication',
  });
  const other = `/counter/certificates/${authentication?.alias}`;
  const office = { ground: 'cardEnded', who: 'office', office: 'notice' };
  assert.equal((await supervisor.post(`${other}/revoke`, { ...office, office: '' }, other)).status, 422);
  assert.equal((await supervisor.post(`${other}/revoke`, office, other)).status, 303);

  const record = await auditor.text('/counter/record?check=yes');
  assert.match(record, /監査の鎖は切れていません/);
  assert.match(
    record,
    /clerk-1.*失効.*失効 1 枚.*秘密鍵や署名用パスワードが漏れた.*本人.*健康保険の資格確認書/s,
  );
  assert.match(record, /chief-1.*カードが廃止された（職権）.*職権.*ほかの機関からの文書/s);
  for (const secret of ['総務', '太郎', '中央一丁目', signature?.alias ?? '-', signature?.serial ?? '-'])
    assert.ok(!record.includes(secret), secret);
});

test('the record shows an act whose row was changed afterwards, filters, and is of one place for a supervisor', async () => {
  const { sql } = authority.db;
  assert.doesNotMatch(await auditor.text('/counter/record'), /番と違います/);
  const [row] = await sql<
    { id: string }[]
  >`select id from ca.counter_act where kind = 'revoke' order by number limit 1`;
  await sql`update ca.counter_act set evidence = '{passport}' where id = ${row?.id ?? ''}`;
  assert.match(await auditor.text('/counter/record'), /番と違います/);
  await sql`update ca.counter_act set evidence = '{insurance,pension}' where id = ${row?.id ?? ''}`;
  assert.doesNotMatch(await auditor.text('/counter/record'), /番と違います/);
  assert.doesNotMatch(await auditor.text('/counter/record?clerk=nobody'), /clerk-1/);
  assert.doesNotMatch(await auditor.text('/counter/record?kind=hold'), /clerk-1/);
  assert.match(await auditor.text(`/counter/record?kind=revoke&from=${day(0)}&until=${day(0)}`), /clerk-1/);
  assert.doesNotMatch(await auditor.text(`/counter/record?until=${day(-1)}`), /clerk-1/);
  assert.equal((await auditor.ask('/counter/record?before=x&from=99&kind=%27')).status, 200);
  assert.equal((await auditor.ask('/counter/record?clerk=a%00b&kind=%00&from=%ff')).status, 200);
  const other = await room.byLink('tehon-9', 'supervisor', '99301');
  assert.doesNotMatch(await other.text('/counter/record'), /clerk-1/);
});

test('the loss line holds by telephone when all answers fit one person, tells nothing of the register, and is never released', async () => {
  assert.equal((await walk(clerk, '総務　花子', {})).status, 303);
  const line = await room.byLink('line-1', 'lossLine');
  const call = {
    kind: 'stolen',
    presenter: 'self',
    name: '総務花子',
    kana: 'そうむ はなこ',
    birth: '１９７８年０２月２８日',
    address: '見本市中央1-2-3',
  };
  const page = '/counter/loss';
  for (const change of [
    { birth: '19780227' },
    { address: '見本市中央1-2-4' },
    { address: '見本市' },
    { kana: 'ソウム タロウ' },
    { name: '総務' },
    { name: '%', kana: '%' },
  ]) {
    const answer = await line.post(page, { ...call, ...change }, page);
    assert.equal(answer.status, 422, JSON.stringify(change));
    const text = await answer.text();
    assert.match(text, /答えが一致する方はいません/);
    // The name may stand in its field as it was typed, and nothing else of the register anywhere.
    assert.ok(!text.includes('中央一丁目') && !text.includes('00001002'));
  }
  const found = await (await line.post(page, call, page)).text();
  assert.match(found, /4つの答えが、お一人の登録と一致しました.*有効な証明書: 2 枚/s);
  assert.ok(!found.includes('総務　花子') && !found.includes('中央一丁目'));
  assert.deepEqual(await statuses('総務　花子'), ['authentication valid', 'signature valid'], 'not yet');
  // The second step checks everything again.
  assert.equal((await line.post(`${page}/hold`, { ...call, birth: '19780227' }, page)).status, 422);
  const held = await line.post(`${page}/hold`, call, page);
  assert.match(await held.text(), /一時停止しました.*受付番号/s);
  const both = ['authentication certificateHold', 'signature certificateHold'];
  assert.deepEqual(await statuses('総務　花子'), both);
  assert.match(await (await line.post(page, call, page)).text(), /止めるものはありません/);

  // The caller may have lied: the holder is told by letter, which waits on the clerks' first page until it is made.
  const [hold] = await authority.db.sql<{ id: string }[]>`
    select id from ca.counter_act where kind = 'hold' and state = 'done'`;
  const notice = `/counter/acts/${hold?.id}/notice`;
  assert.ok((await clerk.text('/counter')).includes(notice));
  assert.equal((await line.post(notice, {}, page)).status, 403, 'who answers the line sees no address');
  const elsewhere = await room.byLink('tehon-8', 'supervisor', '99301');
  assert.equal((await elsewhere.post(notice, {}, page)).status, 404);
  assert.equal((await clerk.post(notice, {}, '/counter')).headers.get('content-type'), 'application/pdf');
  assert.equal(printed.name, '総務　花子');
  assert.match(JSON.stringify(printed.rows), /盗まれた.*本人/);
  assert.ok(!(await clerk.text('/counter')).includes(notice), 'seen to');

  // In person: found again ends nothing and releases nothing; new certificates go into the card that is there.
  const resident = await where('総務　花子');
  assert.match(await clerk.text(resident), /電話で一時停止されています/);
  const report = { loss: 'found', 'report-who': 'self', 'report-evidence': 'passport' };
  assert.equal(
    (await clerk.post(`${resident}/report`, { ...report, 'report-evidence': '' }, resident)).status,
    422,
  );
  assert.equal((await clerk.post(`${resident}/report`, report, resident)).status, 303);
  assert.doesNotMatch(await clerk.text(resident), /電話で一時停止されています/);
  assert.deepEqual(await statuses('総務　花子'), both);
  const [before] = await authority.db.sql<{ count: string }[]>`select count(*) from ca.counter_card`;
  assert.equal((await walk(clerk, '総務　花子', { kind: 'renew' })).status, 303);
  const [later] = await authority.db.sql<{ count: string }[]>`select count(*) from ca.counter_card`;
  assert.equal(later?.count, before?.count, 'no new card');
  assert.deepEqual(await statuses('総務　花子'), [
    'authentication certificateHold',
    'authentication valid',
    'signature certificateHold',
    'signature valid',
  ]);
  // Told in person, a loss ends the card.
  assert.equal((await clerk.post(`${resident}/report`, { ...report, loss: 'stolen' }, resident)).status, 303);
  assert.equal((await statuses('総務　花子')).filter((one) => /cessation/.test(one)).length, 2);
});

test('who tries answer after answer is stopped, and each miss is on record without the answers', async () => {
  const line = await room.byLink('line-2', 'lossLine');
  const call = {
    kind: 'lost',
    presenter: 'family',
    name: '誰某',
    kana: '',
    birth: '19780228',
    address: '見本市中央1-2-3',
  };
  // All at once: none of them may count the misses before those in front of it are written down.
  const tries = await Promise.all(
    Array.from({ length: 25 }, () => line.post('/counter/loss', call, '/counter/loss')),
  );
  const refused = (status: number) => tries.filter((answer) => answer.status === status).length;
  assert.deepEqual([refused(422), refused(429)], [20, 5]);
  const [misses] = await authority.db.sql<{ count: number; texts: string }[]>`
    select count(*)::int as count, string_agg(row_to_json(a)::text, '') as texts from ca.counter_act a where clerk = 'line-2'`;
  assert.equal(misses?.count, 20);
  assert.ok(!misses?.texts.includes('誰某'));
  const record = await auditor.text('/counter/record?clerk=line-2');
  assert.match(record, /できなかった.*答えが一致する方がいない（loss\.nobody）/s);
});

test('an agent acts with an answered letter: printed once, for what it was sent for, once, within 60 days, with every check', async () => {
  const name = '例示　曻';
  const page = await where(name);
  const answer = {
    who: 'agent',
    evidence: 'licence',
    answer: ['answer-signed', 'answer-agent', 'answer-sealed'],
  };
  const letter = async (kinds: string | string[]) => {
    const made = await clerk.post(`${page}/letter`, { kinds }, page);
    assert.equal(made.headers.get('content-type'), 'application/pdf');
    assert.match(String(printed.number), /^\d{4}-\d{4}-\d{4}$/);
    assert.equal(printed.name, name);
    return String(printed.number);
  };
  assert.equal((await clerk.post(`${page}/letter`, { kinds: '' }, page)).status, 422);
  const first = await letter(['issue', 'renew', 'pin']);
  const second = await letter('issue');
  assert.match(await clerk.text(page), /照会書を.*に作りました/);
  const act = (number: string, change = {}) =>
    clerk.post(`${page}/act`, { kind: 'issue', ...answer, letter: number, consent: 'yes', ...change }, page);
  for (const [number, change, message] of [
    [first, {}, /この方に出ていないか/], // void: a newer one was sent
    ['123456789012', {}, /この方に出ていないか/],
    [second, { answer: ['answer-signed', 'answer-agent'] }, /回答書の確認を、すべて/],
    [second, { evidence: 'insurance' }, /Aを1つか、Bを2つ/],
  ] as const) {
    const refused = await act(number, change);
    assert.equal(refused.status, 422);
    assert.match(await refused.text(), message);
  }
  const begun = await act(second.replaceAll('-', ' '));
  assert.equal(begun.status, 303, await begun.clone().text());
  const to = begun.headers.get('location') ?? '';
  assert.match(await clerk.text(to), /代理の方へ/);
  assert.equal((await clerk.post(to, pins, to)).status, 303);
  assert.equal((await act(second, { kind: 'renew' })).status, 422, 'used');
  const third = await letter('pin');
  assert.equal((await act(third, { kind: 'renew' })).status, 422, 'not for this');
  authority.now = new Date(authority.now.getTime() + 61 * 86_400_000);
  clerk = await room.byLink('clerk-1', 'clerk');
  assert.equal((await act(third, { kind: 'pin' })).status, 422, 'too old');
});

test('children and adult wards get no signature certificate, and their representative shows the authority', async () => {
  const child = await where('総務　次郎');
  const guardian = { kind: 'issue', who: 'guardian', evidence: 'licence' };
  for (const page of [child, await where('例示　後見')]) {
    const html = await clerk.text(page);
    assert.ok(!/name="who" value="self"/.test(html.replace(/id="[^"]*" /g, '')));
    assert.ok(!html.includes('/letter"'), 'no agent by letter');
    assert.equal((await clerk.post(`${page}/act`, { ...guardian, who: 'self' }, page)).status, 422);
    assert.equal((await clerk.post(`${page}/act`, guardian, page)).status, 422);
  }
  const ward = '例示　後見';
  const wardPage = await where(ward);
  // The residence record shows a parent, not a guardian of an adult.
  assert.equal(
    (await clerk.post(`${wardPage}/act`, { ...guardian, authority: 'juminhyo' }, wardPage)).status,
    422,
  );
  assert.equal((await walk(clerk, ward, { ...guardian, authority: 'toki' })).status, 303);
  assert.deepEqual(await statuses(ward), ['authentication valid']);
});

test('no certificate outlives a foreign resident’s permitted stay, and when it is over nothing is issued', async () => {
  const name = 'ＳＡＭＰＬＥ　ＫＩＭ';
  assert.equal((await walk(clerk, name, {})).status, 303);
  const resident = await room.residentId(name);
  const [row] = await authority.db.sql<
    { stay: Date }[]
  >`select stay_until as stay from ca.resident where id = ${resident}`;
  for (const { alias } of await authority.ca.list({ resident })) {
    const parsed = parseCertificate((await authority.ca.show({ alias }))?.certificate ?? new Uint8Array());
    assert.ok(parsed.ok);
    assert.equal(parsed.value.notAfter.getTime(), row?.stay.getTime());
  }
  const over = await where('ＳＡＭＰＬＥ　ＬＥＥ');
  assert.match(await clerk.text(over), /在留期限が過ぎています/);
  const elsewhere = await where('総務　太郎');
  assert.equal((await clerk.post(`${over}/act`, { kind: 'issue', ...licence }, elsewhere)).status, 404);
});

test('certificates renewed into a card end with that card, not with a new one', async () => {
  const name = '例示　曻';
  const resident = await room.residentId(name);
  const end = new Date(Math.floor(authority.now.getTime() / 1000) * 1000 + 90 * 86_400_000);
  await authority.db.sql`update ca.counter_card set expires_at = ${end} where resident = ${resident}`;
  assert.equal((await walk(clerk, name, { kind: 'renew', consent: 'yes' })).status, 303);
  const living = (await authority.ca.list({ resident })).filter(({ status }) => status === 'valid');
  assert.equal(living.length, 2);
  for (const { notAfter } of living) assert.equal(notAfter?.getTime(), end.getTime());
});

test('one PIN can be set anew alone; the copy is printed again while the certificate is valid', async () => {
  const name = 'ＳＡＭＰＬＥ　ＫＩＭ';
  const page = await where(name);
  const begun = await clerk.post(`${page}/act`, { kind: 'pin-authentication', ...licence }, page);
  const to = begun.headers.get('location') ?? '';
  const asked = await clerk.text(to);
  assert.ok(asked.includes('name="authentication"') && !asked.includes('name="signature"'));
  assert.equal((await clerk.post(to, { authentication: '2468', authentication2: '2468' }, to)).status, 303);
  const ward = await where('例示　後見');
  const guardian = { who: 'guardian', evidence: 'licence', authority: 'toki' };
  assert.equal((await clerk.post(`${ward}/act`, { kind: 'pin-signature', ...guardian }, ward)).status, 422);
  const [valid] = (await authority.ca.list({ resident: await room.residentId(name) })).filter(
    ({ status }) => status === 'valid',
  );
  const certificate = `/counter/certificates/${valid?.alias}`;
  assert.match(await clerk.text(certificate), /copy\.pdf/);
  assert.equal((await clerk.ask(`${certificate}/copy.pdf`)).headers.get('content-type'), 'application/pdf');
  await authority.ca.revoke({ certificate: { alias: valid?.alias ?? '' }, reason: 'keyCompromise' });
  assert.equal((await clerk.ask(`${certificate}/copy.pdf`)).status, 404);
});

test('an act that a crash broke off is finished where the card holds everything, else what was made is revoked and the clerk is told what to do next', async () => {
  const { ca, db } = authority;
  const stopAt = async (name: string, step: string) => {
    authority.onStep = (at) => {
      if (at === step) throw new StopHere();
    };
    // The process dies: what it would still have written about the act is not there.
    await walk(clerk, name, { consent: 'yes' }).catch(() => undefined);
    authority.onStep = () => undefined;
    await db.sql`update ca.counter_act set state = 'working', ended_at = null, rule = null
      where id = (select id from ca.counter_act order by number desc limit 1)`;
  };
  await stopAt('福田　龍之介', 'signed');
  await stopAt('斎藤　龍之介', 'delivered');
  assert.equal(await closeBrokenActs(ca.context), 0, 'another process may be at work');
  assert.equal(await closeBrokenActs(ca.context, 0), 2);
  assert.equal(await closeBrokenActs(ca.context, 0), 0);
  const [last] = await db.sql<
    { state: string }[]
  >`select state from ca.counter_act order by number desc limit 1`;
  assert.equal(last?.state, 'done', 'both certificates were read back: the act was done');
  const first = await clerk.text('/counter');
  assert.match(first, /次にすること.*福田　龍之介.*機械が途中で止まりました/s);
  assert.ok((await statuses('福田　龍之介')).every((one) => !one.endsWith('valid')));

  // It stands there until it is done again, or somebody says that it is seen to.
  const [act] = await db.sql<
    { id: string }[]
  >`select id from ca.counter_act where rule = 'counter.brokenOff'`;
  const other = await room.byLink('tehon-9', 'supervisor', '99301');
  const settle = `/counter/acts/${act?.id}/settle`;
  assert.equal((await other.post(settle, {}, '/counter/loss')).status, 404);
  assert.equal((await clerk.post(settle, {}, '/counter')).status, 303);
  assert.doesNotMatch(await clerk.text('/counter'), /機械が途中で止まりました/);
  assert.equal((await ca.verifyAudit()).ok, true);
});

class StopHere extends Error {}
