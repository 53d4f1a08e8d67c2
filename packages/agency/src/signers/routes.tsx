import { type ClaimedAttachment, checkAnswers, markText, type Relation } from '@madoguchi/procedure';
import { appendAudit } from '@madoguchi/store';
import { type FieldError, japaneseDay, sameOriginPosts } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { auditChain } from '../cases/audit-chain.js';
import { appendAction } from '../cases/queries.js';
import { disposition } from '../desk/disposition.js';
import { ApplicationForm } from '../forms/application-form.js';
import { formLimit } from '../forms/form-limit.js';
import { island } from '../forms/island.js';
import { pageLook } from '../forms/look.js';
import { handOver, postedSchema, signingPageHeaders } from '../forms/signing.js';
import { placeOf } from '../forms/steps.js';
import { readTyped, typedOf } from '../forms/typed.js';
import { limited } from '../limits/limit.js';
import { giveAddress, mailSection, mayGiveAddress } from '../mail/give.js';
import type { LoadedProcedure, ReceptionOptions } from '../options.js';
import { partsProgress } from '../parts/case-parts.js';
import { receiptPattern } from '../receipts/access.js';
import { findReply, hasReply } from '../replies/queries.js';
import { openSigning, type Reader, readersSigning } from './access.js';
import { isSignerCode } from './code.js';
import { lockSigning } from './join.js';
import { ininjo, mandateAbout, mandateErrors, mandateQuestions, usualMandate } from './mandate.js';
import { CorrectedPage, CosignPage, EnterPage, reasonLimit } from './page.js';
import { asksSigners, readSigning } from './signing.js';
import { texts } from './texts.js';

