import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pairs } from '../testing/matching-pairs.js';
import { type MatchInput, matchIdentity, type Rung } from './index.js';

const person = { birthDate: '1975-04-01', sex: 'male' } as const;

function compare(name: string, address: string, typedName: string, typedAddress: string) {
  return matchIdentity({
    certificate: { ...person, name, address },
    application: { name: typedName, address: typedAddress },
  });
}

const RANK: Readonly<Record<Rung, number>> = {
  exact: 0,
  unicode: 1,
  folded: 2,
  substitution: 3,
  structure: 4,
  variant: 5,
  none: 6,
};

test('without flags the certificate’s side and the typed side may be exchanged', () => {
  let compared = 0;
  for (const { field, certificate, flags, application } of pairs) {
    if ((field !== 'name' && field !== 'address') || flags?.includes('1')) continue;
    const there = compare(certificate, certificate, application, application)[field];
    const back = compare(application, application, certificate, certificate)[field];
    assert.deepEqual(
      [back.verdict, back.rung],
      [there.verdict, there.rung],
      `${certificate} / ${application}: ${there.reason} ${back.reason}`,
    );
    compared++;
  }
  assert.ok(compared > 300);
});

test('every text is exactly itself', () => {
  for (const { certificate, application } of pairs) {
    for (const text of [certificate, application]) {
      const { name, address } = compare(text, text, text, text);
      assert.deepEqual([name.rung, address.rung], ['exact', 'exact']);
    }
  }
});

/** Changes of a typed name, each with the rung that it alone leads to; any number of them lead to the loosest. */
const nameChanges: [Rung, (text: string) => string][] = [
  ['unicode', (text) => text.replace('葛', '葛\u{E0100}')],
  ['folded', (text) => text.replace('　', ' ')],
  ['substitution', (text) => text.replace('高', '髙')],
  ['variant', (text) => text.replace('渡邉', '渡辺')],
  ['none', (text) => text.replace('土', '士')],
];

test('a looser difference is never hidden by a stricter one: names', () => {
  const certificate = { ...person, name: '渡邉葛高　土', nameSubstitution: '000100', address: '見本市' };
  for (let chosen = 0; chosen < 1 << nameChanges.length; chosen++) {
    const changes = nameChanges.filter((_, at) => chosen & (1 << at));
    const typed = changes.reduce((text, [, change]) => change(text), certificate.name);
    const rungs = changes.map(([rung]) => RANK[rung]);
    const found = matchIdentity({ certificate, application: { name: typed } } satisfies MatchInput).name;
    assert.equal(RANK[found.rung], Math.max(0, ...rungs), `${typed}: ${found.rung}`);
    const verdict = { 6: 'mismatch', 5: 'near' }[RANK[found.rung]] ?? 'match';
    assert.equal(found.verdict, verdict);
  }
});

const addressChanges: [Rung, (text: string) => string, 'near'?][] = [
  ['folded', (text) => text.replace('２番', '2番')],
  ['structure', (text) => text.replace('一丁目', '1-')],
  ['structure', (text) => text.replace('見本県', '')],
  ['structure', (text) => text.replace('大字', '')],
  ['structure', (text) => text.replace('コーポ見本１０１', ''), 'near'],
  ['variant', (text) => text.replace('澤', '沢'), 'near'],
  ['none', (text) => text.replace('３号', '４号')],
  ['none', (text) => text.replace('市', '村')],
];

test('a looser difference is never hidden by a stricter one: addresses', () => {
  const address = '見本県見本市大字澤田一丁目２番３号コーポ見本１０１';
  for (let chosen = 0; chosen < 1 << addressChanges.length; chosen++) {
    const changes = addressChanges.filter((_, at) => chosen & (1 << at));
    const typed = changes.reduce((text, [, change]) => change(text), address);
    const found = compare('総務', address, '総務', typed).address;
    const loosest = Math.max(0, ...changes.map(([rung]) => RANK[rung]));
    assert.equal(RANK[found.rung], loosest, `${typed}: ${found.rung} ${found.reason}`);
    if (loosest === RANK.none) assert.equal(found.verdict, 'mismatch');
    else
      assert.equal(
        found.verdict === 'near',
        changes.some(([, , near]) => near === 'near'),
        typed,
      );
  }
});

