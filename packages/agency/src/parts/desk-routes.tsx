import { drawApplication } from '@madoguchi/procedure';
import type { FieldError } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { attachmentInspector } from '../attachments/inspected.js';
import { sendFile } from '../attachments/send-file.js';
import { listActions } from '../cases/actions.js';
import { findCase } from '../cases/queries.js';
import { correctionInput, defaultUntil } from '../desk/correction-input.js';
import { actOf, decisions } from '../desk/decide.js';
import { faultWords } from '../desk/decision-words.js';
import { markables } from '../desk/markable.js';
import { backToQueue, type DeskPlace, type Env, forbidden, lookOf } from '../desk/place.js';
import { type Act, may, mayPart, reach, reachParts } from '../desk/roles.js';
import { texts as deskTexts } from '../desk/texts.js';
import { postedText } from '../forms/posted-text.js';
import { receiptPattern } from '../receipts/access.js';
import { latestVerification } from '../verification/queries.js';
import { readParts } from './case-parts.js';
import { decidePart, newestForPart } from './decide-part.js';
import { PartPage, PartsQueuePage } from './desk-pages.js';
import { attachmentsOfPart, markablesOfPart, rowsOfPart, seesPeople } from './need-to-know.js';
import { countParts, listParts, type PartPile, partPiles } from './queries.js';

/** The offices of one-stop applications: each its own queue, its own part, its own decision. Mount it at `/parts` of the desk. */
export function partRoutes(place: DeskPlace): Hono<Env> {
  const { sql, agency, desk, clock, procedures } = place;
  const app = new Hono<Env>();
  const inspect = attachmentInspector(place.scan);

  app.get('/', async (c) => {
    const session = c.get('session');
    const { grants } = session;
    const within = reachParts(grants, 'view');
    const asked = c.req.query('pile');
    const pile: PartPile = partPiles.find((one) => one === asked) ?? 'waiting';
    const [counts, rows] = await Promise.all([
      countParts(sql, agency.code, within),
      listParts(sql, agency.code, pile, within),
    ]);
    const sees = reach(grants, 'view');
    const back = sees === 'all' || sees.length > 0 ? backToQueue(place) : undefined;
    return c.html(
      <PartsQueuePage
        look={lookOf(c, place)}
        {...{ desk, session, pile, counts, rows, procedures, back }}
        cards={place.login !== undefined}
      />,
    );
  });

  /** The part of the address, when this officer may see it; a part out of reach is as unknown as one that does not exist. */
  async function find(c: Context<Env>) {
    const receipt = c.req.param('receipt') ?? '';
    if (!receiptPattern.test(receipt)) return undefined;
    const row = await findCase(sql, agency.code, receipt);
    const found = row && (await readParts(sql, agency.code, receipt));
    const mine = found?.progress.find(({ part }) => part.id === c.req.param('part'));
    if (row === undefined || found === undefined || mine === undefined) return undefined;
    const { grants } = c.get('session');
    const mayDo = (act: Act) => mayPart(grants, act, { procedure: row.procedureId, office: mine.office });
    return mayDo('view') ? { ...found, row, mine, mayDo } : undefined;
  }
  type Found = NonNullable<Awaited<ReturnType<typeof find>>>;

  async function page(
    c: Context<Env>,
    found: Found,
    errors: readonly FieldError[] = [],
    typed: { reason: string; marks: readonly string[]; until: string } = { reason: '', marks: [], until: '' },
  ) {
    const { row, mine, submission, progress, mayDo } = found;
    const { part } = mine;
    const { definition, application } = submission;
    const session = c.get('session');
    const whole = may(session.grants, 'view', row.procedureId);
    const actions = await listActions(sql, agency.code, row.receiptNumber);
    const attachments = attachmentsOfPart(part, submission);
    const look = lookOf(c, place);
    return (
      <PartPage
        look={
          c.req.method === 'GET' ? look : { ...look, path: `${desk}/parts/${row.receiptNumber}/${part.id}` }
        }
        {...{ desk, session, row, submission, mine, progress, mayDo, whole, errors }}
        drawn={rowsOfPart(part, drawApplication(definition, application).rows)}
        attachments={attachments}
        findings={await inspect(attachments)}
        newest={await latestVerification(sql, agency.code, row.receiptNumber)}
        withEvidence={whole || seesPeople(definition, part)}
        actions={actions.filter(({ detail }) => detail.part === undefined || detail.part === part.id)}
        markables={markablesOfPart(part, markables(definition, application))}
        seen={await newestForPart(sql, agency.code, row.receiptNumber, part.id)}
        fourEyes={place.fourEyes ?? false}
        typed={{ ...typed, until: typed.until === '' ? defaultUntil(clock()) : typed.until }}
      />
    );
  }

  app.get('/:receipt/:part', async (c) => {
    const found = await find(c);
    return found === undefined ? c.notFound() : c.html(await page(c, found));
  });

  app.get('/:receipt/:part/attachments/:index', async (c) => {
    const found = await find(c);
    const seen = found === undefined ? [] : attachmentsOfPart(found.mine.part, found.submission);
    const file = seen.find(({ index }) => String(index) === c.req.param('index'));
    if (file === undefined) return c.notFound();
    // What a scanner has named does not leave the desk; the page says why.
    if ((await inspect([file])).flat().includes('malware') && found !== undefined)
      return c.html(await page(c, found), 403);
    return sendFile(c, file);
  });

  app.post('/:receipt/:part/decision', async (c) => {
    const found = await find(c);
    if (found === undefined) return c.notFound();
    const { row, mine, submission } = found;
    const form = await c.req.parseBody({ all: true });
    const decision = decisions.find((one) => one === form.decision);
    if (decision === undefined)
      return c.html(await page(c, found, [{ field: 'reason', message: deskTexts.badForm }]), 422);
    if (!found.mayDo(actOf[decision])) return forbidden(c, place);
    const reason = postedText(form, 'reason');
    const asked = correctionInput(form, decision === 'correct' ? submission : undefined, clock());
    const own = new Set(
      markablesOfPart(mine.part, markables(submission.definition, submission.application)).map(
        ({ name }) => name,
      ),
    );
    const correction = { ...asked, fields: asked.fields.filter((name) => own.has(name)) };
    const fault = await decidePart(sql, agency.code, row.receiptNumber, {
      ...{ part: mine.part.id, decision, reason, correction },
      seen: Number(form.seen),
      officer: c.get('session').officer,
      at: clock(),
      fourEyes: place.fourEyes,
    });
    const address = `${desk}/parts/${row.receiptNumber}/${mine.part.id}`;
    if (fault === undefined) return c.redirect(address, 303);
    const now = (await find(c)) ?? found;
    const field = fault === 'until' ? 'until' : 'reason';
    return c.html(
      await page(c, now, [{ field, message: faultWords[fault] }], {
        ...{ reason, marks: correction.fields, until: correction.until },
      }),
      422,
    );
  });

  return app;
}
