import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attachmentName, checkAttachments } from './attachments.js';
import { tennisClub } from './testing/definitions.js';

test('an attachment has a plain, visible file name that every system can keep', () => {
  for (const name of ['位置図.pdf', 'a b (1).png', '髙橋𠮷男.jpg', 'が.pdf', 'か\u3099.pdf'])
    assert.equal(attachmentName(name), undefined, name);
  const bad = [
    '',
    '.',
    '..',
    'a/b',
    'a\\b',
    'C:x',
    'a\u202egnp.exe',
    'a\u0000',
    'con.pdf',
    'NUL',
    '.hidden',
    'x.',
    'x ',
    '\ufffd.pdf',
    '\ud800',
  ];
  for (const name of [...bad, 'あ'.repeat(67)])
    assert.notEqual(attachmentName(name), undefined, JSON.stringify(name));
});

test('kind, size, number, double names and files nobody asked for are told by their rule', () => {
  const file = (name: string, change: object = {}) => ({
    name,
    size: 10,
    sha256: 'ab'.repeat(32),
    rule: 'photo',
    ...change,
  });
  const check = (...files: ReturnType<typeof file>[]) =>
    checkAttachments(tennisClub, { court: 'clay', hours: '1' }, files).map(
      ({ field, message }) => `${field}: ${message.en}`,
    );
  assert.deepEqual(check(file('a.png')), []);
  assert.match(check(file('a.pdf')).join(), /photo: .*kind/);
  assert.match(check(file('a.png', { size: 2000 })).join(), /photo: .*too large/);
  assert.match(check(file('a.png', { size: 0 })).join(), /photo: .*empty/);
  assert.match(check(file('a.png'), file('A.PNG')).join(), /two files/);
  assert.match(check(file('が.png'), file('か\u3099.png')).join(), /two files/);
  assert.match(check(file('a.png'), file('b.png'), file('c.png')).join(), /at most 2/);
  assert.match(check(file('a.pdf', { rule: 'permit' })).join(), /permit: .*not asked for/);
  assert.match(check(file('{a|b}.exe')).join(), /"\{\{a\|b\}.exe"|\{a\|b\}/);
  const grass = checkAttachments(tennisClub, { court: 'grass' }, []);
  assert.deepEqual(
    grass.map(({ field }) => field),
    ['permit'],
  );
});
