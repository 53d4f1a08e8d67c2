import { checkNewPin } from '@madoguchi/card';
import type { FieldError } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import type { Ca } from '../ca.js';
import type { CounterResident } from '../register/find.js';
import { residentById } from '../register/find.js';
import { a } from './act-words.js';
import { type Act, type ActKind, actById, type CounterPin, prepareAct } from './acts.js';
import type { CounterCards } from './cards.js';
import { certificateCopy, type Typeset } from './copy.js';
import { lookAtReaders } from './desk-readers.js';
import { DonePage } from './done-page.js';
import { presenters, provesIdentity } from './evidence.js';
import { sendLetter } from './letters.js';
import { enterEvent, holdAll } from './more-acts.js';
import type { TypedEvent } from './more-forms.js';
import { m } from './more-words.js';
import { PinPage } from './pin-page.js';
import { isChild, kindsFor, LetterPage, ResidentPage, substitutionsOf, type Typed } from './resident-page.js';
import type { CounterEnv } from './routes.js';
import { fitsCsrf } from './session.js';
import { doCardWork, type TypedPins } from './work.js';

/** What a counter has beside its screen. */
export interface CounterEquipment {
  readonly cards: CounterCards;
  /** Prints the copy of the certificates; absent, there is none. */
  readonly typeset?: Typeset;
}

const small = bodyLimit({ maxSize: 8 * 1024 });

