// npm run executable:client [-- --out DIR]: the client as a single executable for the system this runs on, with the PC/SC addon beside it and
// the SHA-256 of each file. Prints the folder. Tried on Linux; docs/install.md says what macOS and Windows need besides.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build, installMissing, root } from './lib.mjs';

installMissing();
build();
const { bundleClient } = await import('./client/bundle.mjs');
const { thirdParty } = await import('./client/third-party.mjs');
const { inject } = await import('postject');

const at = process.argv.indexOf('--out');
const out = path.resolve(
  at > 0
    ? (process.argv[at + 1] ?? '')
    : path.join(root, 'dist', 'client', `madoguchi-client-${process.platform}-${process.arch}`),
);
rmSync(out, { recursive: true, force: true });
const work = path.join(out, 'work');
mkdirSync(work, { recursive: true });

const bundle = path.join(work, 'madoguchi.cjs');
const { inputs } = await bundleClient(bundle, { single: true });
const blob = path.join(work, 'madoguchi.blob');
const config = path.join(work, 'sea.json');
writeFileSync(config, JSON.stringify({ main: bundle, output: blob, disableExperimentalSEAWarning: true }));

function must(program, args) {
  const done = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  if (done.status === 0) return;
  process.stderr.write(`${program} ${args[0]}: ${done.stderr ?? done.error}\n`);
  process.exit(70);
}

must(process.execPath, ['--experimental-sea-config', config]);
const name = process.platform === 'win32' ? 'madoguchi.exe' : 'madoguchi';
const program = path.join(out, name);
copyFileSync(process.execPath, program);
chmodSync(program, 0o755);
// The signature of Node's maker covers the file as it was.
if (process.platform === 'darwin') must('codesign', ['--remove-signature', program]);
await inject(program, 'NODE_SEA_BLOB', readFileSync(blob), {
  sentinelFuse: 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2',
  ...(process.platform === 'darwin' ? { machoSegmentName: 'NODE_SEA' } : {}),
});
if (process.platform === 'darwin') must('codesign', ['--sign', '-', program]);

/** The addon that pcsc-mini would load on this machine. */
function addon() {
  const loader = path.join(root, 'node_modules', 'pcsc-mini', 'build', 'addon.node.js');
  const require = createRequire(loader);
  const source = readFileSync(loader, 'utf8');
  for (const [, candidate] of source.matchAll(/pkg = "([^"]+)"/g)) {
    try {
      return require.resolve(candidate);
    } catch {
      // Of another platform: not installed here.
    }
  }
  throw new Error('the PC/SC addon of this platform is not installed');
}

copyFileSync(addon(), path.join(out, 'pcsc.node'));
copyFileSync(path.join(root, 'LICENSE'), path.join(out, 'LICENSE'));
writeFileSync(
  path.join(out, 'THIRD-PARTY.txt'),
  `${thirdParty(inputs)}\nNode.js ${process.version}: https://github.com/nodejs/node/blob/${process.version}/LICENSE\n`,
);
rmSync(work, { recursive: true });

const files = [name, 'pcsc.node', 'LICENSE', 'THIRD-PARTY.txt'];
const sums = files.map((file) => {
  const digest = createHash('sha256')
    .update(readFileSync(path.join(out, file)))
    .digest('hex');
  return `${digest}  ${file}\n`;
});
writeFileSync(path.join(out, 'SHA256SUMS'), sums.join(''));
process.stdout.write(`${out}\n`);
