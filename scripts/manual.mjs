// npm run manual: files every procedure of the catalogue in a real browser, card in a reader, and prints manual and leaflets from its pictures into
// packages/portal/content. `npm run manual -- leaflets` prints the leaflets alone, which need no pictures. Needs what the journeys need (root, pcscd with vpcd, Chromium), and pdftotext and qpdf.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installJudges } from './debian.mjs';
import { build, installMissing, root, run } from './lib.mjs';

installJudges();
installMissing();
build();
const print = path.join(root, 'test', 'dist', 'print', 'build.js');
if (process.argv[2] === 'leaflets') process.exit(await run(process.execPath, [print]));
const folder = mkdtempSync(path.join(os.tmpdir(), 'madoguchi-manual-'));
const journey = path.join(root, 'test', 'dist', 'newcomer.test.js');
// The browser's own words (of a file's button) are in the pictures too.
const env = { ...process.env, MADOGUCHI_MANUAL: folder, LANGUAGE: 'ja', LANG: 'ja_JP.UTF-8' };
try {
  const taken = await run(
    process.execPath,
    ['--enable-source-maps', '--test', '--test-reporter=spec', journey],
    {
      env,
    },
  );
  const code = taken === 0 ? await run(process.execPath, [print, folder]) : taken;
  // What was written down stands as the house formats it.
  if (code === 0)
    await run('npx', [
      '--no-install',
      'biome',
      'format',
      '--write',
      path.join('packages', 'portal', 'content'),
    ]);
  process.exitCode = code;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
