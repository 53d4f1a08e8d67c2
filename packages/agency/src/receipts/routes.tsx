import { readPreferences, sameOriginPosts, words } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { type CaseRow, findCase } from '../cases/queries.js';
import { texts as correctionTexts } from '../corrections/texts.js';
import { formLimit } from '../forms/form-limit.js';
import { pageLook } from '../forms/look.js';
import { limited } from '../limits/limit.js';
import { giveAddress, mayGiveAddress } from '../mail/give.js';
import type { ReceptionOptions } from '../options.js';
import { findReply } from '../replies/queries.js';
import { recordFetched } from '../replies/reply.js';
import { openCase } from '../requests/browser.js';
import { mandateFault, mandateOf } from '../signers/standing.js';
import { readersCase, receiptPattern } from './access.js';
import { applicationPdf } from './application-pdf.js';
import { deadlineCalendar } from './deadline-calendar.js';
import { isInquiryNumber } from './inquiry-number.js';
import { LookUpPage } from './look-up-page.js';
import { receiptPdf } from './pdf.js';
import { procedureOf, showReceipt } from './receipt-shown.js';
import { receiptText } from './receipt-text.js';

/** Handles a request of somebody who was found to be a reader of the case. */
type ReaderHandler = (c: Context, options: ReceptionOptions, row: CaseRow) => Promise<Response>;

/**
 * The receipt and the later look-up. A receipt number alone opens nothing: either this is the browser that asked for the signature, or
 * the inquiry number was given within the last half hour.
 */
export function receiptRoutes(options: ReceptionOptions): Hono {
  const app = new Hono();
  const reader = (handle: ReaderHandler) => async (c: Context) => {
    const row = await readersCase(c, options);
    if (row !== undefined) return handle(c, options, row);
    return askNumbers(c, options, { receipt: (c.req.param('receipt') ?? '').slice(0, 40), status: 403 });
  };
  const guarded = limited('lookUps', options.limits, (c) =>
    askNumbers(c, options, { failed: 'tooOften', status: 429 }),
  );
  app.use(formLimit(16 * 1024), sameOriginPosts({ origins: [options.agency.origin] }));
  app.get('/', (c) => askNumbers(c, options, {}));
  app.post('/', guarded, (c) => lookUp(c, options));
  app.get('/:receipt', reader(showReceipt));
  app.post('/:receipt/mail', reader(giveMail));
  app.get('/:receipt/receipt.pdf', reader(sendReceiptPdf));
  app.get('/:receipt/application.pdf', reader(sendApplicationPdf));
  app.get('/:receipt/receipt.jws', reader(sendReceiptJws));
  app.get('/:receipt/deadline.ics', reader(sendDeadline));
  for (const kind of ['pdf', 'xml'] as const)
    app.get(
      `/:receipt/notice.${kind}`,
      reader((c, _, row) => sendNotice(c, options, row, kind)),
    );
  return app;
}

/** Where the agent sends the browser after a receipt: `GET /receipt?receipt=…&jti=…`. No secret is in the address. */
export function returnRoute(options: ReceptionOptions): Hono {
  const app = new Hono();
  app.get('/', (c) => {
    const receipt = c.req.query('receipt') ?? '';
    const { basePath } = options.agency;
    return c.redirect(
      receiptPattern.test(receipt) ? `${basePath}/applications/${receipt}` : `${basePath}/applications`,
      303,
    );
  });
  return app;
}

function askNumbers(
  c: Context,
  { agency }: ReceptionOptions,
  shown: { receipt?: string; failed?: true | 'tooOften' | 'empty'; status?: 403 | 422 | 429 },
): Response | Promise<Response> {
  const page = (
    <LookUpPage
      look={{ ...pageLook(c, agency), path: `${agency.basePath}/applications` }}
      agency={agency}
      receiptNumber={shown.receipt ?? ''}
      failed={shown.failed ?? false}
    />
  );
  return c.html(page, shown.status ?? 200);
}

