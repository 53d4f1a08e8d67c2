// npm test [-- words…]: installs what is missing, builds, runs every test file (or those whose path holds one of the words).
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installJudges, systemName } from './debian.mjs';
import { testFiles, wordsWithoutTest } from './documented-tests.mjs';
import { build, installMissing, root } from './lib.mjs';
import { inOrder } from './test-order.mjs';

const words = process.argv.slice(2);
process.stderr.write(`Node ${process.versions.node} on ${systemName()}\n`);
installJudges();
installMissing();
build();

// The list comes from src, so that a renamed test does not run twice from a stale dist.
const sources = testFiles(root);
const unknown = wordsWithoutTest(sources, words);
for (const word of unknown) process.stderr.write(`No test file's path holds the word ${word}.\n`);
if (unknown.length > 0) process.exit(1);
const wanted = sources.filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
const compiled = inOrder(root, wanted).map((file) =>
  file.replace(`${path.sep}src${path.sep}`, `${path.sep}dist${path.sep}`).replace(/\.tsx?$/, '.js'),
);
if (compiled.length === 0) {
  process.stderr.write('No test files found: that is a failure.\n');
  process.exit(1);
}
// What test files share: a database as it is after its first use, which they copy (to make it anew for each takes a minute of the run; where it
// cannot be made here, each makes its own, and says by name what is wrong), and keys, see test-keys.mjs.
const prepared = mkdtempSync(path.join(os.tmpdir(), 'madoguchi-prepared-'));
const folders = { database: path.join(prepared, 'database'), keys: path.join(prepared, 'keys') };
for (const folder of Object.values(folders)) mkdirSync(folder);
const { openDatabase } = await import('../packages/store/dist/index.js');
await openDatabase({ dataDir: folders.database }).then(
  (database) => database.close(),
  () => rmSync(folders.database, { recursive: true, force: true }),
);
const env = {
  ...process.env,
  MADOGUCHI_TEST_DATABASE: folders.database,
  MADOGUCHI_TEST_KEYS: folders.keys,
  NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import=${new URL('test-keys.mjs', import.meta.url)}`,
};

// One more than there are processors: a journey waits for a browser or a clock a part of its time. Four cities at once are enough for any machine.
const atOnce = Math.min(os.availableParallelism() + 1, 4);
const runner = fileURLToPath(new URL('run-tests.mjs', import.meta.url));
const child = spawn(process.execPath, ['--enable-source-maps', runner, String(atOnce), ...compiled], {
  ...{ cwd: root, stdio: 'inherit', env },
});
// Ended from outside, the test files end first: they have processes of their own to stop.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => {
  rmSync(prepared, { recursive: true, force: true });
  process.exit(code ?? 1);
});
