import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPost, searchCatalogue } from './catalogue.js';
import { contentFile } from './content-files.js';
import { portalApp } from './index.js';
import { readQuestions } from './questions.js';
import { sampleOptions } from './testing/sample.js';

const { agencies } = sampleOptions;
const first = (query: string, more: object = {}) => {
  const [entry] = searchCatalogue(agencies, { query, ...more }).entries;
  return entry === undefined ? undefined : `${entry.agency.code} ${entry.procedure.id}`;
};

test('what one wants in everyday words finds the procedure first', () => {
  for (const [query, wanted] of [
    ['住民票', '99201 juminhyo'],
    ['じゅうみんひょう', '99201 juminhyo'],
    ['ジュウミンヒョウ', '99201 juminhyo'],
    ['ｼﾞｭｳﾐﾝﾋｮｳ', '99201 juminhyo'],
    ['resident record', '99201 juminhyo'],
    ['住民表', '99201 juminhyo'],
    ['子どもが生まれた', '99201 jido-teate'],
    ['baby', '99201 jido-teate'],
    ['会社をやめたので保険を変えたい', '99201 kokuho-kanyu'],
    ['親の介護をたのみたい', '99201 kaigo-nintei'],
    ['車を買った', '90000 jidosha-oss'],
    ['新車', '90000 jidosha-oss'],
    ['確定申告', '90000 shotokuzei-shinkoku'],
    ['医療費控除 還付', '90000 shotokuzei-shinkoku'],
    ['年金はいくらもらえる', '90000 nenkin-shokai'],
    ['マンションを買った', '90000 fudosan-toki'],
    ['pensions', '90000 nenkin-shokai'],
    ['eLTAX', '99 hojin-kenmin-zei'],
    ['看板 見本県', '99 douro-senyo'],
    ['看板 見本縣', '99 douro-senyo'],
  ] as const)
    assert.equal(first(query), wanted, query);
});

test('what is not done here is told with the place where it is, before what is less meant; a question leads to its answer', () => {
  const { questions } = readQuestions(contentFile('questions.json'));
  const found = (query: string) => searchCatalogue(agencies, { query }, { kind: 'none' }, questions);
  for (const [query, wanted] of [
    ['パスポート', 'passport'],
    ['引っ越した', 'move'],
    ['マイナンバーカード なくした', 'card-lost'],
    ['結婚した', 'marriage'],
    ['運転免許の更新', 'licence'],
    ['保育園', 'nursery'],
    ['失業保険', 'unemployment'],
    ['粗大ごみ', 'refuse'],
    ['固定資産税', 'eltax'],
    ['passport', 'passport'],
  ] as const) {
    const { elsewhere, elsewhereFirst } = found(query);
    assert.equal(elsewhere[0]?.id, wanted, query);
    assert.equal(elsewhereFirst, true, query);
  }
  for (const query of ['住民票', '車を買った', '児童手当', '看板'])
    assert.ok(!found(query).elsewhereFirst, query);
  assert.ok(found('パスワードを忘れた').questions.some(({ id }) => id === 'forgotten'));
  assert.deepEqual(found('').elsewhere, []);
});

test('level, agency and place narrow what is shown; a place has its prefecture and the nation with it', () => {
  const codes = (more: object) => [
    ...new Set(searchCatalogue(agencies, { query: '', ...more }).entries.map(({ agency }) => agency.code)),
  ];
  assert.deepEqual(codes({}), ['99201', '99', '90000']);
  assert.deepEqual(codes({ level: 'prefectural' }), ['99']);
  assert.deepEqual(codes({ agency: '90000' }), ['90000']);
  const [city] = agencies;
  assert.ok(city !== undefined);
  const two = [...agencies, { ...city, code: '13101' }];
  const there = searchCatalogue(two, { query: '', place: '13101' }).entries.map(({ agency }) => agency.code);
  assert.deepEqual([...new Set(there)], ['90000', '13101']);
  assert.deepEqual(codes({ level: 'no such', agency: '1', place: '__proto__' }), ['99201', '99', '90000']);
});

test('a post code tells the place: the wards of a city are the city, and one that nobody has narrows nothing', () => {
  const [city] = agencies;
  assert.ok(city !== undefined);
  const all = [
    ...agencies,
    { ...city, code: '01100' },
    { ...city, code: '14130' },
    { ...city, code: '14150' },
  ];
  const own = {
    '0000001': [{ prefecture: '見本県', municipality: '見本市', municipalityCode: '99201', town: '中央' }],
  };
  const codes = (post: string) => {
    const answer = readPost(all, post, own);
    const found = searchCatalogue(all, { query: '' }, answer).entries.map(({ agency }) => agency.code);
    return { codes: [...new Set(found)], answer };
  };
  assert.deepEqual(codes('000-0001').codes, ['99201', '99', '90000']);
  // 札幌市中央区; 川崎市川崎区; 相模原市緑区.
  for (const [post, code] of [
    ['060-0042', '01100'],
    ['２１００００１', '14130'],
    ['〒252-0101', '14150'],
  ] as const) {
    assert.deepEqual(codes(post).codes, ['90000', code], post);
    assert.ok('served' in codes(post).answer);
  }
  const tokyo = codes('100-0001');
  assert.deepEqual(tokyo.codes, ['90000']);
  assert.ok(tokyo.answer.kind === 'found' && !tokyo.answer.served);
  for (const post of ['999-9999', '12', 'あ', '__proto__', '']) {
    assert.equal(codes(post).codes.length, all.length, post);
    assert.equal(codes(post).answer.kind, post === '' ? 'none' : 'unknown');
  }
});

test('nothing is found where nothing fits, and everything for nothing asked', () => {
  assert.equal(first('宇宙旅行'), undefined);
  assert.equal(first('<script>"'), undefined);
  const all = agencies.reduce((sum, { procedures }) => sum + procedures.length, 0);
  for (const query of ['', '  ', '。、'])
    assert.equal(searchCatalogue(agencies, { query }).entries.length, all, query);
});

test('any text is searched without a fault and in little time', () => {
  const pieces = ['住', '𠮷', 'が', '゙', 'ﾊﾞ', '\u0000', ' ', 'é', '😀', '-', '\ud800'];
  let seed = 7;
  for (let round = 0; round < 300; round += 1) {
    let query = '';
    for (let at = 0; at < 40; at += 1) {
      seed = (seed * 48271) % 2147483647;
      query += pieces[seed % pieces.length];
    }
    assert.ok(Array.isArray(searchCatalogue(agencies, { query }).entries));
  }
});

test('what another system receives leads there, with its host by name and what to prepare', async () => {
  const word = (ja: string) => ({ ja, jaEasy: ja, en: ja });
  const receiver = {
    outside: 'https://etax.example/start',
    name: word('e-Tax'),
    prepare: [word('青色の帳簿')],
  };
  const elsewhere = agencies.map((agency) => ({
    ...agency,
    procedures: agency.procedures.map((one) =>
      one.id === 'shotokuzei-shinkoku' ? { ...one, receiver } : one,
    ),
  }));
  const app = portalApp({ ...sampleOptions, agencies: elsewhere });
  const page = await (await app.request(`/procedures?q=${encodeURIComponent('確定申告')}`)).text();
  assert.match(page, /<a href="https:\/\/etax\.example\/start"/);
  for (const words of ['etax.example', '青色の帳簿']) assert.ok(page.includes(words), words);
});
