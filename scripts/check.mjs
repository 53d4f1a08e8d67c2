// npm run check: types, lint, format, import direction, tests that documents name, easy Japanese, dead exports. Prints what is wrong, exits 1 if anything is.
import path from 'node:path';
import { documentedTestFaults } from './documented-tests.mjs';
import { importFaults } from './import-direction.mjs';
import { installMissing, root, runTool } from './lib.mjs';
import { orderFaults } from './test-order.mjs';

installMissing();
let bad = 0;
function step(name, ok) {
  process.stdout.write(`${ok ? 'ok  ' : 'FAIL'} ${name}\n`);
  if (!ok) bad += 1;
}

step('types (tsc -b)', runTool('typescript', 'tsc', ['-b']).status === 0);
step(
  'lint and format (biome)',
  runTool('@biomejs/biome', 'biome', ['check', '--error-on-warnings', '.']).status === 0,
);
const faults = importFaults(path.join(root));
for (const fault of faults) process.stdout.write(`  ${fault}\n`);
step('import direction', faults.length === 0);
const unknown = orderFaults(root);
for (const fault of unknown) process.stdout.write(`  ${fault}\n`);
step('order of the test files', unknown.length === 0);
const unproven = documentedTestFaults(root);
for (const fault of unproven) process.stdout.write(`  ${fault}\n`);
step('tests that documents name', unproven.length === 0);
// The rule itself is compiled first: the portal's management shows its remarks too.
const { easyJapaneseFaults } = await import('./easy-japanese.mjs');
const hard = easyJapaneseFaults(path.join(root));
for (const fault of hard) process.stdout.write(`  ${fault}\n`);
step('easy Japanese', hard.length === 0);
step('dead exports and files (knip)', runTool('knip', 'knip', ['--no-progress']).status === 0);
process.exit(bad === 0 ? 0 : 1);
