/** How this very program is called again: the script that Node runs, or none in a single executable. */
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** In a single executable `node:sea` says so; older Node versions have no such module. */
function isSingleExecutable(): boolean {
  try {
    const sea = createRequire(path.join(process.cwd(), 'x'))('node:sea') as { isSea?: () => boolean };
    return sea.isSea?.() === true;
  } catch {
    return false;
  }
}

export function ownScript(): string | undefined {
  if (isSingleExecutable()) return undefined;
  const [, script] = process.argv;
  return script === undefined ? undefined : realpathSync(script);
}
