// A PIN as a person meets it: at a terminal, without echo, with the tries left, and with a yes before the last one.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { createCardImage, demoMyNumber } from '@madoguchi/card';
import { dataFolder, openKeystore } from '@madoguchi/store';
import { cli, temporary } from './testing/cli.js';
import { noTerminalReason, terminal } from './testing/terminal.js';

const dir = temporary('prompt');
const file = path.join(dir, 'demo.card');
const card = ['--card', file, '--data', dir];
const skip = noTerminalReason() ?? false;

before(async () => {
  const keystore = await openKeystore({ dir: dataFolder(dir).keysDir, demo: true });
  await createCardImage(file, {
    imageKey: keystore.derive('card-image'),
    cardKey: keystore.derive('test'),
    text: {
      name: '総務　太郎',
      address: '見本県',
      birthDate: '1975-04-01',
      sex: 'male',
      myNumber: demoMyNumber(1),
    },
    expiry: '2035-04-01',
    municipality: '99201',
    authPin: '8642',
    signPin: 'OLDPASS1',
    textPin: '8642',
  });
});

async function tries(kind: string): Promise<number> {
  const { out } = await cli(['card', 'pin', 'status', kind, '--json', ...card]);
  return (JSON.parse(out) as Record<string, { triesLeft: number }>)[kind]?.triesLeft ?? -1;
}

describe('at a terminal', { skip }, () => {
  test('a password is asked by its one name, with the tries left, and is never shown', async () => {
    const person = terminal(['card', 'text', ...card]);
    await person.type(/券面事項入力補助用パスワード（数字4けた） — のこり 3 回: /, '864\r');
    await person.type(
      /数字4けたです。いまの入力では残り回数は減っていません。[\s\S]*のこり 3 回: /,
      '8642\r',
    );
    const { code, screen } = await person.end;
    assert.equal(code, 0, screen);
    assert.match(screen, /総務　太郎/);
    assert.doesNotMatch(screen, /864/);
  });

  test('a mistake is told with what is left and asked again; Ctrl-C spends nothing', async () => {
    const person = terminal(['card', 'text', ...card]);
    await person.type(/のこり 3 回: /, '1111\r');
    await person.type(/パスワードが ちがいます。のこり 2 回です[\s\S]*のこり 2 回: /, '\u0003');
    const { code, screen } = await person.end;
    assert.equal(code, 77, screen);
    assert.match(screen, /nothing was sent/);
    assert.equal(await tries('text'), 2);
  });

  test('the last try is spent only after an explicit yes', async () => {
    const again = terminal(['card', 'text', ...card]);
    await again.type(/のこり 2 回: /, '1111\r');
    await again.type(/最後の1回を使いますか[\s\S]*: /, 'いいえ\r');
    assert.equal((await again.end).code, 77);
    assert.equal(await tries('text'), 1);
    const given = await cli(['card', 'text', ...card, '--pin-env', 'PIN'], { env: { PIN: '8642' } });
    assert.equal(given.code, 77, 'a PIN from a variable does not spend it either');
    assert.match(given.err, /のこり 1 回/);
    assert.equal(await tries('text'), 1);
    const yes = terminal(['card', 'text', ...card]);
    await yes.type(/最後の1回を使いますか[\s\S]*: /, 'はい\r');
    await yes.type(/のこり 1 回: /, '8642\r');
    assert.equal((await yes.end).code, 0);
    assert.equal(await tries('text'), 3);
  });

  test('a change asks for the old one, shows the rules, takes the new one twice, upper case and all', async () => {
    const person = terminal(['card', 'pin', 'change', 'sign', ...card]);
    await person.type(/いまの署名用パスワード（英数字6〜16文字） — のこり 5 回: /, 'oldpass1\r');
    await person.type(
      /英大文字と数字を両方使い[\s\S]*新しい署名用パスワード（英数字6〜16文字）: /,
      'lettersonly\r',
    );
    await person.type(/きまりに合いません[\s\S]*新しい署名用パスワード（英数字6〜16文字）: /, 'newpass2\r');
    await person.type(/もう一度、新しいパスワード: /, 'newpass3\r');
    await person.type(/二つの新しいパスワードがちがいます[\s\S]*新しい署名用[\s\S]*: /, 'newpass2\r');
    await person.type(/もう一度、新しいパスワード: /, 'NEWPASS2\r');
    await person.type(/ちがいます[\s\S]*新しい署名用[\s\S]*: /, 'newpass2\r');
    await person.type(/もう一度、新しいパスワード: /, 'newpass2\r');
    const { code, screen } = await person.end;
    assert.equal(code, 0, screen);
    assert.match(screen, /署名用パスワード（英数字6〜16文字）を変えました/);
    assert.doesNotMatch(screen, /pass[123]|lettersonly/i);
    const back = await cli(
      ['card', 'pin', 'change', 'sign', ...card, '--pin-env', 'OLD', '--new-pin-env', 'NEW'],
      { env: { OLD: 'NewPass2', NEW: 'OLDPASS1' } },
    );
    assert.equal(back.code, 0, back.err);
  });
});

