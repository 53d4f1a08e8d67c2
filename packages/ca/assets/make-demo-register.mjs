// Makes demo-register.json, 200 invented people of 見本市: node packages/ca/assets/make-demo-register.mjs
// Names are put together from parts and belong to nobody; places do not exist. The same file comes out every time.
import { writeFileSync } from 'node:fs';

/** A small fixed sequence (Lehmer), so that the file is reproducible. */
let seed = 20040129;
function pick(list) {
  seed = (seed * 48271) % 2147483647;
  return list[seed % list.length];
}
const number = (from, to) => from + Number(pick([...Array(to - from + 1).keys()]));

const families = [
  ['総務', 'ソウム'],
  ['見本', 'ミホン'],
  ['髙﨑', 'タカサキ'],
  ['𠮷田', 'ヨシダ'],
  ['渡邉', 'ワタナベ'],
  ['渡邊', 'ワタナベ'],
  ['渡辺', 'ワタナベ'],
  ['齋藤', 'サイトウ'],
  ['齊藤', 'サイトウ'],
  ['斎藤', 'サイトウ'],
  ['濵口', 'ハマグチ'],
  ['髙槗', 'タカハシ'],
  ['德永', 'トクナガ'],
  ['黑木', 'クロキ'],
  ['栁沢', 'ヤナギサワ'],
  ['桒原', 'クワバラ'],
  ['冨樫', 'トガシ'],
  ['邉見', 'ヘンミ'],
  ['葛󠄀城', 'カツラギ'],
  ['辻󠄀', 'ツジ'],
  ['祇󠄀園', 'ギオン'],
  ['𣘺本', 'ハシモト'],
  ['﨑山', 'サキヤマ'],
  ['神谷', 'カミヤ'],
  ['福田', 'フクダ'],
  ['塚原', 'ツカハラ'],
  ['舘野', 'タテノ'],
  ['嶋', 'シマ'],
  ['一', 'ニノマエ'],
  ['小鳥遊', 'タカナシ'],
  ['勅使河原', 'テシガワラ'],
  ['東四柳', 'ヒガシヨツヤナギ'],
  ['例示', 'レイジ'],
  ['手本', 'テホン'],
  ['試山', 'タメヤマ'],
];
const given = [
  ['太郎', 'タロウ', 'm'],
  ['花子', 'ハナコ', 'f'],
  ['喜㐂', 'キキ', 'f'],
  ['曻', 'ノボル', 'm'],
  ['眞理', 'マリ', 'f'],
  ['凜', 'リン', 'f'],
  ['遙', 'ハルカ', 'f'],
  ['龍之介', 'リュウノスケ', 'm'],
  ['ゑい', 'ヱイ', 'f'],
  ['ミツ', 'ミツ', 'f'],
  ['すヾ子', 'スズコ', 'f'],
  ['靑空', 'アオゾラ', 'm'],
  ['淸', 'キヨシ', 'm'],
  ['琢磨', 'タクマ', 'm'],
  ['翔', 'ショウ', 'm'],
  ['つばさ', 'ツバサ', 'o'],
  ['光', 'ヒカル', 'o'],
  ['惠', 'メグミ', 'f'],
  ['禮子', 'レイコ', 'f'],
  ['祐', 'ユウ', 'm'],
  ['寿限無寿限無五劫の擦り切れ', 'ジュゲムジュゲムゴコウノスリキレ', 'm'],
];
const foreign = [
  ['ＳＡＭＰＬＥ　ＪＯＨＮ　ＰＡＵＬ', '', 'm'],
  ['ＭＩＨＯＮ　ＭＡＲＩＡ　ＤＡ　ＣＯＮＣＥＩＣＡＯ', '', 'f'],
  ['マイケル　サンプル', 'マイケル　サンプル', 'm'],
  ['リウ　メイ', 'リウ　メイ', 'f'],
  ['ＮＧＵＹＥＮ　ＴＨＩ　ＶＩ　ＤＵ', '', 'f'],
  ['アブドゥルラフマーン　イブン　サンプル', 'アブドゥルラフマーン　イブン　サンプル', 'm'],
  [
    'ＷＯＬＦＥＳＣＨＬＥＧＥＬＳＴＥＩＮＨＡＵＳＥＮＢＥＲＧＥＲＤＯＲＦＦ　ＭＵＳＴＥＲ　ＨＵＢＥＲＴ　ＢＬＡＩＮＥ',
    '',
    'm',
  ],
];
const towns = [
  '中央一丁目',
  '中央二丁目',
  '旭町３丁目',
  '大字鷹野',
  '大字鷹野字髙台',
  '字塚の上',
  '港町',
  '祇󠄀園町上る',
  '西ヶ丘四丁目',
  '緑が丘十二丁目',
];
const houses = [
  '',
  '',
  '',
  '　見本ハイツ１０２号',
  '　コーポ例示Ａ棟２０５',
  '　レジデンス手本１２０３号室',
  '　試山様方',
  '　見本荘　総務様方',
];

