import { z } from 'zod';
import { canonicalBytes, sha256Hex } from './canonical.js';
import { type Json, lineAt, readJson } from './json.js';
import { hasInvisible } from './marks.js';
import type { Words } from './words.js';

/** Shown only while the named field holds one of the values. The field stands earlier in the definition. */
export interface Condition {
  field: string;
  is: string[];
}

const fieldKinds = [
  'choice',
  'number',
  'money',
  'date',
  'text',
  'longText',
  'name',
  'kana',
  'address',
  'telephone',
  'email',
] as const;
export type FieldKind = (typeof fieldKinds)[number];

export interface Field {
  id: string;
  kind: FieldKind;
  /** The question on the form: だれの分ですか. */
  label: Words;
  /** What the completed application calls it: 対象. The label, where there is none. */
  term?: Words | undefined;
  hint?: Words | undefined;
  /** Said after the value: 通, 円. */
  unit?: Words | undefined;
  required: boolean;
  options?: { value: string; label: Words }[] | undefined;
  min?: number | undefined;
  max?: number | undefined;
  /** In UTF-16 code units, as browsers count `maxlength`. */
  maxLength?: number | undefined;
  default?: string | undefined;
  when?: Condition | undefined;
}

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

export type IdentityItem = 'name' | 'address' | 'birthDate' | 'sex';

export interface ProcedureDefinition {
  id: string;
  version: string;
  title: Words;
  summary: Words;
  /** The article of law that asks for this application. */
  form: { basis: string };
  minutes: number;
  fee: Words;
  requirements: Words[];
  fields: Field[];
  attachments: AttachmentRule[];
  /** Which of the four identity items (基本4情報) the agency compares. */
  match: IdentityItem[];
  processingDays: number;
  next: Words;
  contact: { name: Words; telephone: string };
  receiver: 'here' | 'shared' | { outside: string };
  oneOpenPerPerson: boolean;
}

interface DefinitionFault {
  /** JSON Pointer (RFC 6901) of the faulty value; empty for the whole document. */
  path: string;
  /** 1-based; absent when the definition did not come as text. */
  line?: number;
  message: string;
}

export type ParsedDefinition =
  | { ok: true; definition: ProcedureDefinition; digest: string; bytes: Uint8Array }
  | { ok: false; faults: DefinitionFault[] };

/** A definition is read before its signer is known: it may cost little. In characters. */
const maxLength = 512 * 1024;
const maxFaults = 100;

const text = (max: number) =>
  z
    .string()
    .min(1, 'must not be empty')
    .max(max)
    .refine((value) => !hasInvisible(value), 'holds an invisible or unassigned character');
const wordsSchema = z.strictObject({ ja: text(2000), jaEasy: text(2000), en: text(2000) });
const idSchema = z
  .string()
  .regex(/^[a-z][A-Za-z0-9-]{0,63}$/, 'must be 1 to 64 of a-z A-Z 0-9 -, beginning with a small letter');
const conditionSchema = z.strictObject({ field: idSchema, is: z.array(z.string().max(200)).min(1).max(50) });

const fieldSchema = z.strictObject({
  id: idSchema,
  kind: z.enum(fieldKinds),
  label: wordsSchema,
  term: wordsSchema.optional(),
  hint: wordsSchema.optional(),
  unit: wordsSchema.optional(),
  required: z.boolean(),
  options: z
    .array(
      z.strictObject({
        value: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 of A-Z a-z 0-9 _ -'),
        label: wordsSchema,
      }),
    )
    .min(1)
    .max(200)
    .optional(),
  min: z.int().min(0).optional(),
  max: z.int().min(0).optional(),
  maxLength: z.int().min(1).max(10_000).optional(),
  default: z.string().max(1000).optional(),
  when: conditionSchema.optional(),
});

const attachmentSchema = z.strictObject({
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
});

const definitionSchema = z.strictObject({
  id: idSchema,
  version: z.string().regex(/^[0-9]{1,4}(\.[0-9]{1,4}){0,2}$/, 'must be 1, 1.0 or 1.0.0'),
  title: wordsSchema,
  summary: wordsSchema,
  form: z.strictObject({ basis: text(200) }),
  minutes: z.int().min(1).max(600),
  fee: wordsSchema,
  requirements: z.array(wordsSchema).max(20),
  fields: z.array(fieldSchema).max(200),
  attachments: z.array(attachmentSchema).max(20),
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
  receiver: z.union([
    z.literal('here'),
    z.literal('shared'),
    z.strictObject({ outside: z.string().regex(/^https:\/\/[^\s]{1,500}$/, 'must be an https address') }),
  ]),
  oneOpenPerPerson: z.boolean(),
}) satisfies z.ZodType<ProcedureDefinition>;

