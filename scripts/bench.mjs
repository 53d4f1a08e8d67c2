import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { build, files, installMissing, root } from './lib.mjs';

installMissing();
build();
const wanted = process.argv[2];
const list = files(path.join(root, 'bench', 'src'), (file) => file.endsWith('.bench.ts')).filter(
  (file) => !wanted || path.basename(file) === `${wanted}.bench.ts`,
);
if (list.length === 0) {
  console.error(wanted ? `There is no bench named ${wanted}.` : 'No benches found.');
  process.exit(64);
}
let worst = 0;
for (const file of list) {
  const script = file
    .replace(`${path.sep}src${path.sep}`, `${path.sep}dist${path.sep}`)
    .replace(/\.ts$/, '.js');
  const done = spawnSync(process.execPath, ['--expose-gc', script], { cwd: root, stdio: 'inherit' });
  worst = Math.max(worst, done.status ?? 1);
}
process.exit(worst);
