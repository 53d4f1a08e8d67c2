import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { StoreError } from './error.js';
import { writeFileAtomically } from './folder.js';

export interface MasterOptions {
  /** Folder of the sealed keys. */
  readonly dir: string;
  readonly demo: boolean;
  readonly env: NodeJS.ProcessEnv;
  /** True when the store has no keys yet: only then a master key may be made. */
  readonly isNew: boolean;
}

/**
 * The 32-byte master key: `MADOGUCHI_KEYSTORE` (64 hex digits or 43–44 characters base64; or a file's path), else a file of
 * mode 0600 in the user's configuration folder; in demo, a file beside the sealed keys.
 */
export async function readMaster(options: MasterOptions): Promise<Uint8Array> {
  const beside = path.join(options.dir, 'master.key');
  if (!options.demo && existsSync(beside)) throw besideData();
  const named = options.env.MADOGUCHI_KEYSTORE;
  if (named !== undefined && named !== '') {
    const key = decodeKey(named);
    if (key) return key;
    if (!path.isAbsolute(named)) throw unreadable('MADOGUCHI_KEYSTORE');
  }
  const file = named ? named : options.demo ? beside : path.join(configFolder(options.env), 'keystore.key');
  if (!options.demo && liesIn(file, path.dirname(options.dir))) throw besideData();
  if (!existsSync(file)) {
    // Making a new key for old data would only hide that the right one is missing.
    if (!options.isNew || named) throw missing(file);
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeFileAtomically(file, `${randomBytes(32).toString('base64url')}\n`);
  }
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) throw open(file);
  const key = decodeKey((await readFile(file, 'utf8')).trim());
  if (!key) throw unreadable(file);
  return key;
}

function decodeKey(text: string): Uint8Array | undefined {
  if (/^[0-9a-fA-F]{64}$/.test(text)) return new Uint8Array(Buffer.from(text, 'hex'));
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return new Uint8Array(Buffer.from(text, 'base64url'));
  return undefined;
}

function configFolder(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32' && env.APPDATA) return path.join(env.APPDATA, 'madoguchi');
  if (env.XDG_CONFIG_HOME) return path.join(env.XDG_CONFIG_HOME, 'madoguchi');
  const home = env.HOME || homedir();
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'madoguchi');
  return path.join(home, '.config', 'madoguchi');
}

/** Is the file inside the folder, links followed? */
function liesIn(file: string, folder: string): boolean {
  const inside = path.relative(real(folder), real(file));
  return inside !== '' && !inside.startsWith('..') && !path.isAbsolute(inside);
}

function real(place: string): string {
  try {
    return realpathSync(place);
  } catch {
    const parent = path.dirname(place);
    return parent === place ? place : path.join(real(parent), path.basename(place));
  }
}

function besideData(): StoreError {
  return new StoreError(
    'keystore.beside',
    {
      ja: '鍵を開ける鍵が、データと同じフォルダーにあります。本番では認められません。別の場所に置き、MADOGUCHI_KEYSTORE で指定してください。',
      jaEasy:
        'かぎが データの となりに あります。ほかの {場所|ばしょ}に うつして、MADOGUCHI_KEYSTORE に {書|か}いてください。',
      en: 'The master key lies beside the data it protects; outside demo that is refused. Keep it elsewhere and name it in MADOGUCHI_KEYSTORE.',
    },
    { exitCode: 77 },
  );
}

function missing(file: string): StoreError {
  return new StoreError(
    'keystore.master',
    {
      ja: `鍵を開ける鍵が見つかりません（${file}）。元の鍵を戻すか、MADOGUCHI_KEYSTORE で指定してください。`,
      jaEasy: `かぎが ありません（${file}）。もとに もどしてください。`,
      en: `The master key is not there (${file}). Put it back or name it in MADOGUCHI_KEYSTORE.`,
    },
    { exitCode: 77 },
  );
}

function unreadable(where: string): StoreError {
  return new StoreError(
    'keystore.master',
    {
      ja: `${where} は鍵として読めません。32バイトを16進64文字かbase64で書くか、ファイルの絶対パスを書いてください。`,
      jaEasy: `${where} が かぎの {形|かたち}では ありません。`,
      en: `${where} is not a master key: 32 bytes as 64 hex digits or base64, or the absolute path of such a file.`,
    },
    { exitCode: 77 },
  );
}

function open(file: string): StoreError {
  return new StoreError(
    'keystore.permissions',
    {
      ja: `鍵のファイル ${file} を他の利用者が読めます。chmod 600 を実行してください。`,
      jaEasy: `ほかの {人|ひと}が かぎを {読|よ}めます（${file}）。chmod 600 を してください。`,
      en: `Others can read the key file ${file}. Run chmod 600 on it.`,
    },
    { exitCode: 77 },
  );
}
