import type { ClaimedAttachment, Relation } from '@madoguchi/procedure';
import { appendAudit } from '@madoguchi/store';
import { type FieldError, sameOriginPosts } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { auditChain } from '../cases/audit-chain.js';
import { appendAction } from '../cases/queries.js';
import { formLimit } from '../forms/form-limit.js';
import { island } from '../forms/island.js';
import { pageLook } from '../forms/look.js';
import { handOver, postedSchema, signingPageHeaders } from '../forms/signing.js';
import type { LoadedProcedure, ReceptionOptions } from '../options.js';
import { receiptPattern } from '../receipts/access.js';
import { openSigning, type Reader, readersSigning } from './access.js';
import { isSignerCode } from './code.js';
import { lockSigning } from './join.js';
import { CorrectedPage, CosignPage, EnterPage, reasonLimit } from './page.js';
import { readSigning } from './signing.js';
import { texts } from './texts.js';

/** Where a co-signer comes in with number and code: `/cosign`, typed or by a link. The code never stays in an address. */
export function cosignEntryRoutes(options: ReceptionOptions): Hono {
  const { db, agency, keys, clock } = options;
  const home = `${agency.basePath}/cosign`;
  const app = new Hono();
  app.use(formLimit(16 * 1024), sameOriginPosts({ origins: [agency.origin] }));

  async function enter(c: Context, typedReceipt: string, code: string) {
    const receipt = typedReceipt.normalize('NFKC').trim().slice(0, 40);
    const signing = receiptPattern.test(receipt)
      ? await readSigning(db.sql, agency.code, receipt)
      : undefined;
    const found = signing?.progress.find(({ wanted }) =>
      isSignerCode(keys.secret, agency.code, { receipt, signer: wanted.id, digest: signing.digest }, code),
    );
    if (signing === undefined || found === undefined) {
      const look = { ...pageLook(c, agency), path: home };
      return c.html(<EnterPage {...{ look, home, receipt }} failed />, 422);
    }
    const invitation = { receipt, signer: found.wanted.id, digest: signing.digest };
    openSigning(c, agency, keys, invitation, clock());
    return c.redirect(`${agency.basePath}/applications/${receipt}/cosign`, 303);
  }

  app.get('/', async (c) => {
    c.header('Referrer-Policy', 'no-referrer');
    const { receipt, code } = c.req.query();
    if (receipt !== undefined && code !== undefined) return enter(c, receipt, code);
    const look = { ...pageLook(c, agency), path: home };
    return c.html(<EnterPage {...{ look, home }} receipt="" failed={false} />);
  });
  app.post('/', async (c) => {
    const { receipt, code } = await c.req.parseBody();
    return enter(c, typeof receipt === 'string' ? receipt : '', typeof code === 'string' ? code : '');
  });
  return app;
}

/** 共同の署名: `/applications/<receipt>/cosign`, for whoever the application needs besides its applicant. */
export function cosignRoutes(options: ReceptionOptions): Hono {
  const { db, agency, clock } = options;
  const { sql } = db;
  const home = (c: Context) => `${agency.basePath}/applications/${c.req.param('receipt')}/cosign`;
  const app = new Hono();
  for (const headers of signingPageHeaders(agency)) app.use('/:receipt/cosign/*', headers);
  app.use('/:receipt/cosign/*', formLimit(512 * 1024));

  async function find(c: Context): Promise<Reader | Response> {
    const reader = await readersSigning(c, options);
    const entry = `${agency.basePath}/cosign`;
    if (reader === undefined) return c.redirect(entry, 303);
    if (reader === 'corrected') return c.html(<CorrectedPage look={pageLook(c, agency)} home={entry} />, 409);
    return reader;
  }
  const page = (c: Context, reader: Reader, shown: { errors?: FieldError[]; checked?: boolean } = {}) => (
    <CosignPage
      look={{ ...pageLook(c, agency), path: home(c) }}
      agency={agency}
      reader={reader}
      today={new Date(clock().getTime() + 9 * 3600_000).toISOString().slice(0, 10)}
      errors={shown.errors ?? []}
      posted={c.req.method !== 'GET'}
      checked={shown.checked ?? false}
      script={`${agency.basePath}${island.entry}`}
    />
  );

  app.get('/:receipt/cosign', async (c) => {
    const reader = await find(c);
    return reader instanceof Response ? reader : c.html(page(c, reader));
  });

  // Without a script: the page says what the signature needs.
  app.post('/:receipt/cosign', async (c) => {
    const reader = await find(c);
    return reader instanceof Response ? reader : c.html(page(c, reader, { checked: true }));
  });

  app.post('/:receipt/cosign/request', async (c) => {
    const reader = await find(c);
    if (reader instanceof Response) return reader;
    if (reader.row.state !== 'cosigning' || reader.own.state === 'signed')
      return c.html(page(c, reader, { errors: [{ message: texts.closed }] }), 422);
    const posted = postedSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!posted.success) return c.json({ rule: 'request.shape' }, 400);
    const { submission, digest } = reader.signing;
    const { application, applicationBytes } = submission;
    const procedure: LoadedProcedure = {
      definition: submission.definition,
      digest: submission.digest,
      bytes: submission.definitionBytes,
    };
    const relation: Relation = {
      kind: 'cosigns',
      receipt: reader.row.receiptNumber,
      application: digest,
      signer: reader.own.wanted.id,
    };
    // The answers of the page count for nothing: what is signed is what was signed.
    return handOver(c, options, procedure, {
      answers: application.answers,
      attachments: application.attachments.map(claimOf),
      relation,
      cosigned: applicationBytes,
    });
  });

  app.post('/:receipt/cosign/decline', async (c) => {
    const reader = await find(c);
    if (reader instanceof Response) return reader;
    const { reason } = await c.req.parseBody();
    const words = typeof reason === 'string' ? reason.replaceAll('\r\n', '\n').trim() : '';
    if (words.length > reasonLimit)
      return c.html(page(c, reader, { errors: [{ field: 'reason', message: texts.reasonLength }] }), 422);
    const receipt = reader.row.receiptNumber;
    const signer = reader.own.wanted.id;
    const relation: Relation = { kind: 'cosigns', receipt, application: reader.signing.digest, signer };
    const at = clock();
    await sql.begin(async (tx) => {
      // Whoever was quicker has it: the page then shows how it stands.
      if ((await lockSigning(tx, agency.code, relation)).fault !== undefined) return;
      const detail = {
        signer,
        application: relation.application,
        ...(words === '' ? {} : { reason: words }),
      };
      await appendAction(tx, agency.code, receipt, { at, actor: 'cosigner', kind: 'cosignDeclined', detail });
      await appendAudit(tx, auditChain(agency.code), {
        at,
        actor: 'cosigner',
        action: 'case.cosignDeclined',
        subject: receipt,
        detail: { signer },
      });
    });
    return c.redirect(home(c), 303);
  });

  // What was sent first is to be seen before it is signed, and goes along with the signature.
  app.get('/:receipt/cosign/files/:index', async (c) => {
    const reader = await readersSigning(c, options);
    const index = c.req.param('index');
    const file =
      typeof reader === 'object' && /^[0-9]{1,3}$/.test(index)
        ? reader.signing.submission.attachments[Number(index)]
        : undefined;
    if (file === undefined) return c.notFound();
    return c.body(Uint8Array.from(file.bytes), 200, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="attachment-${index}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
  });
  return app;
}

function claimOf({ name, size, sha256, rule }: ClaimedAttachment): ClaimedAttachment {
  return { name, size, sha256, ...(rule === undefined ? {} : { rule }) };
}
