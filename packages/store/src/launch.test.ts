import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { isAlive, pause } from './process.js';

const GUARDED = `
  import { watchParent } from ${JSON.stringify(new URL('./launch.js', import.meta.url).href)};
  watchParent(Number(process.argv[1]));
  console.log('watching');
  setInterval(() => {}, 1000);`;

test('where the kernel does not watch the parent, a watcher ends the server when the parent is killed', async () => {
  const server = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  assert.ok(server.pid);
  const parent = spawn(process.execPath, ['--input-type=module', '-e', GUARDED, String(server.pid)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  assert.ok(parent.stdout);
  await once(parent.stdout, 'data');
  await pause(100);
  assert.ok(isAlive(server.pid));
  const ended = once(server, 'exit');
  parent.kill('SIGKILL');
  await ended;
});
