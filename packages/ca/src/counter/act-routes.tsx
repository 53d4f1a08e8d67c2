import { checkNewPin } from '@madoguchi/card';
import type { FieldError } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Ca } from '../ca.js';
import { officeOf } from '../office/settings.js';
import { residentById } from '../register/find.js';
import { type Substitution, substitutionsOf } from './act-form.js';
import { a } from './act-words.js';
import { type Act, actById, type CounterPin } from './acts.js';
import type { CounterCards } from './cards.js';
import { certificateCopy, type Typeset } from './copy.js';
import { DonePage } from './done-page.js';
import { formOf, sendPdf, smallForm } from './forms.js';
import { type CounterEnv, needs } from './guard.js';
import { holdById, holdNotice } from './hold-notice.js';
import type { CounterLogin } from './login.js';
import { settleAct } from './open-acts.js';
import { PinPage } from './pin-page.js';
import { doCardWork, type TypedPins } from './work.js';

/** What a counter has beside its screen. */
export interface CounterEquipment {
  /** Reader and stock of cards; absent, nothing can be issued here. */
  readonly cards?: CounterCards;
  /** Prints the copy of the certificates; absent, there is none. */
  readonly typeset?: Typeset;
  /** How clerks come in by card; absent, the counter opens by links only. */
  readonly login?: CounterLogin;
}

/** Acts with a card, after the clerk's check: the applicant's PINs, the card work, the copy. */
export function actRoutes(ca: Ca, { cards, typeset, login }: CounterEquipment): Hono<CounterEnv> {
  const app = new Hono<CounterEnv>();
  const ctx = ca.context;

  async function actOf(c: Context<CounterEnv>): Promise<Act> {
    const found = await actById(ctx, c.req.param('id') ?? '', c.var.session.municipality);
    if (found === undefined) throw new HTTPException(404);
    return found;
  }

  /** What the applicant agrees to: nothing where no certificate is written. */
  async function substitutions(act: Act): Promise<Substitution[]> {
    if (act.kind === 'pin' || !act.pins.includes('signature')) return [];
    const resident = await residentById(ctx, act.resident, act.municipality);
    return resident === undefined ? [] : substitutionsOf(resident);
  }

  async function pinPage(c: Context<CounterEnv>, act: Act, errors: readonly FieldError[] = []) {
    const { prefs, session } = c.var;
    return (
      <PinPage
        {...{ prefs, errors }}
        path={c.req.path}
        csrf={session.csrf}
        pins={act.pins}
        byAgent={act.presenter === 'agent'}
        substitutions={await substitutions(act)}
      />
    );
  }

  app.get('/pin/:id', needs('issue'), async (c) => {
    const act = await actOf(c);
    if (act.state !== 'prepared') return c.redirect(`/counter/acts/${act.id}`, 303);
    const byAgent = login !== undefined && (await officeOf(ctx)).reader === 'agent';
    if (byAgent && c.req.query('reader') !== 'server') return c.redirect(`/counter/desk/${act.id}`, 303);
    return c.html(await pinPage(c, act));
  });

  app.post('/pin/:id', needs('issue'), smallForm, async (c) => {
    const act = await actOf(c);
    const form = await formOf(c);
    if (cards === undefined) throw new HTTPException(404);
    if (act.state !== 'prepared') return c.redirect(`/counter/acts/${act.id}`, 303);
    const { pins, errors } = readPins(form, act.pins);
    if (errors.length > 0) return c.html(await pinPage(c, act, errors), 422);
    const consent = (await substitutions(act)).length > 0 ? ['applicant'] : [];
    const done = await doCardWork(ca, cards, act, pins, consent);
    if (done.ok) return c.redirect(`/counter/acts/${act.id}`, 303);
    const failed = { ...act, state: 'failed' as const };
    return c.html(<DonePage prefs={c.var.prefs} act={failed} why={done.error.words} hasCopy={false} />, 422);
  });

  app.get('/acts/:id', needs('look'), async (c) => {
    const act = await actOf(c);
    if (act.state === 'prepared') return c.redirect(`/counter/pin/${act.id}`, 303);
    const hasCopy = act.issue !== undefined && typeset !== undefined;
    return c.html(<DonePage prefs={c.var.prefs} act={act} hasCopy={hasCopy} />);
  });

  app.post('/acts/:id/settle', needs('issue'), smallForm, async (c) => {
    await formOf(c);
    const { municipality, clerk } = c.var.session;
    if (!(await settleAct(ctx, { id: c.req.param('id'), municipality }, clerk))) throw new HTTPException(404);
    return c.redirect('/counter', 303);
  });

  app.post('/acts/:id/notice', needs('letter'), smallForm, async (c) => {
    await formOf(c);
    const { municipality, clerk } = c.var.session;
    const hold = await holdById(ctx, c.req.param('id'), municipality);
    if (hold === undefined || typeset === undefined) throw new HTTPException(404);
    const pdf = holdNotice(typeset, hold, ctx.clock());
    await settleAct(ctx, { id: hold.id, municipality }, clerk);
    return sendPdf(c, pdf, 'ichiji-teishi-oshirase.pdf');
  });

  app.get('/acts/:id/copy.pdf', needs('look'), async (c) => {
    const act = await actOf(c);
    const pdf = typeset === undefined ? undefined : await certificateCopy(ca, typeset, act);
    if (pdf === undefined) throw new HTTPException(404);
    return sendPdf(c, pdf, 'denshi-shomeisho-utsushi.pdf');
  });

  return app;
}

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
