// npm run bench [-- name [--strict] [its own options]]: the benches, each beside its yardstick in the same run. `--strict`: exit code 1 when a
// target is missed, which is only worth something on a quiet machine.
import { spawnSync } from 'node:child_process';
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
// What runs long by its nature (the soak) has another ending and is only run when it is named.
const list = files(folder, (file) =>
  wanted === undefined
    ? file.endsWith('.bench.ts')
    : [`${wanted}.bench.ts`, `${wanted}.soak.ts`].includes(path.basename(file)),
);
if (list.length === 0) {
  console.error(wanted ? `There is no bench named ${wanted}.` : 'No benches found.');
  process.exit(64);
}
let worst = 0;
for (const file of list) {
  const done = spawnSync(process.execPath, ['--expose-gc', scriptOf(file), ...options], {
    cwd: root,
    stdio: 'inherit',
  });
  worst = Math.max(worst, done.status ?? 1);
}
process.exit(worst);
