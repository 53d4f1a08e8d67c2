import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from '@madoguchi/store';
import type { CaContext } from './context.js';
import { CaError } from './error.js';
import { arlCode, publishedCrls } from './revocation/publish.js';

/** Name of a published list in the paths of HTTP and in an export: `crl/sign-g1-99201.crl`, `arl/sign-g1.crl`, `crl/agency-g1.crl`. */
export function crlPath(authority: string, code: string): string {
  if (code === arlCode) return `arl/${authority}.crl`;
  return code === 'all' ? `crl/${authority}.crl` : `crl/${authority}-${code}.crl`;
}

/**
 * Writes the published lists into a folder, in DER, under their names without folders (an ARL as `sign-g1-arl.crl`). `partition`: one
 * of them, `sign-g1-99201` or only the municipality `99201`. Returns the files' paths.
 */
export async function exportCrls(ctx: CaContext, dir: string, partition?: string): Promise<string[]> {
  const named = (await publishedCrls(ctx)).map((crl) => ({
    crl,
    name: crl.code === 'all' ? crl.authority : `${crl.authority}-${crl.code}`,
  }));
  const wanted = named.filter(
    ({ crl, name }) => partition === undefined || partition === name || partition === crl.code,
  );
  if (wanted.length === 0) {
    throw new CaError('crl.partition', {
      ja: `失効リスト「${partition ?? ''}」はありません。あるもの: ${named.map(({ name }) => name).join('、')}`,
      jaEasy: `「${partition ?? ''}」は ありません。`,
      en: `There is no list "${partition ?? ''}". There are: ${named.map(({ name }) => name).join(', ')}`,
    });
  }
  await mkdir(dir, { recursive: true });
  const files: string[] = [];
  for (const { crl, name } of wanted) {
    const file = path.join(dir, `${name}.crl`);
    await writeFileAtomically(file, crl.der);
    files.push(file);
  }
  return files;
}
