import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Binaries } from './binaries.js';
import { StoreError } from './error.js';
import { type DataFolder, writeFileAtomically } from './folder.js';
import { type Launcher, serverEnvironment } from './launch.js';

/** The one database user and database of an embedded server. */
export const USER = 'madoguchi';

/** Password of the embedded server; made on first use and kept 0600 in the data folder. */
export async function readPassword(folder: DataFolder): Promise<string> {
  if (!existsSync(folder.passwordFile)) {
    await writeFileAtomically(folder.passwordFile, randomBytes(32).toString('base64url'));
  }
  return (await readFile(folder.passwordFile, 'utf8')).trim();
}

/**
 * Makes the cluster when there is none. It is made beside its place and moved in when it is complete, so that an
 * interrupted first start leaves nothing half done.
 */
export async function ensureCluster(
  folder: DataFolder,
  binaries: Binaries,
  launcher: Launcher,
): Promise<void> {
  const versionFile = path.join(folder.databaseDir, 'PG_VERSION');
  if (existsSync(versionFile)) {
    const found = (await readFile(versionFile, 'utf8')).trim();
    if (found !== binaries.major) throw wrongMajor(found, binaries.major);
    return;
  }
  await readPassword(folder);
  const fresh = `${folder.databaseDir}.new`;
  await rm(fresh, { recursive: true, force: true });
  const [program, args] = launcher.command(
    binaries.initdb,
    [
      `--pgdata=${fresh}`,
      '--encoding=UTF8',
      '--locale=C',
      '--auth=scram-sha-256',
      `--username=${USER}`,
      `--pwfile=${folder.passwordFile}`,
      '--no-instructions',
    ],
    true,
  );
  const { code, output } = await runToEnd(program, args, folder.dir);
  if (code !== 0) throw cannotInit(folder.dir, output);
  await rename(fresh, folder.databaseDir);
}

function runToEnd(
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: serverEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe'],
      windowsHide: true,
    });
    let output = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (output.length < 4000) output += text;
    });
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
  });
}

function wrongMajor(found: string, wanted: string): StoreError {
  return new StoreError('store.version', {
    ja: `このデータフォルダーはPostgreSQL ${found} のものです。ここに入っているのは ${wanted} です。前の版で madoguchi backup を取り、新しいフォルダーへ restore してください。`,
    jaEasy: `データが {古|ふる}い バージョン（${found}）です。{前|まえ}の バージョンで バックアップを してください。`,
    en: `This data folder belongs to PostgreSQL ${found}, but ${wanted} is installed. Take a backup with the former version and restore it into a new folder.`,
  });
}

function cannotInit(dir: string, output: string): StoreError {
  return new StoreError(
    'store.initdb',
    {
      ja: `データベースを ${dir} に作れませんでした。空き容量と、フォルダーに書けるかを確かめてください。`,
      jaEasy: `データベースを つくれませんでした。${dir} に {書|か}けるか {見|み}てください。`,
      en: `The database could not be made in ${dir}. Check free space and that the folder can be written.`,
    },
    { cause: new Error(output.trim()) },
  );
}
