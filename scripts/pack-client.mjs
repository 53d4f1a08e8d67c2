// npm run pack:client [-- --out DIR]: the client as one npm package, madoguchi-client-VERSION.tgz. Prints its path.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, installMissing, npmCli, root } from './lib.mjs';

installMissing();
build();
// Only now: esbuild itself is one of the things that may have been missing.
const { bundleClient } = await import('./client/bundle.mjs');
const { thirdParty } = await import('./client/third-party.mjs');

const at = process.argv.indexOf('--out');
const out = path.resolve(at > 0 ? (process.argv[at + 1] ?? '') : path.join(root, 'dist', 'client'));
const folder = path.join(out, 'package');
rmSync(folder, { recursive: true, force: true });
mkdirSync(path.join(folder, 'bin'), { recursive: true });

const client = JSON.parse(readFileSync(path.join(root, 'packages', 'client', 'package.json'), 'utf8'));
const script = path.join(folder, 'bin', 'madoguchi.mjs');
const { inputs } = await bundleClient(script, { single: false });
chmodSync(script, 0o755);
const manifest = {
  name: 'madoguchi-client',
  version: client.version,
  description:
    '利用者クライアントソフト: the holder’s card, signing agent and environment check of Madoguchi',
  license: client.license,
  type: 'module',
  engines: client.engines,
  bin: { madoguchi: 'bin/madoguchi.mjs' },
  files: ['bin', 'THIRD-PARTY.txt'],
  dependencies: { 'pcsc-mini': client.dependencies['pcsc-mini'] },
};
writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
writeFileSync(path.join(folder, 'THIRD-PARTY.txt'), thirdParty(inputs));
copyFileSync(path.join(root, 'LICENSE'), path.join(folder, 'LICENSE'));
copyFileSync(path.join(root, 'docs', 'install.md'), path.join(folder, 'README.md'));

const npm = npmCli();
const args = ['pack', folder, '--pack-destination', out, '--silent', '--ignore-scripts'];
const done = npm
  ? spawnSync(process.execPath, [npm, ...args], { encoding: 'utf8' })
  : spawnSync('npm', args, { encoding: 'utf8', shell: process.platform === 'win32' });
if (done.status !== 0) {
  process.stderr.write(done.stderr);
  process.exit(70);
}
rmSync(folder, { recursive: true });
process.stdout.write(`${path.join(out, `${manifest.name}-${manifest.version}.tgz`)}\n`);
