import { readFileSync } from 'node:fs';
import { type Json, parseDefinition } from '@madoguchi/procedure';
import type { AgencyConfig, LoadedProcedure } from '../options.js';

const text = readFileSync(new URL('../../procedures/common/torisage.json', import.meta.url), 'utf8');

/** The form of a withdrawal (取下書): the same for every procedure of an agency, with that agency's contact; no part of its catalogue. */
export function torisage({ contact }: Pick<AgencyConfig, 'contact'>): LoadedProcedure {
  const definition = JSON.parse(text) as { contact: Json } & Record<string, Json>;
  const { name, telephone } = contact;
  if (telephone !== undefined)
    definition.contact = {
      name: typeof name === 'string' ? { ja: name, jaEasy: name, en: name } : { ...name },
      telephone,
    };
  const parsed = parseDefinition(definition);
  if (!parsed.ok) throw new TypeError(`torisage.json: ${parsed.faults[0]?.message}`);
  return parsed;
}
