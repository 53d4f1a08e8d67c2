// Signing and verifying as a person does it: a running city with its authority, responder and time stamps, a card, and OpenSSL beside it.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { cli, freePort, lasting, type Running, temporary } from './testing/cli.js';
import { signedByOpenssl } from './testing/openssl.js';
import { noTerminalReason, terminal } from './testing/terminal.js';

const dir = temporary('signing');
const data = ['--data', dir];
const card = ['--card', path.join(dir, 'cards', 'soumu-taro.card'), ...data];
const at = (name: string) => path.join(dir, name);
const pins = { SIGN: 'ABC123' };
const has = (program: string, word = '--version') => spawnSync(program, [word]).error === undefined;
const schemaOf = (name: string) =>
  z.fromJSONSchema(
    JSON.parse(
      readFileSync(fileURLToPath(new URL(`../../../docs/schemas/${name}.json`, import.meta.url)), 'utf8'),
    ),
  );
const [verifySchema, evidenceSchema] = [schemaOf('verify'), schemaOf('evidence')];

interface Report {
  indication: string;
  subIndication?: string;
  time: string;
  signatures: {
    covers: { name?: string }[];
    report: {
      controlTime: string;
      checks: { id: string; level: string; result: string; finding?: string }[];
    };
  }[];
}

async function good(words: readonly string[]): Promise<string> {
  const { code, out, err } = await cli(words, { env: pins });
  assert.equal(code, 0, `${words.join(' ')}: ${err}${out}`);
  return out;
}

const sign = (...words: string[]) => good(['sign', ...words, ...card, '--pin-env', 'SIGN']);

/** `verify --json`, as its schema in docs says. */
async function report(words: readonly string[], expected = 0): Promise<Report> {
  const { code, out, err } = await cli(['verify', ...words, '--json']);
  assert.equal(code, expected, err + out);
  const found = verifySchema.safeParse(JSON.parse(out));
  assert.ok(found.success, found.error?.message);
  return JSON.parse(out) as Report;
}

/** What has to stay the same for ever: all but the time of the report and the notes on what came later. */
function lasts({ indication, signatures }: Report): unknown {
  return [
    indication,
    signatures.map(({ covers, report: { controlTime, checks } }) => ({
      covers,
      controlTime,
      checks: checks.filter(({ level }) => level !== 'INFORM').map(({ id, result }) => [id, result]),
    })),
  ];
}

