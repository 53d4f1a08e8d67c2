import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { identityOf } from '../identity/resident.js';
import { startAuthority, type TestAuthority } from '../testing/authority.js';
import { parseCsv } from './csv.js';
import { demoRegister } from './demo.js';
import { findResidents } from './find.js';
import { importRegister } from './import.js';
import { readRegister } from './read.js';

let authority: TestAuthority;
before(async () => {
  authority = await startAuthority('p384');
});
after(() => authority.close());

const head = 'number,name,kana,address,birth,sex,municipality,stay_until';
const good = 'A1,"見本　一","ミホン　ハジメ","見本県見本市中央一丁目９番９号",1980-01-02,男,99201,';
const bytes = (text: string) => new TextEncoder().encode(text);
const load = (text: string) => importRegister(authority.ca.context, bytes(text), 'operator');
const names = async (words: string) =>
  (await findResidents(authority.ca.context, { municipality: '99201', words })).found.map(({ name }) => name);

test('a file with one fault in it imports nobody, and names each fault by line and column, in words', async () => {
  const before = (await authority.ca.residents()).length;
  const result = await load(
    `${head}\n${good}\nB2,,,,1980-13-02,猫,99999,morgen\n${good.replace('男', 'constructor')}\n`,
  );
  assert.ok(!result.ok);
  assert.deepEqual(
    result.faults.map(({ line, field }) => [line, field]),
    [
      [3, 'sex'],
      [3, 'stay_until'],
      [3, 'name'],
      [4, 'sex'],
    ],
  );
  for (const { words } of result.faults) assert.ok(words.ja !== '' && words.jaEasy !== '' && words.en !== '');
  assert.equal((await authority.ca.residents()).length, before);
});

test('CSV and JSON of the same person are the same; a second import changes nothing; other data for a known number is refused', async () => {
  assert.deepEqual(await load(`\ufeff${head}\r\n${good}\r\n`), { ok: true, added: 1, unchanged: 0 });
  const json = JSON.stringify([
    {
      number: 'A1',
      name: '見本 一',
      kana: 'ミホン　ハジメ',
      address: '見本県見本市中央一丁目９番９号',
      birth: '1980-01-02',
      sex: 'male',
      municipality: '99201',
    },
  ]);
  assert.deepEqual(await load(json), { ok: true, added: 0, unchanged: 1 });
  const changed = await load(`${head}\n${good.replace('1980', '1981')}\n`);
  assert.ok(!changed.ok);
  assert.equal(changed.faults[0]?.rule, 'register.changed');
});

test('the demo register has 200 people of 見本市, all of whom a certificate can be written for; 総務太郎 is the first', async () => {
  const read = readRegister(await readFile(demoRegister));
  assert.ok(read.ok, JSON.stringify(read));
  assert.equal(read.records.length, 200);
  assert.equal(read.records[0]?.name, '総務　太郎');
  for (const record of read.records) {
    assert.ok(record.address.startsWith('見本県見本市'));
    identityOf(record);
  }
  assert.ok(read.records.some((record) => identityOf(record).nameSubstitution?.includes('1')));
  assert.ok(
    read.records.filter((record) => /-00/.test(record.birthDate)).length >= 5,
    'unknown parts of birth',
  );
  assert.ok(read.records.some((record) => record.stayUntil !== undefined));
  const result = await importRegister(authority.ca.context, await readFile(demoRegister), 'operator');
  assert.deepEqual(result, { ok: true, added: 196, unchanged: 4 });
});

test('a resident is found by any form of the characters, by kana, birth date, and part of the address however it is written', async () => {
  assert.ok((await names('高崎')).includes('髙﨑　邉'));
  assert.ok((await names('吉田 梅')).includes('𠮷田　梅'));
  assert.ok((await names('そうむ たろう')).includes('総務　太郎'));
  assert.ok((await names('ｿｳﾑﾀﾛｳ')).includes('総務　太郎'));
  assert.deepEqual(await names('19750401 総務'), ['総務　太郎']);
  assert.deepEqual(await names('1975年4月1日 太郎'), ['総務　太郎']);
  assert.deepEqual(await names('昭和50年4月1日 太郎'), ['総務　太郎']);
  assert.deepEqual(await names('S50.4.1 太郎'), ['総務　太郎']);
  assert.deepEqual(await names('１９７５/4/1 太郎'), ['総務　太郎']);
  assert.ok((await names('旭町3-10-5')).includes('髙﨑　邉'));
  assert.ok((await names('中央1-2-3')).includes('総務　花子'));
  assert.ok((await names('葛城')).length > 0, 'a form with a variation selector');
  assert.deepEqual(await names('%'), []);
  assert.deepEqual(await names('1975年4月1日\0太郎'), ['総務　太郎'], 'a control character is a gap');
  const other = await findResidents(authority.ca.context, { municipality: '99301', words: '総務' });
  assert.deepEqual(other.found, [], 'another municipality’s residents are not found');
});

/** Windows-31J, made from what the platform's own decoder reads. */
const bytesOf31J = new Map<string, number[]>();
for (const lead of [...Array(0x60).keys()].map((at) => at + 0x81)) {
  for (const trail of [...Array(0xbd).keys()].map((at) => at + 0x40)) {
    const sign = new TextDecoder('shift_jis').decode(Uint8Array.of(lead, trail));
    if ([...sign].length === 1 && sign !== '\ufffd' && !bytesOf31J.has(sign))
      bytesOf31J.set(sign, [lead, trail]);
  }
}
const in31J = (text: string) =>
  Uint8Array.from(
    [...text].flatMap((sign) => {
      const at = sign.charCodeAt(0);
      if (at < 0x80) return at;
      if (at >= 0xff61 && at <= 0xff9f) return at - 0xff61 + 0xa1;
      return bytesOf31J.get(sign) ?? assert.fail(`${sign} is not in Windows-31J`);
    }),
  );

