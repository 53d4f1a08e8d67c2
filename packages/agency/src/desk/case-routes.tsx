import { drawApplication } from '@madoguchi/procedure';
import { appendAudit } from '@madoguchi/store';
import type { FieldError } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { caseBundle } from '../archive/bundle.js';
import { attachmentInspector } from '../attachments/inspected.js';
import { listActions } from '../cases/actions.js';
import { auditChain } from '../cases/audit-chain.js';
import { duplicatesOf } from '../cases/duplicates.js';
import { pausable, pauseOf } from '../cases/pause.js';
import { appendAction, type CaseRow, findCase, findRefusal } from '../cases/queries.js';
import { openCasesOfSamePerson } from '../cases/same-person.js';
import { undecided } from '../cases/state.js';
import { submissionsRead } from '../cases/submissions-read.js';
import { decideMatch } from '../links/decide-match.js';
import { matchQuestion } from '../links/question.js';
import { hasParts, readParts } from '../parts/case-parts.js';
import { DeskParts } from '../parts/desk-section.js';
import { findReply } from '../replies/queries.js';
import { noticeOf } from '../replies/reply.js';
import { draftPdf } from '../replies/sign.js';
import { DeskSigners } from '../signers/desk-section.js';
import { asksSigners, readSigning } from '../signers/signing.js';
import { mandateOf } from '../signers/standing.js';
import { signersTrail } from '../signers/trail.js';
import { recheck } from '../verification/index.js';
import { latestVerification, lightsOfSigners, readVerifications } from '../verification/queries.js';
import { assign, assignments } from './assign.js';
import { sendFile } from './attachments.js';
import { CasePage } from './case-page.js';
import { closeDuplicate } from './close-duplicate.js';
import { compareDrawn } from './compare-drawn.js';
import { copyFields } from './copy-section.js';
import { correctionInput, defaultUntil } from './correction-input.js';
import { actOf, decide, decisions, REASON_LIMIT } from './decide.js';
import { faultWords } from './decision-words.js';
import { markables } from './markable.js';
import { matchError } from './match-section.js';
import { setPause } from './pause.js';
import { PauseSection, pauseError } from './pause-section.js';
import { caseFor, type DeskPlace, type Env, forbidden, lookOf } from './place.js';
import { may } from './roles.js';
import { texts } from './texts.js';

