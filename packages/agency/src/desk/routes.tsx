import { drawApplication, readSubmission, type Submission } from '@madoguchi/procedure';
import { appendAudit } from '@madoguchi/store';
import { type FieldError, sameOriginPosts } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createApiKey, listApiKeys, revokeApiKey } from '../api/keys.js';
import { auditChain } from '../cases/audit-chain.js';
import { appendAction, type CaseRow, findCase, findRefusal } from '../cases/queries.js';
import { readSubmissionOf, submissionsOf } from '../cases/submissions.js';
import { pageLook } from '../forms/look.js';
import { loginPageHeaders } from '../login/routes.js';
import { findReply } from '../replies/queries.js';
import { noticeOf } from '../replies/reply.js';
import { draftPdf } from '../replies/sign.js';
import { recheck } from '../verification/index.js';
import { latestVerification, readVerifications } from '../verification/queries.js';
import { assign, assignments } from './assign.js';
import { CasePage } from './case-page.js';
import { compareDrawn } from './compare-drawn.js';
import { correctionInput, defaultUntil } from './correction-input.js';
import { csv } from './csv.js';
import { type Decision, decide, decisions, REASON_LIMIT } from './decide.js';
import { EntryPage } from './entry-page.js';
import { EXPORT_LIMIT, exportTable } from './export-table.js';
import { FiguresPage, readFigures } from './figures.js';
import { readFilter } from './filter.js';
import { KeysPage, keyTexts } from './keys-page.js';
import { deskLogin, loginScript } from './login.js';
import { markables } from './markable.js';
import type { DeskOptions } from './options.js';
import { countPiles, listActions, listCases } from './queries.js';
import { QueuePage } from './queue-page.js';
import { type DeskSession, enter, isCsrf, leave, readSession } from './session.js';
import { faultWords, texts } from './texts.js';

const receiptPattern = /^[0-9]{4}-[0-9]{7,12}$/;
type Env = { Variables: { session: DeskSession } };

/**
 * The officer's desk: queue, one application, decisions. Mount it at `/desk` of the agency. Opened by a one-time link
 * (`createDeskLink`); every form carries a token of the session and comes from our own pages. Works without JavaScript.
 */
