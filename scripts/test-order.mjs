// In which order the test files begin: those that take long come first, so that at the end of a run no processor waits for one that began last.
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The files that take longest, the longest first, as a whole run measured them (it names its longest at the end). */
const longest = [
  'test/src/start',
  'test/src/every-procedure',
  'packages/madoguchi/src/city',
  'test/src/client-commands',
  'test/src/screens',
  'test/src/portal-pages',
  'packages/madoguchi/src/signing',
  'test/src/every-page',
  'test/src/kill-steps',
  'packages/store/src/database',
  'test/src/counter',
  'packages/madoguchi/src/usage',
  'test/src/kill',
  'test/src/opensc',
  'test/src/check',
  'test/src/form-page',
  'test/src/agent-window',
  'test/src/durability',
  'test/src/renewal',
  'test/src/journey',
  'test/src/counter-agent',
  'packages/madoguchi/src/card-media',
  'test/src/agency-operator',
  'test/src/phones',
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