test('a locked PIN: which counter, and what to bring; a rule of the new one is told before the card is asked', async () => {
  const env = { PIN: '1111', GOOD: '8642', BAD: '12a4' };
  const bad = await cli(
    ['card', 'pin', 'change', 'auth', ...card, '--pin-env', 'GOOD', '--new-pin-env', 'BAD'],
    { env },
  );
  assert.equal(bad.code, 64);
  assert.match(bad.err, /数字4けた/);
  const fine = await cli(['card', 'pin', 'unblock', 'auth', ...card]);
  assert.equal(fine.code, 0);
  for (const _ of [1, 2, 3])
    await cli(
      ['card', 'pin', 'change', 'auth', ...card, '--last-try', '--pin-env', 'PIN', '--new-pin-env', 'GOOD'],
      { env },
    );
  const status = await cli(['card', 'pin', 'status', ...card]);
  assert.match(
    status.out,
    /利用者証明用パスワード（数字4けた）: ロックされています\n {4}→ .*窓口.*運転免許証/,
  );
  const unblock = await cli(['card', 'pin', 'unblock', 'auth', ...card]);
  assert.equal(unblock.code, 77);
  assert.match(unblock.out, /窓口/);
  const english = await cli(['card', 'pin', 'unblock', 'auth', ...card, '--lang', 'en']);
  assert.match(english.out, /counter of your municipality/);
  const blocked = await cli(
    ['card', 'pin', 'change', 'auth', ...card, '--pin-env', 'GOOD', '--new-pin-env', 'PIN'],
    { env },
  );
  assert.equal(blocked.code, 77);
  for (const { out, err } of [bad, blocked, status]) assert.doesNotMatch(out + err, /8642|1111|12a4/);
});

test('a PIN stands in no output, error, stack or report, right or wrong, whatever goes wrong with it', async () => {
  const secrets = {
    RIGHT: 'OLDPASS1',
    WRONG: 'NEVERSAY7',
    SHORT: 'TINY9',
    LONG: 'NEVERSAYTHISALOUD99',
    KANA: 'ひみつのことば',
  };
  const pinFile = path.join(dir, 'pin.txt');
  writeFileSync(pinFile, `${secrets.WRONG}\n`, { mode: 0o600 });
  const env = { ...secrets, MADOGUCHI_DEBUG: '1', NODE_OPTIONS: '' };
  const commands: string[][] = [
    ...Object.keys(secrets).map((name) => ['card', 'cert', 'sign', '--pin-env', name]),
    ['card', 'cert', 'sign', '--pin-file', pinFile],
    ['card', 'pin', 'change', 'sign', '--pin-env', 'RIGHT', '--new-pin-env', 'SHORT'],
    ['card', 'pin', 'change', 'sign', '--pin-env', 'WRONG', '--new-pin-env', 'RIGHT'],
    ['card', 'pin', 'change', 'sign', '--pin-env', 'RIGHT', '--new-pin-env', 'RIGHT'],
    ['sign', pinFile, '--as', 'cades', '--pin-env', 'WRONG', '-o', path.join(dir, 'x.p7s')],
    ['doctor', '--signature', '--pin-env', 'WRONG', '--json', '--agent-port', '9'],
    ['card', 'pin', 'status', '--json'],
    ['card', 'apdu', `0020008009${Buffer.from(secrets.WRONG).toString('hex')}`],
  ];
  for (const words of commands) {
    const { out, err } = await cli([...words, ...card], { env });
    for (const secret of Object.values(secrets)) {
      assert.ok(!(out + err).includes(secret), words.join(' '));
      assert.ok(!(out + err).toLowerCase().includes(Buffer.from(secret).toString('hex')), words.join(' '));
    }
  }
});