export function deskRoutes(options: DeskOptions): Hono {
  const { sql, agency, procedures, clock } = options;
  const desk = `${agency.basePath}/desk`;
  const app = new Hono<Env>();
  const look = (c: Context) => ({ ...pageLook(c, agency), siteHref: desk });
  const { login } = options;
  const entry = (c: Context, why: 'none' | 'used' | 'left') => {
    // Only the desk's first page carries the headers that the form of a login needs.
    const here = login !== undefined && new URL(c.req.url).pathname === desk;
    const form = here ? { agency, desk, script: loginScript(desk) } : undefined;
    return <EntryPage look={look(c)} why={why} login={form} />;
  };

  if (login !== undefined) {
    app.route('/', deskLogin({ ...options, login }));
    for (const headers of loginPageHeaders(agency)) app.use('/', headers);
  }
  app.use(bodyLimit({ maxSize: 64 * 1024 }), sameOriginPosts({ origins: [agency.origin] }));

  app.get('/enter', async (c) => {
    c.header('Referrer-Policy', 'no-referrer');
    // A browser that loads the page ahead would use the link up before anybody sees it.
    if (/prefetch|preview/.test(`${c.req.header('sec-purpose') ?? ''}${c.req.header('purpose') ?? ''}`)) {
      return c.body(null, 503);
    }
    if (await readSession(c, sql, agency, clock())) return c.redirect(desk, 303);
    const entered = await enter(c, sql, agency, c.req.query('token') ?? '', clock());
    return entered ? c.redirect(desk, 303) : c.html(entry(c, 'used'), 403);
  });

  app.use(async (c, next) => {
    const session = await readSession(c, sql, agency, clock());
    if (session === undefined) return c.html(entry(c, 'none'), 401);
    c.set('session', session);
    return next();
  });

  app.get('/', async (c) => {
    const filter = readFilter(
      c.req.query(),
      procedures.map(({ definition }) => definition.id),
    );
    const who = { officer: c.get('session').officer, now: clock() };
    const [counts, rows] = await Promise.all([
      countPiles(sql, agency.code, clock()),
      listCases(sql, agency.code, filter, who),
    ]);
    const session = c.get('session');
    return c.html(
      <QueuePage
        look={look(c)}
        desk={desk}
        session={session}
        procedures={procedures}
        filter={filter}
        counts={counts}
        rows={rows}
        now={clock()}
        cards={login !== undefined}
      />,
    );
  });

  async function findRow(c: Context): Promise<CaseRow | undefined> {
    const receipt = c.req.param('receipt') ?? '';
    return receiptPattern.test(receipt) ? findCase(sql, agency.code, receipt) : undefined;
  }
  /** The submissions of a case that can be read, the newest last. */
  async function submissionsRead(row: CaseRow): Promise<Submission[]> {
    const numbers = await submissionsOf(sql, agency.code, row.receiptNumber);
    const read = await Promise.all(numbers.slice(-2).map(submissionUnder));
    return read.flatMap((submission) => submission ?? []);
  }
  const submissionOf = async (row: CaseRow) => (await submissionsRead(row)).at(-1);
  async function submissionUnder(number: string): Promise<Submission | undefined> {
    const stored = await readSubmissionOf(sql, agency.code, number);
    const read = stored === undefined ? undefined : readSubmission(stored.container);
    return read?.ok ? read.value : undefined;
  }
  async function casePage(
    c: Context<Env>,
    row: CaseRow,
    errors: readonly FieldError[] = [],
    typed: { reason: string; marks: readonly string[]; until: string } = { reason: '', marks: [], until: '' },
  ) {
    const [submissions, newest, refusal, actions] = await Promise.all([
      submissionsRead(row),
      latestVerification(sql, agency.code, row.receiptNumber),
      row.state === 'refused' ? findRefusal(sql, agency.code, row.receiptNumber) : undefined,
      listActions(sql, agency.code, row.receiptNumber),
    ]);
    const submission = submissions.at(-1);
    const drawn = submissions.map((one) => drawApplication(one.definition, one.application).rows);
    const known = procedures.find(({ definition }) => definition.id === row.procedureId);
    const caseLook = look(c);
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
        newest={newest}
        refusal={refusal}
        actions={actions}
        typed={{ ...typed, until: typed.until === '' ? defaultUntil(clock()) : typed.until }}
        errors={errors}
      />
    );
  }

  app.get('/cases/:receipt', async (c) => {
    const row = await findRow(c);
    return row === undefined ? c.notFound() : c.html(await casePage(c, row));
  });

  app.get('/cases/:receipt/attachments/:index', async (c) => {
    const row = await findRow(c);
    const submission = row && (await submissionOf(row));
    const index = c.req.param('index');
    const attachment = /^[0-9]{1,3}$/.test(index) ? submission?.attachments[Number(index)] : undefined;
    if (attachment === undefined) return c.notFound();
    // Never shown by the browser, whatever it is: an HTML or SVG file would be script on the desk's origin.
    return c.body(Uint8Array.from(attachment.bytes), 200, {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': disposition(attachment.name, Number(index)),
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
    });
  });

  // From here on something changes: the form's own token, besides the origin.
  app.use(async (c, next) => {
    if (c.req.method !== 'POST') return next();
    const { csrf } = await c.req.parseBody();
    return isCsrf(c.get('session'), csrf) ? next() : c.text(texts.badForm.ja, 403);
  });

  app.post('/leave', async (c) => {
    await leave(c, sql, agency);
    return c.html(entry(c, 'left'));
  });

  app.post('/cases/:receipt/assign', async (c) => {
    const row = await findRow(c);
    if (row === undefined) return c.notFound();
    const form = await c.req.parseBody();
    const assignment = assignments.find((one) => one === form.assignment);
    const { officer } = c.get('session');
    // Whoever was quicker has it: the page then says so.
    if (assignment !== undefined)
      await assign(sql, agency.code, row.receiptNumber, { assignment, officer, at: clock() });
    return c.redirect(`${desk}/cases/${row.receiptNumber}`, 303);
  });

  const keysPage = async (c: Context<Env>, token?: string, errors: readonly FieldError[] = []) => (
    <KeysPage
      look={{ ...look(c), path: `${desk}/keys` }}
      desk={desk}
      session={c.get('session')}
      keys={await listApiKeys(sql, agency.code)}
      back={{ href: desk, label: texts.queue }}
      token={token}
      errors={errors}
      spec={`${agency.basePath}/api/v1/openapi.json`}
    />
  );
  app.get('/figures', async (c) =>
    c.html(
      <FiguresPage
        look={look(c)}
        back={{ href: desk, label: texts.queue }}
        figures={await readFigures(sql, agency.code)}
        procedures={procedures}
      />,
    ),
  );
  app.get('/keys', async (c) => c.html(await keysPage(c)));
  app.post('/keys', async (c) => {
    const { name } = await c.req.parseBody();
    const { officer } = c.get('session');
    const token = await createApiKey(sql, agency.code, { name: String(name), officer, now: clock() });
    if (token !== undefined) return c.html(await keysPage(c, token));
    return c.html(await keysPage(c, undefined, [{ field: 'name', message: keyTexts.nameBad }]), 422);
  });
  app.post('/keys/:name/revoke', async (c) => {
    const { officer } = c.get('session');
    await revokeApiKey(sql, agency.code, { name: c.req.param('name'), officer, now: clock() });
    return c.redirect(`${desk}/keys`, 303);
  });

  app.post('/export.csv', async (c) => {
    const filter = readFilter(
      c.req.query(),
      procedures.map(({ definition }) => definition.id),
    );
    const { officer } = c.get('session');
    const at = clock();
    const rows = await listCases(
      sql,
      agency.code,
      { ...filter, after: undefined },
      { officer, now: at },
      EXPORT_LIMIT,
    );
    const table = await exportTable(sql, agency.code, { filter, rows, procedures });
    await sql.begin((tx) =>
      appendAudit(tx, auditChain(agency.code), {
        at,
        actor: `officer:${officer}`,
        action: 'desk.exported',
        subject: agency.code,
        detail: { cases: String(rows.length) },
      }),
    );
    return c.body(Uint8Array.from(csv(table)), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="applications.csv"',
    });
  });

  app.post('/cases/:receipt/recheck', async (c) => {
    const row = await findRow(c);
    if (row === undefined) return c.notFound();
    await recheck(options.verification, row.receiptNumber);
    return c.redirect(`${desk}/cases/${row.receiptNumber}`, 303);
  });

  // What would go out, before it goes: the notice as a draft, with the reason as typed.
  app.post('/cases/:receipt/preview', async (c) => {
    const row = await findRow(c);
    const form = await c.req.parseBody();
    const decision = form.preview === 'rejected' ? 'rejected' : 'accepted';
    const reason = typeof form.reason === 'string' ? form.reason.slice(0, REASON_LIMIT) : '';
    const notice =
      row &&
      (await noticeOf(sql, agency, row, { decision, reason: reason.replaceAll('\r\n', '\n'), at: clock() }));
    if (notice === undefined) return c.notFound();
    return c.body(Uint8Array.from(draftPdf({ ...notice, draft: true })), 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': 'inline; filename="draft.pdf"',
    });
  });

  app.get('/cases/:receipt/notice.pdf', async (c) => {
    const row = await findRow(c);
    const reply = row && (await findReply(sql, agency.code, row.receiptNumber));
    if (reply === undefined) return c.notFound();
    return c.body(Uint8Array.from(reply.pdf), 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `inline; filename="${c.req.param('receipt')}-notice.pdf"`,
    });
  });

  app.post('/cases/:receipt/decision', async (c) => {
    const row = await findRow(c);
    if (row === undefined) return c.notFound();
    const form = await c.req.parseBody({ all: true });
    const decision = decisions.find((one) => one === form.decision);
    if (decision === undefined)
      return c.html(await casePage(c, row, [{ field: 'reason', message: texts.badForm }]), 422);
    const reason = typeof form.reason === 'string' ? form.reason.replaceAll('\r\n', '\n').trim() : '';
    const submission = decision === 'correct' ? await submissionOf(row) : undefined;
    const correction = correctionInput(form, submission, clock());
    const fault = await decide(sql, agency.code, row.receiptNumber, {
      decision: decision satisfies Decision,
      reason,
      seen: Number(form.seen),
      officer: c.get('session').officer,
      at: clock(),
      correction,
    });
    if (fault === undefined) return c.redirect(`${desk}/cases/${row.receiptNumber}`, 303);
    const now = (await findRow(c)) ?? row;
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

  app.post('/cases/:receipt/evidence', async (c) => {
    const row = await findRow(c);
    if (row === undefined) return c.notFound();
    const looks = await readVerifications(sql, agency.code, row.receiptNumber);
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
    };
    return c.body(`${JSON.stringify(document, null, 2)}\n`, 200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="${row.receiptNumber}-evidence.json"`,
    });
  });

  app.get('*', (c) => (c.req.path === `${desk}/` ? c.redirect(desk, 308) : c.notFound()));
  return new Hono().route('/', app);
}

/** RFC 6266, with the name in UTF-8 and a harmless one for others; nothing invisible survives in it. */
function disposition(name: string, index: number): string {
  const visible = name.replaceAll(/[\p{C}/\\:*?"<>|]/gu, '_');
  const encoded = encodeURIComponent(visible).replaceAll(
    /['()*]/g,
    (ch) => `%${ch.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="attachment-${index + 1}"; filename*=UTF-8''${encoded}`;
}
