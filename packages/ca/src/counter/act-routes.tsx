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

/** What the handlers work with. */
interface ActPlace extends CounterEquipment {
  readonly ca: Ca;
}

/** Acts with a card, after the clerk's check: the applicant's PINs, the card work, the copy. */
export function actRoutes(place: ActPlace): Hono<CounterEnv> {
  const app = new Hono<CounterEnv>();
  app.get('/pin/:id', needs('issue'), (c) => askForPins(c, place));
  app.post('/pin/:id', needs('issue'), smallForm, (c) => takePins(c, place));
  app.get('/acts/:id', needs('look'), (c) => showAct(c, place));
  app.post('/acts/:id/settle', needs('issue'), smallForm, (c) => settle(c, place));
  app.post('/acts/:id/notice', needs('letter'), smallForm, (c) => printNotice(c, place));
  app.get('/acts/:id/copy.pdf', needs('look'), (c) => printCopy(c, place));
  return app;
}

/** The act that an address names, of the clerk's own municipality. */
async function actOf(c: Context<CounterEnv>, { ca }: ActPlace): Promise<Act> {
  const found = await actById(ca.context, c.req.param('id') ?? '', c.var.session.municipality);
  if (found === undefined) throw new HTTPException(404);
  return found;
}

/** What the applicant agrees to: nothing where no certificate is written. */
async function substitutions({ ca }: ActPlace, act: Act): Promise<Substitution[]> {
  if (act.kind === 'pin' || !act.pins.includes('signature')) return [];
  const resident = await residentById(ca.context, act.resident, act.municipality);
  return resident === undefined ? [] : substitutionsOf(resident);
}

async function pinPage(
  c: Context<CounterEnv>,
  place: ActPlace,
  act: Act,
  errors: readonly FieldError[] = [],
): Promise<Response> {
  const { prefs, session } = c.var;
  return c.html(
    <PinPage
      {...{ prefs, errors }}
      path={c.req.path}
      csrf={session.csrf}
      pins={act.pins}
      byAgent={act.presenter === 'agent'}
      substitutions={await substitutions(place, act)}
    />,
    errors.length > 0 ? 422 : 200,
  );
}

async function askForPins(c: Context<CounterEnv>, place: ActPlace): Promise<Response> {
  const { ca, login } = place;
  const act = await actOf(c, place);
  if (act.state !== 'prepared') return c.redirect(`/counter/acts/${act.id}`, 303);
  const byAgent = login !== undefined && (await officeOf(ca.context)).reader === 'agent';
  if (byAgent && c.req.query('reader') !== 'server') return c.redirect(`/counter/desk/${act.id}`, 303);
  return pinPage(c, place, act);
}

/** The applicant's PINs, and with them the card work. */
async function takePins(c: Context<CounterEnv>, place: ActPlace): Promise<Response> {
  const { ca, cards } = place;
  const act = await actOf(c, place);
  const form = await formOf(c);
  if (cards === undefined) throw new HTTPException(404);
  if (act.state !== 'prepared') return c.redirect(`/counter/acts/${act.id}`, 303);
  const { pins, errors } = readPins(form, act.pins);
  if (errors.length > 0) return pinPage(c, place, act, errors);
  const consent = (await substitutions(place, act)).length > 0 ? ['applicant'] : [];
  const done = await doCardWork(ca, cards, act, pins, consent);
  if (done.ok) return c.redirect(`/counter/acts/${act.id}`, 303);
  const failed = { ...act, state: 'failed' as const };
  return c.html(<DonePage prefs={c.var.prefs} act={failed} why={done.error.words} hasCopy={false} />, 422);
}

async function showAct(c: Context<CounterEnv>, place: ActPlace): Promise<Response> {
  const act = await actOf(c, place);
  if (act.state === 'prepared') return c.redirect(`/counter/pin/${act.id}`, 303);
  const hasCopy = act.issue !== undefined && place.typeset !== undefined;
  return c.html(<DonePage prefs={c.var.prefs} act={act} hasCopy={hasCopy} />);
}

async function settle(c: Context<CounterEnv>, { ca }: ActPlace): Promise<Response> {
  await formOf(c);
  const { municipality, clerk } = c.var.session;
  const id = c.req.param('id') ?? '';
  if (!(await settleAct(ca.context, { id, municipality }, clerk))) throw new HTTPException(404);
  return c.redirect('/counter', 303);
}

/** The letter about a suspension; printed, the matter is settled. */
async function printNotice(c: Context<CounterEnv>, { ca, typeset }: ActPlace): Promise<Response> {
  await formOf(c);
  const { context } = ca;
  const { municipality, clerk } = c.var.session;
  const hold = await holdById(context, c.req.param('id') ?? '', municipality);
  if (hold === undefined || typeset === undefined) throw new HTTPException(404);
  const pdf = holdNotice(typeset, hold, context.clock());
  await settleAct(context, { id: hold.id, municipality }, clerk);
  return sendPdf(c, pdf, 'ichiji-teishi-oshirase.pdf');
}

async function printCopy(c: Context<CounterEnv>, place: ActPlace): Promise<Response> {
  const { ca, typeset } = place;
  const act = await actOf(c, place);
  const pdf = typeset === undefined ? undefined : await certificateCopy(ca, typeset, act);
  if (pdf === undefined) throw new HTTPException(404);
  return sendPdf(c, pdf, 'denshi-shomeisho-utsushi.pdf');
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
