// Another user of the same machine: the kernel's own word on who is at the other end of a connection.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { pageText, type Rig, startRig } from '../../packages/client/dist/testing/agent-rig.js';

const nobody = 65_534;
const skip =
  process.platform !== 'linux' || process.getuid?.() !== 0
    ? 'only root can become another user'
    : spawnSync('curl', ['--version']).status !== 0
      ? 'curl is not installed'
      : false;

describe('a program of another user', { skip }, () => {
  let rig: Rig;
  before(async () => {
    rig = await startRig();
  });
  after(() => rig.close());

  /** Status and page, as a program of the given user gets them. */
  const ask = async (uid: number | undefined, ...words: string[]) => {
    const { stdout } = await promisify(execFile)('curl', ['-s', '-w', '\n%{http_code}', ...words], {
      ...(uid === undefined ? {} : { uid, gid: uid }),
      cwd: '/',
    });
    const at = stdout.lastIndexOf('\n');
    return { status: stdout.slice(at + 1), text: pageText(stdout.slice(0, at)) };
  };

  test('is refused at the known door and at the signing pages, by words and before anything is read', async () => {
    const window = await rig.open();
    const room = `http://127.0.0.1:${rig.agent.uiPort}`;
    const page = `${room}${window.path}?lang=ja`;
    assert.equal((await ask(undefined, `${rig.entrance}/status`)).status, '200');
    assert.equal((await ask(undefined, page)).status, '200');
    for (const address of [`${rig.entrance}/status`, `${rig.entrance}/sign`, `${rig.entrance}/login`]) {
      const { status, text } = await ask(nobody, address);
      assert.equal(status, '403', address);
      assert.match(text, /ほかの利用者のプログラムからの依頼/);
    }
    for (const address of [page, `${page}&x=1`, rig.agent.homeUrl, `${rig.agent.homeUrl}/files`])
      assert.equal((await ask(nobody, address)).status, '403', address);
    const typed = await ask(
      nobody,
      '-H',
      'sec-fetch-site: same-origin',
      '--data',
      'pin=WRONG1&card=demo.card',
      `${room}${window.path}/pin?lang=ja`,
    );
    assert.equal(typed.status, '403');
    assert.equal((await rig.triesLeft()).triesLeft, 5);
  });
});
