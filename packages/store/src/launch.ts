import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { StoreError } from './error.js';

/**
 * How a program of the server is started here. PostgreSQL refuses root, and another user could not enter a root-only
 * home: as root it runs in a user namespace of its own, where root's files belong to user 1000. `dieWithParent` makes
 * the kernel end the server when this process is gone, even by SIGKILL.
 */
export interface Launcher {
  command(program: string, args: readonly string[], dieWithParent: boolean): [string, string[]];
  /** False where the kernel cannot watch the parent for us: then a small watcher process does it. */
  readonly watchesParent: boolean;
}

const NAMESPACE = ['--user', '--map-user=1000', '--map-group=1000', '--'] as const;

export function findLauncher(): Launcher {
  const setpriv = has('setpriv', ['--pdeathsig', 'INT', 'true']);
  const root = process.platform !== 'win32' && process.getuid?.() === 0;
  if (root && !(process.platform === 'linux' && has('unshare', [...NAMESPACE, 'true']))) {
    throw new StoreError('store.namespaces', {
      ja: 'PostgreSQLは管理者（root）では動かず、ここではユーザー名前空間も使えません。ふつうの利用者で、その人が書けるフォルダーを --data に指定して始めるか、DATABASE_URL で別のPostgreSQLを指定してください。',
      jaEasy:
        'rootでは データベースが うごきません。ふつうの ユーザーで はじめてください。フォルダーは --data で えらべます。',
      en: 'PostgreSQL does not run as root, and user namespaces are switched off here. Start as a plain user with a folder that user can write (--data), or name another PostgreSQL in DATABASE_URL.',
    });
  }
  return {
    watchesParent: setpriv,
    command(program, args, dieWithParent) {
      const words = [
        ...(root ? ['unshare', ...NAMESPACE] : []),
        ...(setpriv && dieWithParent ? ['setpriv', '--pdeathsig', 'INT', '--'] : []),
        program,
        ...args,
      ];
      return [words[0] ?? program, words.slice(1)];
    },
  };
}

function has(program: string, args: readonly string[]): boolean {
  if (process.platform !== 'linux') return false;
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

/** The server's environment: nothing of ours (no secrets, no PG… variables that would change its mind). */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const keep = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'USERPROFILE'];
  const env: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC' };
  for (const key of keep) if (process.env[key] !== undefined) env[key] = process.env[key];
  return env;
}

// Reads its own standard input, which ends when the process that holds the other end is gone, however it went.
const WATCHER = `process.stdin.on('end',()=>{try{process.kill(Number(process.argv[1]),'SIGINT')}catch{}process.exit()}).resume()`;

/** Ends `pid` when this process is gone, where the kernel does not do that for us. */
export function watchParent(pid: number): ChildProcess {
  const watcher = spawn(process.execPath, ['-e', WATCHER, String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    windowsHide: true,
    env: serverEnvironment(),
  });
  watcher.on('error', () => undefined);
  watcher.unref();
  (watcher.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  return watcher;
}
