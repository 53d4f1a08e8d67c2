import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { citizenWorld, taro } from '@madoguchi/testing';
import { z } from 'zod';
import { CommandError } from '../cli/command.js';
import { temporary } from '../testing/cli.js';
import { match } from './match.js';

const dir = temporary('match');
const at = (name: string) => path.join(dir, name);
const schema = z.fromJSONSchema(
  JSON.parse(
    readFileSync(fileURLToPath(new URL('../../../../docs/schemas/match.json', import.meta.url)), 'utf8'),
  ),
);
const { citizen } = await citizenWorld({
  ...taro,
  name: '高橋　太郎',
  nameSubstitution: '10000',
  address: '見本県見本市大字澤田１２番地３',
  addressSubstitution: '0'.repeat(15),
});
writeFileSync(at('sign.cer'), citizen.der);

async function matched(application: unknown, variants?: string) {
  writeFileSync(at('application.json'), JSON.stringify(application));
  const lines: string[] = [];
  let document: unknown;
  const input = {
    words: [],
    print: (line: string) => lines.push(line),
    printJson: (value: unknown) => {
      document = value;
    },
  };
  const values = {
    certificate: at('sign.cer'),
    application: at('application.json'),
    ...(variants === undefined ? {} : { variants: [variants] }),
  };
  const exit = await match.run({ ...input, values });
  assert.equal(await match.run({ ...input, values: { ...values, json: true } }), exit);
  const found = schema.safeParse(document);
  assert.ok(found.success, found.error?.message);
  return { exit, text: lines.join('\n') };
}

test('the exit code is good, no or undecided; the last line says what to look at', async () => {
  const same = { name: '髙橋太郎', address: '見本市澤田12-3', birthDate: taro.birthDate, sex: taro.sex };
  const good = await matched(same);
  assert.equal(good.exit, 'good');
  assert.match(
    good.text,
    /氏名: 一致（match） 証明書で表せない文字が代替文字.*1文字目 証明書「高」申請「髙」/,
  );
  assert.match(good.text, /住所: 一致（match） 表記の違いのみ/);
  assert.match(good.text, /結果: 4項目とも一致します。$/);
  const near = await matched({ applicant: { ...same, address: '見本市沢田12-3' } });
  assert.equal(near.exit, 'undecided');
  assert.match(near.text, /住所: 要確認（near）.*「澤」申請「沢」［異体字の表: 常用漢字表］/);
  assert.match(near.text, /結果: 住所は人が見て確かめます。$/);
  const absent = await matched({ name: '髙橋太郎' });
  assert.equal(absent.exit, 'undecided');
  assert.match(absent.text, /結果: 住所・生年月日・性別は申請に書かれていません。$/);
  const no = await matched({ ...same, address: '見本市沢田12-4', name: '吉橋太郎' });
  assert.equal(no.exit, 'no');
  assert.match(no.text, /結果: 氏名・住所が一致しません。$/);
});

test('a table of the agency’s own is used; its bad row ends the command with file and line', async () => {
  const application = {
    name: '𣘺橋太郎',
    address: '見本市大字澤田12-3',
    birthDate: taro.birthDate,
    sex: taro.sex,
  };
  assert.equal((await matched(application)).exit, 'no');
  writeFileSync(at('own.tsv'), 'variant\t高𣘺\tagency\tonly for this test\n');
  const own = await matched(application, at('own.tsv'));
  assert.equal(own.exit, 'undecided');
  assert.match(own.text, /機関の表/);
  writeFileSync(at('bad.tsv'), '# ours\nvariant\t未末\tagency\n');
  await assert.rejects(
    matched(application, at('bad.tsv')),
    (error) =>
      error instanceof CommandError &&
      error.exit === 'usage' &&
      /bad\.tsv:2: 未 and 末 look alike/.test(error.message),
  );
});