const full = (value) => String(value).replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
const two = (value) => String(value).padStart(2, '0');
const sexes = { m: 'male', f: 'female', o: 'other' };

function address() {
  const town = pick(towns);
  const block = town.startsWith('大字') || town.startsWith('字');
  const lot = block
    ? `${full(number(1, 2400))}番地${pick(['', `${full(number(1, 9))}`, `の${full(number(1, 9))}`])}`
    : pick([
        `${full(number(1, 30))}番${full(number(1, 20))}号`,
        `${full(number(1, 30))}番${full(number(1, 20))}－${full(number(101, 1203))}号`,
      ]);
  return `見本県見本市${town}${lot}${pick(houses)}`;
}

const birthKinds = ['', '', '', '', '', '', '', '', 'child', 'old', 'leap', 'noDay', 'noMonth', 'noYear'];
function birth() {
  switch (pick(birthKinds)) {
    case 'child':
      return `${number(2012, 2026)}-${two(number(1, 10))}-${two(number(1, 28))}`;
    case 'old':
      return `${number(1920, 1940)}-${two(number(1, 12))}-${two(number(1, 28))}`;
    case 'leap':
      return `${pick([1948, 1972, 1996, 2004])}-02-29`;
    case 'noDay':
      return `${number(1930, 1960)}-${two(number(1, 12))}-00`;
    case 'noMonth':
      return `${number(1930, 1960)}-00-00`;
    case 'noYear':
      return '0000-00-00';
    default:
      return `${number(1941, 2010)}-${two(number(1, 12))}-${two(number(1, 28))}`;
  }
}

const fixed = [
  ['総務　太郎', 'ソウム　タロウ', '見本県見本市中央一丁目２番３号', '1975-04-01', 'male'],
  ['総務　花子', 'ソウム　ハナコ', '見本県見本市中央一丁目２番３号', '1978-02-28', 'female'],
  [
    '𠮷田　梅',
    'ヨシダ　ウメ',
    '見本県見本市大字鷹野髙台４５６番地７　見本ハイツ１０２号',
    '1948-02-29',
    'female',
  ],
  ['髙﨑　邉', 'タカサキ　アタリ', '見本県見本市旭町３丁目１０番５－１２０３号', '1991-12-31', 'other'],
  ['総務　次郎', 'ソウム　ジロウ', '見本県見本市中央一丁目２番３号', '2015-08-09', 'male'],
].map(([name, kana, where, born, sex]) => ({ name, kana, address: where, birth: born, sex }));

const people = [...fixed];
const taken = new Set(people.map(({ name }) => name));
while (people.length < 200) {
  const isForeign = number(1, 12) === 1;
  const [family, reading] = pick(families);
  const [first, firstReading, sex] = pick(given);
  const [name, kana, kind] = isForeign
    ? pick(foreign)
    : [`${family}　${first}`, `${reading}　${firstReading}`, sex];
  if (taken.has(name) && number(1, 8) > 1) continue; // a few people have one name
  taken.add(name);
  people.push({
    name,
    kana,
    address: address(),
    birth: birth(),
    sex: number(1, 60) === 1 ? 'unknown' : sexes[kind],
    ...(isForeign ? { stay_until: `${number(2027, 2031)}-${two(number(1, 12))}-${two(number(1, 28))}` } : {}),
  });
}

const register = people.map((person, index) => ({
  number: String(1001 + index).padStart(8, '0'),
  municipality: '99201',
  ...person,
}));
const lines = register.map((person) => `  ${JSON.stringify(person)}`);
writeFileSync(new URL('demo-register.json', import.meta.url), `[\n${lines.join(',\n')}\n]\n`);
