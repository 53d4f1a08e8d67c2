import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';

export type ClientSystem = 'any' | 'linux' | 'windows' | 'mac';

/** A package of the signing client that this portal hands out. */
export interface Download {
  name: string;
  version: string;
  system: ClientSystem;
  bytes: number;
  /** In hexadecimal, of the file as it lay there when the portal began. */
  sha256: string;
}

const names =
  /^madoguchi-client-(\d{1,4}\.\d{1,4}\.\d{1,4})(?:-(linux|win32|darwin)-(?:x64|arm64))?\.(?:tgz|tar\.gz|zip|exe|msi|pkg|deb)$/;

const systems: Record<string, ClientSystem> = { linux: 'linux', win32: 'windows', darwin: 'mac' };

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/**
 * The client's packages in a folder (`madoguchi-client-0.1.0.tgz`, `madoguchi-client-0.1.0-linux-x64.tar.gz` …), the newest version first.
 * Other files are not handed out; a folder that is not there has none.
 */
export async function readDownloads(folder: string): Promise<Download[]> {
  const found: Download[] = [];
  let files: string[];
  try {
    files = readdirSync(folder);
  } catch {
    return [];
  }
  for (const name of files) {
    const [, version, system] = names.exec(name) ?? [];
    const file = path.join(folder, name);
    const stat = statSync(file, { throwIfNoEntry: false });
    if (version === undefined || stat === undefined || !stat.isFile()) continue;
    found.push({
      name,
      version,
      system: systems[system ?? ''] ?? 'any',
      bytes: stat.size,
      sha256: await sha256Of(file),
    });
  }
  return found.sort(
    (a, b) =>
      b.version.localeCompare(a.version, 'en', { numeric: true }) || a.name.localeCompare(b.name, 'en'),
  );
}

/** The bytes of a package that was read before. */
export function openDownload(folder: string, { name }: Download): ReadableStream {
  return Readable.toWeb(createReadStream(path.join(folder, name))) as ReadableStream;
}
