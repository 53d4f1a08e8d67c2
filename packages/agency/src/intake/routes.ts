import { IncomingMessage } from 'node:http';
import { readEnvelopeRecipients } from '@madoguchi/pki';
import { explainRule } from '@madoguchi/procedure';
import { clientAddress, defectOf } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { limited } from '../limits/limit.js';
import { signerGate } from '../limits/signers.js';
import type { ReceptionOptions } from '../options.js';
import { checkTicket } from '../requests/ticket.js';
import { readBody } from './body.js';
import { takeInTogether } from './take-in-together.js';

const defaultLimit = 64 * 1024 * 1024;

const statuses = {
  'intake.ticket': 401,
  'intake.type': 415,
  'intake.size': 413,
  'intake.tooMany': 429,
  'intake.rate': 429,
  'intake.signerRate': 429,
  'intake.unavailable': 503,
} as const;
type IntakeRule = keyof typeof statuses;

/**
 * `POST /intake`: an envelope in, the signed receipt out (201). The ticket is checked before the body is read; what is no
 * readable envelope is turned away. A refusal is JSON: `{rule, what, next}`, and says that nothing was taken in.
 */
export function intakeRoutes(options: ReceptionOptions): Hono {
  const { agency, keys, clock, log } = options;
  const app = new Hono();
  const takeIn = takeInTogether(options);
  const hasToWait = signerGate(options);
  // As with addresses: this machine itself is not made to wait, unless the operator has set how many.
  const isLimited = (c: Context) =>
    options.limits?.signer !== undefined || clientAddress(c, options.limits?.proxies ?? 0) !== undefined;
  app.post(
    '/',
    limited('intake', options.limits, (c) => turnAway(c, 'intake.rate')),
    async (c) => {
      const ticket = /^Ticket ([A-Za-z0-9._-]{1,500})$/.exec(c.req.header('authorization') ?? '')?.[1];
      const known = ticket && checkTicket(keys.secret, agency.code, ticket, clock());
      if (!known) return turnAway(c, 'intake.ticket');
      if (!isEnvelopeType(c.req.header('content-type') ?? '')) return turnAway(c, 'intake.type');
      const limit = options.maxEnvelope ?? defaultLimit;
      const most = known.largest === 0 ? limit : Math.min(limit, known.largest);
      const body = await readBody(c.req.raw, most, incomingOf(c));
      if (!body.ok) return turnAway(c, body.rule);
      try {
        return await arrive(c, known.jti, body.bytes);
      } finally {
        body.release();
      }
    },
  );

  async function arrive(c: Context, jti: string, envelope: Uint8Array) {
    if (!readEnvelopeRecipients(envelope).ok) return turnAway(c, 'intake.type');
    let taken: Awaited<ReturnType<typeof takeIn>>;
    try {
      const wait = isLimited(c) ? await hasToWait(jti, envelope) : undefined;
      if (wait !== undefined) {
        log?.('intake.signerRate', { wait });
        c.header('retry-after', String(wait));
        return turnAway(c, 'intake.signerRate');
      }
      taken = await takeIn(jti, envelope);
    } catch (error) {
      // Before the commit nothing has arrived: the sender keeps its envelope and sends it again.
      log?.('intake.failed', { error: defectOf(error).error });
      return turnAway(c, 'intake.unavailable');
    }
    if (!taken.ok) return turnAway(c, taken.rule);
    log?.('intake.arrived', { receipt: taken.receiptNumber, again: String(taken.again) });
    return c.body(taken.receiptJws, 201, { 'content-type': 'application/jose' });
  }
  return app;
}

/** Where a server of node:http took the request; nothing has read of it yet. */
function incomingOf(c: Context): IncomingMessage | undefined {
  const { incoming } = (c.env ?? {}) as { incoming?: unknown };
  return incoming instanceof IncomingMessage && !incoming.readableDidRead ? incoming : undefined;
}

function isEnvelopeType(type: string): boolean {
  const [media = '', ...parameters] = type
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  return (
    media === 'application/pkcs7-mime' &&
    parameters.some((part) => /^smime-type="?authenveloped-data"?$/.test(part))
  );
}

function turnAway(c: Context, rule: IntakeRule) {
  const retry = rule === 'intake.unavailable' ? { 'retry-after': '10' } : {};
  return c.json({ rule, ...explainRule(rule) }, statuses[rule], retry);
}
