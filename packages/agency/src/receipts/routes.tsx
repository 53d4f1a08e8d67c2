import { type FieldError, readPreferences, sameOriginPosts } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { filesTold } from '../attachments/filed.js';
import { listActions } from '../cases/actions.js';
import { duplicatesOf } from '../cases/duplicates.js';
import { type CaseRow, findCase, findRefusal } from '../cases/queries.js';
import { askedCorrection } from '../corrections/asked.js';
import { texts as correctionTexts } from '../corrections/texts.js';
import { formLimit } from '../forms/form-limit.js';
import { pageLook } from '../forms/look.js';
import { limited } from '../limits/limit.js';
import { giveAddress, mailSection, mayGiveAddress } from '../mail/give.js';
import type { ReceptionOptions } from '../options.js';
import { partsProgress } from '../parts/case-parts.js';
import { findReply, hasReply } from '../replies/queries.js';
import { recordFetched } from '../replies/reply.js';
import { openCase } from '../requests/browser.js';
import { findRequest } from '../requests/queries.js';
import { signerCode } from '../signers/code.js';
import { asksSigners, readSigning } from '../signers/signing.js';
import { mandateFault, mandateOf } from '../signers/standing.js';
import { readersCase, receiptPattern } from './access.js';
import { inquiryNumber, isInquiryNumber } from './inquiry-number.js';
import { LookUpPage, ReceiptPage } from './page.js';
import { receiptPdf } from './pdf.js';
import { receiptText } from './receipt-text.js';

/**
 * The receipt and the later look-up. A receipt number alone opens nothing: either this is the browser that asked for the signature, or
 * the inquiry number was given within the last half hour.
 */
