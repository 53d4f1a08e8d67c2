import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from '@madoguchi/store';
import type { CaContext } from './context.js';
import { CaError } from './error.js';
import { publishedCrls } from './revocation/published.js';
import { arlCode } from './revocation/shards.js';

/** A list's name without folder and ending: `sign-g1-99201`, `agency-g1`; a governor's authority has its prefecture in its own name. */
function crlName(authority: string, code: string): string {
  const isOwn = code === 'all' || (/^\d\d$/.test(code) && authority.endsWith(`-${code}`));
  return isOwn ? authority : `${authority}-${code}`;
}

/** Path of a published list: `crl/sign-g1-99201.crl`, `crl/sign-g1-13.crl`, `arl/sign-g1.crl`, `crl/agency-g1.crl`. */
export function crlPath(authority: string, code: string): string {
  return code === arlCode ? `arl/${authority}.crl` : `crl/${crlName(authority, code)}.crl`;
}

/** Path of the delta to it: `crl/sign-g1-99201-delta.crl`, `arl/sign-g1-delta.crl`. */
export function deltaPath(authority: string, code: string): string {
  return crlPath(authority, code).replace(/\.crl$/, '-delta.crl');
}

/**
 * Writes the published lists into a folder, in DER, under their names without folders (an ARL as `sign-g1-arl.crl`). `partition`: one
 * of them, `sign-g1-99201` or only the municipality `99201`. Returns the files' paths.
 */
export async function exportCrls(ctx: CaContext, dir: string, partition?: string): Promise<string[]> {
  const named = (await publishedCrls(ctx)).map((crl) => ({
    crl,
    name: crlName(crl.authority, crl.code),
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
