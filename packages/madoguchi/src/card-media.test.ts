// Cards of every medium made, looked at, compared and used by the commands.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { cli, freePort, temporary } from './testing/cli.js';

const dir = temporary('media');
const data = ['--data', path.join(dir, 'data')];
const hasJudges = [
  ['openssl', 'version'],
  ['xmlsec1', '--version'],
  ['unzip', '-v'],
].every(([program = '', ...words]) => spawnSync(program, words).error === undefined);
const pins = { SIGN: 'ABC123', AUTH: '1234' };
const at = (name: string) => path.join(dir, name);
const person = [
  ...['--name', '総務　太郎', '--address', '見本県見本市中央１丁目１番１号', '--birth', '1980-02-03'],
  ...['--sex', 'male', '--municipality', '99201', '--auth-pin-env', 'AUTH', '--sign-pin-env', 'SIGN'],
];
const schemaFolder = fileURLToPath(new URL('../../../docs/schemas/', import.meta.url));

async function json(name: string, words: readonly string[], code = 0, env: NodeJS.ProcessEnv = {}) {
  const ended = await cli([...words, '--json'], { env });
  assert.equal(ended.code, code, ended.err);
  const schema = z.fromJSONSchema(JSON.parse(readFileSync(path.join(schemaFolder, `${name}.json`), 'utf8')));
  const found = schema.safeParse(JSON.parse(ended.out));
  assert.ok(found.success, found.error?.message);
  return JSON.parse(ended.out);
}

function create(file: string, more: readonly string[]) {
  return ['card', 'create', '--ca', path.join(dir, 'data'), ...person, ...more, '-o', at(file)];
}

const media = [
  ['my-number-card', 'my-number-card', 6],
  ['jukicard', 'jukicard', 2],
  ['android', 'android', 1],
  ['iphone', 'ios', 1],
  ['next-card', 'next-card', 2],
] as const;

