import { readFileSync } from 'node:fs';
import { type Json, parseDefinition } from '@madoguchi/procedure';
import type { AgencyConfig, LoadedProcedure } from '../options.js';

const folder = new URL('../../procedures/common/', import.meta.url);

/** A form that every agency has, with that agency's contact; no part of its catalogue. `name`: of its definition in procedures/common. */
export function commonForm(name: string): (agency: Pick<AgencyConfig, 'contact'>) => LoadedProcedure {
  const text = readFileSync(new URL(`${name}.json`, folder), 'utf8');
  return ({ contact }) => {
    const definition = JSON.parse(text) as { contact: Json } & Record<string, Json>;
    const { name: says, telephone } = contact;
    if (telephone !== undefined)
      definition.contact = {
        name: typeof says === 'string' ? { ja: says, jaEasy: says, en: says } : { ...says },
        telephone,
      };
    const parsed = parseDefinition(definition);
    if (!parsed.ok) throw new TypeError(`${name}.json: ${parsed.faults[0]?.message}`);
    return parsed;
  };
}
