/** The command line at a terminal: a pseudo-terminal of `script` (util-linux), typed into like a person does. */
import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/madoguchi.mjs', import.meta.url));

/** Why no terminal can be had here, or `undefined`. */
export function noTerminalReason(): string | undefined {
  if (process.platform !== 'linux') return 'the terminal of this test is a program of Linux';
  const found = spawnSync('script', ['--version'], { encoding: 'utf8' });
  return found.stdout?.includes('util-linux') ? undefined : 'script (util-linux) is not installed';
}

export interface Terminal {
  /** Waits until the screen says this (counted from the last wait), then types. */
  type: (after: RegExp, keys: string) => Promise<void>;
  /** Waits until the screen says this. */
  says: (words: RegExp) => Promise<void>;
  /** The exit code, and everything that stood on the screen. */
  end: Promise<{ code: number | null; screen: string }>;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

export function terminal(words: readonly string[], environment: NodeJS.ProcessEnv = {}): Terminal {
  const line = [process.execPath, bin, ...words].map(quoted).join(' ');
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    env: { ...process.env, MADOGUCHI_LANG: 'ja', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let screen = '';
  let seen = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
  });
  const end = new Promise<{ code: number | null; screen: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, screen })),
  );
  const says = async (wanted: RegExp) => {
    for (;;) {
      const found = wanted.exec(screen.slice(seen));
      if (found !== null) {
        seen += found.index + found[0].length;
        return;
      }
      if (child.exitCode !== null)
        throw new Error(`ended with ${child.exitCode} before ${wanted}: ${screen}`);
      await pause(20);
    }
  };
  return {
    says,
    type: async (after, keys) => {
      await says(after);
      child.stdin.write(keys);
    },
    end,
  };
}
