import {
  type Application,
  checkAnswers,
  checkAttachments,
  type ProcedureDefinition,
  type Relation,
  readSubmission,
  type Submission,
  sha256Hex,
} from '@madoguchi/procedure';
import type { FieldError } from '@madoguchi/ui';
import { japaneseDay } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import type { CaseRow } from '../cases/queries.js';
import { undecided } from '../cases/state.js';
import { readSubmissionOf, submissionsOf } from '../cases/submissions.js';
import { formLimit } from '../forms/form-limit.js';
import { readGo } from '../forms/go.js';
import { island } from '../forms/island.js';
import { pageLook } from '../forms/look.js';
import { fillAddress } from '../forms/post-code.js';
import { handOver, postedSchema, signingPageHeaders } from '../forms/signing.js';
import { addRow, dropRow, readTyped, type Typed, typedOf } from '../forms/typed.js';
import type { LoadedProcedure, ReceptionOptions } from '../options.js';
import { readersCase } from '../receipts/access.js';
import { mandateFault, mandateOf } from '../signers/standing.js';
import { askedCorrection, changedNames } from './asked.js';
import { CorrectionPage, NotNowPage, WithdrawalPage } from './page.js';
import type { texts } from './texts.js';
import { torisage } from './torisage.js';

/** What a reader sees of a page that this module draws. */
interface Shown {
  typed?: Typed;
  errors?: FieldError[];
  checked?: boolean;
}

/** A form that answers an earlier application: whose, with what, and how it is drawn. */
interface Related {
  row: CaseRow;
  procedure: LoadedProcedure;
  kind: Relation['kind'];
  /** What the answer is bound to. */
  digest: string;
  earlier: Pick<Application, 'answers' | 'attachments'>;
  page(shown: Shown): ReturnType<typeof CorrectionPage>;
}

/**
 * 補正 and 取下げ by the applicant: `/applications/<receipt>/correction` and `…/withdrawal`. Who may look at the case may fill in the form;
 * what counts is the signature, which names the case and the digest of the very application that it corrects or withdraws.
 */
