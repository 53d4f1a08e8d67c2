// The card and its holder: what it shows, its PINs, whether its certificates are good.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { cli } from '../cli.js';
import { at, card, data, good, json, list, pins } from './city.js';

export function cardCommands(): void {
  test('card info, text, cert and apdu show the card; a wrong PIN is 77 with the tries left', async () => {
    const info = await json<{ kind: string; triesLeft: Record<string, number> }>(['card', 'info', ...card]);
    assert.equal(info.kind, 'my-number-card');
    assert.deepEqual(info.triesLeft, { sign: 5, auth: 3, text: 3 });
    assert.match(await good(['card', 'info', ...card]), /署名用パスワード.*のこり 5 回/);

    const text = await json<Record<string, string>>(['card', 'text', ...card, '--pin-env', 'AUTH'], 0, pins);
    assert.equal(text.name, '総務　太郎');
    const wrong = await cli(['card', 'text', ...card, '--pin-env', 'WRONG'], { env: pins });
    assert.equal(wrong.code, 77);
    assert.match(wrong.err, /のこり 2 回[\s\S]*Tries left: 2/);
    assert.doesNotMatch(wrong.err + wrong.out, /9999/);
    const status = await json<Record<string, { triesLeft: number }>>(['card', 'pin', 'status', ...card]);
    assert.equal(status.text?.triesLeft, 2);

    const short = await cli(['card', 'text', ...card, '--pin-env', 'SIGN'], { env: pins });
    assert.equal(short.code, 64, 'a PIN of the wrong form costs no try');
    const none = await cli(['card', 'text', ...card, '--pin-env', 'NOTSET']);
    assert.equal(none.code, 64);
    assert.match(none.err, /NOTSET is empty/);
    const prompt = await cli(['card', 'text', ...card]);
    assert.equal(prompt.code, 64);
    assert.match(prompt.err, /--pin-file/);
    writeFileSync(at('pin.txt'), '1234\n');
    assert.match(await good(['card', 'text', ...card, '--pin-file', at('pin.txt')]), /総務　太郎/);

    const visit = await cli([
      'card',
      'apdu',
      '00A4040C0AD392F000260100000001',
      '00A4020C020018',
      '00200080',
      ...card,
    ]);
    assert.equal(visit.code, 1, visit.err);
    assert.match(visit.out, /9000[\s\S]*9000[\s\S]*63c3/i);
    assert.match(await good(['card', 'cert', 'auth', '--text', ...card]), /subject +主体者: C=JP, CN=/);
  });

  test('the holder asks whether the own certificates are good: card cert --check and doctor', async () => {
    assert.match(await good(['card', 'cert', 'auth', '--check', ...card]), /失効していません/);
    const sign = ['card', 'cert', 'sign', '--check', ...card, '--pin-env', 'SIGN', '--lang', 'en'];
    assert.match(await good(sign, pins), /Not revoked \(the authority says so/);
    const elsewhere = ['--ocsp', 'http://127.0.0.1:9/'];
    const unreached = await cli(['card', 'cert', 'auth', '--check', ...elsewhere, ...card]);
    assert.equal(unreached.code, 2, unreached.err);
    assert.equal((await cli(['card', 'cert', 'sign-ca', '--check', ...card])).code, 64);
    const { out } = await cli(['doctor', ...card, '--signature', '--pin-env', 'SIGN'], { env: pins });
    assert.match(out, /● 利用者証明用電子証明書: .*まで（あと \d+ 日）。失効していません/);
    assert.match(out, /● 署名用電子証明書: .*失効していません/);
    assert.match(out, /● 申請先の受付システム: つながります/);
  });

  test('a PIN is changed, and changed back', async () => {
    const env = { ...pins, FRESH: '5678' };
    await good(
      ['card', 'pin', 'change', 'auth', ...card, '--pin-env', 'AUTH', '--new-pin-env', 'FRESH'],
      env,
    );
    await good(
      ['card', 'pin', 'change', 'auth', ...card, '--pin-env', 'FRESH', '--new-pin-env', 'AUTH'],
      env,
    );
  });

  test('readers and doctor answer in words and as JSON', async () => {
    const { code } = await cli(['readers']);
    await json(['readers'], code === 0 ? 0 : 69);
    const { code: doctor, out } = await cli(['doctor', ...card, '--ocsp', 'off']);
    assert.match(out, /カード/);
    assert.match(out, /利用者証明用電子証明書: .*失効は確かめていません（.*madoguchi doctor --ocsp /);
    await json(['doctor', ...card], doctor === 0 ? 0 : 1);
    await json(['ca', 'show', ...data, '--serial', (await list())[0]?.serial ?? '']);
    await json(['ca', 'stats', ...data]);
    const absent = await cli(['card', 'info', '--reader', 'no such reader']);
    assert.equal(absent.code, 69, absent.err);
  });
}
