import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { agentStatus } from '../agent/port.js';
import { type Rig, startRig } from '../testing/agent-rig.js';
import { announceHome, findHome, forgetHome, writeOpener } from './agent-home.js';

const folder = mkdtempSync(path.join(tmpdir(), 'mado-home-'));
let rig: Rig;
before(async () => {
  rig = await startRig({ phrase: '青い<つばめ> & "O\'Neill"' });
});
after(async () => {
  await rig.close();
  rmSync(folder, { recursive: true });
});

const phrase = '青い<つばめ> & "O\'Neill"';

describe('the address of the running agent’s own page', () => {
  it('lies where its user alone can read it, is proven by the phrase, and goes with the agent', async () => {
    assert.equal(await findHome(folder), undefined);
    const { homeUrl } = rig.agent;
    const forget = await announceHome(folder, { homeUrl, phrase });
    if (process.platform !== 'win32')
      assert.equal(statSync(path.join(folder, 'running.json')).mode & 0o077, 0);
    assert.equal(await findHome(folder), homeUrl);
    // A second start has written its own: the end of the first one leaves it alone.
    const other = homeUrl.replace(/.{8}$/, '00000000');
    const forgetOther = await announceHome(folder, { homeUrl: other, phrase });
    await forget();
    assert.equal(existsSync(path.join(folder, 'running.json')), true);
    assert.equal(await findHome(folder), undefined, 'nothing answers there');
    await forgetOther();
    assert.deepEqual(readdirSync(folder), []);
  });

  it('left by a killed agent it leads nowhere, also when another program has come to its port', async () => {
    const seen: string[] = [];
    const server = createServer((request, answer) => {
      seen.push(String(request.url));
      answer.end('<html><strong>署名クライアント</strong></html>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await announceHome(folder, { homeUrl: `http://127.0.0.1:${port}/home/${'a'.repeat(32)}`, phrase });
    assert.equal(await findHome(folder), undefined);
    assert.deepEqual(seen, [`/home/${'a'.repeat(32)}`]);
    await new Promise((resolve) => server.close(resolve));
    assert.equal(await findHome(folder), undefined);
    await forgetHome(folder);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('is not read without end from whatever program answers there', async () => {
    let sent = 0;
    const server = createServer((_, answer) => {
      const more = () => {
        sent += 65_536;
        answer.write(Buffer.alloc(65_536));
      };
      answer.on('drain', more);
      more();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await announceHome(folder, { homeUrl: `http://127.0.0.1:${port}/home/${'a'.repeat(32)}`, phrase });
    assert.equal(await findHome(folder), undefined);
    assert.equal(await agentStatus(port), undefined);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    // What the sockets hold of two answers, and not what two seconds give.
    assert.ok(sent > 0 && sent < 64 * 1024 * 1024, String(sent));
    await forgetHome(folder);
  });

  it('is asked on this machine alone, whatever the file says, and a broken file is none', async () => {
    const place = path.join(folder, 'running.json');
    for (const text of [
      '',
      '[]',
      'null',
      '{"homeUrl": 7}',
      JSON.stringify({ homeUrl: rig.agent.homeUrl }),
      JSON.stringify({ homeUrl: rig.agent.homeUrl, phrase: '' }),
      JSON.stringify({ homeUrl: rig.agent.homeUrl.replace('127.0.0.1', 'evil.example'), phrase }),
      JSON.stringify({ homeUrl: `${rig.agent.homeUrl}/files`, phrase }),
    ]) {
      writeFileSync(place, text);
      assert.equal(await findHome(folder), undefined, text);
    }
    await forgetHome(folder);
  });

  it('is opened through a page of the holder’s own where commands are seen by everybody', async () => {
    const page = await writeOpener(folder, rig.agent.homeUrl);
    if (process.platform !== 'win32') assert.equal(statSync(page).mode & 0o077, 0);
    assert.ok(readFileSync(page, 'utf8').includes(`content="0;url=${rig.agent.homeUrl}"`));
    await assert.rejects(writeOpener(folder, 'javascript:alert(1)'), TypeError);
    await forgetHome(folder);
    assert.deepEqual(readdirSync(folder), []);
  });
});
