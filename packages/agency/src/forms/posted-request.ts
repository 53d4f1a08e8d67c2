import {
  type Answers,
  type ClaimedAttachment,
  checkAnswers,
  checkAttachments,
  type ProcedureDefinition,
} from '@madoguchi/procedure';
import type { FieldError } from '@madoguchi/ui';
import type { Context } from 'hono';
import { z } from 'zod';
import { earlyFindings } from '../attachments/early.js';
import { warningBefore } from '../attachments/told.js';

/**
 * What a form's script posts when its reader goes on to the signature. `findings`: what the browser saw in a file, `told` where its reader has heard that
 * already and sends it all the same. Nobody relies on either: the file is looked at again after arrival.
 */
const postedSchema = z
  .object({
    answers: z.record(z.string().max(100), z.string().max(20_000)),
    attachments: z
      .array(
        z.object({
          name: z.string().max(1000),
          size: z.int().min(0),
          sha256: z.string().regex(/^[0-9a-f]{64}$/),
          rule: z.string().max(64),
          findings: z.array(z.enum(earlyFindings)).max(earlyFindings.length).default([]),
          told: z.boolean().default(false),
        }),
      )
      .max(100),
  })
  .transform(({ answers, attachments }) => ({
    answers,
    attachments: attachments.map(({ findings, told, ...file }): ClaimedAttachment & { rule: string } => file),
    /** To be shown beside the file, once. */
    warnings: attachments
      .filter(({ findings, told }) => findings.length > 0 && !told)
      .map(({ name, rule, findings }) => ({ field: rule, message: warningBefore(name, findings) })),
  }));

type PostedRequest = z.output<typeof postedSchema>;

/** What the form's script posted; undefined where no script of ours made it. */
export async function readPostedRequest(c: Context): Promise<PostedRequest | undefined> {
  const posted = postedSchema.safeParse(await c.req.json().catch(() => undefined));
  return posted.success ? posted.data : undefined;
}

/** The answer to what no script of ours made: 400. */
export function refuseShape(c: Context): Response {
  return c.json({ rule: 'request.shape' }, 400);
}

/** What is to be signed, with answers as the definition orders them; or what its reader is told, in the form, of answers and files. */
export function checkPostedRequest(
  definition: ProcedureDefinition,
  { answers: raw, attachments, warnings }: PostedRequest,
): { ok: true; answers: Answers } | { ok: false; errors: FieldError[] } {
  const { answers, ...checked } = checkAnswers(definition, raw);
  const errors = [
    ...(checked.ok ? [] : checked.errors),
    ...checkAttachments(definition, answers, attachments),
    ...warnings,
  ].map(({ field, message }) => (field === '' ? { message } : { field, message }));
  return checked.ok && errors.length === 0 ? { ok: true, answers } : { ok: false, errors };
}