export function receiptRoutes(options: ReceptionOptions): Hono {
  const { db, agency, keys, procedures, clock } = options;
  const app = new Hono();
  app.use(formLimit(16 * 1024), sameOriginPosts({ origins: [agency.origin] }));

  const lookUp = (c: Context, receiptNumber: string, failed: boolean | 'tooOften') => (
    <LookUpPage
      look={{ ...pageLook(c, agency), path: `${agency.basePath}/applications` }}
      agency={agency}
      receiptNumber={receiptNumber}
      failed={failed}
    />
  );
  const open = (c: Context) => readersCase(c, options);
  const procedureOf = (row: CaseRow) =>
    procedures.find((procedure) => procedure.definition.id === row.procedureId);

  app.get('/', (c) => c.html(lookUp(c, '', false)));

  const tooMany = (c: Context) => c.html(lookUp(c, '', 'tooOften'), 429);
  app.post('/', limited('lookUps', options.limits, tooMany), async (c) => {
    const form = await c.req.parseBody();
    const typed = (name: string) => (typeof form[name] === 'string' ? form[name] : '');
    const receiptNumber = typed('receipt').normalize('NFKC').trim().slice(0, 40);
    const good =
      receiptPattern.test(receiptNumber) &&
      isInquiryNumber(keys.secret, agency.code, receiptNumber, typed('inquiry')) &&
      (await findCase(db.sql, agency.code, receiptNumber)) !== undefined;
    if (!good) return c.html(lookUp(c, receiptNumber, true), 422);
    openCase(c, agency, keys, receiptNumber, clock());
    return c.redirect(`${agency.basePath}/applications/${receiptNumber}`, 303);
  });

  async function receiptPage(c: Context, row: CaseRow, typed = '', errors: readonly FieldError[] = []) {
    const request = await findRequest(db.sql, agency.code, row.jti);
    const relation = request?.relation;
    const actions = await listActions(db.sql, agency.code, row.receiptNumber);
    const waits = row.state === 'arrived' && (request?.attachments ?? []).length > 0;
    const signs = relation?.kind === 'cosigns' ? relation.receipt : undefined;
    const signing =
      signs === undefined && (await asksSigners(db.sql, agency.code, row.receiptNumber))
        ? await readSigning(db.sql, agency.code, row.receiptNumber)
        : undefined;
    const unmandated = mandateFault(
      signing && (await mandateOf(db.sql, agency.code, row.receiptNumber, clock(), signing)),
      'receive',
    );
    const mayTell = mayGiveAddress(options, row) && row.joins === null && signs === undefined;
    return (
      <ReceiptPage
        signs={signs}
        signing={signing}
        parts={await partsProgress(db.sql, agency.code, row.receiptNumber)}
        codeOf={(signer) =>
          signerCode(keys.secret, agency.code, {
            receipt: row.receiptNumber,
            signer,
            digest: signing?.digest ?? '',
          })
        }
        look={{ ...pageLook(c, agency), path: `${agency.basePath}/applications/${row.receiptNumber}` }}
        errors={errors}
        actions={actions}
        duplicates={await duplicatesOf(db.sql, agency.code, row.receiptNumber, agency.duplicateDays)}
        files={waits ? undefined : await filesTold(db.sql, agency.code, row.receiptNumber, actions)}
        mail={
          mayTell
            ? await mailSection(
                options,
                { receiptNumber: row.receiptNumber, signer: '' },
                { address: `${agency.basePath}/applications/${row.receiptNumber}`, typed },
              )
            : null
        }
        agency={agency}
        row={row}
        procedure={procedureOf(row)}
        inquiryNumber={inquiryNumber(keys.secret, agency.code, row.receiptNumber)}
        asked={
          row.state === 'correction'
            ? await askedCorrection(db.sql, agency.code, row.receiptNumber)
            : undefined
        }
        replied={await hasReply(db.sql, agency.code, row.receiptNumber)}
        withheld={unmandated && correctionTexts[unmandated]}
        refusal={
          row.state === 'refused' ? await findRefusal(db.sql, agency.code, row.receiptNumber) : undefined
        }
      />
    );
  }

  app.get('/:receipt', async (c) => {
    const row = await open(c);
    return row
      ? c.html(await receiptPage(c, row))
      : c.html(lookUp(c, c.req.param('receipt').slice(0, 40), false), 403);
  });

  // The address for notices is asked for here, after arrival.
  app.post('/:receipt/mail', async (c) => {
    const row = await open(c);
    if (!row) return c.html(lookUp(c, c.req.param('receipt').slice(0, 40), false), 403);
    if (!mayGiveAddress(options, row)) return c.notFound();
    const { receiptNumber } = row;
    const wrong = await giveAddress(c, options, { receiptNumber, signer: '' });
    if (wrong !== undefined) return c.html(await receiptPage(c, row, wrong.typed, wrong.errors), 422);
    return c.redirect(`${agency.basePath}/applications/${receiptNumber}#notices`, 303);
  });

  app.get('/:receipt/receipt.pdf', async (c) => {
    const row = await open(c);
    if (!row) return c.html(lookUp(c, c.req.param('receipt').slice(0, 40), false), 403);
    const pdf = receiptPdf(
      receiptText(agency, row, procedureOf(row), readPreferences(c).register),
      row.arrivedAt,
    );
    return c.body(Uint8Array.from(pdf), 200, {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${row.receiptNumber}.pdf"`,
    });
  });

  for (const kind of ['pdf', 'xml'] as const)
    app.get(`/:receipt/notice.${kind}`, async (c) => {
      const row = await open(c);
      if (!row) return c.html(lookUp(c, c.req.param('receipt').slice(0, 40), false), 403);
      const reply = await findReply(db.sql, agency.code, row.receiptNumber);
      if (reply === undefined) return c.notFound();
      const mandate = await mandateOf(db.sql, agency.code, row.receiptNumber, clock());
      // The page says why.
      if (mandateFault(mandate, 'receive') !== undefined) return c.html(await receiptPage(c, row), 403);
      await recordFetched(db.sql, agency.code, row.receiptNumber, clock());
      return c.body(Uint8Array.from(reply[kind]), 200, {
        'content-type': kind === 'pdf' ? 'application/pdf' : 'application/xml',
        'content-disposition': `attachment; filename="${row.receiptNumber}-notice.${kind}"`,
      });
    });

  app.get('/:receipt/receipt.jws', async (c) => {
    const row = await open(c);
    if (!row) return c.html(lookUp(c, c.req.param('receipt').slice(0, 40), false), 403);
    return c.body(row.receiptJws, 200, {
      'content-type': 'application/jose',
      'content-disposition': `attachment; filename="${row.receiptNumber}.jws"`,
    });
  });
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