/** Opens the case to this browser, where both numbers are right. Which of them was wrong is not said. */
async function lookUp(c: Context, options: ReceptionOptions): Promise<Response> {
  const { db, agency, keys, clock } = options;
  const form = await c.req.parseBody();
  const typed = (name: string) => (typeof form[name] === 'string' ? form[name] : '');
  const receipt = typed('receipt').normalize('NFKC').trim().slice(0, 40);
  if (receipt === '' || typed('inquiry').trim() === '')
    return askNumbers(c, options, { receipt, failed: 'empty', status: 422 });
  const good =
    receiptPattern.test(receipt) &&
    isInquiryNumber(keys.secret, agency.code, receipt, typed('inquiry')) &&
    (await findCase(db.sql, agency.code, receipt)) !== undefined;
  if (!good) return askNumbers(c, options, { receipt, failed: true, status: 422 });
  openCase(c, agency, keys, receipt, clock());
  return c.redirect(`${agency.basePath}/applications/${receipt}`, 303);
}

/** The address for notices is asked for here, after arrival. */
async function giveMail(c: Context, options: ReceptionOptions, row: CaseRow): Promise<Response> {
  if (!mayGiveAddress(options, row)) return c.notFound();
  const { receiptNumber } = row;
  const wrong = await giveAddress(c, options, { receiptNumber, signer: '' });
  if (wrong !== undefined)
    return showReceipt(c, options, row, { mail: wrong.typed, errors: wrong.errors, status: 422 });
  return c.redirect(`${options.agency.basePath}/applications/${receiptNumber}#notices`, 303);
}

async function sendReceiptPdf(c: Context, options: ReceptionOptions, row: CaseRow): Promise<Response> {
  const text = receiptText(options.agency, row, procedureOf(options, row), readPreferences(c).register);
  return c.body(Uint8Array.from(receiptPdf(text, row.arrivedAt)), 200, {
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="${row.receiptNumber}.pdf"`,
  });
}

async function sendApplicationPdf(
  c: Context,
  { db, agency }: ReceptionOptions,
  row: CaseRow,
): Promise<Response> {
  const pdf = await applicationPdf(db.sql, agency, row, readPreferences(c).register);
  if (pdf === undefined) return c.notFound();
  return c.body(Uint8Array.from(pdf), 200, {
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="${row.receiptNumber}-application.pdf"`,
  });
}

async function sendReceiptJws(c: Context, _options: ReceptionOptions, row: CaseRow): Promise<Response> {
  return c.body(row.receiptJws, 200, {
    'content-type': 'application/jose',
    'content-disposition': `attachment; filename="${row.receiptNumber}.jws"`,
  });
}

/** Until when to correct it, for the reader's own calendar. */
async function sendDeadline(c: Context, options: ReceptionOptions, row: CaseRow): Promise<Response> {
  const { agency, clock } = options;
  const { receiptNumber, correctBy: day } = row;
  if (row.state !== 'correction' || day === null) return c.notFound();
  const title = words(correctionTexts.deadline, readPreferences(c).register);
  const url = `${agency.origin}${agency.basePath}/applications/${receiptNumber}`;
  return c.body(deadlineCalendar({ day, receiptNumber, title, url }, clock()), 200, {
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': `attachment; filename="${receiptNumber}.ics"`,
  });
}

/** The office's answer. That its applicant has it is kept: days count from there. */
async function sendNotice(
  c: Context,
  options: ReceptionOptions,
  row: CaseRow,
  kind: 'pdf' | 'xml',
): Promise<Response> {
  const { db, agency, clock } = options;
  const reply = await findReply(db.sql, agency.code, row.receiptNumber);
  if (reply === undefined) return c.notFound();
  const mandate = await mandateOf(db.sql, agency.code, row.receiptNumber, clock());
  // The page says why.
  if (mandateFault(mandate, 'receive') !== undefined) return showReceipt(c, options, row, { status: 403 });
  await recordFetched(db.sql, agency.code, row.receiptNumber, clock());
  return c.body(Uint8Array.from(reply[kind]), 200, {
    'content-type': kind === 'pdf' ? 'application/pdf' : 'application/xml',
    'content-disposition': `attachment; filename="${row.receiptNumber}-notice.${kind}"`,
  });
}
