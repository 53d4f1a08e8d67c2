// The commands over one data folder: while `start` runs on it, and without.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadCrl, readAsic } from '@madoguchi/pki';
import { openDatabase } from '@madoguchi/store';
import { z } from 'zod';
import { cli, freePort, lasting, type Running, temporary } from './testing/cli.js';

const dir = temporary('city');
const data = ['--data', dir];
const card = ['--card', path.join(dir, 'cards', 'soumu-taro.card'), ...data];
const at = (name: string) => path.join(dir, name);
const pins = { SIGN: 'ABC123', AUTH: '1234', WRONG: '9999', WRONGSIGN: 'XYZ999' };
const schemaFolder = fileURLToPath(new URL('../../../docs/schemas/', import.meta.url));
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

const schemas = new Map(
  readdirSync(schemaFolder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [
      name.replace('.json', ''),
      z.fromJSONSchema(JSON.parse(readFileSync(path.join(schemaFolder, name), 'utf8'))),
    ]),
);

/** Exactly one JSON document on standard output, as its schema in docs says. */
async function json<T>(words: readonly string[], expected = 0, env: NodeJS.ProcessEnv = {}): Promise<T> {
  const { code, out, err } = await cli([...words, '--json'], { env });
  assert.equal(code, expected, err);
  const options = words.findIndex((word) => word.startsWith('-') || word.startsWith('/'));
  const name = (options < 0 ? words : words.slice(0, options)).join('-');
  const schema = schemas.get(name);
  assert.ok(schema, `docs/schemas/${name}.json is missing`);
  const found = schema.safeParse(JSON.parse(out));
  assert.ok(found.success, `${name}: ${found.error?.message}`);
  return JSON.parse(out) as T;
}

async function good(words: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { code, out, err } = await cli(words, { env });
  assert.equal(code, 0, `${words.join(' ')}: ${err}${out}`);
  return out;
}

interface Listed {
  serial: string;
  profile: string;
  status: string;
}

const list = async () => json<Listed[]>(['ca', 'list', ...data]);

