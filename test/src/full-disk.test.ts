// A full disk: the agent keeps working, a card image that cannot count a try does not compare the PIN, and both are told in words.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { agentPhrase, CardSession, imageChannel } from '@madoguchi/client';
import { pageText, startRig } from '../../packages/client/dist/testing/agent-rig.js';
import { servingOf } from '../../packages/client/dist/testing/browser.js';

const inside = 'MADOGUCHI_FULL_DISK';
const folder = '/mnt';

/** A small disk of its own, in a mount namespace that ends with this process. */
function reasonNot(): string | false {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'only root may mount a small disk here';
  const tried = spawnSync('unshare', ['-m', 'sh', '-c', `mount -t tmpfs -o size=256k tmpfs ${folder}`]);
  return tried.status === 0 ? false : 'a small disk cannot be mounted here';
}

function fill(): void {
  for (const size of [65_536, 4096, 512])
    for (let number = 0; ; number += 1)
      try {
        writeFileSync(path.join(folder, `filler-${size}-${number}`), Buffer.alloc(size));
      } catch {
        rmSync(path.join(folder, `filler-${size}-${number}`), { force: true });
        break;
      }
}

function empty(): void {
  spawnSync('sh', ['-c', `rm -f ${folder}/filler-*`]);
}

if (process.env[inside] === undefined)
  test('on a full disk nothing breaks, no try is lost, and it is told in words', {
    skip: reasonNot(),
  }, () => {
    const self = fileURLToPath(import.meta.url);
    const run = spawnSync(
      'unshare',
      [
        '-m',
        'sh',
        '-c',
        `mount -t tmpfs -o size=256k tmpfs ${folder} && exec "$@"`,
        'sh',
        process.execPath,
        '--test',
        self,
      ],
      { env: { ...process.env, [inside]: '1', NODE_TEST_CONTEXT: undefined }, encoding: 'utf8' },
    );
    assert.equal(run.status, 0, run.stdout.slice(-4000));
    assert.match(run.stdout, /# pass 2/);
  });
else {
  test('the agent starts without a kept phrase and tells the one of this start', async () => {
    fill();
    const told: string[] = [];
    const phrase = await agentPhrase(path.join(folder, 'agent'), ({ ja }) =>
      told.push(ja.replace(/\{([^|{}]*)\|[^{}]*\}/g, '$1')),
    );
    assert.ok(phrase.length > 1);
    assert.match(told.join(), new RegExp(`合い言葉を保存できませんでした.*${phrase}`));
    empty();
    const kept = await agentPhrase(path.join(folder, 'agent'), () => assert.fail('told again'));
    assert.equal(await agentPhrase(path.join(folder, 'agent')), kept);
  });

  test('a card image that cannot count a try does not compare the PIN; with space again the application goes its way', async () => {
    const rig = await startRig();
    try {
      const file = path.join(folder, 'demo.card');
      writeFileSync(file, readFileSync(rig.card.file));
      const channel = imageChannel(file, rig.card.imageKey);
      rig.reader.channels = [channel];
      const window = await rig.open();
      fill();
      for (const pin of ['WRONG1', 'ABC123']) {
        await window.post('/pin', { pin, card: channel.label });
        const page = pageText((await window.page()).text);
        assert.match(page, /残り回数を書き込めなかったため、パスワードを確かめませんでした/);
        assert.match(page, /空き容量/);
      }
      empty();
      assert.equal((await new CardSession(channel).pinStatus('sign')).triesLeft, 5);
      await window.post('/pin', { pin: 'ABC123', card: channel.label });
      const confirm = await window.page();
      assert.match(pageText(confirm.text), /署名して送る/);
      await new Promise((resolve) => setTimeout(resolve, 550));
      await window.post('/yes', { serving: servingOf(confirm.text) });
      await window.arrived();
    } finally {
      await rig.close();
    }
  });
}
