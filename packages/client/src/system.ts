import { existsSync, readFileSync } from 'node:fs';

/** Which words mend this machine: the name of a package, of a service, of a window differ. */
export type SystemKind = 'debian' | 'fedora' | 'arch' | 'linux' | 'macos' | 'windows' | 'other';

/** Linux families by `ID` and `ID_LIKE` of os-release(5). */
const families: Record<string, SystemKind> = {
  debian: 'debian',
  ubuntu: 'debian',
  fedora: 'fedora',
  rhel: 'fedora',
  arch: 'arch',
};

/** The kind of a system from `process.platform` and the text of /etc/os-release. */
export function systemKindOf(platform: NodeJS.Platform, osRelease: string): SystemKind {
  if (platform === 'darwin') return 'macos';
  if (platform === 'win32') return 'windows';
  if (platform !== 'linux') return 'other';
  const value = (key: string) =>
    new RegExp(`^${key}=["']?([^"'\n]*)`, 'm').exec(osRelease)?.[1]?.toLowerCase() ?? '';
  const names = [value('ID'), ...value('ID_LIKE').split(/\s+/)];
  for (const name of names) if (Object.hasOwn(families, name)) return families[name] ?? 'linux';
  return 'linux';
}

let known: SystemKind | undefined;

/** The kind of this machine. */
export function systemKind(): SystemKind {
  known ??= systemKindOf(process.platform, osRelease());
  return known;
}

function osRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}

/** Is systemd in charge of the services of this machine (sd_booted(3))? */
export function hasSystemd(): boolean {
  return existsSync('/run/systemd/system');
}
