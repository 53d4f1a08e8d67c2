import { readSubmission } from '@madoguchi/procedure';
import { appendAudit } from '@madoguchi/store';
import { Hono } from 'hono';
import type { z } from 'zod';
import { auditChain } from '../cases/audit-chain.js';
import { readSubmissionOf, submissionsOf } from '../cases/submissions.js';
import { listActions } from '../desk/queries.js';
import type { ReceptionOptions } from '../options.js';
import { readParts } from '../parts/case-parts.js';
import { receiptPattern } from '../receipts/access.js';
import { readSigning } from '../signers/signing.js';
import { latestVerification } from '../verification/queries.js';
import { keyOf } from './keys.js';
import { openapi } from './openapi.js';
import type { detailed, list, listed, problem } from './shapes.js';

const pageSize = 100;
type Row = Omit<z.infer<typeof listed>, 'arrivedAt'> & { arrivedAt: Date };

/**
 * Hand-over to core systems (申請管理システム 標準仕様: 基幹業務システムへの連携), read only: who has a key, made at the desk, fetches
 * applications as JSON or in their signed container. Each application that is read stands in the audit chain with the key's name.
 */
export function apiRoutes(options: Pick<ReceptionOptions, 'db' | 'agency' | 'clock'>): Hono {
  const { agency, clock } = options;
  const { sql } = options.db;
  const app = new Hono<{ Variables: { key: string } }>();
  const refuse = (rule: string, what: string): z.infer<typeof problem> => ({ rule, what });

  app.get('/openapi.json', (c) => c.json(openapi(`${agency.origin}${agency.basePath}/api/v1`)));

  app.use(async (c, next) => {
    const key = await keyOf(sql, agency.code, c.req.header('authorization'));
    if (key === undefined) {
      c.header('WWW-Authenticate', 'Bearer');
      return c.json(refuse('api.key', 'The key is missing, unknown or revoked.'), 401);
    }
    c.set('key', key);
    c.header('Cache-Control', 'no-store');
    return next();
  });

  const rows = (where: ReturnType<typeof sql>, limit: number) => sql<Row[]>`
    select receipt_number as "receiptNumber", procedure_id as procedure, arrived_at as "arrivedAt", state,
      (case when state = 'correction' then correct_by else due_on end)::text as deadline,
      assigned_to as "assignedTo", resident_id as resident
    from agency.cases where agency = ${agency.code} and joins is null ${where}
    order by arrived_at, receipt_number limit ${limit}`;
  const written = (row: Row): z.infer<typeof listed> => ({ ...row, arrivedAt: row.arrivedAt.toISOString() });

  app.get('/applications', async (c) => {
    const { state, procedure, after = '' } = c.req.query();
    const found = await rows(
      sql`${state === undefined ? sql`` : sql`and state = ${state}`}
        ${procedure === undefined ? sql`` : sql`and procedure_id = ${procedure}`}
        ${
          receiptPattern.test(after)
            ? sql`and (arrived_at, receipt_number) > (select arrived_at, receipt_number from agency.cases
                where agency = ${agency.code} and receipt_number = ${after})`
            : sql``
        }`,
      pageSize,
    );
    const next = found.length < pageSize ? null : (found.at(-1)?.receiptNumber ?? null);
    return c.json({ applications: found.map(written), next } satisfies z.infer<typeof list>);
  });

  /** The case and its newest submission; every look is on record. */
  async function read(receipt: string, key: string) {
    if (!receiptPattern.test(receipt)) return undefined;
    const [row] = await rows(sql`and receipt_number = ${receipt}`, 1);
    if (row === undefined) return undefined;
    const submissions = await submissionsOf(sql, agency.code, receipt);
    const stored = await readSubmissionOf(sql, agency.code, submissions.at(-1) ?? receipt);
    if (stored === undefined) return undefined;
    await sql.begin((tx) =>
      appendAudit(tx, auditChain(agency.code), {
        at: clock(),
        actor: `system:${key}`,
        action: 'api.read',
        subject: receipt,
      }),
    );
    return { row, submissions, container: stored.container };
  }
  const none = refuse('api.unknown', 'There is no such application, or it cannot be read.');

  app.get('/applications/:receipt', async (c) => {
    const receipt = c.req.param('receipt');
    const found = await read(receipt, c.get('key'));
    const submission = found && readSubmission(found.container);
    if (found === undefined || !submission?.ok) return c.json(none, 404);
    const { application } = submission.value;
    const { name, address, birthDate, sex } = application.applicant;
    const look = await latestVerification(sql, agency.code, receipt);
    const actions = await listActions(sql, agency.code, receipt);
    return c.json({
      ...written(found.row),
      procedureVersion: application.procedure.version,
      definitionDigest: application.procedure.digest,
      applicant: { name, address, birthDate, sex },
      answers: application.answers,
      attachments: application.attachments.map((file) => ({
        name: file.name,
        size: file.size,
        sha256: file.sha256,
        rule: file.rule ?? null,
      })),
      submissions: found.submissions,
      parts: ((await readParts(sql, agency.code, receipt))?.progress ?? []).map((one) => ({
        part: one.part.id,
        office: one.office,
        state: one.state,
        at: one.at?.toISOString() ?? null,
        deadline: one.dueOn ?? null,
      })),
      signers: ((await readSigning(sql, agency.code, receipt))?.progress ?? []).map((one) => ({
        signer: one.wanted.id,
        name: one.wanted.person.name,
        state: one.state,
        receiptNumber: one.receipt ?? null,
      })),
      lights:
        look === undefined
          ? null
          : {
              signature: look.lights.signature.state,
              identity: look.lights.identity.state,
              validity: look.lights.validity.state,
            },
      actions: actions.map(({ at, kind }) => ({ at: at.toISOString(), kind })),
    } satisfies z.infer<typeof detailed>);
  });

  app.get('/applications/:receipt/container', async (c) => {
    const receipt = c.req.param('receipt');
    const found = await read(receipt, c.get('key'));
    if (found === undefined) return c.json(none, 404);
    return c.body(Uint8Array.from(found.container), 200, {
      'content-type': 'application/vnd.etsi.asic-e+zip',
      'content-disposition': `attachment; filename="${receipt}.asice"`,
    });
  });
  app.all('*', (c) => c.json(none, 404));
  return new Hono().route('/', app);
}
