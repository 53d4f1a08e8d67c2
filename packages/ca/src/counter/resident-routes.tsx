import type { FieldError } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Ca } from '../ca.js';
import type { Counters } from '../http/metrics.js';
import { incapacityOf } from '../identity/incapacity.js';
import { officeOf } from '../office/settings.js';
import { type CounterResident, residentById } from '../register/find.js';
import { chosenAct, pinsFor, substitutionsOf, type Typed } from './act-form.js';
import type { CounterEquipment } from './act-routes.js';
import { a } from './act-words.js';
import { type ActKind, prepareAct } from './acts.js';
import { cardInReader, cardOf } from './cards.js';
import { lookAtReaders } from './desk-readers.js';
import { enterEvent } from './enter-event.js';
import type { TypedEvent } from './event-form.js';
import { formOf, sendPdf, smallForm } from './forms.js';
import { lossKinds } from './grounds.js';
import { type CounterEnv, needs } from './guard.js';
import { letterKinds } from './letter-form.js';
import { LetterPage } from './letter-page.js';
import { letterPdf } from './letter-pdf.js';
import { openLetter, sendLetter } from './letters.js';
import { openHold, reportInPerson } from './loss.js';
import { loss } from './loss-words.js';
import { readProof } from './read-proof.js';
import type { TypedReport } from './report-form.js';
import { kindsFor, ResidentPage } from './resident-page.js';

