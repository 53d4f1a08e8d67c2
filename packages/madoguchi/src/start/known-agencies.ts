/** Which agencies a data folder knows: the demo's, and those that were served over it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from '@madoguchi/store';
import { z } from 'zod';
import { demoAgencies } from './agencies.js';

/** What the name of an agency's folder is: its code. */
export const codeForm = /^[0-9]{2,6}$/;

const remembered = z.object({ code: z.string(), name: z.string() });

/** Who was served over a data folder, for the commands that work on it later. */
export async function rememberAgency(dir: string, agency: { code: string; name: string }): Promise<void> {
  const place = path.join(dir, 'agencies', agency.code);
  await mkdir(place, { recursive: true });
  await writeFileAtomically(path.join(place, 'agency.json'), `${JSON.stringify(agency)}\n`);
}

/** The demo's, which any folder may serve, in their order, then others that were served over this data folder. */
export function knownAgencies(dir: string): { code: string; name: string }[] {
  const folder = path.join(dir, 'agencies');
  const codes = existsSync(folder) ? readdirSync(folder).filter((name) => codeForm.test(name)) : [];
  const own = codes.flatMap((code) => {
    const file = path.join(folder, code, 'agency.json');
    return existsSync(file) ? [remembered.parse(JSON.parse(readFileSync(file, 'utf8')))] : [];
  });
  return [...demoAgencies, ...own.filter(({ code }) => demoAgencies.every((demo) => demo.code !== code))];
}
