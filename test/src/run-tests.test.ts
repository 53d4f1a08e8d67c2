// scripts/run-tests.mjs tells the shell what became of the tests: everything that judges a run (npm test, CI, the landing of a change) asks that alone.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

let folder: string;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'madoguchi-run-tests-'));
});
after(() => rm(folder, { recursive: true, force: true }));

/** Exit code of a run of test files with these contents. */
async function run(...contents: readonly string[]): Promise<number | null> {
  const files = contents.map((_, index) => path.join(folder, `${index}.test.mjs`));
  for (const [index, file] of files.entries()) await writeFile(file, contents[index] ?? '');
  const runner = fileURLToPath(new URL('../../scripts/run-tests.mjs', import.meta.url));
  // Without what the run around this test says to its own files.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  return spawnSync(process.execPath, [runner, '2', ...files], { env, encoding: 'utf8' }).status;
}

const good = `import { test } from 'node:test'; test('good', () => {});`;

test('a run whose tests all pass, or are skipped, ends with 0', async () => {
  assert.equal(
    await run(good, `${good} test('for a reason', { skip: 'it says why' }, () => { throw new Error(); });`),
    0,
  );
});

test('a run ends with 1 where a test fails, a hook fails, a file throws, cannot be read or ends in the middle', async () => {
  const bad = {
    test: `import { test } from 'node:test'; test('bad', () => { throw new Error('no'); });`,
    hook: `import { after, test } from 'node:test'; test('good', () => {}); after(() => { throw new Error('no'); });`,
    inner: `import { test } from 'node:test'; test('outer', async (t) => { await t.test('bad', () => { throw new Error('no'); }); });`,
    file: `throw new Error('no');`,
    syntax: `this is no program`,
    exit: `import { test } from 'node:test'; test('ends', () => process.exit(3));`,
  };
  for (const [what, content] of Object.entries(bad)) assert.equal(await run(good, content, good), 1, what);
});
