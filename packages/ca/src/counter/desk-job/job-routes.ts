import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import type { Ca } from '../../ca.js';
import { CaError } from '../../error.js';
import { certificateFor, changedFor, confirmedFor, endJob, wordOf } from './card-acts.js';
import { takeJob } from './job.js';
import { jobRefused } from './refusals.js';

type Said = Readonly<Record<string, unknown>>;

/** Larger than any card act. */
const largest = 64 * 1024;

/**
 * The card acts that the agent on a clerk's machine asks for, each a POST of JSON (octets in base64): `/take` {ticket, run, cards} → {nonce, order};
 * `/word` {run, pin, challenge, candidate} → {word}; `/certificate` {run, key, request, proof} → {certificate, issuer}; `/confirm` {run, cms} →
 * {activation}; `/changed` {run, cms}; `/end` {run, ok, rule?}. There are no others. The ticket stands in the signed job, `run` is the agent's
 * own secret; browsers have no business here. A refusal tells its rule.
 */
export function jobRoutes(ca: Ca): Hono {
  const app = new Hono();
  const ctx = ca.context;
  app.use(
    bodyLimit({
      maxSize: largest,
      onError: () => {
        throw new HTTPException(413);
      },
    }),
  );
  app.use(async (c, next) => {
    c.header('Cache-Control', 'no-store');
    if (c.req.header('origin') !== undefined || c.req.header('sec-fetch-site') !== undefined)
      return c.json({ rule: 'job.form' }, 403);
    return next();
  });
  const step = (name: string, work: (said: Said) => Promise<Said>) =>
    app.post(`/${name}`, async (c) => {
      try {
        return c.json(await work(await said(c)));
      } catch (error) {
        if (!(error instanceof CaError) || error.exitCode === 70) throw error;
        return c.json({ rule: error.rule }, error.exitCode === 77 ? 403 : 422);
      }
    });

  step('take', async (of) => {
    const { nonce, order } = await takeJob(ca, {
      ticket: text(of.ticket),
      run: text(of.run),
      cards: cardsOf(of.cards),
    });
    return { nonce: base64(nonce), order };
  });
  step('word', async (of) => {
    const pin = oneOf(of.pin, ['signature', 'authentication', 'text'] as const);
    const candidate = Number.isInteger(of.candidate) ? Number(of.candidate) : -1;
    const word = await wordOf(ctx, text(of.run), { pin, challenge: octets(of.challenge), candidate });
    return { word: base64(word) };
  });
  step('certificate', async (of) => {
    const key = oneOf(of.key, ['signature', 'authentication'] as const);
    const what = { key, request: octets(of.request), proof: octets(of.proof) };
    const { certificate, issuer } = await certificateFor(ctx, text(of.run), what);
    return { certificate: base64(certificate), issuer: base64(issuer) };
  });
  step('confirm', async (of) => ({
    activation: base64(await confirmedFor(ctx, text(of.run), octets(of.cms))),
  }));
  step('changed', async (of) => {
    await changedFor(ctx, text(of.run), octets(of.cms));
    return {};
  });
  step('end', async (of) => {
    await endJob(ca, text(of.run), of.ok === true ? { ok: true } : { ok: false, rule: text(of.rule) });
    return {};
  });
  return app;
}

async function said(c: Context): Promise<Said> {
  if (c.req.header('content-type')?.split(';')[0] !== 'application/json') throw jobRefused('job.form');
  try {
    const value: unknown = JSON.parse(await c.req.text());
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch (error) {
    if (error instanceof HTTPException) throw error;
  }
  throw jobRefused('job.form');
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const text = (value: unknown) => (typeof value === 'string' ? value : '');

function octets(value: unknown): Uint8Array {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.alloc(0);
  if (bytes.length === 0) throw jobRefused('job.form');
  return bytes;
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw jobRefused('job.form');
  return found;
}

/** At most sixteen readers: an authentication certificate each, or null. */
function cardsOf(value: unknown): (Uint8Array | undefined)[] {
  if (!Array.isArray(value) || value.length > 16) throw jobRefused('job.form');
  return value.map((one: unknown) => (one === null ? undefined : octets(one)));
}
