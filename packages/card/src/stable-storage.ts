import { open, readFile, rename, rm, stat } from 'node:fs/promises';

/**
 * The few steps by which an image becomes durable, one by one, so that a test can pull the plug after each.
 * What is not fsynced may be lost; a rename lasts only after its folder is fsynced.
 */
export interface StableStorage {
  /** `undefined` when there is no such file. */
  read(file: string, maximumSize: number): Promise<Uint8Array | undefined>;
  /** Creates or replaces the content of a file that only its owner may read. */
  write(file: string, bytes: Uint8Array): Promise<void>;
  fsync(file: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  fsyncFolder(folder: string): Promise<void>;
  remove(file: string): Promise<void>;
}

async function sync(path: string, flags: string): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

export const diskStorage: StableStorage = {
  async read(file, maximumSize) {
    try {
      const { size } = await stat(file);
      // One byte more than allowed is enough to be refused by the format.
      if (size > maximumSize) return new Uint8Array(maximumSize + 1);
      return await readFile(file);
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  },
  async write(file, bytes) {
    const handle = await open(file, 'w', 0o600);
    try {
      await handle.writeFile(bytes);
    } finally {
      await handle.close();
    }
  },
  fsync: (file) => sync(file, 'r+'),
  rename: (from, to) => rename(from, to),
  async fsyncFolder(folder) {
    // Windows does not let a folder be opened; NTFS journals the rename itself.
    if (process.platform !== 'win32') await sync(folder, 'r');
  },
  remove: (file) => rm(file, { force: true }),
};
