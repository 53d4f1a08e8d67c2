import { z } from 'zod';
import type { Words } from '../words.js';
import { type Entry, entrySchema } from './fields.js';
import {
  type AttachmentRule,
  attachmentSchema,
  type CatalogueEntry,
  catalogueSchema,
  type PartRule,
  type PersonRule,
  partSchema,
  personSchema,
  type Receiver,
  type Rule,
  receiverSchema,
  ruleSchema,
  type SignerRule,
  type Step,
  signerSchema,
  stepSchema,
} from './parts.js';
import { idSchema, text, wordsSchema } from './texts.js';

/** One of the 基本4情報. */
export type IdentityItem = 'name' | 'address' | 'birthDate' | 'sex';

/** What the form follows. */
interface FormBasis {
  /** The article of law that asks for this application. */
  basis: string;
  /** The printed form (様式) whose fields it has. */
  style?: string | undefined;
  /** Where its fields, rates and years were taken from: rules and published forms, by name. */
  sources?: string[] | undefined;
  /** What the printed form has and this one does not ask, with the reason. */
  omitted?: Words[] | undefined;
}

/** A procedure as data: form, check, canonical document, officer's view and PDF all come from it. docs/procedure-definition.md tells each member. */
export interface ProcedureDefinition {
  id: string;
  version: string;
  title: Words;
  summary: Words;
  form: FormBasis;
  catalogue?: CatalogueEntry | undefined;
  minutes: number;
  fee: Words;
  requirements: Words[];
  fields: Entry[];
  attachments: AttachmentRule[];
  steps?: Step[] | undefined;
  rules?: Rule[] | undefined;
  persons?: PersonRule[] | undefined;
  signers?: SignerRule[] | undefined;
  parts?: PartRule[] | undefined;
  /** Which of the four identity items (基本4情報) the agency compares. */
  match: IdentityItem[];
  processingDays: number;
  next: Words;
  contact: { name: Words; telephone: string };
  receiver: Receiver;
  oneOpenPerPerson: boolean;
}

export const definitionSchema = z.strictObject({
  id: idSchema,
  version: z.string().regex(/^[0-9]{1,4}(\.[0-9]{1,4}){0,2}$/, 'must be 1, 1.0 or 1.0.0'),
  title: wordsSchema,
  summary: wordsSchema,
  form: z.strictObject({
    basis: text(200),
    style: text(200).optional(),
    sources: z.array(text(300)).max(10).optional(),
    omitted: z.array(wordsSchema).max(10).optional(),
  }),
  catalogue: catalogueSchema.optional(),
  minutes: z.int().min(1).max(600),
  fee: wordsSchema,
  requirements: z.array(wordsSchema).max(20),
  fields: z.array(entrySchema).max(200),
  attachments: z.array(attachmentSchema).max(20),
  steps: z.array(stepSchema).min(2).max(20).optional(),
  rules: z.array(ruleSchema).max(50).optional(),
  persons: z.array(personSchema).max(10).optional(),
  signers: z.array(signerSchema).max(10).optional(),
  parts: z.array(partSchema).min(2).max(10).optional(),
  match: z
    .array(z.enum(['name', 'address', 'birthDate', 'sex']))
    .min(1)
    .max(4),
  processingDays: z.int().min(0).max(1000),
  next: wordsSchema,
  contact: z.strictObject({
    name: wordsSchema,
    telephone: z.string().regex(/^[0-9+][0-9-]{3,19}$/, 'must be a telephone number'),
  }),
  receiver: receiverSchema,
  oneOpenPerPerson: z.boolean(),
}) satisfies z.ZodType<ProcedureDefinition>;