describe('sign and verify with a running city', () => {
  let running: Running;
  let ca = '';
  const formats = [
    ['cades', '.p7s'],
    ['asic', '.asice'],
    ['asic-s', '.asics'],
  ] as const;
  const levels = ['B', 'T', 'LT', 'LTA'] as const;
  const first = new Map<string, Report>();

  before(async () => {
    const port = await freePort();
    running = await lasting(
      ['start', ...data, '--port', String(port), '--agent-port', String(port + 2), '--no-open'],
      'Ctrl-C',
    );
    ca = `http://127.0.0.1:${port + 1}`;
    writeFileSync(at('手紙.txt'), 'こんにちは\n');
    writeFileSync(at('別紙.csv'), '1,2\n');
    await good(['card', 'cert', 'sign-ca', ...card, '-o', at('sign-ca.pem')]);
  });

  after(async () => assert.equal(await running.stop(), 0));

  test('every format at every level, with time stamps of the authority', async () => {
    for (const [as, extension] of formats) {
      for (const level of levels) {
        const file = at(`${as}-${level}${extension}`);
        const stamped = level === 'B' ? [] : ['--timestamp', `${ca}/tsa`];
        const told = await sign(at('手紙.txt'), '--as', as, '--level', level, ...stamped, '-o', file);
        assert.match(told, new RegExp(`signed \\(.* ${level}\\)`));
        // A minute later: a stamp proves its time with the accuracy added, which lies ahead just now.
        const soon = new Date(Date.now() + 60_000).toISOString();
        const found = await report([file, ...data, '--time', soon]);
        assert.equal(found.indication, 'TOTAL_PASSED');
        first.set(`${as}-${level}`, found);
      }
    }
  });

  test('OpenSSL accepts what the card signed, at every level', {
    skip: !has('openssl', 'version') && 'no openssl',
  }, () => {
    for (const level of levels) {
      const content = signedByOpenssl(at(`cades-${level}.p7s`), at('sign-ca.pem'));
      assert.equal(content.toString(), 'こんにちは\n');
    }
  });

  test('several files: each into a folder with one PIN, or all into one container; standard input and output', async () => {
    mkdirSync(at('signed'));
    const told = await sign(
      at('手紙.txt'),
      at('別紙.csv'),
      '--as',
      'cades',
      '--detached',
      '-o',
      at('signed'),
    );
    assert.match(told, /手紙\.txt\.p7s: \d+ bytes[\s\S]*別紙\.csv\.p7s: \d+ bytes/);
    await report([at('signed/別紙.csv.p7s'), '--content', at('別紙.csv'), ...data]);
    assert.equal(
      (await report([at('signed/別紙.csv.p7s'), '--content', at('手紙.txt'), ...data], 1)).subIndication,
      'HASH_FAILURE',
    );
    await sign(at('手紙.txt'), at('別紙.csv'), '--as', 'asic', '-o', at('both.asice'));
    const both = await report([at('both.asice'), ...data]);
    assert.deepEqual(
      both.signatures[0]?.covers.map(({ name }) => name),
      ['手紙.txt', '別紙.csv'],
    );
    const several = await cli([
      'sign',
      at('手紙.txt'),
      at('別紙.csv'),
      '--as',
      'cades',
      ...card,
      '-o',
      at('x.p7s'),
    ]);
    assert.equal(several.code, 64);
    assert.match(several.err, /signs one file.*Or name a folder/);
  });

  test('many files at a terminal: one password, how far it is, and each answer on a line of its own', {
    skip: noTerminalReason() ?? false,
  }, async () => {
    mkdirSync(at('batch'));
    const files = [at('手紙.txt'), at('別紙.csv')];
    const person = terminal(['sign', ...files, '--as', 'cades', '-o', at('batch'), ...card]);
    await person.type(/署名用パスワード[^\n]*のこり 5 回: /, 'abc123\r');
    const { code, screen } = await person.end;
    assert.equal(code, 0, screen);
    const step = (done: number, what: string) => screen.indexOf(`[${done}/2] ${what}`);
    assert.ok(step(0, '手紙.txt') > 0 && step(1, '別紙.csv') > step(0, '手紙.txt'), screen);
    assert.ok(step(2, 'signed') > step(1, '別紙.csv'), screen);
    // What stands on the screen: a line begun anew hides what was there.
    const lines = screen.split('\n').map((line) => line.split('\r\u001b[K').at(-1)?.trim() ?? '');
    const names = ['手紙.txt.p7s', '別紙.csv.p7s'].map((name) => at(path.join('batch', name)));
    for (const name of names)
      assert.ok(
        lines.some((line) => line.startsWith(`${name}: `)),
        screen,
      );
  });

  test('an authority that does not answer, or stamps under a root we do not trust, ends the signing in words', async () => {
    const base = [
      'sign',
      at('手紙.txt'),
      '--as',
      'cades',
      ...card,
      '--pin-env',
      'SIGN',
      '-o',
      at('never.p7s'),
    ];
    const absent = await cli([...base, '--timestamp', 'http://127.0.0.1:1/tsa'], { env: pins });
    assert.equal(absent.code, 69);
    assert.match(
      absent.err,
      /authority http:\/\/127\.0\.0\.1:1\/tsa does not answer: .*ECONNREFUSED|bad port/,
    );
    const untrusted = await cli([...base, '--timestamp', `${ca}/tsa`, '--trust', at('sign-ca.pem')], {
      env: pins,
    });
    assert.equal(untrusted.code, 69);
    assert.match(untrusted.err, /gave no time stamp that can be used: path.*Name its root with --trust/);
  });

  test('the responder is asked where it is wanted; without any list its answer decides, and its silence rejects nobody', async () => {
    const roots = ['--trust', at('sign-ca.pem')];
    const file = at('cades-B.p7s');
    assert.equal((await report([file, ...roots], 2)).subIndication, 'TRY_LATER');
    assert.equal((await report([file, ...roots, '--ocsp', 'on', ...data])).indication, 'TOTAL_PASSED');
    assert.equal((await report([file, ...roots, '--ocsp', `${ca}/ocsp`])).indication, 'TOTAL_PASSED');
    const silent = await cli(['verify', file, ...roots, '--ocsp', 'http://127.0.0.1:1/', '--lang', 'en']);
    assert.equal(silent.code, 2);
    assert.match(
      silent.out,
      /^INDETERMINATE TRY_LATER[\s\S]*▲ Responder asked: The responder \(OCSP\) gave no usable answer/,
    );
    const carried = await cli(['verify', file, ...data, '--ocsp', 'http://127.0.0.1:1/', '--lang', 'en']);
    assert.equal(carried.code, 0, carried.out);
    assert.match(carried.out, /▲ Responder asked/);
  });

  test('frozen evidence is judged again by another process on another day: the same bytes in every form', async () => {
    const file = at('asic-LTA.asice');
    const forms: [string, string[]][] = [
      ['json', ['--json']],
      ['text', ['--report', 'text', '--lang', 'ja']],
      ['html', ['--report', 'html', '--lang', 'ja']],
      ['pdf', ['--report', 'pdf', '--lang', 'ja']],
    ];
    for (const [name, words] of forms) {
      const evidence = at(`${name}.evidence.json`);
      await good(['verify', file, ...data, '--evidence', evidence, ...words, '-o', at(`1.${name}`)]);
      assert.ok(evidenceSchema.safeParse(JSON.parse(readFileSync(evidence, 'utf8'))).success);
      const again = ['verify', '--from-evidence', evidence, ...words, '-o', at(`2.${name}`)];
      assert.equal((await cli(again, { env: { TZ: 'America/New_York', LANG: 'C' } })).code, 0);
      assert.deepEqual(readFileSync(at(`2.${name}`)), readFileSync(at(`1.${name}`)), name);
    }
    const frozen = ['verify', '--from-evidence', at('json.evidence.json')];
    assert.equal((await cli([...frozen, file])).code, 0);
    const other = await cli([...frozen, at('both.asice')]);
    assert.equal(other.code, 1);
    assert.match(other.err, /is not the file that this evidence is about/);
    const strict = await report(['--from-evidence', at('json.evidence.json'), '--policy', 'agency']);
    assert.equal(strict.indication, 'TOTAL_PASSED');
  });

  test('a report on paper is tagged PDF/A with its text in it; one for the screen needs nothing from elsewhere', {
    skip: !(has('qpdf') && has('pdfinfo', '-v')) && 'no qpdf or poppler',
  }, () => {
    execFileSync('qpdf', ['--check', at('1.pdf')], { stdio: 'pipe' });
    const info = execFileSync('pdfinfo', [at('1.pdf')], { encoding: 'utf8', stdio: 'pipe' });
    assert.match(info, /Tagged: +yes/);
    const meta = execFileSync('pdfinfo', ['-meta', at('1.pdf')], { encoding: 'utf8', stdio: 'pipe' });
    assert.match(meta, /pdfaid:part>2<[\s\S]*pdfaid:conformance>A</);
    const text = execFileSync('pdftotext', ['-layout', at('1.pdf'), '-'], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    for (const wanted of ['電子署名の検証結果', 'TOTAL_PASSED', '総務', '手紙.txt', 'RFC 5280'])
      assert.ok(text.normalize('NFKC').includes(wanted), wanted);
    assert.doesNotMatch(readFileSync(at('1.html'), 'utf8'), /<script|src=|href=|@import|url\(/);
  });

  test('who signed is left out on request', async () => {
    const { out } = await cli([
      'verify',
      at('asic-B.asice'),
      ...data,
      '--no-identity',
      '--report',
      'text',
      '--lang',
      'ja',
    ]);
    assert.doesNotMatch(out, /総務|中央一丁目/);
  });

  test('after a revocation: T, LT and LTA keep their report, B does not; LT and LTA need nobody for that', async () => {
    await good(['card', 'cert', 'sign', ...card, '--pin-env', 'SIGN', '-o', at('own.pem')]);
    const { serial } = JSON.parse(await good(['cert', 'show', at('own.pem'), '--json'])) as {
      serial: string;
    };
    await good(['ca', 'revoke', ...data, '--serial', serial, '--reason', 'keyCompromise']);
    const soon = new Date(Date.now() + 60_000).toISOString();
    for (const [as, extension] of formats) {
      for (const level of levels) {
        const file = at(`${as}-${level}${extension}`);
        const before = first.get(`${as}-${level}`);
        assert.ok(before);
        const later = await report([file, ...data, '--time', soon], level === 'B' ? 2 : 0);
        if (level === 'B') assert.equal(later.subIndication, 'REVOKED_NO_POE');
        else assert.deepEqual(lasts(later), lasts(before), `${as} ${level}`);
      }
    }
    const { code } = await cli([
      'verify',
      at('cades-B.p7s'),
      '--trust',
      at('sign-ca.pem'),
      '--ocsp',
      `${ca}/ocsp`,
    ]);
    assert.equal(code, 2);
  });
});
