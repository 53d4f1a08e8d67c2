import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawApplication } from './draw.js';
import { markText } from './marks.js';
import { tennisClub } from './testing/definitions.js';

const applicant = {
  name: '総務　太郎',
  nameSubstitution: '',
  address: '見本県見本市中央一丁目2番3号',
  addressSubstitution: '',
  birthDate: '1975-04-01',
  sex: 'male' as const,
};
const answers = { court: 'clay', hours: '2' };

test('card, answers and attachments are drawn in that order, in the words of the definition', () => {
  const drawn = drawApplication(tennisClub, {
    applicant,
    answers: { ...answers, gift: '1234567' },
    attachments: [{ name: 'me.png', size: 1000, sha256: 'ab'.repeat(32), rule: 'photo' }],
  });
  assert.deepEqual(drawn.faults, []);
  assert.equal(drawn.rows.map((row) => row.source[0]).join(''), 'ccccaaaa');
  const value = (id: string) => {
    const found = drawn.rows.find((row) => row.id === id)?.value;
    return typeof found === 'object' ? found.ja : found;
  };
  assert.equal(value('applicant.birthDate'), '昭和50年4月1日（1975年）');
  assert.equal(value('court'), '赤土');
  assert.equal(drawn.rows.find((row) => row.id === 'court')?.label.ja, 'Court');
  assert.equal(value('hours'), '2h');
  assert.equal(value('gift'), '1,234,567円');
  assert.match(value('photo') ?? '', /^me\.png （1,000 bytes, SHA-256 abab/);
});

test('an answer or attachment that the definition does not show is a fault, not a row', () => {
  const drawn = drawApplication(tennisClub, {
    answers: { ...answers, evil: 'pay 1000000' },
    attachments: [{ name: 'x.exe', size: 1, sha256: 'ab'.repeat(32), rule: 'virus' }],
  });
  assert.deepEqual(drawn.faults, [
    { rule: 'draw.answer', id: 'evil' },
    { rule: 'draw.attachment', id: 'virus' },
  ]);
  assert.deepEqual(
    drawn.rows.map((row) => row.id),
    ['court', 'hours'],
  );
});

test('controls that turn, hide or stand for nothing become marks', () => {
  const mark = (text: string) => markText(text);
  assert.equal(mark('a\u202eb'), 'a〔U+202E〕b');
  assert.equal(mark('a\u2066b\u200bc\ufeffd'), 'a〔U+2066〕b〔U+200B〕c〔U+FEFF〕d');
  assert.equal(mark('\u0378'), '〔U+0378〕');
  assert.equal(mark('\ue000'), '〔U+E000〕');
  assert.equal(mark('\ud800'), '〔U+D800〕');
  assert.equal(mark('\u3164\u115f'), '〔U+3164〕〔U+115F〕');
  assert.equal(mark('a\u0000b\tc\nd'), 'a〔U+0000〕b〔U+0009〕c\nd');
  assert.equal(mark('\u{e0041}'), '〔U+E0041〕');
  const names = '髙﨑𠮷邉 総務　太郎 ﾀﾛｳ Ａ① 葛\u{e0100}城 e\u0301';
  assert.equal(mark(names), names);
  assert.equal(mark('\u{e0100}x'), '〔U+E0100〕x');
});
