import { z } from 'zod';
import type { Answers } from './answers.js';
import { attachmentKey, attachmentName, type ClaimedAttachment, claimedAttachment } from './attachments.js';
import { canonicalBytes, isCanonical } from './canonical.js';
import type { ProcedureDefinition } from './definition/definition.js';
import type { Json } from './json.js';
import type { Parsed } from './parsed.js';

/** The 基本4情報 exactly as the signature certificate holds them. */
export interface ApplicantIdentity {
  name: string;
  nameSubstitution: string;
  address: string;
  addressSubstitution: string;
  /** YYYY-MM-DD, unknown parts 00. */
  birthDate: string;
  sex: 'male' | 'female' | 'other' | 'unknown';
}

/** An attachment as the application names it. */
export interface ApplicationAttachment extends ClaimedAttachment {
  /** Media type as the browser named it; for display only. */
  mime?: string | undefined;
}

/**
 * What an application does to an earlier one: bound to its very bytes, so that nothing else can be meant. Who cosigns signs a document of
 * the same answers and files, and the earlier bytes with it (see cosigned.ts).
 */
export interface Relation {
  kind: 'corrects' | 'cosigns' | 'withdraws';
  /** Receipt number (到達番号) of the earlier one. */
  receipt: string;
  /** SHA-256 of the earlier `application.json`, hexadecimal. */
  application: string;
  /** Of a correction: the names of the answers and the attachment rules that changed. */
  changed?: string[] | undefined;
  /** Of a co-signature: for which of the signers that the definition asks for; with a group's person, the row stands behind a dot (`coOwner.0`). */
  signer?: string | undefined;
}

export const relationSchema = z.strictObject({
  kind: z.enum(['corrects', 'cosigns', 'withdraws']),
  receipt: z.string().min(1).max(64),
  application: z.string().regex(/^[0-9a-f]{64}$/),
  changed: z.array(z.string().max(140)).max(500).optional(),
  signer: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,62}(\.[0-9]{1,2})?$/)
    .optional(),
}) satisfies z.ZodType<Relation>;

/** Name of an answer → its signed form. */
export const answersSchema = z.record(z.string().max(140), z.string().max(10_000));

/** `application.json`: what the citizen saw and signed. All values are strings; text is not normalised. */
export interface Application {
  type: 'madoguchi-application/1';
  procedure: { id: string; version: string; digest: string };
  agency: { code: string; name: string };
  applicant: ApplicantIdentity;
  answers: Answers;
  attachments: ApplicationAttachment[];
  relation?: Relation | undefined;
  /** `jti` of the signing request. */
  nonce: string;
  /** ISO 8601, UTC, whole seconds. */
  requestedAt: string;
  signedAt: string;
  /** base64url of SHA-256 over the authentication certificate's SPKI: links the case to a later login. */
  authenticationKey?: string | undefined;
}

const time = z.string().regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/);
const applicationSchema = z.strictObject({
  type: z.literal('madoguchi-application/1'),
  procedure: z.strictObject({
    id: z.string().max(64),
    version: z.string().max(20),
    digest: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  agency: z.strictObject({ code: z.string().max(64), name: z.string().max(200) }),
  applicant: z.strictObject({
    name: z.string().max(1000),
    nameSubstitution: z.string().max(1000),
    address: z.string().max(2000),
    addressSubstitution: z.string().max(2000),
    birthDate: z.string().regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/),
    sex: z.enum(['male', 'female', 'other', 'unknown']),
  }),
  answers: answersSchema,
  attachments: z.array(claimedAttachment.extend({ mime: z.string().max(200).optional() })).max(100),
  relation: relationSchema.optional(),
  nonce: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  requestedAt: time,
  signedAt: time,
  authenticationKey: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .optional(),
}) satisfies z.ZodType<Application>;

/** The part of a verified signing request that an application repeats. */
export interface RequestForApplication {
  jti: string;
  /** Seconds since 1970. */
  iat: number;
  procedure: { id: string; version: string; digest: string };
  relation?: Relation | undefined;
}

/** Builds the canonical bytes of `application.json`. Throws a TypeError on text without a UTF-8 form (misuse). */
export function buildApplication(input: {
  definition: ProcedureDefinition;
  digest: string;
  request: RequestForApplication;
  agency: { code: string; name: string };
  identity: ApplicantIdentity;
  answers: Answers;
  attachments: ApplicationAttachment[];
  signedAt: Date;
  authenticationKey?: string | undefined;
}): Uint8Array {
  const { identity } = input;
  const application: Application = {
    type: 'madoguchi-application/1',
    procedure: { id: input.definition.id, version: input.definition.version, digest: input.digest },
    agency: { code: input.agency.code, name: input.agency.name },
    applicant: {
      name: identity.name,
      nameSubstitution: identity.nameSubstitution,
      address: identity.address,
      addressSubstitution: identity.addressSubstitution,
      birthDate: identity.birthDate,
      sex: identity.sex,
    },
    answers: input.answers,
    attachments: input.attachments.map(({ name, size, sha256, rule, mime }) => ({
      name,
      size,
      sha256,
      ...(rule === undefined ? {} : { rule }),
      ...(mime === undefined ? {} : { mime }),
    })),
    ...(input.request.relation === undefined ? {} : { relation: plainRelation(input.request.relation) }),
    nonce: input.request.jti,
    requestedAt: isoSeconds(new Date(input.request.iat * 1000)),
    signedAt: isoSeconds(input.signedAt),
    ...(input.authenticationKey === undefined ? {} : { authenticationKey: input.authenticationKey }),
  };
  return canonicalBytes(application as unknown as Json);
}

/**
 * Reads `application.json`. Refuses bytes that are not canonical (RFC 8785), unknown members, attachment names that could not
 * be file names, and names that stand twice. Rules: those of the JSON reader, `application.shape`, `application.attachmentName`.
 */
export function parseApplication(bytes: Uint8Array): Parsed<Application> {
  if (bytes.length > 4 * 1024 * 1024) return { ok: false, rule: 'json.tooLong', offset: 0 };
  const json = isCanonical(bytes);
  if (!json.ok) return json;
  const checked = applicationSchema.safeParse(json.value);
  if (!checked.success) return { ok: false, rule: 'application.shape', offset: 0 };
  const names = new Set<string>();
  for (const { name } of checked.data.attachments) {
    if (attachmentName(name) !== undefined || names.has(attachmentKey(name)))
      return { ok: false, rule: 'application.attachmentName', offset: 0 };
    names.add(attachmentKey(name));
  }
  return { ok: true, value: checked.data };
}

function plainRelation({ kind, receipt, application, changed, signer }: Relation): Relation {
  return {
    ...{ kind, receipt, application },
    ...(changed === undefined ? {} : { changed }),
    ...(signer === undefined ? {} : { signer }),
  };
}

export function isoSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
