// Shared by the root scripts. Plain Node, no shell: they run on Linux, macOS and Windows before anything is built.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Runs the JavaScript entry of an installed package's command, without npx and without a shell. */
export function runTool(packageName, binary, args, options = {}) {
  const manifest = path.join(root, 'node_modules', packageName, 'package.json');
  const bin = JSON.parse(readFileSync(manifest, 'utf8')).bin;
  const entry = path.join(path.dirname(manifest), typeof bin === 'string' ? bin : bin[binary]);
  return spawnSync(process.execPath, [entry, ...args], { cwd: root, stdio: 'inherit', ...options });
}

export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.on('error', () => resolve(127));
    child.on('exit', (code, signal) => resolve(signal ? 128 : (code ?? 1)));
  });
}

/** Every file below a folder that the filter takes, sorted, without node_modules and dist. */
export function files(folder, take) {
  const found = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist' || entry.name === '.git') continue;
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) found.push(...files(full, take));
    else if (take(full)) found.push(full);
  }
  return found.sort();
}

/** npm's own entry, so that no shell is needed to run it (npm.cmd on Windows needs one). */
export function npmCli() {
  if (process.env.npm_execpath?.endsWith('.js')) return process.env.npm_execpath;
  const beside = path.join(path.dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const lib = path.join(
    path.dirname(process.execPath),
    '..',
    'lib',
    'node_modules',
    'npm',
    'bin',
    'npm-cli.js',
  );
  return [beside, lib].find((file) => existsSync(file));
}

function newest(list) {
  return Math.max(0, ...list.filter((file) => existsSync(file)).map((file) => statSync(file).mtimeMs));
}

/** Installs what is missing: nothing is done when node_modules is newer than every package.json and the lock. */
export function installMissing() {
  const stamp = path.join(root, 'node_modules', '.package-lock.json');
  const manifests = files(root, (file) => path.basename(file) === 'package.json');
  manifests.push(path.join(root, 'package-lock.json'));
  if (existsSync(stamp) && newest([stamp]) >= newest(manifests)) return;
  process.stderr.write('Installing packages …\n');
  const cli = npmCli();
  const args = ['install', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = cli
    ? spawnSync(process.execPath, [cli, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (done.status !== 0) {
    process.stderr.write('npm install did not succeed; its message stands above.\n');
    process.exit(69);
  }
}

/** Compiles all workspaces (incremental). */
export function build() {
  const done = runTool('typescript', 'tsc', ['-b'], { stdio: ['ignore', 2, 2] });
  if (done.status !== 0) process.exit(done.status ?? 1);
}
