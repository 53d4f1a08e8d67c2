// Files signed and verified, in every form, and the certificate that signed them.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { readAsic } from '@madoguchi/pki';
import { cli } from '../cli.js';
import { signedByOpenssl } from '../openssl.js';
import { at, type City, card, data, good, hasOpenssl, json, pins } from './city.js';

export function documentCommands(started: () => City): void {
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
      assert.equal(signedByOpenssl(at('attached.p7s'), at('sign-ca.pem')).toString(), 'こんにちは');
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

    const stamp = ['--timestamp', `http://127.0.0.1:${started().port + 1}/tsa`, '--level', 'LTA'];
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
}
