import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The reason to skip a test when a program of the system is absent, else false: fits node:test's `skip`. */
export function skipWithout(program: string, ...versionArguments: string[]): string | false {
  const { error } = spawnSync(program, versionArguments.length > 0 ? versionArguments : ['version']);
  return error === undefined ? false : `${program} is not installed`;
}

/** Runs a program in a folder of its own that holds the given files; gives its exit code, output, and reads files back. */
export function runIn(
  files: Readonly<Record<string, Uint8Array | string>>,
  program: string,
  programArguments: readonly string[],
): { status: number | null; output: string; file: (name: string) => Buffer } {
  const folder = mkdtempSync(path.join(tmpdir(), 'madoguchi-pki-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
    const { status, stdout, stderr } = spawnSync(program, programArguments, { cwd: folder });
    const out = new Map<string, Buffer>();
    for (const name of programArguments) {
      try {
        out.set(name, readFileSync(path.join(folder, name)));
      } catch {
        // an argument that is not a file of the folder
      }
    }
    return { status, output: `${stdout}${stderr}`, file: (name) => out.get(name) ?? Buffer.alloc(0) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