/** One application: looked at, worked on, decided. Each act is allowed by a role that reaches over its procedure. */
export function caseRoutes(place: DeskPlace): Hono<Env> {
  const { sql, agency, procedures, clock, desk } = place;
  const app = new Hono<Env>();
  const inspect = attachmentInspector(place.scan);
  const newestOf = async (row: CaseRow) =>
    (await submissionsRead(sql, agency.code, row.receiptNumber)).at(-1);

  async function casePage(
    c: Context<Env>,
    row: CaseRow,
    errors: readonly FieldError[] = [],
    typed: { reason: string; marks: readonly string[]; until: string } = { reason: '', marks: [], until: '' },
    typedMatch: { matchReason: string; resident: string } = { matchReason: '', resident: '' },
    typedPause: { reason: string; until: string } = { reason: '', until: '' },
  ) {
    const [submissions, newest, refusal, actions] = await Promise.all([
      submissionsRead(sql, agency.code, row.receiptNumber),
      latestVerification(sql, agency.code, row.receiptNumber),
      row.state === 'refused' ? findRefusal(sql, agency.code, row.receiptNumber) : undefined,
      listActions(sql, agency.code, row.receiptNumber),
    ]);
    const submission = submissions.at(-1);
    const drawn = submissions.map(
      (one) => drawApplication(one.definition, one.application, one.cosigned).rows,
    );
    const signing = (await asksSigners(sql, agency.code, row.receiptNumber))
      ? await readSigning(sql, agency.code, row.receiptNumber)
      : undefined;
    const known = procedures.find(({ definition }) => definition.id === row.procedureId);
    const caseLook = lookOf(c, place);
    return (
      <CasePage
        look={{
          ...caseLook,
          path: c.req.method === 'GET' ? caseLook.path : `${desk}/cases/${row.receiptNumber}`,
        }}
        desk={desk}
        session={c.get('session')}
        row={row}
        title={submission?.definition.title ?? known?.definition.title ?? row.procedureId ?? ''}
        drawn={drawn.at(-1)}
        changed={drawn[0] && drawn[1] && compareDrawn(drawn[0], drawn[1])}
        markables={submission === undefined ? [] : markables(submission.definition, submission.application)}
        attachments={submission?.attachments ?? []}
        findings={await inspect(submission?.attachments ?? [])}
        newest={newest}
        parts={
          (await hasParts(sql, agency.code, row.receiptNumber)) && submission !== undefined ? (
            <DeskParts
              progress={(await readParts(sql, agency.code, row.receiptNumber))?.progress ?? []}
              register={caseLook.prefs.register}
              address={`${desk}/parts/${row.receiptNumber}`}
            />
          ) : undefined
        }
        pause={
          <PauseSection
            address={`${desk}/cases/${row.receiptNumber}`}
            csrf={c.get('session').csrf}
            seen={actions.at(-1)?.seq ?? 0}
            pause={pauseOf(row, actions)}
            mayPause={
              may(c.get('session').grants, 'correct', row.procedureId) && pausable.includes(row.state)
            }
            typed={typedPause}
            register={caseLook.prefs.register}
          />
        }
        signers={
          signing && (
            <DeskSigners
              {...{ desk, signing }}
              register={caseLook.prefs.register}
              lights={await lightsOfSigners(sql, agency.code, signing)}
              mandate={await mandateOf(sql, agency.code, row.receiptNumber, clock(), signing)}
            />
          )
        }
        refusal={refusal}
        actions={actions}
        typed={{ ...typed, until: typed.until === '' ? defaultUntil(clock()) : typed.until }}
        typedMatch={typedMatch}
        copy={submission === undefined ? [] : copyFields(submission.application, drawn.at(-1) ?? [])}
        match={await matchQuestion(sql, agency.code, newest?.lights, submission?.application.applicant)}
        errors={errors}
        fourEyes={place.fourEyes ?? false}
        bundles={place.archive !== undefined}
        twins={await duplicatesOf(sql, agency.code, row.receiptNumber, agency.duplicateDays)}
        duplicates={
          submission?.definition.oneOpenPerPerson === true && undecided.some((state) => state === row.state)
            ? await openCasesOfSamePerson(sql, agency.code, row.receiptNumber)
            : []
        }
      />
    );
  }

  app.get('/:receipt', async (c) => {
    const row = await caseFor(c, place);
    return row instanceof Response ? row : c.html(await casePage(c, row));
  });

  app.get('/:receipt/attachments/:index', async (c) => {
    const row = await caseFor(c, place);
    if (row instanceof Response) return row;
    const submission = await newestOf(row);
    const index = c.req.param('index');
    const attachment = /^[0-9]{1,3}$/.test(index) ? submission?.attachments[Number(index)] : undefined;
    if (attachment === undefined) return c.notFound();
    // What a scanner has named does not leave the desk; the page says why.
    if ((await inspect([attachment])).flat().includes('malware')) return c.html(await casePage(c, row), 403);
    return sendFile(c, { ...attachment, index: Number(index) });
  });

  app.post('/:receipt/assign', async (c) => {
    const row = await caseFor(c, place, 'assign');
    if (row instanceof Response) return row;
    const form = await c.req.parseBody();
    const assignment = assignments.find((one) => one === form.assignment);
    const { officer } = c.get('session');
    // Whoever was quicker has it: the page then says so.
    if (assignment !== undefined)
      await assign(sql, agency.code, row.receiptNumber, { assignment, officer, at: clock() });
    return c.redirect(`${desk}/cases/${row.receiptNumber}`, 303);
  });

  app.post('/:receipt/pause', async (c) => {
    const row = await caseFor(c, place, 'correct');
    if (row instanceof Response) return row;
    const form = await c.req.parseBody();
    const text = (name: string) => (typeof form[name] === 'string' ? form[name].trim() : '');
    const typed = {
      reason: text('pauseReason').replaceAll('\r\n', '\n'),
      until: text('pauseUntil').normalize('NFKC'),
    };
    const fault = await setPause(sql, agency.code, row.receiptNumber, {
      ...typed,
      pause: form.pause === 'yes',
      seen: Number(form.seen),
      officer: c.get('session').officer,
      at: clock(),
    });
    if (fault === undefined) return c.redirect(`${desk}/cases/${row.receiptNumber}`, 303);
    const now = (await findCase(sql, agency.code, row.receiptNumber)) ?? row;
    return c.html(await casePage(c, now, [pauseError(fault)], undefined, undefined, typed), 422);
  });

  app.post('/:receipt/recheck', async (c) => {
    const row = await caseFor(c, place, 'recheck');
    if (row instanceof Response) return row;
    await recheck(place.verification, row.receiptNumber);
    return c.redirect(`${desk}/cases/${row.receiptNumber}`, 303);
  });

  app.post('/:receipt/match', async (c) => {
    const row = await caseFor(c, place, 'match');
    if (row instanceof Response) return row;
    const form = await c.req.parseBody();
    const text = (name: string) => {
      const value = form[name];
      return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : '';
    };
    const typed = { matchReason: text('matchReason'), resident: text('resident').normalize('NFKC') };
    const verdict = form.verdict === 'same' || form.verdict === 'different' ? form.verdict : undefined;
    const fault =
      verdict === undefined
        ? 'nothing'
        : await decideMatch(sql, agency.code, row.receiptNumber, {
            verdict,
            reason: typed.matchReason,
            lasting: form.lasting === 'yes',
            resident: typed.resident,
            seen: Number(form.seen),
            officer: c.get('session').officer,
            at: clock(),
          });
    if (fault !== undefined)
      return c.html(await casePage(c, row, [matchError(fault)], undefined, typed), 422);
    // The lights are those of a look: with the decision it is another one.
    await recheck(place.verification, row.receiptNumber);
    return c.redirect(`${desk}/cases/${row.receiptNumber}`, 303);
  });

  // What would go out, before it goes: the notice as a draft, with the reason as typed.
  app.post('/:receipt/preview', async (c) => {
    const row = await caseFor(c, place, 'propose');
    if (row instanceof Response) return row;
    const form = await c.req.parseBody();
    const decision = form.preview === 'rejected' ? 'rejected' : 'accepted';
    const reason = typeof form.reason === 'string' ? form.reason.slice(0, REASON_LIMIT) : '';
    const notice = await noticeOf(sql, agency, row, {
      decision,
      reason: reason.replaceAll('\r\n', '\n'),
      at: clock(),
    });
    if (notice === undefined) return c.notFound();
    return c.body(Uint8Array.from(draftPdf({ ...notice, draft: true })), 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': 'inline; filename="draft.pdf"',
    });
  });

  app.get('/:receipt/notice.pdf', async (c) => {
    const row = await caseFor(c, place);
    if (row instanceof Response) return row;
    const reply = await findReply(sql, agency.code, row.receiptNumber);
    if (reply === undefined) return c.notFound();
    return c.body(Uint8Array.from(reply.pdf), 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `inline; filename="${c.req.param('receipt')}-notice.pdf"`,
    });
  });

  app.post('/:receipt/decision', async (c) => {
    const row = await caseFor(c, place, 'view');
    if (row instanceof Response) return row;
    const form = await c.req.parseBody({ all: true });
    const decision = decisions.find((one) => one === form.decision);
    if (decision === undefined)
      return c.html(await casePage(c, row, [{ field: 'reason', message: texts.badForm }]), 422);
    const session = c.get('session');
    if (!may(session.grants, actOf[decision], row.procedureId)) return forbidden(c, place);
    const reason = typeof form.reason === 'string' ? form.reason.replaceAll('\r\n', '\n').trim() : '';
    const submission = decision === 'correct' ? await newestOf(row) : undefined;
    const correction = correctionInput(form, submission, clock());
    const fault = await decide(sql, agency.code, row.receiptNumber, {
      decision,
      reason,
      seen: Number(form.seen),
      officer: session.officer,
      at: clock(),
      correction,
      fourEyes: place.fourEyes,
    });
    if (fault === undefined) return c.redirect(`${desk}/cases/${row.receiptNumber}`, 303);
    const now = (await findCase(sql, agency.code, row.receiptNumber)) ?? row;
    return c.html(
      await casePage(
        c,
        now,
        [{ field: fault === 'until' ? 'until' : 'reason', message: faultWords[fault] }],
        { reason, marks: correction.fields, until: correction.until },
      ),
      422,
    );
  });

  app.post('/:receipt/duplicate', async (c) => {
    const row = await caseFor(c, place, 'decide');
    if (row instanceof Response) return row;
    const form = await c.req.parseBody();
    const of = typeof form.of === 'string' && form.of !== '' ? form.of.slice(0, 40) : undefined;
    const { officer } = c.get('session');
    const closing = { of, seen: Number(form.seen), officer, at: clock(), days: agency.duplicateDays };
    const fault = await closeDuplicate(sql, agency.code, row.receiptNumber, closing);
    if (fault === undefined) return c.redirect(`${desk}/cases/${row.receiptNumber}`, 303);
    const now = (await findCase(sql, agency.code, row.receiptNumber)) ?? row;
    return c.html(await casePage(c, now, [{ field: 'duplicates', message: faultWords[fault] }]), 422);
  });

  app.post('/:receipt/bundle', async (c) => {
    const row = await caseFor(c, place, 'evidence');
    if (row instanceof Response) return row;
    const actor = `officer:${c.get('session').officer}`;
    const bundle = place.archive && (await caseBundle(place.archive, row.receiptNumber, actor));
    if (bundle === undefined) return c.notFound();
    return c.body(Uint8Array.from(bundle), 200, {
      'Content-Type': 'application/vnd.etsi.asic-e+zip',
      'Content-Disposition': `attachment; filename="${row.receiptNumber}.asice"`,
      'X-Content-Type-Options': 'nosniff',
    });
  });

  app.post('/:receipt/evidence', async (c) => {
    const row = await caseFor(c, place, 'evidence');
    if (row instanceof Response) return row;
    const looks = await readVerifications(sql, agency.code, row.receiptNumber);
    const signers = await signersTrail(sql, agency.code, row.receiptNumber);
    const actor = `officer:${c.get('session').officer}`;
    await sql.begin(async (tx) => {
      await appendAction(tx, agency.code, row.receiptNumber, { at: clock(), actor, kind: 'exported' });
      await appendAudit(tx, auditChain(agency.code), {
        at: clock(),
        actor,
        action: 'case.exported',
        subject: row.receiptNumber,
      });
    });
    const document = {
      format: 'madoguchi-trail/1',
      receiptNumber: row.receiptNumber,
      envelopeSha256: row.envelopeSha256,
      arrivedAt: row.arrivedAt.toISOString(),
      receipt: row.receiptJws,
      looks: looks.map(({ seq, at, evidence, report }) => ({
        look: seq,
        at: at.toISOString(),
        evidence: JSON.parse(evidence) as unknown,
        report: JSON.parse(report) as unknown,
      })),
      ...(signers.length === 0 ? {} : { signers }),
    };
    return c.body(`${JSON.stringify(document, null, 2)}\n`, 200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="${row.receiptNumber}-evidence.json"`,
    });
  });

  return app;
}
