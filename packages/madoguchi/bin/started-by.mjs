// Who started this process, noted in its first moment: installing and building take a while, and by then npm may be gone.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

function parentOf(pid) {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      // The name in parentheses may itself hold spaces and parentheses.
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    }
    if (process.platform === 'win32') return 0;
    return Number(spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).stdout);
  } catch {
    return 0;
  }
}

/** The parent; behind npm or npx also the parent's parent, for npm starts a shell that outlives it. */
export function noteParents() {
  const throughNpm = process.env.npm_lifecycle_event !== undefined;
  const parents = throughNpm ? [process.ppid, parentOf(process.ppid)] : [process.ppid];
  process.env.MADOGUCHI_STARTED_BY = parents.filter((pid) => pid > 0).join(' ');
}