export function correctionRoutes(options: ReceptionOptions): Hono {
  const { db, agency, procedures, clock } = options;
  const { sql } = db;
  const withdrawalForm = torisage(agency);
  const app = new Hono();
  for (const path of ['/:receipt/correction/*', '/:receipt/withdrawal/*']) {
    for (const headers of signingPageHeaders(agency)) app.use(path, headers);
    app.use(path, formLimit(512 * 1024));
  }

  const home = (receipt: string) => `${agency.basePath}/applications/${receipt}`;
  const notNow = (c: Context, row: CaseRow, why: keyof typeof texts) =>
    c.html(<NotNowPage look={pageLook(c, agency)} agency={agency} row={row} why={why} />, 409);

  /** The newest submission of a case. */
  async function newest(row: CaseRow): Promise<Submission | undefined> {
    const number = (await submissionsOf(sql, agency.code, row.receiptNumber)).at(-1) ?? row.receiptNumber;
    const stored = await readSubmissionOf(sql, agency.code, number);
    const read = stored && readSubmission(stored.container);
    return read?.ok ? read.value : undefined;
  }

  /** Draws a page's common part. `place`: correction or withdrawal. */
  const common = (c: Context, row: CaseRow, digest: string, place: string, shown: Shown) => ({
    look: { ...pageLook(c, agency), path: `${home(row.receiptNumber)}/${place}` },
    agency,
    row,
    draft: `${home(row.receiptNumber)}/${place}/${digest.slice(0, 16)}`,
    errors: shown.errors ?? [],
    posted: c.req.method !== 'GET',
    checked: shown.checked ?? false,
    script: `${agency.basePath}${island.entry}`,
  });

  async function correction(c: Context): Promise<Related | Response> {
    const row = await readersCase(c, options);
    if (row === undefined) return c.redirect(`${agency.basePath}/applications`, 303);
    const asked = await askedCorrection(sql, agency.code, row.receiptNumber);
    const submission = await newest(row);
    if (row.state !== 'correction' || asked === undefined || submission === undefined)
      return notNow(c, row, 'notNow');
    const unmandated = mandateFault(await mandateOf(sql, agency.code, row.receiptNumber, clock()), 'correct');
    if (unmandated !== undefined) return notNow(c, row, unmandated);
    const procedure = procedureFor(submission, procedures);
    if (procedure === undefined) return notNow(c, row, 'noProcedure');
    const digest = sha256Hex(submission.applicationBytes);
    const kept = submission.attachments.map(({ name }, index) => ({
      rule: submission.application.attachments.find((file) => file.name === name)?.rule ?? '',
      name,
      href: `${home(row.receiptNumber)}/correction/files/${index}`,
    }));
    const today = japaneseDay(clock());
    return {
      ...{ row, procedure, digest },
      kind: 'corrects',
      earlier: submission.application,
      page: (shown) => (
        <CorrectionPage
          {...common(c, row, digest, 'correction', shown)}
          {...{ procedure, asked, kept, today }}
          typed={shown.typed ?? typedOf(submission.application.answers)}
        />
      ),
    };
  }

  async function withdrawal(c: Context): Promise<Related | Response> {
    const row = await readersCase(c, options);
    if (row === undefined) return c.redirect(`${agency.basePath}/applications`, 303);
    const submission = await newest(row);
    if (
      submission === undefined ||
      submission.application.relation?.kind === 'withdraws' ||
      !undecided.some((state) => state === row.state)
    )
      return notNow(c, row, 'notWithdrawable');
    const unmandated = mandateFault(
      await mandateOf(sql, agency.code, row.receiptNumber, clock()),
      'withdraw',
    );
    if (unmandated !== undefined) return notNow(c, row, unmandated);
    const digest = sha256Hex(submission.applicationBytes);
    return {
      ...{ row, digest },
      procedure: withdrawalForm,
      kind: 'withdraws',
      earlier: { answers: {}, attachments: [] },
      page: (shown) => (
        <WithdrawalPage
          {...common(c, row, digest, 'withdrawal', shown)}
          procedure={withdrawalForm}
          title={submission.definition.title}
          typed={shown.typed ?? typedOf({})}
        />
      ),
    };
  }

  for (const [place, find] of [
    ['correction', correction],
    ['withdrawal', withdrawal],
  ] as const) {
    app.get(`/:receipt/${place}`, async (c) => {
      const related = await find(c);
      return related instanceof Response ? related : c.html(related.page({}));
    });

    // Without a script: rows are added and taken out, and the answers checked.
    app.post(`/:receipt/${place}`, async (c) => {
      const related = await find(c);
      if (related instanceof Response) return related;
      const { definition } = related.procedure;
      const posted = await c.req.parseBody({ all: true });
      const values = readTyped(posted);
      const go = readGo(typeof posted._go === 'string' ? posted._go : undefined);
      if (go.to === 'add') return c.html(related.page({ typed: addRow(definition, values, go.group) }));
      if (go.to === 'fill')
        return c.html(related.page({ typed: fillAddress(definition, values, posted, go, agency.postCodes) }));
      if (go.to === 'drop')
        return c.html(related.page({ typed: dropRow(definition, values, go.group, go.row) }));
      const checked = checkAnswers(definition, values);
      const typed = typedOf(values);
      if (checked.ok) return c.html(related.page({ typed, checked: true }));
      return c.html(related.page({ typed, errors: checked.errors }), 422);
    });

    app.post(`/:receipt/${place}/request`, async (c) => {
      const related = await find(c);
      if (related instanceof Response) return related;
      const { row, procedure, digest, kind, earlier } = related;
      const posted = postedSchema.safeParse(await c.req.json().catch(() => undefined));
      if (!posted.success) return c.json({ rule: 'request.shape' }, 400);
      const { answers, attachments, warnings } = posted.data;
      const checked = checkAnswers(procedure.definition, answers);
      const errors = [
        ...(checked.ok ? [] : checked.errors),
        ...checkAttachments(procedure.definition, checked.answers, attachments),
        ...warnings,
      ].map(({ field, message }) => (field === '' ? { message } : { field, message }));
      if (!checked.ok || errors.length > 0)
        return c.html(related.page({ typed: typedOf(answers), errors }), 422);
      const changed = changedNames(earlier, { answers: checked.answers, attachments });
      const relation: Relation = {
        kind,
        receipt: row.receiptNumber,
        application: digest,
        ...(kind === 'corrects' ? { changed: changed.slice(0, 500) } : {}),
      };
      return handOver(c, options, procedure, { answers: checked.answers, attachments, relation });
    });
  }

  // What was sent before goes along again: the page fetches it for the reader.
  app.get('/:receipt/correction/files/:index', async (c) => {
    const row = await readersCase(c, options);
    const submission = row?.state === 'correction' ? await newest(row) : undefined;
    const index = c.req.param('index');
    const file = /^[0-9]{1,3}$/.test(index) ? submission?.attachments[Number(index)] : undefined;
    if (file === undefined) return c.notFound();
    return c.body(Uint8Array.from(file.bytes), 200, {
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename="attachment"',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
  });
  return app;
}

/** The very definition that was signed, where it is still offered; else the newer one of the same procedure. */
function procedureFor(
  { application, definition }: { application: Application; definition: ProcedureDefinition },
  procedures: readonly LoadedProcedure[],
): LoadedProcedure | undefined {
  return (
    procedures.find(({ digest }) => digest === application.procedure.digest) ??
    procedures.find((one) => one.definition.id === definition.id)
  );
}
