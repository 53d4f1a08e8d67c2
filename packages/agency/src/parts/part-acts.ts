/** What an office does with its part: takes a file of it away, decides it. */
import type { Context } from 'hono';
import { sendFile } from '../attachments/send-file.js';
import { correctionInput } from '../desk/correction-input.js';
import { actOf, decisions } from '../desk/decide.js';
import { faultWords } from '../desk/decision-words.js';
import { markables } from '../desk/markable.js';
import { type Env, forbidden } from '../desk/place.js';
import { texts as deskTexts } from '../desk/texts.js';
import { postedText } from '../forms/posted-text.js';
import { decidePart } from './decide-part.js';
import { attachmentsOfPart, markablesOfPart } from './need-to-know.js';
import { type FoundPart, findPart, type PartPlace, showPart } from './part-shown.js';

/** What a scanner has named does not leave the desk; the page says why. */
export async function sendPartsFile(c: Context<Env>, place: PartPlace, found: FoundPart): Promise<Response> {
  const seen = attachmentsOfPart(found.mine.part, found.submission);
  const file = seen.find(({ index }) => String(index) === c.req.param('index'));
  if (file === undefined) return c.notFound();
  const [findings = []] = await place.inspect([file]);
  if (findings.includes('malware')) return showPart(c, place, found, { status: 403 });
  return sendFile(c, file);
}

/** Takes the decision that the form names, when the officer's role allows that one on this part. An office marks only what it sees. */
export async function decideItsPart(c: Context<Env>, place: PartPlace, found: FoundPart): Promise<Response> {
  const { sql, agency, desk, clock } = place;
  const { row, mine, submission } = found;
  const form = await c.req.parseBody({ all: true });
  const decision = decisions.find((one) => one === form.decision);
  if (decision === undefined)
    return showPart(c, place, found, { errors: [{ field: 'reason', message: deskTexts.badForm }] });
  if (!found.mayDo(actOf[decision])) return forbidden(c, place);
  const reason = postedText(form, 'reason');
  const asked = correctionInput(form, decision === 'correct' ? submission : undefined, clock());
  const all = markables(submission.definition, submission.application);
  const own = new Set(markablesOfPart(mine.part, all).map(({ name }) => name));
  const correction = { ...asked, fields: asked.fields.filter((name) => own.has(name)) };
  const fault = await decidePart(sql, agency.code, row.receiptNumber, {
    ...{ part: mine.part.id, decision, reason, correction },
    seen: Number(form.seen),
    officer: c.get('session').officer,
    at: clock(),
    fourEyes: place.fourEyes,
  });
  if (fault === undefined) return c.redirect(`${desk}/parts/${row.receiptNumber}/${mine.part.id}`, 303);
  return showPart(c, place, (await findPart(c, place)) ?? found, {
    errors: [{ field: fault === 'until' ? 'until' : 'reason', message: faultWords[fault] }],
    typed: { reason, marks: correction.fields, until: correction.until },
  });
}
