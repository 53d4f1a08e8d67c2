import { type Context, type Handler, Hono } from 'hono';
import { attachmentInspector } from '../attachments/inspected.js';
import type { CaseRow } from '../cases/queries.js';
import { assignCase, closeAsDuplicate, matchPerson, pauseOrResume, recheckCase } from './case-acts.js';
import { sendApplication, sendAttachment, sendBundle, sendNotice, sendTrail } from './case-files.js';
import { type CasePlace, showCase } from './case-shown.js';
import { decideCase, previewNotice } from './decision-posted.js';
import { caseFor, type DeskPlace, type Env } from './place.js';
import type { Act } from './roles.js';

/** Handles a request about one case, which the officer was already found to be allowed. */
type CaseHandler = (c: Context<Env>, place: CasePlace, row: CaseRow) => Promise<Response>;

/** One application: looked at, worked on, decided. Each act is allowed by a role that reaches over its procedure. */
export function caseRoutes(desk: DeskPlace): Hono<Env> {
  const place: CasePlace = { ...desk, inspect: attachmentInspector(desk.scan) };
  const app = new Hono<Env>();
  const who =
    (act: Act, handle: CaseHandler): Handler<Env> =>
    async (c) => {
      const row = await caseFor(c, place, act);
      return row instanceof Response ? row : handle(c, place, row);
    };
  app.get('/:receipt', who('view', showCase));
  app.get('/:receipt/attachments/:index', who('view', sendAttachment));
  app.get('/:receipt/application.pdf', who('view', sendApplication));
  app.get('/:receipt/notice.pdf', who('view', sendNotice));
  app.post('/:receipt/assign', who('assign', assignCase));
  app.post('/:receipt/pause', who('correct', pauseOrResume));
  app.post('/:receipt/recheck', who('recheck', recheckCase));
  app.post('/:receipt/match', who('match', matchPerson));
  app.post('/:receipt/preview', who('propose', previewNotice));
  // Which act it is, and so which role it needs, only the form says.
  app.post('/:receipt/decision', who('view', decideCase));
  app.post('/:receipt/duplicate', who('decide', closeAsDuplicate));
  app.post('/:receipt/bundle', who('evidence', sendBundle));
  app.post('/:receipt/evidence', who('evidence', sendTrail));
  return app;
}