test('a file as a spreadsheet saves it is the same person: Shift_JIS, the field’s own heads, days with strokes or eras, half-width kana, a code with its check digit', async () => {
  const plain = readRegister(
    bytes(
      `${head}\n012345678901234,見本　一郎,ミホン　イチダイ,見本県見本市中央１－２,1989-01-07,男,99201,2030-04-01\n`,
    ),
  );
  assert.ok(plain.ok, JSON.stringify(plain));
  const spread = (birth: string, stay: string) =>
    `宛名番号,氏名,氏名カナ,住所,生年月日,性別,備考,全国地方公共団体コード,在留期限\r\n０12345678901234,見本 一郎,ﾐﾎﾝ　ｲﾁﾀﾞｲ,見本県見本市中央１－２,${birth},男性,"転入, 4月",992011,${stay}\r\n`;
  for (const [birth, stay] of [
    ['1989/1/7', '2030/4/1'],
    ['19890107', '令和12年4月1日'],
    ['昭和64年1月7日', 'R12.4.1'],
    ['S64.1.7', '２０３０－０４－０１'],
  ] as const) {
    assert.deepEqual(readRegister(bytes(spread(birth, stay))), plain, birth);
    assert.deepEqual(readRegister(in31J(spread(birth, stay))), plain, `${birth} in Windows-31J`);
  }
  const unknown = readRegister(in31J(spread('1989/00/00', '')));
  assert.ok(unknown.ok && unknown.records[0]?.birthDate === '1989-00-00');
});

test('a file of UTF-8 with one byte lost or changed is never read as another encoding’s names', () => {
  const whole = bytes(`${head}\n${good}\n${good.replace('A1', 'A2')}\n`);
  for (const text of [whole, bytes(`\ufeff${head}\n1,見,,見本県,1980-01-02,男,99201,\n`)]) {
    for (const [at, byte] of text.entries()) {
      if (byte < 0x80) continue;
      const lost = Uint8Array.from([...text.slice(0, at), ...text.slice(at + 1)]);
      for (const damaged of [lost, text.slice(0, at + 1), text.with(at, 0x20), text.with(at, 0xff)]) {
        const isText = Buffer.from(damaged).equals(Buffer.from(Buffer.from(damaged).toString('utf8')));
        const read = readRegister(damaged);
        if (!isText) assert.equal(read.ok, false, `byte ${at}`);
      }
    }
  }
});

test('what a file may not say: numbers that may be a resident code or an individual number, a wrong check digit, a day of another era, a head twice', () => {
  const line = (number: string, birth: string, municipality: string) =>
    `${number},見本　二郎,,見本県見本市中央１,${birth},男,${municipality},`;
  const fields = (...rows: string[]) => {
    const read = readRegister(bytes([head, ...rows, ''].join('\n')));
    return read.ok ? [] : read.faults.map((fault) => `${fault.line} ${fault.field}`);
  };
  assert.deepEqual(
    fields(
      line('12345678901', '1980-01-01', '99201'),
      line('１２３４５６７８９０１２', '1980-01-01', '99201'),
      line('1234567890123456', '1980-01-01', '99201'),
      line('1', '1980-01-01', '992012'),
      line('2', '昭和元年1月1日', '99201'),
      line('3', '1981/2/29', '99201'),
    ),
    ['2 number', '3 number', '4 number', '5 municipality', '6 birthDate', '7 birthDate'],
  );
  const secret = readRegister(bytes(`${head}\n${line('１２３４５６７８９０１２', '1980-01-01', '99201')}\n`));
  assert.ok(!secret.ok);
  assert.doesNotMatch(JSON.stringify(secret), /123|１２３/, 'a fault repeats no individual number');
  const workbook = readRegister(Uint8Array.from([0x50, 0x4b, 3, 4, 0xa0, 0xff]));
  assert.match(workbook.ok ? '' : (workbook.faults[0]?.words.ja ?? ''), /ブックです/);
  const twice = readRegister(bytes(`宛名番号,${head}\n`));
  assert.ok(!twice.ok && twice.faults[0]?.rule === 'register.twice-named');
  const missing = readRegister(in31J('宛名番号,氏名\n'));
  assert.ok(!missing.ok);
  assert.match(missing.faults[0]?.words.ja ?? '', /address・住所/);
});

test('no file makes the readers throw: cut, changed and mixed up at every place', () => {
  const texts = [`${head}\n${good}\n`, JSON.stringify([{ number: 'A1', name: 'x' }])];
  for (const text of texts) {
    for (let at = 0; at < text.length; at += 1) {
      readRegister(bytes(text.slice(0, at)));
      for (const sign of ['"', ',', '\n', '\0', '{', '\u{e0100}']) {
        const mutated = text.slice(0, at) + sign + text.slice(at + 1);
        parseCsv(mutated);
        const result = readRegister(bytes(mutated));
        if (!result.ok) assert.ok(result.faults.every(({ line }) => line >= 1));
      }
    }
  }
  for (const strange of [[0xff, 0xfe], [0x81], [0x00], [0xa0, 0xfd]])
    assert.equal(readRegister(Uint8Array.from(strange)).ok, false);
});
