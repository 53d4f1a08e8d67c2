import { z } from 'zod';
import type { Words } from '../words.js';
import type { Condition } from './conditions.js';
import { conditionSchema } from './logic-schema.js';
import { idSchema, text, wordsSchema } from './texts.js';

/** A file that belongs to the application. */
export interface AttachmentRule {
  id: string;
  label: Words;
  hint?: Words | undefined;
  required: boolean;
  /** File name endings without the dot, small letters: `pdf`, `jpg`. */
  types: string[];
  maxBytes: number;
  maxFiles: number;
  when?: Condition | undefined;
}

export const attachmentSchema = z.strictObject({
  id: idSchema,
  label: wordsSchema,
  hint: wordsSchema.optional(),
  required: z.boolean(),
  types: z
    .array(z.string().regex(/^[a-z0-9]{1,10}$/, 'must be a file name ending without the dot'))
    .min(1)
    .max(20),
  maxBytes: z
    .int()
    .min(1)
    .max(50 * 1024 * 1024),
  maxFiles: z.int().min(1).max(20),
  when: conditionSchema.optional(),
}) satisfies z.ZodType<AttachmentRule>;

/** A page of a long form. Fields and attachments stand in it by their ids, each in exactly one, in the order of the definition. */
export interface Step {
  id: string;
  title: Words;
  hint?: Words | undefined;
  fields: string[];
}

export const stepSchema = z.strictObject({
  id: idSchema,
  title: wordsSchema,
  hint: wordsSchema.optional(),
  fields: z.array(idSchema).min(1).max(200),
}) satisfies z.ZodType<Step>;

/** What must hold between answers: the end not before the beginning. */
export interface Rule {
  id: string;
  must: Condition;
  when?: Condition | undefined;
  /** Where the message stands. */
  field: string;
  message: Words;
}

export const ruleSchema = z.strictObject({
  id: idSchema,
  must: conditionSchema,
  when: conditionSchema.optional(),
  field: idSchema,
  message: wordsSchema,
}) satisfies z.ZodType<Rule>;

/** Somebody who is typed, not read from the card: a co-owner, a child, a principal. Matching compares them with the agency's record. */
export interface PersonRule {
  id: string;
  label: Words;
  /** The group in whose rows they stand; without it, the fields stand at the top. */
  group?: string | undefined;
  name: string;
  kana?: string | undefined;
  address?: string | undefined;
  birthDate?: string | undefined;
  /** With what the typed person is compared: the agency's record, or the certificate of the further signature. */
  against: 'record' | 'signature';
}

export const personSchema = z.strictObject({
  id: idSchema,
  label: wordsSchema,
  group: idSchema.optional(),
  name: idSchema,
  kana: idSchema.optional(),
  address: idSchema.optional(),
  birthDate: idSchema.optional(),
  against: z.enum(['record', 'signature']),
}) satisfies z.ZodType<PersonRule>;

/** A further person who must sign the same application (共有者), or whose signed paper stands behind it (委任状). */
export interface SignerRule {
  id: string;
  label: Words;
  /** The typed person that the signature must belong to; with a group, one for each row. */
  person: string;
  /** What they sign: the application itself, or a mandate (委任状) to the applicant about it. */
  paper?: 'mandate' | undefined;
  /** So many days they have to sign; 14 where nothing is said. */
  days?: number | undefined;
  when?: Condition | undefined;
}

export const signerSchema = z.strictObject({
  id: idSchema,
  label: wordsSchema,
  person: idSchema,
  paper: z.literal('mandate').optional(),
  days: z.int().min(1).max(365).optional(),
  when: conditionSchema.optional(),
}) satisfies z.ZodType<SignerRule>;

/** One authority's share of a one-stop application (ワンストップ): it sees these fields and files, and decides for itself. */
export interface PartRule {
  id: string;
  title: Words;
  authority: Words;
  fields: string[];
  processingDays: number;
  /** Whose queue it is: an office may have parts of several procedures. The part's own id where nothing is said. */
  office?: string | undefined;
  /** Other parts that must be accepted before this one is decided. */
  after?: string[] | undefined;
  when?: Condition | undefined;
}

export const partSchema = z.strictObject({
  id: idSchema,
  title: wordsSchema,
  authority: wordsSchema,
  fields: z.array(idSchema).max(200),
  processingDays: z.int().min(0).max(1000),
  office: idSchema.optional(),
  after: z.array(idSchema).min(1).max(10).optional(),
  when: conditionSchema.optional(),
}) satisfies z.ZodType<PartRule>;

/** How the catalogue finds it. */
export interface CatalogueEntry {
  level: 'national' | 'prefectural' | 'municipal';
  /** What people say when they look for it, in kanji, kana or English. */
  keywords: string[];
}

export const catalogueSchema = z.strictObject({
  level: z.enum(['national', 'prefectural', 'municipal']),
  keywords: z.array(text(60)).max(60),
}) satisfies z.ZodType<CatalogueEntry>;

/** Who receives it: this agency; another one on the same server that receives for several (共同運用), by its agency code; or a system elsewhere. */
export type Receiver =
  | 'here'
  | { shared: string; name?: Words | undefined }
  | { outside: string; name: Words; prepare: Words[] };

export const receiverSchema: z.ZodType<Receiver> = z.union([
  z.literal('here'),
  z.strictObject({
    shared: z.string().regex(/^[0-9]{2,6}$/, 'must be an agency code'),
    name: wordsSchema.optional(),
  }),
  z.strictObject({
    outside: z
      .string()
      .regex(/^https:\/\/[^\s]{1,500}$/, 'must be an https address')
      .refine((address) => URL.canParse(address), 'must be an https address'),
    name: wordsSchema,
    prepare: z.array(wordsSchema).max(20),
  }),
]);