/** Acts at the counter, for whoever has a session: the clerk's check, the applicant's PINs, the card work, the copy. */
export function actRoutes(ca: Ca, equipment: CounterEquipment | undefined): Hono<CounterEnv> {
  const app = new Hono<CounterEnv>();
  const ctx = ca.context;

  async function residentOf(c: Context<CounterEnv>): Promise<CounterResident> {
    const found = await residentById(ctx, c.req.param('id') ?? '', c.var.session.municipality);
    if (found === undefined) throw new HTTPException(404);
    return found;
  }

  async function actOf(c: Context<CounterEnv>): Promise<Act> {
    const found = await actById(ctx, c.req.param('id') ?? '', c.var.session.municipality);
    if (found === undefined) throw new HTTPException(404);
    return found;
  }

  async function formOf(c: Context<CounterEnv>): Promise<Record<string, unknown>> {
    const form = await c.req.parseBody({ all: true });
    if (!fitsCsrf(c.var.session, form.csrf)) throw new HTTPException(403);
    return form;
  }

  const recordsOf = async (resident: CounterResident) =>
    (await ca.list({ municipality: resident.municipality, resident: resident.id })).filter(
      ({ state }) => state !== 'reserved',
    );

  async function residentPage(
    c: Context<CounterEnv>,
    resident: CounterResident,
    more: {
      errors?: readonly FieldError[];
      typed?: Typed;
      open?: 'lost' | 'event';
      event?: TypedEvent;
    } = {},
  ) {
    const records = await recordsOf(resident);
    const { csrf } = c.var.session;
    const readers = await lookAtReaders(ca, equipment?.cards.readers, resident);
    const shown = { prefs: c.var.prefs, resident, records, csrf, now: ctx.clock(), readers, ...more };
    return <ResidentPage {...shown} hasCards={equipment !== undefined} />;
  }

  app.get('/residents/:id', async (c) => c.html(await residentPage(c, await residentOf(c))));

  app.post('/residents/:id/letter', small, async (c) => {
    const resident = await residentOf(c);
    await formOf(c);
    const number = await sendLetter(ctx, resident, c.var.session.clerk);
    return c.html(<LetterPage prefs={c.var.prefs} resident={resident} number={number} />);
  });

  app.post('/residents/:id/hold', small, async (c) => {
    const resident = await residentOf(c);
    const form = await formOf(c);
    if (form.lost !== 'yes') {
      const errors = [{ field: 'lost', message: m.badConfirm }];
      return c.html(await residentPage(c, resident, { errors, open: 'lost' }), 422);
    }
    await holdAll(ca, resident, c.var.session.clerk);
    return c.redirect(`/counter/residents/${resident.id}`, 303);
  });

  app.post('/residents/:id/event', small, async (c) => {
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
    if (errors.length > 0)
      return c.html(await residentPage(c, resident, { errors, event, open: 'event' }), 422);
    return c.redirect(`/counter/residents/${resident.id}`, 303);
  });

  app.post('/residents/:id/act', small, async (c) => {
    const resident = await residentOf(c);
    const form = await formOf(c);
    if (equipment === undefined || resident.state !== 'present') throw new HTTPException(404);
    const child = isChild(resident, ctx.clock());
    const kind = kindsFor(await recordsOf(resident)).find((one) => one === form.kind);
    const who = presenters.find((one) => one === form.who);
    const evidence = [form.evidence].flat().filter((one) => typeof one === 'string');
    const letter = typeof form.letter === 'string' ? form.letter : '';
    const errors: FieldError[] = [];
    if (kind === undefined) errors.push({ field: 'kind', message: a.badKind });
    if (who === undefined) errors.push({ field: 'who', message: a.badWho });
    else if (child && who !== 'guardian') errors.push({ field: 'who', message: a.badGuardian });
    if (!provesIdentity(evidence)) errors.push({ field: 'evidence', message: a.badEvidence });
    if (substitutionsOf(resident).length > 0 && form.consent !== 'yes') {
      errors.push({ field: 'consent', message: a.badConsent });
    }
    if (errors.length === 0 && kind !== undefined && who !== undefined) {
      const id = await prepareAct(ctx, {
        resident,
        kind,
        clerk: c.var.session.clerk,
        presenter: who,
        evidence,
        reason: reasonOf[kind],
        pins: child ? ['authentication'] : ['signature', 'authentication'],
        letter,
      });
      if (id !== undefined) return c.redirect(`/counter/pin/${id}`, 303);
      errors.push({ field: 'letter', message: a.badLetter });
    }
    const typed = { kind, who, evidence, letter };
    return c.html(await residentPage(c, resident, { errors, typed }), 422);
  });

  app.get('/pin/:id', async (c) => {
    const act = await actOf(c);
    if (act.state !== 'prepared') return c.redirect(`/counter/acts/${act.id}`, 303);
    return c.html(
      <PinPage prefs={c.var.prefs} path={c.req.path} csrf={c.var.session.csrf} pins={act.pins} />,
    );
  });

  app.post('/pin/:id', small, async (c) => {
    const act = await actOf(c);
    const form = await formOf(c);
    if (equipment === undefined) throw new HTTPException(404);
    if (act.state !== 'prepared') return c.redirect(`/counter/acts/${act.id}`, 303);
    const { pins, errors } = readPins(form, act.pins);
    if (errors.length === 0) {
      const done = await doCardWork(ca, equipment.cards, act, pins);
      if (done.ok) return c.redirect(`/counter/acts/${act.id}`, 303);
      return c.html(
        <DonePage
          prefs={c.var.prefs}
          act={{ ...act, state: 'failed' }}
          why={done.error.words}
          hasCopy={false}
        />,
        422,
      );
    }
    const { csrf } = c.var.session;
    return c.html(
      <PinPage prefs={c.var.prefs} path={c.req.path} pins={act.pins} {...{ csrf, errors }} />,
      422,
    );
  });

  app.get('/acts/:id', async (c) => {
    const act = await actOf(c);
    if (act.state === 'prepared') return c.redirect(`/counter/pin/${act.id}`, 303);
    const hasCopy = act.issue !== undefined && equipment?.typeset !== undefined;
    return c.html(<DonePage prefs={c.var.prefs} act={act} hasCopy={hasCopy} />);
  });

  app.get('/acts/:id/copy.pdf', async (c) => {
    const act = await actOf(c);
    const typeset = equipment?.typeset;
    const pdf = typeset === undefined ? undefined : await certificateCopy(ca, typeset, act);
    if (pdf === undefined) throw new HTTPException(404);
    return c.body(Buffer.from(pdf), 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': 'inline; filename="denshi-shomeisho-utsushi.pdf"',
      'Cache-Control': 'no-store',
    });
  });

  return app;
}

const reasonOf: Readonly<Record<ActKind, string>> = {
  issue: 'application',
  renew: 'renewal',
  pin: 'pinForgottenOrLocked',
};

/** Both entries of each PIN, judged by the rules of the card. Letters of the signature password become capitals. */
function readPins(
  form: Record<string, unknown>,
  wanted: readonly CounterPin[],
): { pins: TypedPins; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const pins: { signature?: string; authentication?: string } = {};
  for (const pin of wanted) {
    const typed = (name: string) =>
      typeof form[name] === 'string' ? form[name].normalize('NFKC').toUpperCase() : '';
    const [first, second] = [typed(pin), typed(`${pin}2`)];
    if (!checkNewPin(pin, first).ok) {
      errors.push({ field: pin, message: pin === 'signature' ? a.badSign : a.badAuth });
    } else if (first !== second) errors.push({ field: `${pin}2`, message: a.differ });
    else pins[pin] = first;
  }
  return { pins, errors };
}
