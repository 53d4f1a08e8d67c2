// Runs the test files that it is given in that order (node --test would sort them by name), tells the results as `node --test` does, and at the end
// which files took longest. Ends with 1 if a test failed. A process of its own, so that its options (--enable-source-maps) hold for the test files.
import { setMaxListeners } from 'node:events';
import path from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { root } from './lib.mjs';

const [atOnce, ...files] = process.argv.slice(2);
const stop = new AbortController();
// Every test file listens to it.
setMaxListeners(0, stop.signal);
// Ended from outside, the test files end first: they have processes of their own to stop.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort());

const took = new Map();
const tests = run({ files, concurrency: Number(atOnce), signal: stop.signal });
tests.on('test:fail', ({ todo }) => {
  if (todo === undefined || todo === false) process.exitCode = 1;
});
for (const event of ['test:pass', 'test:fail'])
  tests.on(event, ({ nesting, file, details }) => {
    if (nesting === 0 && file !== undefined) took.set(file, (took.get(file) ?? 0) + details.duration_ms);
  });
const report = tests.compose(new spec());
report.pipe(process.stdout);
report.on('end', () => {
  const longest = [...took].sort(([, a], [, b]) => b - a).slice(0, 20);
  if (took.size > 50) {
    console.log('\nThe files that took longest, in seconds (scripts/test-order.mjs):');
    for (const [file, ms] of longest)
      console.log(
        `${(ms / 1000).toFixed(1).padStart(7)}  ${path.relative(root, file).replace('dist', 'src')}`,
      );
  }
  if (stop.signal.aborted) process.exitCode = 1;
  // A program that a broken test left behind holds its end of the pipe: it does not keep the run. No argument: `undefined` would be success.
  process.exit();
});
