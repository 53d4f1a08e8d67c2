import { type Words, words } from '@madoguchi/ui';
import { z } from 'zod';
import type { ProcedureDefinition } from './definition/definition.js';
import { catalogueSchema, receiverSchema } from './definition/parts.js';
import { idSchema, wordsSchema } from './definition/texts.js';

/** What a catalogue shows of a procedure. */
export type CatalogueProcedure = Pick<
  ProcedureDefinition,
  | 'id'
  | 'title'
  | 'summary'
  | 'minutes'
  | 'fee'
  | 'receiver'
  | 'catalogue'
  | 'requirements'
  | 'processingDays'
>;

/** What an agency publishes at `<its pages>catalogue.json`, for portals. */
export interface AgencyCatalogue {
  /** Code of the agency: 2 to 6 digits. */
  code: string;
  name: Words;
  /** Where its pages begin, with the slash at the end. */
  url: string;
  procedures: CatalogueProcedure[];
}

const schema = z.strictObject({
  code: z.string().regex(/^[0-9]{2,6}$/, 'must be an agency code'),
  name: wordsSchema,
  url: z
    .string()
    .regex(/^https?:\/\/[^\s"<>\\]{1,500}\/$/, 'must be an http or https address that ends with a slash'),
  procedures: z
    .array(
      z.strictObject({
        id: idSchema,
        title: wordsSchema,
        summary: wordsSchema,
        minutes: z.int().min(1).max(600),
        fee: wordsSchema,
        receiver: receiverSchema,
        catalogue: catalogueSchema.optional(),
        requirements: z.array(wordsSchema).max(20),
        processingDays: z.int().min(0).max(1000),
      }),
    )
    .max(500),
}) satisfies z.ZodType<AgencyCatalogue>;

/** An agency of the demo has about 20 kB; in characters. */
const maxLength = 4_000_000;

/** The catalogue of an agency, from its definitions. */
export function agencyCatalogue(
  agency: Omit<AgencyCatalogue, 'procedures'>,
  definitions: readonly ProcedureDefinition[],
): AgencyCatalogue {
  return {
    code: agency.code,
    name: agency.name,
    url: agency.url,
    procedures: definitions.map((definition) => ({
      id: definition.id,
      title: definition.title,
      summary: definition.summary,
      minutes: definition.minutes,
      fee: definition.fee,
      receiver: definition.receiver,
      ...(definition.catalogue === undefined ? {} : { catalogue: definition.catalogue }),
      requirements: definition.requirements,
      processingDays: definition.processingDays,
    })),
  };
}

/**
 * Reads a catalogue from its JSON text. `at`: the address it was fetched from; its own address must be on the same origin, so that an agency
 * cannot send citizens elsewhere in another's name. Gives the first fault with its place, never throws.
 */
export function parseCatalogue(
  json: string,
  at?: string,
): { ok: true; catalogue: AgencyCatalogue } | { ok: false; fault: string } {
  if (json.length > maxLength) return { ok: false, fault: `longer than ${maxLength} characters` };
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { ok: false, fault: 'not JSON' };
  }
  const checked = schema.safeParse(value);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    return { ok: false, fault: `${issue?.path.map(String).join('.') || '(whole)'}: ${issue?.message}` };
  }
  const catalogue = checked.data;
  if (!URL.canParse(catalogue.url)) return { ok: false, fault: 'url: must be an address' };
  if (at !== undefined && new URL(catalogue.url).origin !== new URL(at).origin)
    return { ok: false, fault: `url: is not on ${new URL(at).origin}` };
  const ids = catalogue.procedures.map(({ id }) => id);
  const double = ids.find((id, index) => ids.indexOf(id) !== index);
  if (double !== undefined)
    return {
      ok: false,
      fault: `procedures: ${double} stands twice in the catalogue of ${words(catalogue.name, 'en')}`,
    };
  return { ok: true, catalogue };
}