describe('the commands', () => {
  let running: Running;
  let port = 0;
  before(async () => {
    port = await freePort();
    running = await lasting(
      ['start', ...data, '--port', String(port), '--agent-port', String(port + 2), '--no-open'],
      'Ctrl-C',
    );
  });

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

  test('sign, then verify: passed, changed, of an unknown authority; detached and attached CMS', async () => {
    writeFileSync(at('手紙.txt'), 'こんにちは');
    const out = ['-o', at('letter.asice')];
    await good(['sign', at('手紙.txt'), '--as', 'asic', ...card, '--pin-env', 'SIGN', ...out], pins);
    const container = readAsic(readFileSync(at('letter.asice')));
    assert.ok(container.ok && container.value.files.has('手紙.txt'));

    const verdict = await cli(['verify', at('letter.asice'), ...data]);
    assert.equal(verdict.code, 0, verdict.out + verdict.err);
    assert.match(verdict.out, /^TOTAL_PASSED/);
    const report = await json<{ indication: string; format: string }>([
      'verify',
      at('letter.asice'),
      ...data,
    ]);
    assert.deepEqual([report.format, report.indication], ['madoguchi-document-report/1', 'TOTAL_PASSED']);

    const changed = Buffer.from(readFileSync(at('letter.asice')));
    const where = changed.indexOf('こんにちは');
    if (where > 0) changed.write('さようなら', where);
    else changed[60] = (changed[60] ?? 0) ^ 1;
    writeFileSync(at('changed.asice'), changed);
    const lie = await cli(['verify', at('changed.asice'), ...data]);
    assert.equal(lie.code, 1, lie.out);
    assert.match(lie.out, /^TOTAL_FAILED/);

    await good(['card', 'cert', 'auth-ca', ...card, '-o', at('stranger.pem')]);
    const foreign = await cli(['verify', at('letter.asice'), '--trust', at('stranger.pem')]);
    assert.equal(foreign.code, 2, foreign.out + foreign.err);
    assert.match(foreign.out, /^INDETERMINATE/);

    const cades = ['sign', at('手紙.txt'), '--as', 'cades', ...card, '--pin-env', 'SIGN'];
    await good([...cades, '-o', at('attached.p7s')], pins);
    assert.equal((await cli(['verify', at('attached.p7s'), ...data])).code, 0);
    await good([...cades, '--detached', '-o', at('detached.p7s')], pins);
    assert.equal((await cli(['verify', at('detached.p7s'), '--content', at('手紙.txt'), ...data])).code, 0);
    assert.notEqual((await cli(['verify', at('detached.p7s'), '--content', at('pin.txt'), ...data])).code, 0);
    if (hasOpenssl) {
      await good(['card', 'cert', 'sign-ca', ...card, '-o', at('sign-ca.pem')]);
      const args = [
        '-inform',
        'DER',
        '-binary',
        '-purpose',
        'any',
        '-CAfile',
        at('sign-ca.pem'),
        '-out',
        at('out'),
      ];
      execFileSync('openssl', ['cms', '-verify', '-in', at('attached.p7s'), ...args], { stdio: 'pipe' });
    }

    const refused = await cli([...cades, '-o', at('never.p7s'), '--pin-env', 'WRONGSIGN'], { env: pins });
    assert.equal(refused.code, 77);
    assert.ok(!existsSync(at('never.p7s')));
  });

  test('a file that is not read into memory: signed and verified in pieces, inside and beside, and in containers', async () => {
    const large = Buffer.alloc(40 << 20, '見本の中身。');
    writeFileSync(at('large.bin'), large);
    for (const [as, more] of [
      ['cades', []],
      ['cades', ['--detached']],
      ['asic', []],
      ['asic-s', []],
    ] as const) {
      const out = at(`large.${as}${more.length}`);
      const content = more.length > 0 ? ['--content', at('large.bin')] : [];
      await good(
        ['sign', at('large.bin'), '--as', as, ...more, ...card, '--pin-env', 'SIGN', '-o', out],
        pins,
      );
      assert.equal(existsSync(`${out}.part`), false);
      const report = await json<{ indication: string }>(['verify', out, ...content, ...data]);
      assert.equal(report.indication, 'TOTAL_PASSED', as);
      const changed = Buffer.from(readFileSync(content[1] ?? out));
      changed[20 << 20] = (changed[20 << 20] ?? 0) ^ 1;
      writeFileSync(at('changed.bin'), changed);
      const lie = more.length > 0 ? [out, '--content', at('changed.bin')] : [at('changed.bin')];
      assert.equal((await cli(['verify', ...lie, ...data])).code, 1, as);
    }
  });

  test('sign and verify XML: as e-Tax, e-Gov and the registries have it, and XAdES with a time stamp', async () => {
    const signing = (words: readonly string[], out: string, ...more: string[]) =>
      good(
        ['sign', ...words.map(at), '--as', 'xml', ...more, ...card, '--pin-env', 'SIGN', '-o', at(out)],
        pins,
      );
    const verdict = async (file: string, ...more: string[]) => {
      const { code, out, err } = await cli(['verify', at(file), ...more, ...data]);
      assert.match(out, /^(TOTAL_PASSED|TOTAL_FAILED|INDETERMINATE)/, err);
      return code;
    };
    writeFileSync(at('tax.xml'), '<DATA id="DATA"><氏名>総務　太郎</氏名></DATA>');
    writeFileSync(
      at('kousei.xml'),
      '<DataRoot><構成情報 ID="構成情報"><氏名>総務　太郎</氏名></構成情報><署名情報/></DataRoot>',
    );
    writeFileSync(at('添付.txt'), '添付');
    writeFileSync(at('file1.tif'), 'II*');

    await signing(['tax.xml'], 'tax.signed.xml');
    assert.equal(await verdict('tax.signed.xml'), 0);
    if (spawnSync('xmlsec1', ['--version']).error === undefined) {
      await good(['card', 'cert', 'sign-ca', ...card, '-o', at('xml-ca.pem')]);
      const judge = ['--verify', '--trusted-pem', at('xml-ca.pem'), at('tax.signed.xml')];
      execFileSync('xmlsec1', judge, { stdio: 'pipe' });
    }
    writeFileSync(at('tax.changed.xml'), readFileSync(at('tax.signed.xml'), 'utf8').replace('太郎', '花子'));
    assert.equal(await verdict('tax.changed.xml'), 1);

    await signing(['kousei.xml', '添付.txt'], 'kousei.signed.xml');
    assert.equal(await verdict('kousei.signed.xml'), 0, 'the attached file is found beside it');
    await signing(['file1.tif'], 'file1.tif.sig.xml', '--detached');
    assert.equal(await verdict('file1.tif.sig.xml'), 0);
    assert.equal(await verdict('file1.tif.sig.xml', '--content', at('添付.txt')), 1);

    await signing(['tax.xml'], 'tax.b.xml', '--level', 'B');
    assert.match(readFileSync(at('tax.b.xml'), 'utf8'), /QualifyingProperties/);
    const { ca } = JSON.parse(readFileSync(at('addresses.json'), 'utf8')) as { ca: string };
    await signing(['tax.xml'], 'tax.t.xml', '--timestamp', new URL('/tsa', ca).href);
    assert.equal(await verdict('tax.t.xml'), 0);
    const told = await json<{ signatures: { report: { timeStamps?: { counts: boolean }[] } }[] }>([
      'verify',
      at('tax.t.xml'),
      ...data,
    ]);
    assert.deepEqual(
      told.signatures[0]?.report.timeStamps?.map(({ counts }) => counts),
      [true],
    );
  });

  test('a PDF is signed with a stamp as the registries take it, and as PAdES LTA; two signatures, and a change', async () => {
    // The report that verify draws is the PDF of another program (Typst).
    await good(
      ['sign', at('手紙.txt'), '--as', 'asic', ...card, '--pin-env', 'SIGN', '-o', at('r.asice')],
      pins,
    );
    await good(['verify', at('r.asice'), ...data, '--report', 'pdf', '-o', at('report.pdf')]);
    const once = ['sign', at('report.pdf'), '--as', 'pdf', '--stamp', '--reason', '承認'];
    const told = await good([...once, ...card, '--pin-env', 'SIGN', '-o', at('once.pdf')], pins);
    assert.match(told, /the registries’ form/);
    const original = readFileSync(at('report.pdf'));
    assert.deepEqual(readFileSync(at('once.pdf')).subarray(0, original.length), original);
    assert.match(
      await good(['verify', at('once.pdf'), ...data, '--policy', 'registry-pdf']),
      /^TOTAL_PASSED/m,
    );

    // Programs that we did not write say so too, where they are installed.
    const judge = (program: string, words: string[]) => spawnSync(program, words, { encoding: 'utf8' });
    const pdfsig = judge('pdfsig', ['-nocert', at('once.pdf')]);
    if (pdfsig.error === undefined)
      assert.match(pdfsig.stdout, /Total document signed[\s\S]*Signature is Valid/);
    const qpdf = judge('qpdf', ['--check', at('once.pdf')]);
    if (qpdf.error === undefined) assert.equal(qpdf.status, 0, qpdf.stderr);

    const stamp = ['--timestamp', `http://127.0.0.1:${port + 1}/tsa`, '--level', 'LTA'];
    const twice = ['sign', at('once.pdf'), '--as', 'pdf', '--stamp-at', '20,20', ...stamp];
    assert.match(
      await good([...twice, ...card, '--pin-env', 'SIGN', '-o', at('twice.pdf')], pins),
      /PAdES LTA/,
    );
    const report = await json<{ signatures: { report: { timeStamps?: { counts: boolean }[] } }[] }>([
      ...['verify', at('twice.pdf'), ...data],
    ]);
    assert.deepEqual(
      report.signatures.map(({ report: { timeStamps = [] } }) => timeStamps.map(({ counts }) => counts)),
      [[true], [true, true]],
    );
    const changed = readFileSync(at('twice.pdf'));
    changed[original.length - 200] = (changed[original.length - 200] ?? 0) ^ 1;
    writeFileSync(at('changed.pdf'), changed);
    assert.equal((await cli(['verify', at('changed.pdf'), ...data])).code, 1);
    const none = await cli(['verify', at('report.pdf'), ...data]);
    assert.equal(none.code, 1, none.err);
    assert.match(none.out, /^NO_SIGNATURE_FOUND/m);
  });

  test('cert show and match read the signature certificate', async () => {
    await good(['card', 'cert', 'sign', ...card, '--pin-env', 'SIGN', '-o', at('sign.pem')], pins);
    assert.match(await good(['cert', 'show', at('sign.pem')]), /氏名 \(name\): 総務　太郎[\s\S]*代替文字/);
    const shown = await json<{ identity: { name: string } }>(['cert', 'show', at('sign.pem')]);
    assert.equal(shown.identity.name, '総務　太郎');

    const same = {
      name: '総務太郎',
      address: '見本県見本市中央一丁目２番３号',
      birthDate: '1975-04-01',
      sex: 'male',
    };
    const cases: [Record<string, string>, number, RegExp][] = [
      [same, 0, /氏名: 一致（match）/],
      [{ ...same, name: '総務花子' }, 1, /氏名: 不一致（mismatch）/],
      [{ name: '総務太郎' }, 2, /住所: 記載なし（absent）/],
    ];
    for (const [application, code, words] of cases) {
      writeFileSync(at('application.json'), JSON.stringify(application));
      const told = await cli([
        'match',
        '--certificate',
        at('sign.pem'),
        '--application',
        at('application.json'),
      ]);
      assert.equal(told.code, code, told.err + told.out);
      assert.match(told.out, words);
    }
    const machine = await json<Record<string, { verdict: string }>>(
      ['match', '--certificate', at('sign.pem'), '--application', at('application.json')],
      2,
    );
    assert.equal(machine.name?.verdict, 'match');
    await good(['card', 'cert', 'auth', ...card, '-o', at('auth.pem')]);
    const other = await cli([
      'match',
      '--certificate',
      at('auth.pem'),
      '--application',
      at('application.json'),
    ]);
    assert.equal(other.code, 1);
    assert.match(other.err, /no 基本4情報/);
  });

  test('ca issue takes a request made by openssl', {
    skip: hasOpenssl ? false : 'openssl is not installed',
  }, async () => {
    execFileSync(
      'openssl',
      [
        'req',
        '-new',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-keyout',
        at('key.pem'),
        '-subj',
        '/CN=x',
        '-out',
        at('request.pem'),
      ],
      { stdio: 'pipe' },
    );
    const issue = [
      'ca',
      'issue',
      ...data,
      '--csr',
      at('request.pem'),
      '--profile',
      'agency',
      '--agency-code',
      '99202',
      '--agency-name',
      '見本町',
      '--hosts',
      'town.example',
    ];
    await good([...issue, '-o', at('town.pem')]);
    assert.match(await good(['cert', 'show', at('town.pem')]), /subject .*見本町/);
    const hostless = await cli(issue.slice(0, -2));
    assert.equal(hostless.code, 64);
    assert.match(hostless.err, /--hosts is missing/);
  });

  test('ca list, show, stats, crl and revoke work while start runs; verify then says what the revocation means', async () => {
    const before = await list();
    const mine = before.find(({ profile }) => profile === 'signature');
    assert.ok(mine);
    assert.match(await good(['ca', 'list', ...data]), new RegExp(`${mine.serial} +signature`));
    assert.match(await good(['ca', 'show', ...data, '--serial', mine.serial]), /BEGIN CERTIFICATE/);
    assert.equal((await cli(['ca', 'show', ...data, '--serial', 'ff00ff'])).code, 1);
    assert.match(await good(['ca', 'stats', ...data]), /signature .*issued 2, valid 2, revoked 0/);

    const bad = await cli(['ca', 'revoke', ...data, '--serial', mine.serial, '--reason', 'boredom']);
    assert.equal(bad.code, 64, bad.err);
    const done = await json<{ reason: string }>([
      'ca',
      'revoke',
      ...data,
      '--serial',
      mine.serial,
      '--reason',
      'keyCompromise',
    ]);
    assert.equal(done.reason, 'keyCompromise');
    assert.equal((await list()).find(({ serial }) => serial === mine.serial)?.status, 'revoked');
    await good(['ca', 'crl', ...data, '-o', at('lists')]);
    const files = readdirSync(at('lists'), { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.crl'));
    assert.ok(files.length > 0);
    for (const file of files) assert.ok(loadCrl(readFileSync(path.join(at('lists'), file))).ok, file);

    const own = await cli(['card', 'cert', 'sign', '--check', ...card, '--pin-env', 'SIGN'], { env: pins });
    assert.equal(own.code, 1, own.err);
    assert.match(own.out, /に失効しています/);

    const later = await cli(['verify', at('letter.asice'), ...data]);
    assert.equal(later.code, 2, 'revoked, and nothing proves that the signature was made before');
    assert.match(later.out, /REVOKED/);
  });

  test('ca clerk add, list and remove: a link from where the counter runs, which registers a card and nothing else, and no longer after the removal', async () => {
    const enrol = ['--role', 'clerk', '--municipality', '99201', ...data, 'clerk-77'];
    const made = await json<{ link: string }>(['ca', 'clerk', 'add', ...enrol]);
    const counter = `http://127.0.0.1:${port + 1}/counter`;
    assert.ok(made.link.startsWith(`${counter}/enter/`), made.link);
    const entered = await fetch(made.link, { redirect: 'manual' });
    assert.equal(entered.headers.get('location'), '/counter/card');
    const cookie = (entered.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    const look = async () => (await fetch(`${counter}/card`, { headers: { cookie } })).status;
    assert.equal(await look(), 200);
    const clerks = await json<{ account: string; role: string; hasCard: boolean }[]>([
      'ca',
      'clerk',
      'list',
      ...data,
    ]);
    assert.deepEqual(
      clerks.map(({ account, role, hasCard }) => [account, role, hasCard]),
      [
        ['clerk-1', 'supervisor', true],
        ['clerk-77', 'clerk', false],
      ],
    );
    await json(['ca', 'clerk', 'remove', ...data, 'clerk-77']);
    assert.equal(await look(), 401);
    assert.equal((await cli(['ca', 'clerk', 'remove', ...data, 'clerk-77'])).code, 1);
    assert.equal((await cli(['ca', 'clerk', 'add', '--role', 'king', ...data, 'x-1'])).code, 64);
  });

  test('agency officer add, list and remove: a link from where the desk runs, which opens it, and no longer after the removal', async () => {
    const roads = ['agency', 'department', 'doro', '--procedure', 'douro-senyo', ...data];
    assert.match(await good(roads), /doro: douro-senyo/);
    const made = await json<{ officer: string; link: string }>([
      ...[
        'agency',
        'officer',
        'add',
        '--role',
        'examiner',
        '--department',
        'doro',
        '--office',
        'police',
        ...data,
      ],
      'shimin-07',
    ]);
    assert.ok(made.link.startsWith(`http://127.0.0.1:${port}/a/99201/desk/enter?token=`), made.link);
    const entered = await fetch(made.link, { redirect: 'manual' });
    assert.equal(entered.status, 303);
    const cookie = (entered.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    const desk = `http://127.0.0.1:${port}/a/99201/desk`;
    const look = async () => (await fetch(desk, { headers: { cookie } })).status;
    assert.equal(await look(), 200);
    const officers = await json<{ officer: string; roles: object[] }[]>([
      'agency',
      'officer',
      'list',
      ...data,
    ]);
    assert.deepEqual(
      officers.map(({ officer }) => officer),
      ['desk', 'shimin-07'],
    );
    assert.match(await good(['agency', 'officer', 'list', ...data]), /examiner \(department:doro\)/);
    assert.match(await good(['agency', 'officer', 'list', ...data]), /examiner \(office:police\)/);
    assert.match(await good(['agency', 'officer', 'remove', 'shimin-07', ...data]), /removed/);
    assert.equal(await look(), 401);
    writeFileSync(at('links.csv'), 'issuer_key_id,serial,resident_id\naabb,01,nobody\n');
    const links = await cli(['agency', 'links', 'import', at('links.csv'), ...data]);
    assert.equal(links.code, 1, links.err);
    assert.match(links.out, /links\.csv:2: this resident is not on record/);
    const wrong = await cli(['agency', 'officer', 'add', 'x', '--role', 'king', ...data]);
    assert.equal(wrong.code, 64);
    assert.match(wrong.err, /reception, examiner, approver, auditor, admin/);
    assert.equal(
      (await cli(['agency', 'officer', 'remove', 'desk', ...data])).code,
      1,
      'the last admin stays',
    );
  });

  test('readers and doctor answer in words and as JSON', async () => {
    const { code } = await cli(['readers']);
    await json(['readers'], code === 0 ? 0 : 69);
    const { code: doctor, out } = await cli(['doctor', ...card]);
    assert.match(out, /カード/);
    await json(['doctor', ...card], doctor === 0 ? 0 : 1);
    await json(['ca', 'show', ...data, '--serial', (await list())[0]?.serial ?? '']);
    await json(['ca', 'stats', ...data]);
    const absent = await cli(['card', 'info', '--reader', 'no such reader']);
    assert.equal(absent.code, 69, absent.err);
  });

  test('the same without a running start: ca list, card create for another person, audit', async () => {
    const before = await list();
    assert.equal(await running.stop(), 0);
    assert.deepEqual(await list(), before);
    const create = [
      ...['card', 'create', '--ca', dir, '--name', '見本　花子', '--address', '見本県見本市東二丁目１番地'],
      ...['--birth', '1988-02-29', '--sex', 'female', '--municipality', '99201'],
      ...['--auth-pin-env', 'AUTH', '--sign-pin-env', 'SIGN', '-o', at('hanako.card')],
    ];
    await json(create, 0, pins);
    assert.equal((await list()).length, before.length + 2);
    assert.match(await good(['audit', 'verify', ...data]), /^ok {3}ca: \d+ entries/m);
    const chains = await json<{ chain: string; head: { seq: string } }[]>(['audit', 'verify', ...data]);
    const chain = chains.find(({ chain: name }) => name === 'ca');
    assert.ok(chain);
    writeFileSync(
      at('head.json'),
      JSON.stringify({ ...chain.head, seq: String(Number(chain.head.seq) + 1) }),
    );
    const cut = await cli(['audit', 'verify', ...data, '--chain', 'ca', '--head', at('head.json')]);
    assert.equal(cut.code, 1, cut.err);
    assert.match(cut.out, /the chain was cut/);
    const strange = await cli(['audit', 'verify', ...data, '--chain', 'ca', '--head', at('pin.txt')]);
    assert.equal(strange.code, 64);

    const database = await openDatabase({ dataDir: dir });
    await database.sql`update store.audit_entries set actor = 'nobody' where chain = 'ca' and seq = 3`;
    await database.close();
    const tampered = await cli(['audit', 'verify', ...data]);
    assert.equal(tampered.code, 1);
    assert.match(tampered.out, /^FAIL ca: entry 3 is the first broken link: it was changed/m);
  });

  test('serve: each room answers alone, without metrics, and stops when told', async () => {
    const port = await freePort();
    const caUrl = `http://127.0.0.1:${port}`;
    const env = { MADOGUCHI_CA_URL: caUrl };
    const status = async (url: string) => (await fetch(url, { redirect: 'manual' })).status;
    const authority = await lasting(['serve', 'ca', ...data, '--port', String(port)], 'authority:', { env });
    const agency = await lasting(['serve', 'agency', ...data, '--port', String(port + 1)], 'desk:', { env });
    const city = `http://127.0.0.1:${port + 1}/a/99201/`;
    const portal = await lasting(['serve', 'portal', ...data, '--port', String(port + 2)], 'portal:', {
      env: {
        ...env,
        MADOGUCHI_CATALOGUES: `${city}catalogue.json`,
        MADOGUCHI_FEATURED: '99201/kokuho-kanyu',
      },
    });
    const first = await (await fetch(`http://127.0.0.1:${port + 2}/`)).text();
    assert.ok(first.includes(`button-primary" href="${city}procedures/kokuho-kanyu"`), first);
    const faulty = await cli(['serve', 'portal'], { env: { MADOGUCHI_CATALOGUES: at('head.json') } });
    assert.equal(faulty.code, 64);
    assert.match(faulty.err, /catalogues: .*head\.json: /);
    const agentPort = await freePort();
    const agent = await lasting(['serve', 'agent', ...data, '--port', String(agentPort)], 'agent:', { env });
    const another = await cli(['serve', 'agent', ...data, '--port', String(agentPort)], { env });
    assert.equal(another.code, 69, another.err);
    assert.match(another.err, /madoguchi-agent 0\.1\.0/);
    if (process.platform === 'linux') assert.match(another.err, /pid \d+/);
    for (const base of [caUrl, `http://127.0.0.1:${port + 1}/a/99201`, `http://127.0.0.1:${port + 2}`]) {
      assert.equal(await status(`${base}/healthz`), 200, base);
      assert.equal(await status(`${base}/readyz`), 200, base);
      assert.equal(await status(`${base}/metrics`), 404, base);
    }
    assert.equal(await status(`http://127.0.0.1:${port + 1}/a/99201/`), 200);
    assert.equal(await status(`http://127.0.0.1:${agentPort}/status`), 200);
    for (const room of [agent, portal, agency, authority]) assert.equal(await room.stop(), 0, room.err());
    const taken = await lasting(['serve', 'portal', '--port', String(port)], 'portal:');
    const second = await cli(['serve', 'portal', '--port', String(port)]);
    assert.equal(second.code, 69);
    assert.match(second.err, new RegExp(`Port ${port} .*taken`));
    await taken.stop();
  });
});
