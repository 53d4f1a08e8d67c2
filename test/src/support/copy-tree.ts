/** A copy of the checkout as somebody else would have it: tracked files, what is built, and the installed packages as hard links. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, utimesSync } from 'node:fs';
import path from 'node:path';

export function copyTree(from: string, to: string): void {
  const list = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: from,
    encoding: 'utf8',
  });
  if (list.status !== 0) throw new Error(`not a git checkout: ${list.stderr}`);
  const built = ['packages', 'test', 'bench'].flatMap((folder) =>
    folder === 'packages'
      ? readdirSync(path.join(from, folder)).map((room) => path.join(folder, room, 'dist'))
      : [path.join(folder, 'dist')],
  );
  for (const file of [...list.stdout.split('\0').filter(Boolean), ...built]) {
    if (!existsSync(path.join(from, file))) continue;
    mkdirSync(path.dirname(path.join(to, file)), { recursive: true });
    cpSync(path.join(from, file), path.join(to, file), { recursive: true, preserveTimestamps: true });
  }
  linkPackages(from, to);
}

/** The installed packages as hard links; a workspace's link in them leads into the copy. */
function linkPackages(from: string, to: string): void {
  const inPackages = readdirSync(path.join(from, 'packages')).map((room) =>
    path.join('packages', room, 'node_modules'),
  );
  for (const folder of ['node_modules', ...inPackages]) {
    const [source, target] = [path.join(from, folder), path.join(to, folder)];
    if (!existsSync(source)) continue;
    // Links need one file system.
    if (spawnSync('cp', ['-al', source, target]).status !== 0) {
      execFileSync('cp', ['-a', source, target]);
    }
  }
  const stamp = path.join(to, 'node_modules', '.package-lock.json');
  if (existsSync(stamp)) utimesSync(stamp, new Date(), new Date());
}