test('one digit changed anywhere, or a hyphen moved, is never the same address', () => {
  let seed = 3;
  const next = (below: number) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return (seed >> 8) % below;
  };
  for (let n = 0; n < 2000; n++) {
    const numbers = Array.from({ length: 2 + next(2) }, () => 1 + next(130));
    const other = [...numbers];
    const at = next(other.length);
    const way = next(3);
    if (way === 0) other[at] = (other[at] ?? 0) + 1 + next(9);
    else if (way === 1) other.reverse();
    else {
      const digits = numbers.join('');
      const cut = 1 + next(digits.length - 1);
      other.splice(0, other.length, Number(digits.slice(0, cut)), Number(digits.slice(cut)));
      if (other[1] === 0 || digits[cut] === '0') continue;
    }
    if (other.join('-') === numbers.join('-')) continue;
    const [a, b, c] = numbers;
    const certificate = `見本県見本市中央${a}丁目${b}番${c === undefined ? '' : `${c}号`}`;
    for (const typed of [`見本市中央${other.join('-')}`, `見本県見本市中央${other.join('ー')}`]) {
      const found = compare('総務', certificate, '総務', typed).address;
      // 1-2-3 and 1-2-3-101 are one house with a room that one side names.
      assert.equal(found.verdict, 'mismatch', `${certificate} ${typed} ${found.reason}`);
    }
  }
});

test('the reason of a mismatch says what differs and where, and names what the eye cannot see', () => {
  const name = (certificate: string, typed: string) => compare(certificate, '市', typed, '市').name.reason;
  assert.equal(name('土田　一', '士田　一'), '氏名の文字が違います（1文字目 証明書「土」申請「士」）。');
  assert.match(name('加力', '加カ'), /2文字目.*証明書の「力」は漢字、申請の「カ」はカタカナです/);
  assert.match(name('ＡＮＮＡ', 'АNNA'), /ラテン文字.*キリル文字/);
  assert.match(name('総務　一', '総務　一\u200B'), /5文字目から違います|文字の数が違います/);
  assert.match(name('総務　太郎', '総務　太\u202E'), /申請「U\+202E」/);
  const flagged = matchIdentity({
    certificate: { ...person, name: '太郎', nameSubstitution: '00', address: '市' },
    application: { name: '太郞' },
  }).name.reason;
  assert.match(flagged, /2文字目.*「郞」は証明書で表せない字体.*登録されている文字は「郎」です。$/);
  const address = (certificate: string, typed: string) =>
    compare('一', certificate, '一', typed).address.reason;
  assert.match(address('東京都港区三田１番', '千葉県港区三田１番'), /都道府県.*東京都.*千葉県/);
  assert.match(address('東京都港区三田１番', '東京都北区三田1'), /市区町村.*港区.*北区/);
  assert.match(address('東京都港区三田１番', '東京都港区芝1'), /町名.*三田.*芝/);
  assert.match(address('東京都港区三田１番２号', '東京都港区三田1-3'), /2番目の数.*1-2.*1-3/);
  assert.match(address('東京都港区三田１番２号甲荘', '東京都港区三田1-2乙荘'), /建物・部屋.*甲荘.*乙荘/);
});

test('addresses made of random parts get a verdict, the same from both sides, in bounded time', () => {
  const parts =
    '京都市 上京区 上る 東入 通り 郡 町 村 市 第 1 23 一 二十 番地 番 号 丁目 の ノ - ー 地割 条 南 西 棟 A 階 様方 号室 県 北海道 〒100-0001 イ 甲 無番地 番地なし 大字 字 ヶ ッ 々 髙 𠮷 高 渡邉'.split(
      ' ',
    );
  parts.push(' ', '　', '\u{E0100}');
  let seed = 5;
  const next = (below: number) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return (seed >> 8) % below;
  };
  const part = () => parts[next(parts.length)] ?? '';
  for (let n = 0; n < 2000; n++) {
    const mine = Array.from({ length: 4 + next(12) }, part);
    const theirs = [...mine];
    theirs.splice(next(theirs.length), next(3), part());
    const [a, b] = [mine.join(''), theirs.join('')];
    const [there, back] = [compare(a, a, b, b), compare(b, b, a, a)];
    for (const field of ['name', 'address'] as const) {
      assert.deepEqual(
        [back[field].verdict, back[field].rung],
        [there[field].verdict, there[field].rung],
        `${a} / ${b}`,
      );
    }
  }
  for (const one of parts) {
    for (const other of parts) {
      const long = (one + other).repeat(480 / (one.length + other.length));
      compare(long, long, `${long}x`, `${long}x`);
    }
  }
});
