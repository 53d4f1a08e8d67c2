// The same commands with --card and with --reader: nothing but the place's name differs, exit codes and all.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { listReaders } from '@madoguchi/client';
import { dataFolder, openKeystore } from '@madoguchi/store';
import { type Asked, type IssuedCard, issueCard, withCardInReader } from './support/issued-card.js';
import { opensslIssuer } from './support/openssl-issuer.js';
import { inPcscNamespace, type Outcome, run } from './support/pcsc-namespace.js';

const bin = fileURLToPath(new URL('../../packages/madoguchi/bin/madoguchi.mjs', import.meta.url));
const reader = 'Virtual PCD 00 00';
const pins = { SIGN: 'abc123', AUTH: '1234', TEXT: '4321', WRONG: '0000', SHORT: 'abc' };

/** The smallest page there is. */
const onePagePdf = [
  '%PDF-1.7\n1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n',
  '2 0 obj\n<</Type /Pages /Kids [3 0 R] /Count 1>>\nendobj\n',
  '3 0 obj\n<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>>\nendobj\n',
  'xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000056 00000 n \n0000000111 00000 n \n',
  'trailer\n<</Size 4 /Root 1 0 R>>\nstartxref\n180\n%%EOF\n',
].join('');

inPcscNamespace(import.meta.url, ['openssl'], () => {
  let folder: string;
  let issued: IssuedCard;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'mado-commands-'));
    const keystore = await openKeystore({ dir: dataFolder(folder).keysDir, demo: true });
    issued = await issueCard(folder, opensslIssuer(folder), keystore.derive('card-image'));
    await writeFile(path.join(folder, 'letter.txt'), 'こんにちは');
    await writeFile(path.join(folder, 'contract.pdf'), onePagePdf);
  });
  after(() => rm(folder, { recursive: true }));

  const madoguchi = (words: readonly string[]) =>
    run(process.execPath, [bin, ...words], {
      cwd: folder,
      env: { ...pins, MADOGUCHI_LANG: 'ja', MADOGUCHI_DATA: folder },
    });

  const journey: readonly (readonly string[])[] = [
    ['card', 'info'],
    ['card', 'info', '--json'],
    ['card', 'pin', 'status'],
    ['card', 'pin', 'status', 'sign', '--json'],
    ['card', 'cert', 'auth', '--text'],
    ['card', 'cert', 'auth-ca'],
    ['card', 'cert', 'sign-ca', '--pem'],
    ['card', 'cert', 'sign', '--pin-env', 'SIGN'],
    ['card', 'cert', 'sign', '--pin-env', 'SHORT'],
    ['card', 'text', '--pin-env', 'TEXT'],
    ['card', 'text', '--pin-env', 'WRONG'],
    ['card', 'text', '--pin-env', 'TEXT', '--json'],
    ['card', 'pin', 'unblock', 'auth'],
    ['card', 'pin', 'change', 'auth', '--pin-env', 'WRONG', '--new-pin-env', 'AUTH'],
    ['card', 'pin', 'change', 'auth', '--pin-env', 'AUTH', '--new-pin-env', 'TEXT'],
    ['card', 'cert', 'nonsense'],
    ['card', 'apdu', '00A4040C0AD392F000260100000001', '00A4020C020018', '00200080'],
    ['sign', 'letter.txt', '--as', 'cades', '--pin-env', 'SIGN', '-o', 'letter.p7s'],
    ['sign', 'letter.txt', '--as', 'xml', '--detached', '--pin-env', 'SIGN', '-o', 'letter.txt.sig.xml'],
    ['sign', 'contract.pdf', '--as', 'pdf', '--pin-env', 'SIGN', '-o', 'signed.pdf'],
    ['doctor', '--agent-port', '9'],
  ];

  test('card, sign and doctor say and do the same through PC/SC and on the image', async () => {
    const results: Outcome[][] = [];
    const image = path.join(folder, 'copy.card');
    await writeFile(image, await readFile(issued.file));
    const through = async (place: readonly string[]) => {
      const found: Outcome[] = [];
      for (const words of journey) found.push(await madoguchi([...words, ...place]));
      results.push(found);
    };
    await through(['--card', image]);
    await withCardInReader(issued, () => through(['--reader', reader]));
    const [onImage = [], inReader = []] = results;
    for (const [index, words] of journey.entries()) {
      const plain = ({ code, stdout, stderr }: Outcome = { code: null, stdout: '', stderr: '' }) => ({
        code,
        stdout: stdout.replaceAll(reader, 'PLACE').replaceAll('copy.card', 'PLACE'),
        stderr: stderr.replaceAll(reader, 'PLACE').replaceAll('copy.card', 'PLACE'),
      });
      const mine = plain(onImage[index]);
      // What only PC/SC has: the lines about the reader itself.
      const compared = words[0] === 'doctor' ? ['code'] : ['code', 'stdout', 'stderr'];
      for (const part of compared as ('code' | 'stdout' | 'stderr')[])
        assert.deepEqual(plain(inReader[index])[part], mine[part], words.join(' '));
      // Certificates and raw answers hold digits of every kind on standard output.
      const shown = ['cert', 'apdu'].includes(words[1] ?? '') ? mine.stderr : mine.stdout + mine.stderr;
      for (const pin of Object.values(pins)) assert.ok(!shown.includes(pin), words.join(' '));
    }
    const codes = onImage.map(({ code }) => code);
    assert.deepEqual(codes.slice(0, 17), [0, 0, 0, 0, 0, 0, 0, 0, 64, 0, 77, 0, 0, 77, 0, 64, 1]);
    assert.deepEqual(codes.slice(17, 20), [0, 0, 0]);
  });

  test('without a card each command says so; --wait waits until it is there', async () => {
    // pcscd notices at its next look that the card of the test before has left.
    while ((await listReaders()).readers.some(({ cardPresent }) => cardPresent)) await pause(50);
    const absent = await madoguchi(['card', 'info']);
    assert.equal(absent.code, 69, absent.stdout);
    assert.match(absent.stderr, /カードが入っていません/);
    const doctor = await madoguchi(['doctor', '--pin-env', 'SIGN', '--agent-port', '9']);
    assert.equal(doctor.code, 1, doctor.stderr);
    assert.match(doctor.stdout, /✕ カード: .*[\s\S]*カードが入っていません/);
    const waiting = madoguchi(['card', 'info', '--wait', '--json']);
    await withCardInReader(issued, async () => {
      const { code, stdout, stderr } = await waiting;
      assert.equal(code, 0, stderr);
      assert.equal(JSON.parse(stdout).kind, 'my-number-card');
    });
  });

  /** Files of these names, and a folder for what is signed. */
  const manyFiles = async (kind: string) => {
    const names = Array.from({ length: 5 }, (_, index) => `${kind}-${index}.txt`);
    for (const name of names) await writeFile(path.join(folder, name), name);
    const out = path.join(folder, kind);
    await mkdir(out);
    const words = ['sign', ...names, '--as', 'cades', '--pin-env', 'SIGN', '-o', out];
    return { words, signed: () => readdirSync(out).sort(), all: names.map((name) => `${name}.p7s`) };
  };
  /** Two signatures are made; the card is pulled out at the third, or when it is reset behind the second. */
  const afterTwo = (moment: 'command' | 'reset') => {
    let signatures = 0;
    return (asked: Asked) => {
      if (asked === 'reset') return moment === 'reset' && signatures === 2;
      if (asked[0] === 0x80 && asked[1] === 0x2a) signatures += 1;
      return moment === 'command' && signatures === 3;
    };
  };

  test('a card pulled out while many files are signed is waited for, and each file is signed once', async () => {
    const { words, signed, all } = await manyFiles('waited');
    const running = madoguchi([...words, '--wait', '--reader', reader]);
    const pulledAt = afterTwo('command');
    // Whichever comes first: a command that ended by itself has failed.
    await withCardInReader(issued, (_, gone) => Promise.race([running, gone]), { pulledAt });
    assert.deepEqual(signed(), all.slice(0, 2));
    // Back at once, before pcscd has looked whether it was gone.
    const { code, stderr } = await withCardInReader(issued, () => running);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /途中でカードが抜かれた|カードが入っていません|カードが答えません/);
    assert.deepEqual(signed(), all);
    const again = await madoguchi([...words, '--resume']);
    assert.equal(again.code, 0, again.stderr);
    assert.match(again.stdout, /Nothing is left to sign/);
  });

  for (const moment of ['command', 'reset'] as const)
    test(`pulled out at a ${moment}, nobody waiting: the command ends in words, says what is done, and --resume signs the rest`, async () => {
      const { words, signed, all } = await manyFiles(moment);
      const pulledAt = afterTwo(moment);
      const { code, stderr } = await withCardInReader(issued, () => madoguchi(words), { pulledAt });
      assert.equal(code, 69, stderr);
      assert.match(stderr, /signed so far: .*-0\.txt.*-1\.txt.*--resume/);
      assert.deepEqual(signed(), all.slice(0, 2));
      await withCardInReader(issued, async () => {
        const rest = await madoguchi([...words, '--resume']);
        assert.equal(rest.code, 0, rest.stderr);
        assert.doesNotMatch(rest.stdout, /-[01]\.txt/);
      });
      assert.deepEqual(signed(), all);
    });
});