/** Where a co-signer comes in with number and code: `/cosign`, typed or by a link. The code never stays in an address. */
export function cosignEntryRoutes(options: ReceptionOptions): Hono {
  const { db, agency, keys, clock } = options;
  const home = `${agency.basePath}/cosign`;
  const app = new Hono();
  app.use(formLimit(16 * 1024), sameOriginPosts({ origins: [agency.origin] }));

  async function enter(c: Context, typedReceipt: string, code: string) {
    const receipt = typedReceipt.normalize('NFKC').trim().slice(0, 40);
    const asks = receiptPattern.test(receipt) && (await asksSigners(db.sql, agency.code, receipt));
    const signing = asks ? await readSigning(db.sql, agency.code, receipt) : undefined;
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

  const empty = (c: Context, failed: false | 'tooOften') => (
    <EnterPage look={{ ...pageLook(c, agency), path: home }} home={home} receipt="" failed={failed} />
  );
  // A code is guessed no faster than an inquiry number.
  const guarded = limited('lookUps', options.limits, (c) => c.html(empty(c, 'tooOften'), 429));
  app.use(async (c, next) =>
    c.req.method === 'GET' && c.req.query('code') === undefined ? next() : guarded(c, next),
  );
  app.get('/', async (c) => {
    c.header('Referrer-Policy', 'no-referrer');
    const { receipt, code } = c.req.query();
    if (receipt !== undefined && code !== undefined) return enter(c, receipt, code);
    return c.html(empty(c, false));
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
  const mandate = ininjo(agency);
  const questions = mandateQuestions(mandate.definition);
  const today = () => japaneseDay(clock());
  /** The form of a mandate, where that is what this reader signs. */
  const mandateForm = (c: Context, reader: Reader, typed: Record<string, string> | undefined) => {
    if (reader.own.wanted.rule.paper !== 'mandate') return {};
    const about = mandateAbout(reader.signing.submission, reader.row.receiptNumber);
    const values = typed ?? usualMandate(japaneseDay(reader.row.arrivedAt));
    return {
      about: mandate.definition.fields
        .filter(({ id }) => Object.hasOwn(about, id))
        .map(({ id, label }) => ({ label, value: markText(about[id] ?? '') })),
      form: (
        <ApplicationForm
          agency={agency}
          definition={questions}
          address={home(c)}
          draft={`${home(c)}/${reader.own.wanted.id}/${reader.signing.digest.slice(0, 16)}`}
          typed={typedOf(values)}
          place={placeOf(questions, 0)}
          posted={c.req.method !== 'GET'}
        />
      ),
    };
  };
  const page = async (
    c: Context,
    reader: Reader,
    shown: { errors?: FieldError[]; checked?: boolean; typed?: Record<string, string>; mail?: string } = {},
  ) => (
    <CosignPage
      {...mandateForm(c, reader, shown.typed)}
      look={{ ...pageLook(c, agency), path: home(c) }}
      agency={agency}
      reader={reader}
      today={today()}
      errors={shown.errors ?? []}
      posted={c.req.method !== 'GET'}
      checked={shown.checked ?? false}
      parts={await partsProgress(sql, agency.code, reader.row.receiptNumber)}
      replied={reader.own.state === 'signed' && (await hasReply(sql, agency.code, reader.row.receiptNumber))}
      script={`${agency.basePath}${island.entry}`}
      mail={
        mayGiveAddress(options, reader.row)
          ? await mailSection(options, mailReader(reader), { address: home(c), typed: shown.mail ?? '' })
          : null
      }
    />
  );

  app.get('/:receipt/cosign', async (c) => {
    const reader = await find(c);
    return reader instanceof Response ? reader : c.html(await page(c, reader));
  });

  /** What the reader typed of a mandate, with what nobody types; or what is wrong with it. */
  function checkedMandate(reader: Reader, typed: Record<string, string>) {
    const about = mandateAbout(reader.signing.submission, reader.row.receiptNumber);
    const checked = checkAnswers(mandate.definition, { ...typed, ...about });
    const filedOn = japaneseDay(reader.row.arrivedAt);
    const errors = checked.ok ? mandateErrors(checked.answers, filedOn, today()) : checked.errors;
    return { answers: checked.answers, errors };
  }

  // Without a script: the answers are checked, and the page says what the signature needs.
  app.post('/:receipt/cosign', async (c) => {
    const reader = await find(c);
    if (reader instanceof Response) return reader;
    if (reader.own.wanted.rule.paper !== 'mandate') return c.html(await page(c, reader, { checked: true }));
    const typed = readTyped(await c.req.parseBody({ all: true }));
    const { errors } = checkedMandate(reader, typed);
    if (errors.length > 0) return c.html(await page(c, reader, { typed, errors }), 422);
    return c.html(await page(c, reader, { typed, checked: true }));
  });

  app.post('/:receipt/cosign/request', async (c) => {
    const reader = await find(c);
    if (reader instanceof Response) return reader;
    if (reader.row.state !== 'cosigning' || reader.own.state === 'signed')
      return c.html(await page(c, reader, { errors: [{ message: texts.closed }] }), 422);
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
    if (reader.own.wanted.rule.paper === 'mandate') {
      const typed = posted.data.answers;
      const { answers, errors } = checkedMandate(reader, typed);
      if (errors.length > 0) return c.html(await page(c, reader, { typed, errors }), 422);
      return handOver(c, options, mandate, {
        answers,
        attachments: [],
        relation,
        cosigned: applicationBytes,
      });
    }
    // The answers of the page count for nothing: what is signed is what was signed.
    return handOver(c, options, procedure, {
      answers: application.answers,
      attachments: application.attachments.map(claimOf),
      relation,
      cosigned: applicationBytes,
    });
  });

  // The office's answer is for everybody who signed.
  app.get('/:receipt/cosign/notice.pdf', async (c) => {
    const reader = await find(c);
    if (reader instanceof Response) return reader;
    const { receiptNumber } = reader.row;
    const reply =
      reader.own.state === 'signed' ? await findReply(sql, agency.code, receiptNumber) : undefined;
    if (reply === undefined) return c.notFound();
    return c.body(Uint8Array.from(reply.pdf), 200, {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${receiptNumber}-notice.pdf"`,
    });
  });

  app.post('/:receipt/cosign/mail', async (c) => {
    const reader = await find(c);
    if (reader instanceof Response) return reader;
    if (!mayGiveAddress(options, reader.row)) return c.notFound();
    const wrong = await giveAddress(c, options, mailReader(reader));
    if (wrong !== undefined)
      return c.html(await page(c, reader, { errors: wrong.errors, mail: wrong.typed }), 422);
    return c.redirect(`${home(c)}#notices`, 303);
  });

  app.post('/:receipt/cosign/decline', async (c) => {
    const reader = await find(c);
    if (reader instanceof Response) return reader;
    const { reason } = await c.req.parseBody();
    const words = typeof reason === 'string' ? reason.replaceAll('\r\n', '\n').trim() : '';
    if (words.length > reasonLimit)
      return c.html(
        await page(c, reader, { errors: [{ field: 'reason', message: texts.reasonLength }] }),
        422,
      );
    const receipt = reader.row.receiptNumber;
    const signer = reader.own.wanted.id;
    const relation: Relation = { kind: 'cosigns', receipt, application: reader.signing.digest, signer };
    const at = clock();
    await sql.begin(async (tx) => {
      // Whoever was quicker has it: the page then shows how it stands.
      if ((await lockSigning(tx, agency.code, relation, at)).fault !== undefined) return;
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
      'content-disposition': disposition(file.name, Number(index)),
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
  });
  return app;
}

function mailReader({ row, own }: Reader) {
  return { receiptNumber: row.receiptNumber, signer: own.wanted.id };
}

function claimOf({ name, size, sha256, rule }: ClaimedAttachment): ClaimedAttachment {
  return { name, size, sha256, ...(rule === undefined ? {} : { rule }) };
}
