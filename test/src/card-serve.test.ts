import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createCardImage, demoMyNumber } from '@madoguchi/card';
import { openKeystore } from '@madoguchi/store';
import { inPcscNamespace, run, startDaemon, stopDaemon } from './support/pcsc-namespace.js';

const bin = fileURLToPath(new URL('../../packages/madoguchi/bin/madoguchi.mjs', import.meta.url));

/** A running `card serve`, with what it said so far. */
interface Served {
  readonly child: ChildProcess;
  readonly text: { out: string; err: string };
  readonly ended: Promise<number | null>;
}

inPcscNamespace(import.meta.url, ['opensc-tool'], () => {
  let data = '';
  const running: Served[] = [];

  before(async () => {
    data = await mkdtemp(path.join(tmpdir(), 'mado-serve-'));
    const keys = path.join(data, 'keys');
    await mkdir(keys);
    const keystore = await openKeystore({ dir: keys, demo: true });
    for (const name of ['taro.card', 'hanako.card']) {
      await createCardImage(path.join(data, name), {
        imageKey: keystore.derive('card-image'),
        cardKey: new Uint8Array(32).fill(1),
        medium: 'android',
        text: {
          name: '総務　太郎',
          address: '見本県見本市中央１丁目１番１号',
          birthDate: '1980-02-03',
          sex: 'male',
          myNumber: demoMyNumber(name),
        },
        expiry: '2035-02-03',
        municipality: '99201',
        authPin: '1234',
        signPin: 'ABC123',
        textPin: '1234',
      });
    }
  });
  after(async () => {
    for (const { child } of running) child.kill('SIGKILL');
    await rm(data, { recursive: true, force: true });
  });

  function serve(...words: string[]): Served {
    const files = words.map((word) => (word.endsWith('.card') ? path.join(data, word) : word));
    const env = { ...process.env, MADOGUCHI_DATA: '' };
    const child = spawn(process.execPath, [bin, 'card', 'serve', ...files, '--data', data], { env });
    const text = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text.out += part;
    });
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      text.err += part;
    });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const served = { child, text, ended };
    running.push(served);
    return served;
  }
  async function until(served: Served, done: (text: Served['text']) => boolean): Promise<void> {
    while (!done(served.text)) {
      assert.equal(served.child.exitCode, null, served.text.err);
      await pause(20);
    }
  }
  const ready = (served: Served, times = 1) =>
    until(served, ({ out }) => out.split('ready\n').length > times);
  async function stop(served: Served): Promise<void> {
    served.child.kill('SIGTERM');
    assert.equal(await served.ended, 0, served.text.err);
  }
  const list = async () => (await run('opensc-tool', ['-l'])).stdout;
  const seen = async (pattern: RegExp) => {
    while (!pattern.test(await list())) await pause(100);
  };
  async function endsWith69(t: TestContext, served: Served, words: RegExp): Promise<void> {
    const began = performance.now();
    assert.equal(await served.ended, 69, served.text.err);
    assert.match(served.text.err, words);
    assert.equal(served.text.out, '');
    t.diagnostic(`told after ${Math.round(performance.now() - began)} ms, program start included`);
  }

  test('a card is in the reader when the command says ready, and out when it stops; nothing is left behind', async () => {
    const served = serve('taro.card');
    await ready(served);
    await seen(/0 +Yes +Virtual PCD 00 00\n1 +No /);
    await stop(served);
    await seen(/0 +No /);
    assert.deepEqual((await readdir(data)).sort(), ['hanako.card', 'keys', 'taro.card']);
  });

  test('two cards by one command lie in two readers at once', async () => {
    const served = serve('taro.card', 'hanako.card');
    await ready(served);
    await seen(/0 +Yes +Virtual PCD 00 00\n1 +Yes +Virtual PCD 00 01/);
    await stop(served);
    await seen(/0 +No .*\n1 +No /);
  });

  test('a reader that is taken, and a card that is served already, are told in words with exit code 69', async (t) => {
    const first = serve('taro.card');
    await ready(first);
    await endsWith69(
      t,
      serve('hanako.card'),
      /127\.0\.0\.1:35963[\s\S]*Another card sits in the virtual reader/,
    );
    await endsWith69(t, serve('taro.card', '--vpcd', '127.0.0.1:35964'), /open in process/);
    await seen(/0 +Yes /);
    await stop(first);
    await seen(/0 +No /);
  });

  test('card info and card compare through the reader say what they say of the image', async () => {
    const cli = (...words: string[]) =>
      run(process.execPath, [bin, 'card', ...words, '--data', data, '--json'], {
        env: { MADOGUCHI_DATA: '' },
      });
    const image = ['--card', path.join(data, 'taro.card')];
    const byImage = await cli('compare', ...image);
    const served = serve('taro.card');
    await ready(served);
    const byReader = await cli('compare', '--reader', 'Virtual PCD 00 00');
    assert.equal(byReader.stdout, byImage.stdout);
    assert.equal(JSON.parse(byReader.stdout).medium, 'android');
    const info = JSON.parse((await cli('info', '--reader', 'Virtual PCD 00 00')).stdout);
    assert.deepEqual([info.place, info.kind, info.applications], ['Virtual PCD 00 00', 'android', ['jpki']]);
    await stop(served);
    await seen(/0 +No /);
  });

  test('when pcscd stops the command waits, and the card is in again when pcscd comes back', async (t) => {
    const served = serve('taro.card');
    await ready(served);
    for (let round = 1; round <= 2; round += 1) {
      await stopDaemon();
      await until(served, ({ err }) => err.split('waiting for pcscd').length > round);
      if (round === 1) await endsWith69(t, serve('hanako.card'), /No virtual reader answers/);
      await startDaemon();
      await ready(served, round + 1);
      await seen(/0 +Yes /);
      assert.match((await run('opensc-tool', ['-n'])).stdout, /jpki/);
    }
    await stop(served);
  });

  test('stopped while it waits for pcscd it ends cleanly', async () => {
    const served = serve('taro.card');
    await ready(served);
    await stopDaemon();
    await until(served, ({ err }) => err.includes('waiting for pcscd'));
    await stop(served);
    await startDaemon();
  });
});
