import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { optionWords } from './cli/option-words.js';
import { commands } from './commands/table.js';
import { cli, temporary } from './testing/cli.js';

test('the help names every command and the exit codes; asking for it is good, saying nothing is wrong usage', async () => {
  const asked = await cli(['--help']);
  assert.equal(asked.code, 0);
  assert.equal(asked.err, '');
  for (const { name, usage } of commands)
    assert.ok(asked.out.includes(`madoguchi ${name} ${usage}`.trim()), name);
  assert.match(asked.out, /Exit codes: 0 good.*77 refused/);
  assert.equal((await cli([])).code, 64);
});

test('every command explains itself and each of its options, and the usage line holds no option it does not have', async () => {
  for (const entry of commands) {
    const { options } = await entry.load();
    for (const name of Object.keys(options)) {
      assert.ok(optionWords[name], `${entry.name}: --${name} has no words`);
    }
    for (const [, name = ''] of entry.usage.matchAll(/--([a-z-]+)/g)) {
      assert.ok(name in options, `${entry.name}: --${name} stands in the usage only`);
    }
  }
  const used = new Set(
    (await Promise.all(commands.map(({ load }) => load()))).flatMap(({ options }) => Object.keys(options)),
  );
  assert.deepEqual(
    Object.keys(optionWords).filter((name) => !used.has(name)),
    [],
  );
  for (const words of [['card', 'text'], ['ca', 'issue'], ['start'], ['card', 'pin', 'change']]) {
    const { code, out, err } = await cli([...words, '--help']);
    assert.equal(code, 0);
    assert.equal(err, '');
    assert.match(out, new RegExp(`^Usage:\n {2}madoguchi ${words.join(' ')} `));
    assert.match(out, /\n {2}--data VALUE +data folder/);
  }
});

test('the help of everything and small commands load neither database nor web server', async () => {
  const dir = temporary('coverage');
  for (const words of [
    ['--help'],
    ['cert', 'show', '--help'],
    ['procedure', 'check', '--help'],
    ['verify', '--help'],
    ['card', 'info', '--help'],
    ['match', '--help'],
  ]) {
    const folder = path.join(dir, words.join('-'));
    await cli(words, { env: { NODE_V8_COVERAGE: folder } });
    const loaded = readdirSync(folder)
      .map((file) => readFileSync(path.join(folder, file), 'utf8'))
      .join('');
    assert.match(loaded, /madoguchi\/dist\/main\.js/);
    for (const heavy of ['node_modules/postgres/', 'graphile-worker', 'typst', '@hono/node-server'])
      assert.ok(!loaded.includes(heavy), `${words.join(' ')} loads ${heavy}`);
    if (words[0] === 'card')
      for (const heavy of [
        'node_modules/hono/',
        'node_modules/zod/',
        'pki/dist/pdf/',
        'client/dist/agent/agent.js',
      ])
        assert.ok(!loaded.includes(heavy), `${words.join(' ')} loads ${heavy}`);
  }
});
