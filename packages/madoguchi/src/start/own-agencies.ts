/**
 * Agencies of an operator's own, as a folder: `CODE/agency.json` says who it is, `CODE/procedures/*.json` what it takes. Several agencies in one
 * folder share one reception (共同運用).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadProcedures, ProcedureError } from '@madoguchi/agency';
import { z } from 'zod';
import { CommandError } from '../cli/command.js';
import { type AgencyProfile, demoAgencies, notReal } from './agencies.js';
import { codeForm } from './known-agencies.js';

const said = z.strictObject({ ja: z.string().min(1), jaEasy: z.string().min(1), en: z.string().min(1) });

const schema = z.strictObject({
  /** As in its certificate, and as citizens are told who asks for a signature. */
  name: z.string().min(1).max(60),
  /** The same in three registers; the name alone where it is not given. */
  siteName: said.optional(),
  contact: z.strictObject({
    name: z.union([said, z.string().min(1)]),
    telephone: z.string().regex(/^[0-9+-]{8,16}$/, 'must be a telephone number: digits and hyphens'),
  }),
  /** True where it keeps a register of residents, with which applications are compared. */
  residents: z.boolean(),
});

/** Reads the folder; throws CommandError (usage) that names every fault with its file. */
export function readAgencies(folder: string): AgencyProfile[] {
  if (!existsSync(folder))
    throw new CommandError('unavailable', `The folder ${path.resolve(folder)} does not exist.`);
  const faults: string[] = [];
  const found = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .flatMap((code) => readAgency(folder, code, faults));
  if (faults.length === 0 && found.length === 0)
    faults.push(`${folder}: holds no agency; each is a folder CODE with agency.json and procedures.`);
  if (faults.length > 0) throw new CommandError('usage', faults.join('\n'));
  return found;
}

function readAgency(folder: string, code: string, faults: string[]): AgencyProfile[] {
  const place = path.join(folder, code);
  const file = path.join(place, 'agency.json');
  if (!codeForm.test(code)) {
    faults.push(`${place}: the folder’s name is the agency’s code: 2 to 6 digits.`);
    return [];
  }
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    faults.push(
      `${file}: ${error instanceof SyntaxError ? `not JSON (${error.message})` : 'cannot be read'}.`,
    );
    return [];
  }
  const checked = schema.safeParse(value);
  if (!checked.success) {
    for (const issue of checked.error.issues)
      faults.push(`${file}: ${issue.path.join('.') || '(whole)'}: ${issue.message}.`);
    return [];
  }
  const procedures = pathToFileURL(`${path.join(place, 'procedures')}${path.sep}`);
  try {
    if (loadProcedures(procedures).length === 0) faults.push(`${place}/procedures: holds no definition.`);
  } catch (error) {
    const why = error instanceof ProcedureError ? error.message.split('\n') : ['cannot be read'];
    faults.push(...why.map((line) => `${place}/procedures/${line}`));
    return [];
  }
  const { name, siteName, contact, residents } = checked.data;
  return [
    {
      code,
      name,
      siteName: siteName ?? { ja: name, jaEasy: name, en: name },
      contact,
      banner: notReal('役所', '{役所|やくしょ}', 'public office'),
      procedures,
      hasResidents: residents,
    },
  ];
}

/** The demo's agencies and an operator's own beside them; a code is there once. */
export function besideTheDemo(own: readonly AgencyProfile[]): AgencyProfile[] {
  const twice = own.find(({ code }) => demoAgencies.some((demo) => demo.code === code));
  if (twice !== undefined)
    throw new CommandError(
      'usage',
      `${twice.code} is the code of the demo’s ${twice.name}: choose another one.`,
    );
  return [...demoAgencies, ...own];
}
