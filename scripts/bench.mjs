// npm run bench [-- name [--strict] [its own options]]: the benches, each beside its yardstick in the same run. `--strict`: exit code 1 when a
// target is missed, which is only worth something on a quiet machine.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build, files, installMissing, root } from './lib.mjs';

installMissing();
build();
const given = process.argv.slice(2);
const wanted = given[0]?.startsWith('-') ? undefined : given[0];
const options = wanted === undefined ? given : given.slice(1);
const folder = path.join(root, 'bench', 'src');
const scriptOf = (file) =>
  file.replace(`${path.sep}src${path.sep}`, `${path.sep}dist${path.sep}`).replace(/\.ts$/, '.js');
// The soak measures nothing: it stands with the readers that it feeds, and only runs when it is named.
const soak = path.join(root, 'packages', 'pki', 'src', 'testing', 'soak.ts');
const list =
  wanted === 'soak'
    ? [soak]
    : files(folder, (file) =>
        wanted === undefined ? file.endsWith('.bench.ts') : path.basename(file) === `${wanted}.bench.ts`,
      );
if (list.length === 0) {
  console.error(wanted ? `There is no bench named ${wanted}.` : 'No benches found.');
  process.exit(64);
}
// A room is measured as `npm start` and `npm run serve` run it, with their options of Node; what others take as a library has none.
const served = ['ca'];
const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const optionsOfServe = scripts.serve.split(' ').filter((word) => word.startsWith('--'));
const nodeOptionsOf = (file) => (served.includes(path.basename(file, '.bench.ts')) ? optionsOfServe : []);
let worst = 0;
for (const file of list) {
  const done = spawnSync(
    process.execPath,
    [...nodeOptionsOf(file), '--expose-gc', scriptOf(file), ...options],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  worst = Math.max(worst, done.status ?? 1);
}
process.exit(worst);