describe('media', () => {
  before(async () => {
    const made = await cli(['ca', 'init', ...data]);
    assert.equal(made.code, 0, made.err);
  });

  test('a card of each medium is made, tells what it is, and compares like the virtual card of its kind', async () => {
    for (const [medium, kind, applications] of media) {
      const card = ['--card', at(`${medium}.card`), ...data];
      const made = await json('card-create', create(`${medium}.card`, ['--medium', medium]), 0, pins);
      assert.equal(made.medium, medium);
      const info = await json('card-info', ['card', 'info', ...card]);
      assert.equal(info.kind, kind);
      assert.equal(info.applications.length, applications);
      const english = await cli(['card', 'info', ...card, '--lang', 'en']);
      assert.match(english.out, /applications: JPKI[\s\S]*5 tries left/);
      const comparison = await json('card-compare', ['card', 'compare', ...card]);
      assert.equal(comparison.medium, medium);
      assert.ok(comparison.rows.length > 150);
    }
  });

  test('P-384: a file signed with the next card verifies', async () => {
    const card = ['--card', at('next-card.card'), ...data];
    writeFileSync(at('letter.txt'), '次の カード');
    const signed = await cli(
      ['sign', at('letter.txt'), '--as', 'cades', ...card, '--pin-env', 'SIGN', '-o', at('letter.p7s')],
      { env: pins },
    );
    assert.equal(signed.code, 0, signed.err);
    const verified = await cli(['verify', at('letter.p7s'), '--content', at('letter.txt'), ...data]);
    assert.equal(verified.code, 0, verified.out + verified.err);
    const text = await json('card-text', ['card', 'text', ...card, '--pin-env', 'AUTH'], 0, pins);
    assert.equal(text.name, '総務　太郎');
  });

  test('P-384: what the next card signs in every format from the command line is good to OpenSSL and xmlsec1', {
    skip: hasJudges ? false : 'openssl, unzip or xmlsec1 is not installed',
  }, async () => {
    const card = ['--card', at('next-card.card'), ...data];
    const good = async (words: readonly string[]) => {
      const { code, out, err } = await cli(words, { env: pins });
      assert.equal(code, 0, err + out);
    };
    const signing = (file: string, as: string, out: string, ...more: string[]) =>
      good(['sign', at(file), '--as', as, ...more, ...card, '--pin-env', 'SIGN', '-o', at(out)]);
    await good(['card', 'cert', 'sign-ca', ...card, '-o', at('next-ca.pem')]);
    const openssl = (cms: string, content: string) => {
      const how = ['-inform', 'DER', '-binary', '-purpose', 'any', '-CAfile', at('next-ca.pem')];
      const words = ['cms', '-verify', ...how, '-in', at(cms), '-content', at(content), '-out', at('out')];
      return spawnSync('openssl', words, { encoding: 'utf8' });
    };
    const isGood = (cms: string, content: string) => {
      const judged = openssl(cms, content);
      assert.equal(judged.status, 0, `${cms}: ${judged.stderr}`);
      const printed = execFileSync('openssl', ['cms', '-cmsout', '-print', '-inform', 'DER', '-in', at(cms)]);
      assert.match(printed.toString(), /signatureAlgorithm:\s+algorithm: ecdsa-with-SHA384/, cms);
      writeFileSync(at('changed'), Buffer.concat([readFileSync(at(content)), Buffer.from('x')]));
      assert.notEqual(openssl(cms, 'changed').status, 0, `${cms} over something else`);
    };
    writeFileSync(at('letter.txt'), '次の カード');
    await signing('letter.txt', 'cades', 'next.p7s', '--detached');
    isGood('next.p7s', 'letter.txt');

    for (const [as, signature, content] of [
      ['asic', 'META-INF/signature.p7s', 'META-INF/ASiCManifest.xml'],
      ['asic-s', 'META-INF/signature.p7s', 'letter.txt'],
    ] as const) {
      await signing('letter.txt', as, `next.${as}`);
      for (const [part, name] of [
        [signature, `${as}.p7s`],
        [content, `${as}.content`],
      ] as const)
        writeFileSync(at(name), execFileSync('unzip', ['-p', at(`next.${as}`), part]));
      isGood(`${as}.p7s`, `${as}.content`);
    }

    writeFileSync(at('form.xml'), '<DATA id="DATA"><氏名>総務　太郎</氏名></DATA>');
    for (const [out, ...level] of [['next.xml'], ['next-b.xml', '--level', 'B']] as const) {
      await signing('form.xml', 'xml', out, ...level);
      assert.match(readFileSync(at(out), 'utf8'), /xmldsig-more#ecdsa-sha384/);
      const judge = ['--verify', '--trusted-pem', at('next-ca.pem'), at(out)];
      execFileSync('xmlsec1', judge, { stdio: 'pipe' });
    }

    await good([
      'verify',
      at('next.p7s'),
      '--content',
      at('letter.txt'),
      ...data,
      '--report',
      'pdf',
      '-o',
      at('r.pdf'),
    ]);
    for (const [out, ...level] of [['next.pdf'], ['next-b.pdf', '--level', 'B']] as const) {
      await signing('r.pdf', 'pdf', out, ...level);
      const bytes = readFileSync(at(out));
      const text = bytes.toString('latin1');
      const range = /\/ByteRange ?\[ ?(\d+) (\d+) (\d+) (\d+)/.exec(text)?.slice(1).map(Number) ?? [];
      const [from = 0, length = 0, then = 0, rest = 0] = range;
      const hex = text.slice(from + length + 1, then - 1);
      writeFileSync(at('pdf.p7s'), Buffer.from(hex, 'hex'));
      const covered = [bytes.subarray(from, from + length), bytes.subarray(then, then + rest)];
      writeFileSync(at('pdf.content'), Buffer.concat(covered));
      isGood('pdf.p7s', 'pdf.content');
      await good(['verify', at(out), ...data]);
    }
  });

  test('Android’s token shows its authentication certificate only with the PIN, and says which', async () => {
    const cert = ['card', 'cert', 'auth', '--card', at('android.card'), ...data];
    const without = await cli(cert);
    assert.equal(without.code, 77);
    assert.match(without.err, /利用者証明用パスワード[\s\S]*--pin-file/);
    const given = await cli([...cert, '--pin-env', 'AUTH'], { env: pins });
    assert.equal(given.code, 0, given.err);
    assert.match(given.out, /BEGIN CERTIFICATE/);
  });

  test('a difference in behaviour is written into a card and found by the comparison', async () => {
    const settings = ['--set', 'blockedStatusWord=6983', '--set', 'endOfFileStatusWord=9000'];
    const made = await cli(create('other.card', settings), { env: pins });
    assert.equal(made.code, 0, made.err);
    const card = ['--card', at('other.card'), ...data];
    const compared = await cli(['card', 'compare', ...card]);
    assert.equal(compared.code, 1);
    assert.match(compared.out, /ファイルの終わりをまたいで読む[\s\S]*このカード 9000 .*仮想カード 6282/);
    assert.match(compared.out, /× ちがう .*6282/);
    for (const value of ['総務', '見本', '1980', '99201']) assert.ok(!compared.out.includes(value), value);
    const blocked = Array<string>(4).fill('002000980439393939');
    const visit = await json(
      'card-apdu',
      ['card', 'apdu', '00A4040C0AD392F000260100000001', ...blocked, ...card],
      1,
    );
    assert.equal(visit.at(-1).sw, '6983');
    assert.match(visit.at(-1).ja, /ロック/);
    assert.ok(!JSON.stringify(visit).includes('39393939'), 'a VERIFY is never shown');
  });

  test('the settings are one table with the real card’s value and who says so', async () => {
    const rows = await json('card-settings', ['card', 'settings']);
    const blocked = rows.find((row: { name: string }) => row.name === 'blockedStatusWord');
    assert.deepEqual([blocked.default, blocked.others, blocked.mark], ['6984', ['6983'], 'secondary source']);
    assert.equal(rows.length, 11);
    const { out } = await cli(['card', 'settings']);
    assert.match(out, /numberTries=10[\s\S]*1 to 15, UNLIMITED/);
  });

  test('wrong media, settings and commands are told with what is allowed, and leave no file', async () => {
    const wrong: readonly [string[], RegExp][] = [
      [create('no.card', ['--medium', 'watch']), /--medium is watch: use one of my-number-card, jukicard/],
      [create('no.card', ['--set', 'colour=red']), /use one of blockedStatusWord/],
      [create('no.card', ['--set', 'blockedStatusWord=6A82']), /use one of 6984, 6983/],
      [create('no.card', ['--set', 'numberTries=16']), /use one of 10, 1 to 15, UNLIMITED/],
      [['card', 'apdu', '00', '--card', at('next-card.card'), ...data], /at least 4 bytes/],
    ];
    for (const [words, message] of wrong) {
      const { code, err } = await cli(words, { env: pins });
      assert.equal(code, 64, err);
      assert.match(err, message);
    }
    assert.ok(!existsSync(at('no.card')));
    assert.deepEqual(
      readdirSync(dir).filter((name) => /lock|\.new$/.test(name)),
      [],
    );
  });

  test('card serve tells that no reader answers, in words, with exit code 69', async () => {
    const place = ['--vpcd', `127.0.0.1:${await freePort()}`];
    const { code, err, out } = await cli(['card', 'serve', at('next-card.card'), ...data, ...place]);
    assert.equal(code, 69);
    assert.equal(out, '');
    assert.match(err, /pcscd[\s\S]*No virtual reader answers/);
  });
});
