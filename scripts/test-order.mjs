// In which order the test files begin: those that take long come first, so that at the end of a run no processor waits for one that began last.
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The files that take longest, the longest first, as a whole run measured them (it names its longest at the end). */
const longest = [
  'test/src/every-procedure',
  'test/src/start',
  'packages/madoguchi/src/city',
  'test/src/screens',
  'test/src/portal-pages',
  'test/src/renewal',
  'packages/madoguchi/src/signing',
  'packages/madoguchi/src/card-media',
  'test/src/journey',
  'test/src/client-commands',
  'test/src/agent-window',
  'packages/store/src/database',
  'test/src/check',
  'test/src/form-page',
  'test/src/counter-agent',
  'test/src/phones',
  'test/src/durability',
  'test/src/kill-steps',
  'test/src/every-page',
  'test/src/counter',
  'test/src/opensc',
  'test/src/newcomer',
  'test/src/independent',
];
const rest = longest.length;

/** Where a file stands among the longest; behind them come the other journeys, then the rooms' own. */
function placeOf(root, file) {
  const name = path.relative(root, file).replaceAll(path.sep, '/');
  const place = longest.indexOf(name.replace(/\.test\.tsx?$/, ''));
  return place !== -1 ? place : name.startsWith('test/') ? rest : rest + 1;
}

export function inOrder(root, files) {
  return files.toSorted((a, b) => placeOf(root, a) - placeOf(root, b));
}

/** Names in the list that no test file has. */
export function orderFaults(root) {
  return longest
    .filter((name) => !['.ts', '.tsx'].some((end) => existsSync(path.join(root, `${name}.test${end}`))))
    .map((name) => `scripts/test-order.mjs: there is no ${name}.test.ts`);
}
