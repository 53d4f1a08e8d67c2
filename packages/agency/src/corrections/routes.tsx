import { checkAnswers, type Relation } from '@madoguchi/procedure';
import { type Context, Hono } from 'hono';
import { fileAt, sendFile } from '../attachments/send-file.js';
import { formLimit } from '../forms/form-limit.js';
import { checkPostedRequest, readPostedRequest, refuseShape } from '../forms/posted-request.js';
import { readPress } from '../forms/press.js';
import { handOver, limitedRequests, signingPageHeaders } from '../forms/signing.js';
import { typedOf } from '../forms/typed.js';
import type { ReceptionOptions } from '../options.js';
import { readersCase } from '../receipts/access.js';
import { changedNames } from './asked.js';
import {
  findCorrection,
  findWithdrawal,
  newestSubmission,
  type Related,
  type RelatedFinder,
} from './related.js';
import { torisage } from './torisage.js';

/** Handles a request about the answer to an application that may be given now. */
type RelatedHandler = (c: Context, options: ReceptionOptions, related: Related) => Promise<Response>;

/**
 * 補正 and 取下げ by the applicant: `/applications/<receipt>/correction` and `…/withdrawal`. Who may look at the case may fill in the form;
 * what counts is the signature, which names the case and the digest of the very application that it corrects or withdraws.
 */
export function correctionRoutes(options: ReceptionOptions): Hono {
  const withdrawalForm = torisage(options.agency);
  const finders: Record<string, RelatedFinder> = {
    correction: findCorrection,
    withdrawal: (c) => findWithdrawal(c, options, withdrawalForm),
  };
  const app = new Hono();
  const limited = limitedRequests(options);
  for (const [place, find] of Object.entries(finders)) {
    const found = (handle: RelatedHandler) => async (c: Context) => {
      const related = await find(c, options);
      return related instanceof Response ? related : handle(c, options, related);
    };
    for (const headers of signingPageHeaders(options.agency)) app.use(`/:receipt/${place}/*`, headers);
    app.use(`/:receipt/${place}/*`, formLimit(512 * 1024));
    app.get(`/:receipt/${place}`, found(showRelated));
    app.post(`/:receipt/${place}`, found(pressRelated));
    app.post(`/:receipt/${place}/request`, limited, found(requestRelated));
  }
  app.get('/:receipt/correction/files/:index', (c) => sendEarlierFile(c, options));
  return app;
}

async function showRelated(c: Context, _options: ReceptionOptions, related: Related): Promise<Response> {
  return c.html(related.page({}));
}

/** Without a script: rows are added and taken out, and the answers checked. */
async function pressRelated(c: Context, { agency }: ReceptionOptions, related: Related): Promise<Response> {
  const { definition } = related.procedure;
  const posted = await c.req.parseBody({ all: true });
  const { values, typed, changed } = readPress(definition, posted, agency.postCodes);
  if (changed !== undefined) return c.html(related.page({ typed: changed }));
  const checked = checkAnswers(definition, values);
  if (checked.ok) return c.html(related.page({ typed, checked: true }));
  return c.html(related.page({ typed, errors: checked.errors }), 422);
}

/** What the agent is opened with: bound to the earlier application, and a correction says what it changes. */
async function requestRelated(c: Context, options: ReceptionOptions, related: Related): Promise<Response> {
  const { row, procedure, digest, kind, earlier } = related;
  const posted = await readPostedRequest(c);
  if (posted === undefined) return refuseShape(c);
  const { attachments } = posted;
  const checked = checkPostedRequest(procedure.definition, posted);
  if (!checked.ok)
    return c.html(related.page({ typed: typedOf(posted.answers), errors: checked.errors }), 422);
  const { answers } = checked;
  const changed = changedNames(earlier, { answers, attachments });
  const relation: Relation = {
    kind,
    receipt: row.receiptNumber,
    application: digest,
    ...(kind === 'corrects' ? { changed: changed.slice(0, 500) } : {}),
  };
  return handOver(c, options, procedure, { answers, attachments, relation });
}

/** What was sent before goes along again: the page fetches it for the reader. */
async function sendEarlierFile(c: Context, options: ReceptionOptions): Promise<Response> {
  const row = await readersCase(c, options);
  const submission = row?.state === 'correction' ? await newestSubmission(options, row) : undefined;
  const file = fileAt(submission?.attachments, c.req.param('index'));
  return file === undefined ? c.notFound() : sendFile(c, file);
}
