/** What is begun or done on a resident's page. Each ends where the act goes on, or at the page again with what was wrong and what was typed. */
import type { FieldError } from '@madoguchi/ui';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { incapacityOf } from '../identity/incapacity.js';
import type { CounterResident } from '../register/find.js';
import { chosenAct, pinsFor, substitutionsOf } from './act-form.js';
import { a } from './act-words.js';
import { type ActKind, prepareAct } from './acts.js';
import { cardInReader, cardOf } from './cards.js';
import { enterEvent } from './enter-event.js';
import { formOf, sendPdf } from './forms.js';
import { lossKinds } from './grounds.js';
import type { CounterEnv } from './guard.js';
import { letterKinds } from './letter-form.js';
import { LetterPage } from './letter-page.js';
import { letterPdf } from './letter-pdf.js';
import { sendLetter } from './letters.js';
import { reportInPerson } from './loss.js';
import { loss } from './loss-words.js';
import { readProof } from './read-proof.js';
import { kindsFor } from './resident-page.js';
import { type CounterPlace, recordsOf, showResident } from './resident-shown.js';

const reasonOf: Readonly<Record<ActKind, string>> = {
  issue: 'application',
  renew: 'renewal',
  pin: 'pinForgottenOrLocked',
};

/** 発行・更新・パスワード再設定: what is to be done, for whom, proved how. It goes on where the applicant types. */
export async function beginAct(
  c: Context<CounterEnv>,
  place: CounterPlace,
  resident: CounterResident,
): Promise<Response> {
  const { ca, equipment } = place;
  const ctx = ca.context;
  const form = await formOf(c);
  const now = ctx.clock();
  const stayIsOver = resident.stayUntil !== undefined && resident.stayUntil <= now;
  if (equipment.cards === undefined || resident.state !== 'present' || stayIsOver)
    throw new HTTPException(404);
  const incapacity = incapacityOf(resident, now);
  const pins = pinsFor(ctx.scheme, incapacity);
  if (pins.length === 0) throw new HTTPException(404);
  const own = await cardOf(ctx, resident);
  const kinds = kindsFor(await recordsOf(ca, resident), own !== undefined);
  const chosen = chosenAct(form.kind, kinds, pins);
  const proof = readProof(form, { presenters: ['self', 'guardian', 'agent'], incapacity });
  const substituted = substitutionsOf(resident).length > 0;
  const errors: FieldError[] = [...proof.errors];
  if (chosen === undefined) errors.unshift({ field: 'kind', message: a.badKind });
  if (substituted && form.consent !== 'yes') errors.push({ field: 'consent', message: a.badConsent });
  const { presenter, evidence, letter } = proof;
  if (errors.length === 0 && chosen !== undefined && presenter !== undefined) {
    const byAgent = equipment.login !== undefined && form.reader === 'agent';
    const id = await prepareAct(ctx, {
      ...{ resident, ...chosen, presenter, evidence, letter },
      ...(byAgent ? {} : await inReaderOf(place, resident)),
      clerk: c.var.session.clerk,
      reason: reasonOf[chosen.kind],
      consent: substituted ? ['clerk'] : [],
    });
    if (id !== undefined)
      return c.redirect(byAgent ? `/counter/desk/${id}` : `/counter/pin/${id}?reader=server`, 303);
    errors.push({ field: 'letter', message: a.badLetter });
  }
  const kind = typeof form.kind === 'string' ? form.kind : undefined;
  const typed = { kind, who: presenter, evidence, letter, consent: form.consent === 'yes' };
  return showResident(c, place, resident, { errors, typed });
}

/** The resident's card, where it lies in a reader of this server: the act is done to that one. */
async function inReaderOf({ ca, equipment }: CounterPlace, resident: CounterResident) {
  const { cards } = equipment;
  const inReader = cards && (await cardInReader(ca, cards.readers, resident));
  await inReader?.close();
  return inReader === undefined ? {} : { card: inReader.name };
}

/** 照会書: a letter to the address on record, whose number an agent brings. */
export async function printLetter(
  c: Context<CounterEnv>,
  place: CounterPlace,
  resident: CounterResident,
): Promise<Response> {
  const ctx = place.ca.context;
  const { typeset } = place.equipment;
  const form = await formOf(c);
  if (resident.state !== 'present' || incapacityOf(resident, ctx.clock()) !== undefined)
    throw new HTTPException(404);
  const wanted = [form.kinds].flat();
  const kinds = letterKinds.filter((kind) => wanted.includes(kind));
  if (kinds.length === 0)
    return showResident(c, place, resident, { errors: [{ field: 'kinds', message: a.badLetterKinds }] });
  const letter = await sendLetter(ctx, resident, kinds, c.var.session.clerk);
  if (typeset === undefined)
    return c.html(<LetterPage prefs={c.var.prefs} resident={resident} number={letter.number} />);
  return sendPdf(c, letterPdf(typeset, resident, kinds, letter), 'shokaisho.pdf');
}

/** 紛失・盗難の届出: ends what is on the card. */
export async function reportLoss(
  c: Context<CounterEnv>,
  place: CounterPlace,
  resident: CounterResident,
): Promise<Response> {
  const ctx = place.ca.context;
  const form = await formOf(c);
  const incapacity = incapacityOf(resident, ctx.clock());
  const kind = lossKinds.find((one) => one === form.loss);
  const proof = readProof(form, { presenters: ['self', 'guardian'], incapacity, prefix: 'report-' });
  const errors = [...(kind === undefined ? [{ field: 'loss', message: loss.choose }] : []), ...proof.errors];
  const { presenter, evidence } = proof;
  if (errors.length > 0 || kind === undefined || presenter === undefined) {
    const report = { kind, who: presenter, evidence };
    return showResident(c, place, resident, { errors, report, open: 'report' });
  }
  const { clerk } = c.var.session;
  const { revoked } = await reportInPerson(ctx, resident, { kind, presenter, evidence, clerk });
  for (let each = 0; each < revoked; each += 1) place.counters.count('madoguchi_ca_revocations_total');
  return toResident(c, resident);
}

/** 職権: what happened to the resident, entered by hand as the register would tell it. */
export async function enterByHand(
  c: Context<CounterEnv>,
  place: CounterPlace,
  resident: CounterResident,
): Promise<Response> {
  const form = await formOf(c);
  const text = (name: string) => (typeof form[name] === 'string' ? form[name].trim() : '');
  const event = {
    kind: text('eventKind'),
    number: text('eventNumber'),
    day: text('eventDay'),
    value: text('eventValue'),
  };
  const errors = await enterEvent(place.ca, resident, event, c.var.session.clerk);
  if (errors.length > 0) return showResident(c, place, resident, { errors, event, open: 'event' });
  return toResident(c, resident);
}

/** The page anew, so that loading it again does nothing twice. */
function toResident(c: Context<CounterEnv>, { id }: CounterResident): Response {
  return c.redirect(`/counter/residents/${id}`, 303);
}
