import { z } from 'zod';

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
});

/** What the authority publishes as `/stats.json`, as far as the portal shows it. */
export type Stats = z.infer<typeof statsSchema>;

const waitMs = 2_000;
const keepMs = 10_000;
const maxBytes = 4 * 1024 * 1024;

/** Reads `/stats.json`; undefined when it is not there, late, too long, or not of that shape. */
async function fetchStats(url: string, fetch: typeof globalThis.fetch): Promise<Stats | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(waitMs), redirect: 'error' });
    if (!answer.ok || answer.body === null) return undefined;
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > maxBytes) return undefined;
      chunks.push(chunk);
    }
    const read = statsSchema.safeParse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** Asks the authority at most every ten seconds, however many people look. */
export function statsReader(
  url: string | undefined,
  fetch: typeof globalThis.fetch,
  clock: () => Date,
): () => Promise<Stats | undefined> {
  let last: { at: number; stats: Promise<Stats | undefined> } | undefined;
  return () => {
    if (url === undefined) return Promise.resolve(undefined);
    const now = clock().getTime();
    if (last === undefined || Math.abs(now - last.at) > keepMs)
      last = { at: now, stats: fetchStats(url, fetch) };
    return last.stats;
  };
}
