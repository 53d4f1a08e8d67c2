import { monthSchema, waitingSchema } from '@madoguchi/procedure';
import type { Sql } from '@madoguchi/store';
import { z } from 'zod';
import { type Known, sourceReader } from './source.js';

const count = z.number().int().min(0);
const label = z.string().max(100);
const statsSchema = z.object({
  at: z.iso.datetime({ offset: true }),
  certificates: z
    .array(
      z.object({
        profile: label,
        issued: count,
        renewed: count.default(0),
        valid: count,
        revoked: count,
        expired: count,
      }),
    )
    .max(20_000),
  /** For each month, prefecture and profile: issued, and the sum so far of that prefecture and profile. */
  history: z
    .array(
      z.object({
        month: z.string().regex(/^\d{4}-\d{2}$/),
        prefecture: label,
        profile: label,
        issued: count,
      }),
    )
    .max(20_000)
    .default([]),
  /** What is public about the real service. */
  publicHistory: z
    .array(
      z.object({ until: z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/), certificates: count, source: label }),
    )
    .max(200)
    .default([]),
  /** The cards that carry the certificates, as published. */
  publicCards: z
    .array(
      z.object({
        until: z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/),
        cards: count,
        counted: z.enum(['delivered', 'held']),
      }),
    )
    .max(200)
    .default([]),
  /** How busy the counters are; older authorities do not say. */
  counter: z
    .object({
      hiddenBelow: z.int().min(1).max(1000),
      waiting: count.nullable(),
      until: z.iso.datetime({ offset: true }),
      months: z.array(z.object({ month: monthSchema, minutes: waitingSchema })).max(600),
    })
    .optional(),
});

/** What the authority publishes as `/stats.json`, as far as the portal shows it. */
export type Stats = z.infer<typeof statsSchema>;

/** Reads the authority's `/stats.json`: asked at most every ten seconds, however many people look. */
export function statsReader(
  url: string | undefined,
  place: { fetch: typeof globalThis.fetch; clock: () => Date; sql: Sql | undefined },
): () => Promise<Known<Stats> | undefined> {
  const read = sourceReader<Stats>({
    ...place,
    keepMs: 10_000,
    read: (json) => statsSchema.safeParse(json).data,
  });
  return () => (url === undefined ? Promise.resolve(undefined) : read(url));
}
