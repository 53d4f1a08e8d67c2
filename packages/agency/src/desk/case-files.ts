/** What an officer takes away from a case: a file of it, the notice, the evidence. */
import { appendAudit } from '@madoguchi/store';
import type { Context } from 'hono';
import { caseBundle } from '../archive/bundle.js';
import { fileAt, sendFile } from '../attachments/send-file.js';
import { auditChain } from '../cases/audit-chain.js';
import { appendAction, type CaseRow } from '../cases/queries.js';
import { submissionsRead } from '../cases/submissions-read.js';
import { applicationPdf } from '../receipts/application-pdf.js';
import { findReply } from '../replies/queries.js';
import { signersTrail } from '../signers/trail.js';
import { readVerifications } from '../verification/queries.js';
import { type CasePlace, showCase } from './case-shown.js';
import type { Env } from './place.js';

/** What a scanner has named does not leave the desk; the page says why. */
export async function sendAttachment(c: Context<Env>, place: CasePlace, row: CaseRow): Promise<Response> {
  const submission = (await submissionsRead(place.sql, place.agency.code, row.receiptNumber)).at(-1);
  const file = fileAt(submission?.attachments, c.req.param('index'));
  if (file === undefined) return c.notFound();
  const [findings = []] = await place.inspect([file]);
  if (findings.includes('malware')) return showCase(c, place, row, { status: 403 });
  return sendFile(c, file);
}

/** The application as its applicant saw it, on paper. */
export async function sendApplication(c: Context<Env>, place: CasePlace, row: CaseRow): Promise<Response> {
  const pdf = await applicationPdf(place.sql, place.agency, row, 'ja');
  if (pdf === undefined) return c.notFound();
  return c.body(Uint8Array.from(pdf), 200, {
    'Content-Type': 'application/pdf',
    'Content-Disposition': `inline; filename="${row.receiptNumber}-application.pdf"`,
  });
}

/** The office's answer as it went out. */
export async function sendNotice(c: Context<Env>, place: CasePlace, row: CaseRow): Promise<Response> {
  const reply = await findReply(place.sql, place.agency.code, row.receiptNumber);
  if (reply === undefined) return c.notFound();
  return c.body(Uint8Array.from(reply.pdf), 200, {
    'Content-Type': 'application/pdf',
    'Content-Disposition': `inline; filename="${row.receiptNumber}-notice.pdf"`,
  });
}

/** The whole case as one file that can be verified elsewhere (ASiC-E). */
export async function sendBundle(c: Context<Env>, place: CasePlace, row: CaseRow): Promise<Response> {
  const actor = `officer:${c.get('session').officer}`;
  const bundle = place.archive && (await caseBundle(place.archive, row.receiptNumber, actor));
  if (bundle === undefined) return c.notFound();
  return c.body(Uint8Array.from(bundle), 200, {
    'Content-Type': 'application/vnd.etsi.asic-e+zip',
    'Content-Disposition': `attachment; filename="${row.receiptNumber}.asice"`,
    'X-Content-Type-Options': 'nosniff',
  });
}

/** The trail of all looks at a case, with the evidence of each. Who took it is kept, before they have it. */
export async function sendTrail(c: Context<Env>, place: CasePlace, row: CaseRow): Promise<Response> {
  const { sql, agency, clock } = place;
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
}
