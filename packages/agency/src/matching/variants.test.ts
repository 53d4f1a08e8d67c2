import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { loadVariants, matchIdentity, VariantTableError } from './index.js';
import { shippedVariants } from './load-variants.js';
import { isInRepertoire } from './repertoire.js';
import { parseVariantFile } from './variant-file.js';
import { variantsOf } from './variants.js';

const person = { name: '', address: '見本市', birthDate: '1975-04-01', sex: 'male' } as const;
const nameOf = (certificate: string, typed: string, variants = loadVariants([])) =>
  matchIdentity({ certificate: { ...person, name: certificate }, application: { name: typed } }, variants)
    .name;

test('every row that is shipped says where it comes from; no certificate can show a substituted character', () => {
  const { rows } = shippedVariants();
  const count = (source: string) => rows.filter((row) => row.source === source).length;
  assert.ok(count('unihan') > 1300 && count('joyo') > 250 && count('hand') > 100);
  assert.equal(count('agency'), 0);
  for (const { kind, forms, source, note } of rows) {
    assert.ok(source === 'joyo' || note !== '', `${forms.join('')} says nothing of its origin`);
    if (kind !== 'substitute') continue;
    assert.equal(isInRepertoire(forms[0] ?? ''), false);
    for (const form of forms.slice(1)) assert.equal(isInRepertoire(form), true);
  }
});

test('the table joins no characters that only look alike or sound alike', () => {
  const variants = shippedVariants();
  const apart =
    '土士 未末 己已 已巳 己巳 日曰 人入 干千 天夭 大太 大犬 王玉 戊戌 戌戍 鳥烏 萩荻 網綱 緑縁 候侯 力カ 口ロ 二ニ 一ー 佑祐 圭珪 准準 幸倖 藤籐 裕祐 予余 浜浦 ' +
    '渡度 高亮 吉告 斎済 島鳥 橋僑 沢訳 広拡 竜亀 圡士 河川 太犬 午牛 石右 菅管 菅官 堀掘 今令 矢失 斉済 崎椅 巨臣 栗粟 柿杮';
  for (const [a = '', b = ''] of apart.split(' ').map((pair) => Array.from(pair))) {
    assert.equal(variants.rowOf(a, b), undefined, `${a} ${b}`);
  }
});

test('the look-up is the same from both sides and does not run on without end', () => {
  const variants = shippedVariants();
  const { rows } = variants;
  const characters = [...new Set(rows.flatMap(({ kind, forms }) => (kind === 'variant' ? forms : [])))];
  let largest = 0;
  for (const a of characters.filter((_, at) => at % 7 === 0)) {
    const family = characters.filter((b) => a !== b && variants.rowOf(a, b) !== undefined);
    for (const b of family) assert.ok(variants.rowOf(b, a), `${b} ${a}`);
    largest = Math.max(largest, family.length);
  }
  assert.ok(largest <= 12, `a family of ${largest + 1}`);
  const chain = variantsOf(
    ['亜亞', '亞唖', '唖啞', '啞椏'].map((forms) => ({
      kind: 'variant',
      forms: Array.from(forms),
      source: 'agency',
      note: '',
    })),
  );
  assert.ok(chain.rowOf('亜', '唖'));
  assert.equal(chain.rowOf('亜', '啞'), undefined);
});

test('an agency adds rows of its own; the reason names the table that a row stands in', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'variants-'));
  const file = path.join(folder, 'ours.tsv');
  try {
    assert.equal(nameOf('萓田　一', '茅田　一').verdict, 'mismatch');
    writeFileSync(file, '\uFEFF# forms of our register\r\nvariant\t萓茅\tagency\tregister of 2025\r\n\r\n');
    const own = nameOf('萓田　一', '茅田　一', loadVariants([file]));
    assert.deepEqual([own.verdict, own.rung], ['near', 'variant']);
    assert.match(own.reason, /1文字目 証明書「萓」申請「茅」［異体字の表: 機関の表］/);
    assert.match(nameOf('渡邉　一', '渡辺　一', loadVariants([file])).reason, /2文字目.*戸籍の慣用/);
    assert.match(nameOf('廣田　一', '広田　一').reason, /常用漢字表/);
    assert.match(nameOf('峯田　一', '峰田　一').reason, /戸籍の慣用|Unihan/);
    writeFileSync(file, 'variant\t萓茅\tagency\nvariant\t土士\tagency\nvariant 土圡 agency\n');
    assert.throws(
      () => loadVariants([file]),
      (error) =>
        error instanceof VariantTableError &&
        /ours\.tsv:2: 土 and 士 look alike/.test(error.message) &&
        /ours\.tsv:3: A row is/.test(error.message),
    );
    assert.throws(
      () => loadVariants([path.join(folder, 'absent.tsv')]),
      /absent\.tsv: cannot be read \(ENOENT\)/,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('each way in which a row can be bad is told with its line', () => {
  const bad: [string, string][] = [
    ['variant', 'columns'],
    ['variant\t萓茅', 'columns'],
    ['variant\t萓茅\tagency\tnote\tmore', 'columns'],
    ['same\t萓茅\tagency', 'kind'],
    ['variant\t萓茅\twikipedia', 'source'],
    ['variant\t萓\tagency', 'forms'],
    ['variant\t萓萓\tagency', 'forms'],
    ['variant\t萓A\tagency', 'script'],
    ['variant\tカ力\tagency', 'script'],
    ['variant\t萓\u{E0100}\tagency', 'script'],
    ['between-kanji\tカ力\tagency', 'neverTheSame'],
    ['variant\t己巳\tagency', 'neverTheSame'],
    ['substitute\t高髙\tagency', 'repertoire'],
    ['substitute\t髙\u{20BB7}\tagency', 'repertoire'],
  ];
  for (const [row, rule] of bad) {
    const read = parseVariantFile(`# comment\n${row}\n`);
    assert.ok(!read.ok, row);
    assert.deepEqual(
      read.faults.map((fault) => [fault.line, fault.rule]),
      [[2, rule]],
      row,
    );
  }
  assert.equal(parseVariantFile('x'.repeat(2_000_001)).ok, false);
});

test('a damaged table is read or refused, never thrown at', () => {
  const good = 'variant\t萓茅\tagency\tnote\nsubstitute\t髙高\thand\tx\nbetween-kanji\tヶケ\thand\tx\n';
  let seed = 11;
  const next = (below: number) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return seed % below;
  };
  const junk = Array.from('\t\n\r土士#\uD842\u{20BB7}\0 A\uFEFF');
  let refused = 0;
  for (let n = 0; n < 3000; n++) {
    const characters = Array.from(good);
    for (let times = 0; times <= next(4); times++) {
      characters.splice(next(characters.length), next(3), junk[next(junk.length)] ?? '');
    }
    const read = parseVariantFile(characters.join(''));
    if (read.ok) variantsOf(read.rows).rowOf('萓', '茅');
    else {
      refused += 1;
      assert.ok(read.faults.length > 0, 'a refusal names its line');
      assert.ok(read.faults.every(({ line, message }) => line >= 1 && message.length > 0));
    }
  }
  assert.ok(refused > 1000 && refused < 3000, `${refused} refused: both ways must be met`);
});