/** A resident's page, and the acts that begin or are done there. */
export function residentRoutes(ca: Ca, counters: Counters, equipment: CounterEquipment): Hono<CounterEnv> {
  const app = new Hono<CounterEnv>();
  const ctx = ca.context;
  const { cards, typeset } = equipment;

  async function residentOf(c: Context<CounterEnv>): Promise<CounterResident> {
    const found = await residentById(ctx, c.req.param('id') ?? '', c.var.session.municipality);
    if (found === undefined) throw new HTTPException(404);
    return found;
  }

  const recordsOf = async (resident: CounterResident) =>
    (await ca.list({ municipality: resident.municipality, resident: resident.id })).filter(
      ({ state }) => state !== 'reserved',
    );

  async function page(
    c: Context<CounterEnv>,
    resident: CounterResident,
    more: {
      errors?: readonly FieldError[];
      typed?: Typed;
      open?: 'report' | 'event';
      event?: TypedEvent;
      report?: TypedReport;
    } = {},
  ) {
    const [records, card, letter, hold, readers, office] = await Promise.all([
      recordsOf(resident),
      cardOf(ctx, resident),
      openLetter(ctx, resident),
      openHold(ctx, resident),
      lookAtReaders(ca, cards?.readers, resident),
      officeOf(ctx),
    ]);
    const { prefs, session } = c.var;
    return (
      <ResidentPage
        {...{ prefs, resident, records, letter, hold, readers, office, ...more }}
        csrf={session.csrf}
        now={ctx.clock()}
        scheme={ctx.scheme}
        hasCards={cards !== undefined}
        hasOwnCard={card !== undefined}
        reader={equipment.login === undefined ? undefined : office.reader}
      />
    );
  }

  app.get('/residents/:id', needs('look'), async (c) => c.html(await page(c, await residentOf(c))));

  app.post('/residents/:id/act', needs('issue'), smallForm, async (c) => {
    const resident = await residentOf(c);
    const form = await formOf(c);
    const now = ctx.clock();
    const stayIsOver = resident.stayUntil !== undefined && resident.stayUntil <= now;
    if (cards === undefined || resident.state !== 'present' || stayIsOver) throw new HTTPException(404);
    const incapacity = incapacityOf(resident, now);
    const pins = pinsFor(ctx.scheme, incapacity);
    if (pins.length === 0) throw new HTTPException(404);
    const own = await cardOf(ctx, resident);
    const kinds = kindsFor(await recordsOf(resident), own !== undefined);
    const chosen = chosenAct(form.kind, kinds, pins);
    const proof = readProof(form, { presenters: ['self', 'guardian', 'agent'], incapacity });
    const substituted = substitutionsOf(resident).length > 0;
    const errors: FieldError[] = [...proof.errors];
    if (chosen === undefined) errors.unshift({ field: 'kind', message: a.badKind });
    if (substituted && form.consent !== 'yes') errors.push({ field: 'consent', message: a.badConsent });
    const { presenter, evidence, letter } = proof;
    if (errors.length === 0 && chosen !== undefined && presenter !== undefined) {
      const byAgent = equipment.login !== undefined && form.reader === 'agent';
      const inReader = byAgent ? undefined : await cardInReader(ca, cards.readers, resident);
      await inReader?.close();
      const id = await prepareAct(ctx, {
        resident,
        ...chosen,
        ...(inReader === undefined ? {} : { card: inReader.name }),
        clerk: c.var.session.clerk,
        presenter,
        evidence,
        reason: reasonOf[chosen.kind],
        letter,
        consent: substituted ? ['clerk'] : [],
      });
      if (id !== undefined)
        return c.redirect(byAgent ? `/counter/desk/${id}` : `/counter/pin/${id}?reader=server`, 303);
      errors.push({ field: 'letter', message: a.badLetter });
    }
    const kind = typeof form.kind === 'string' ? form.kind : undefined;
    const typed = { kind, who: presenter, evidence, letter, consent: form.consent === 'yes' };
    return c.html(await page(c, resident, { errors, typed }), 422);
  });

  app.post('/residents/:id/letter', needs('letter'), smallForm, async (c) => {
    const resident = await residentOf(c);
    const form = await formOf(c);
    if (resident.state !== 'present' || incapacityOf(resident, ctx.clock()) !== undefined)
      throw new HTTPException(404);
    const wanted = [form.kinds].flat();
    const kinds = letterKinds.filter((kind) => wanted.includes(kind));
    if (kinds.length === 0) {
      const errors = [{ field: 'kinds', message: a.badLetterKinds }];
      return c.html(await page(c, resident, { errors }), 422);
    }
    const letter = await sendLetter(ctx, resident, kinds, c.var.session.clerk);
    if (typeset === undefined)
      return c.html(<LetterPage prefs={c.var.prefs} resident={resident} number={letter.number} />);
    return sendPdf(c, letterPdf(typeset, resident, kinds, letter), 'shokaisho.pdf');
  });

  app.post('/residents/:id/report', needs('revoke'), smallForm, async (c) => {
    const resident = await residentOf(c);
    const form = await formOf(c);
    const incapacity = incapacityOf(resident, ctx.clock());
    const kind = lossKinds.find((one) => one === form.loss);
    const proof = readProof(form, { presenters: ['self', 'guardian'], incapacity, prefix: 'report-' });
    const errors = [
      ...(kind === undefined ? [{ field: 'loss', message: loss.choose }] : []),
      ...proof.errors,
    ];
    const { presenter, evidence } = proof;
    if (errors.length > 0 || kind === undefined || presenter === undefined) {
      const report = { kind, who: presenter, evidence };
      return c.html(await page(c, resident, { errors, report, open: 'report' }), 422);
    }
    const { clerk } = c.var.session;
    const { revoked } = await reportInPerson(ctx, resident, { kind, presenter, evidence, clerk });
    for (let each = 0; each < revoked; each += 1) counters.count('madoguchi_ca_revocations_total');
    return c.redirect(`/counter/residents/${resident.id}`, 303);
  });

  app.post('/residents/:id/event', needs('exOfficio'), smallForm, async (c) => {
    const resident = await residentOf(c);
    const form = await formOf(c);
    const text = (name: string) => (typeof form[name] === 'string' ? form[name].trim() : '');
    const event = {
      kind: text('eventKind'),
      number: text('eventNumber'),
      day: text('eventDay'),
      value: text('eventValue'),
    };
    const errors = await enterEvent(ca, resident, event, c.var.session.clerk);
    if (errors.length > 0) return c.html(await page(c, resident, { errors, event, open: 'event' }), 422);
    return c.redirect(`/counter/residents/${resident.id}`, 303);
  });
  return app;
}

const reasonOf: Readonly<Record<ActKind, string>> = {
  issue: 'application',
  renew: 'renewal',
  pin: 'pinForgottenOrLocked',
};