/**
 * Reads a procedure definition from JSON text (or an already parsed value) and checks it whole: shape, references between
 * fields, defaults. Every fault is reported with its path and, for text, its line.
 *
 * `digest` is SHA-256 (hex) over `bytes`, the canonical form (RFC 8785): it names the definition in requests and applications.
 */
export function parseDefinition(json: unknown): ParsedDefinition {
  const source = typeof json === 'string' ? json : undefined;
  let value = json;
  let positions = new Map<string, number>();
  if (source !== undefined) {
    if (source.length > maxLength)
      return { ok: false, faults: [{ path: '', message: `longer than ${maxLength} characters` }] };
    const read = readJson(source, true);
    if (!read.ok)
      return {
        ok: false,
        faults: [{ path: '', line: lineAt(source, read.offset), message: `not strict JSON (${read.rule})` }],
      };
    value = read.value.value;
    positions = read.value.positions;
  }
  const faults: DefinitionFault[] = [];
  const report = (path: (string | number)[], message: string) => {
    if (faults.length < maxFaults) faults.push(locate(path, message, source, positions));
  };

  const checked = definitionSchema.safeParse(value);
  if (!checked.success) {
    for (const issue of checked.error.issues.slice(0, maxFaults)) {
      const path = issue.path.filter((step) => typeof step !== 'symbol');
      if (issue.code === 'unrecognized_keys')
        for (const key of issue.keys.slice(0, maxFaults)) report([...path, key], 'unknown member');
      else report(path, issue.message);
    }
    return { ok: false, faults };
  }
  const definition = checked.data;
  checkFields(definition, report);
  if (faults.length > 0) return { ok: false, faults };
  let bytes: Uint8Array;
  try {
    bytes = canonicalBytes(definition as unknown as Json);
  } catch {
    return { ok: false, faults: [{ path: '', message: 'a text holds a lone surrogate' }] };
  }
  return { ok: true, definition, digest: sha256Hex(bytes), bytes };
}

function checkFields(
  definition: ProcedureDefinition,
  report: (path: (string | number)[], message: string) => void,
): void {
  const earlier = new Map<string, Field>();
  definition.fields.forEach((field, index) => {
    const at = (member?: string) => ['fields', index, ...(member === undefined ? [] : [member])];
    if (earlier.has(field.id)) report(at('id'), `the id ${field.id} is used twice`);
    if (field.when) checkCondition(field.when, earlier, (message) => report(at('when'), message));
    if (field.kind === 'choice' && !field.options) report(at(), 'a choice needs options');
    if (field.kind !== 'choice' && field.options) report(at('options'), 'only a choice has options');
    const values = field.options?.map((option) => option.value) ?? [];
    if (new Set(values).size !== values.length) report(at('options'), 'an option stands twice');
    if (field.kind === 'choice' && field.default !== undefined && !values.includes(field.default))
      report(at('default'), 'the default is not among the options');
    if (field.min !== undefined && field.max !== undefined && field.min > field.max)
      report(at('min'), 'min is above max');
    earlier.set(field.id, field);
  });
  const rules = new Set<string>();
  definition.attachments.forEach((rule, index) => {
    if (rules.has(rule.id) || earlier.has(rule.id))
      report(['attachments', index, 'id'], `the id ${rule.id} is used twice`);
    rules.add(rule.id);
    if (rule.when)
      checkCondition(rule.when, earlier, (message) => report(['attachments', index, 'when'], message));
  });
}

function checkCondition(
  condition: Condition,
  earlier: Map<string, Field>,
  report: (message: string) => void,
): void {
  const field = earlier.get(condition.field);
  if (!field) {
    report(`no field ${condition.field} stands before this one`);
    return;
  }
  for (const value of condition.is)
    if (field.options && !field.options.some((option) => option.value === value))
      report(`${condition.field} has no option ${value}`);
}

function locate(
  path: (string | number)[],
  message: string,
  source: string | undefined,
  positions: Map<string, number>,
): DefinitionFault {
  const pointers = [''];
  for (const step of path)
    pointers.push(`${pointers.at(-1)}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`);
  const pointer = pointers.at(-1) ?? '';
  if (source === undefined) return { path: pointer, message };
  // A missing member has no place of its own: its parent's line is named.
  const known = pointers.findLast((candidate) => positions.has(candidate)) ?? '';
  return { path: pointer, line: lineAt(source, positions.get(known) ?? 0), message };
}
