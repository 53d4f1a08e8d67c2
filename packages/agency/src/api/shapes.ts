import { z } from 'zod';
import type { CaseState } from '../cases/state.js';

const time = z.iso.datetime();
const day = z.iso.date();
const light = z.enum(['good', 'check', 'bad', 'pending']);
const states = [
  ...(['arrived', 'opened', 'cosigning', 'verified', 'tryLater', 'refused'] as const),
  ...(['accepted', 'correction', 'rejected', 'withdrawn', 'duplicate', 'joined'] as const),
] satisfies CaseState[];
const state = z.enum(states);

export const listed = z.strictObject({
  receiptNumber: z.string(),
  procedure: z.string().nullable(),
  arrivedAt: time,
  state,
  deadline: day.nullable(),
  assignedTo: z.string().nullable(),
  /** The applicant’s number in the resident record, once the application was accepted and it was settled who that is. */
  resident: z.string().nullable(),
  /** When a core system acknowledged it. */
  handedOverAt: time.nullable(),
});

export const list = z.strictObject({
  applications: z.array(listed),
  /** To be given as `after` for what follows; null at the end. */
  next: z.string().nullable(),
});

export const detailed = listed.extend({
  procedureVersion: z.string(),
  definitionDigest: z.string(),
  applicant: z.strictObject({
    name: z.string(),
    address: z.string(),
    birthDate: z.string(),
    sex: z.enum(['male', 'female', 'other', 'unknown']),
  }),
  /** By field id of the definition, as signed. */
  answers: z.record(z.string(), z.string()),
  attachments: z.array(
    z.strictObject({ name: z.string(), size: z.int(), sha256: z.string(), rule: z.string().nullable() }),
  ),
  /** Receipt numbers of other applications of the same person for the same procedure with the same answers, the oldest first. */
  duplicates: z.array(z.string()),
  /** While its examination waits for something outside: since when, and until which day if one is set; the days do not count. */
  pause: z.strictObject({ since: time, until: day.nullable() }).nullable(),
  /** In whose favour this one was ended as a duplicate. */
  duplicateOf: z.string().nullable(),
  /** Receipt numbers of the submissions, the first one first; what is shown is the newest. */
  submissions: z.array(z.string()),
  /** Who must sign with the applicant, in the order of the definition; empty where nobody must. */
  signers: z.array(
    z.strictObject({
      signer: z.string(),
      name: z.string(),
      state: z.enum(['waiting', 'signed', 'declined']),
      /** Under which number the signature arrived; its container is fetched by it. */
      receiptNumber: z.string().nullable(),
    }),
  ),
  /** Of a one-stop application: its parts, in the order of the definition. */
  parts: z.array(
    z.strictObject({
      part: z.string(),
      office: z.string(),
      state: z.enum(['blocked', 'waiting', 'correction', 'accepted', 'rejected', 'ended']),
      at: time.nullable(),
      deadline: day.nullable(),
    }),
  ),
  lights: z.strictObject({ signature: light, identity: light, validity: light }).nullable(),
  actions: z.array(z.strictObject({ at: time, kind: z.string() })),
});

export const problem = z.strictObject({ rule: z.string(), what: z.string() });

/** What a core system asks for: of one procedure, at most so many. */
export const batchWanted = z.strictObject({
  procedure: z.string().max(100).optional(),
  limit: z.int().min(1).max(500).optional(),
});

export const batch = z.strictObject({
  batch: z.string(),
  procedure: z.string().nullable(),
  madeAt: time,
  /** When its last application was acknowledged. */
  acknowledgedAt: time.nullable(),
  items: z.array(
    z.strictObject({
      receiptNumber: z.string(),
      state: z.enum(['open', 'taken', 'failed']),
      reason: z.string().nullable(),
    }),
  ),
});

export const batchApplications = z.strictObject({ applications: z.array(detailed) });

export const acknowledgement = z.strictObject({
  taken: z.array(z.string().max(40)).max(500).default([]),
  failed: z
    .array(z.strictObject({ receiptNumber: z.string().max(40), reason: z.string().min(1).max(200) }))
    .max(500)
    .default([]),
});
