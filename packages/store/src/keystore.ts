import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { StoreError } from './error.js';
import { writeFileAtomically } from './folder.js';
import { readMaster } from './master.js';

/**
 * A folder of private keys, sealed with AES-256-GCM under a master key that lies elsewhere. A sealed file is
 * `MADOKEY1` ‖ nonce (12) ‖ ciphertext ‖ tag (16), with the key's name as associated data: files cannot be exchanged.
 */
export interface Keystore {
  /** The PKCS#8 DER stored under this name. Throws StoreError `keystore.sealed` when the file was changed. */
  get(name: string): Promise<Uint8Array | undefined>;
  /** Seals and writes; replaces what was there. Names: lower case letters, digits, `.`, `_`, `-`. */
  put(name: string, pkcs8: Uint8Array): Promise<void>;
  list(): Promise<string[]>;
  /** Destroys a key; nothing happens where there is none. What a disk or a backup still holds of it is sealed under the master key. */
  remove(name: string): Promise<void>;
  /** A 32-byte subkey for this purpose (HKDF-SHA-256, RFC 5869): the same label gives the same key in this store only. */
  derive(label: string): Uint8Array;
}

/** Where the keys lie. */
export interface KeystoreOptions {
  /** Folder of the sealed keys. */
  readonly dir: string;
  /** In demo the master key may lie beside its data; outside demo that is refused. */
  readonly demo: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

const MAGIC = Buffer.from('MADOKEY1', 'latin1');
const SUFFIX = '.key.sealed';

/** Opens (and on first use makes) a key store. Throws StoreError (77) when the master key is missing, wrong or badly kept. */
export async function openKeystore(options: KeystoreOptions): Promise<Keystore> {
  const dir = path.resolve(options.dir);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const idFile = path.join(dir, 'keystore.json');
  const isNew = !existsSync(idFile);
  const master = await readMaster({ dir, demo: options.demo, env: options.env ?? process.env, isNew });
  const salt = await readSalt(idFile, master, isNew);
  const derive = (label: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', master, salt, `madoguchi derive ${label}`, 32));
  const sealKey = new Uint8Array(hkdfSync('sha256', master, salt, 'madoguchi seal', 32));
  const fileOf = (name: string): string => {
    if (!/^[a-z0-9][a-z0-9._-]{0,80}$/.test(name)) throw badName(name);
    return path.join(dir, `${name}${SUFFIX}`);
  };
  return {
    derive,
    async get(name) {
      const file = fileOf(name);
      let sealed: Uint8Array;
      try {
        sealed = await readFile(file);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
      const plain = unseal(sealKey, name, sealed);
      if (plain === undefined) throw damaged(name);
      return plain;
    },
    async put(name, pkcs8) {
      await writeFileAtomically(fileOf(name), seal(sealKey, name, pkcs8));
    },
    async remove(name) {
      await rm(fileOf(name), { force: true });
    },
    async list() {
      const files = await readdir(dir);
      return files
        .filter((file) => file.endsWith(SUFFIX))
        .map((file) => file.slice(0, -SUFFIX.length))
        .sort();
    },
  };
}

/** The store's own salt, with a check value that tells a wrong master key before any key is read. */
async function readSalt(idFile: string, master: Uint8Array, isNew: boolean): Promise<Buffer> {
  if (isNew) {
    const salt = randomBytes(32);
    const id = { salt: salt.toString('hex'), check: checkOf(master, salt).toString('hex') };
    await writeFileAtomically(idFile, `${JSON.stringify(id, null, 2)}\n`);
    return salt;
  }
  const id = JSON.parse(await readFile(idFile, 'utf8')) as { salt?: unknown; check?: unknown };
  const salt = Buffer.from(String(id.salt), 'hex');
  const check = Buffer.from(String(id.check), 'hex');
  const expected = checkOf(master, salt);
  if (check.length !== expected.length || !timingSafeEqual(check, expected)) {
    throw new StoreError(
      'keystore.wrong',
      {
        ja: '鍵を開ける鍵（MADOGUCHI_KEYSTORE）が、このデータのものと違います。',
        jaEasy: 'かぎが ちがいます（MADOGUCHI_KEYSTORE）。',
        en: 'The master key (MADOGUCHI_KEYSTORE) is not the one these keys were sealed with.',
      },
      { exitCode: 77 },
    );
  }
  return salt;
}

function checkOf(master: Uint8Array, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', master, salt, 'madoguchi check', 16));
}

function seal(key: Uint8Array, name: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(name, 'utf8'));
  return Buffer.concat([MAGIC, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function unseal(key: Uint8Array, name: string, sealed: Uint8Array): Uint8Array | undefined {
  const start = MAGIC.length + 12;
  if (sealed.length < start + 16 || Buffer.compare(sealed.subarray(0, MAGIC.length), MAGIC) !== 0)
    return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(MAGIC.length, start), {
      authTagLength: 16,
    });
    decipher.setAAD(Buffer.from(name, 'utf8'));
    decipher.setAuthTag(sealed.subarray(sealed.length - 16));
    const plain = decipher.update(sealed.subarray(start, sealed.length - 16));
    return new Uint8Array(Buffer.concat([plain, decipher.final()]));
  } catch {
    return undefined;
  }
}

function badName(name: string): StoreError {
  return new StoreError('keystore.name', {
    ja: `鍵の名前に使えない文字があります: ${JSON.stringify(name)}`,
    jaEasy: 'かぎの {名前|なまえ}が ちがいます。',
    en: `Not a key's name: ${JSON.stringify(name)}`,
  });
}

function damaged(name: string): StoreError {
  return new StoreError('keystore.sealed', {
    ja: `鍵 ${name} のファイルが壊れているか、入れ替えられています。控えから戻してください。`,
    jaEasy: `かぎ ${name} の ファイルが こわれています。バックアップから もどしてください。`,
    en: `The file of key ${name} is damaged or was exchanged. Restore it from a backup.`,
  });
}
