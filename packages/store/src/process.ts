import { readFileSync } from 'node:fs';

/** Is there a process of this id? (One that we may not signal counts as there.) */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // A zombie still has an id but does nothing and holds nothing.
  return processState(pid) !== 'Z';
}

/** The state letter of /proc/PID/stat; undefined where there is no /proc. */
function processState(pid: number): string | undefined {
  return statFields(pid)?.[0];
}

/**
 * Tells two processes with the same id apart: the start time from /proc, in clock ticks since boot. Empty where there
 * is no /proc; then only the id counts.
 */
export function startMark(pid: number): string {
  return statFields(pid)?.[19] ?? '';
}

function statFields(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name in parentheses may itself hold spaces and parentheses.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/** The command line of a process, or undefined where it cannot be read. */
export function commandLine(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return undefined;
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
