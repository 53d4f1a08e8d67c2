import { type FieldError, fill } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import type { Ca } from '../ca.js';
import type { Counters } from '../http/metrics.js';
import { formOf, smallForm } from './forms.js';
import { type CounterEnv, needs } from './guard.js';
import { callers, checkCaller, holdByPhone, type LossCall } from './loss.js';
import { LossDonePage, LossFoundPage, LossPage, type TypedCall } from './loss-page.js';
import { loss } from './loss-words.js';
import { questions } from './questions.js';

/** The 24-hour loss line: a hold by telephone, after questions that the register answers. No card, no look into the register. */
export function lossRoutes(ca: Ca, counters: Counters): Hono<CounterEnv> {
  const app = new Hono<CounterEnv>();
  const ctx = ca.context;

  app.get('/loss', needs('lossLine'), (c) =>
    c.html(<LossPage prefs={c.var.prefs} csrf={c.var.session.csrf} />),
  );

  /** Both steps read the same form: the second one checks everything again. */
  async function judge(c: Context<CounterEnv>) {
    const { session, prefs } = c.var;
    const { typed, call, errors } = readCall(await formOf(c));
    const shown = { prefs, csrf: session.csrf, typed };
    if (call === undefined)
      return { ok: false, page: c.html(<LossPage {...shown} errors={errors} />, 422) } as const;
    const { clerk, municipality } = session;
    const checked = await checkCaller(ctx, call, { clerk, municipality });
    if (checked.ok) return { ...checked, shown, call };
    const message = checked.rule === 'loss.tooMany' ? loss.tooMany : loss.nobody;
    const status = checked.rule === 'loss.tooMany' ? 429 : 422;
    return { ok: false, page: c.html(<LossPage {...shown} errors={[{ message }]} />, status) } as const;
  }

  app.post('/loss', needs('lossLine'), smallForm, async (c) => {
    const judged = await judge(c);
    if (!judged.ok) return judged.page;
    return c.html(<LossFoundPage {...judged.shown} living={judged.living} />);
  });

  app.post('/loss/hold', needs('lossLine'), smallForm, async (c) => {
    const judged = await judge(c);
    if (!judged.ok) return judged.page;
    const { number, revoked } = await holdByPhone(ctx, judged.resident, judged.call, c.var.session.clerk);
    for (let each = 0; each < revoked; each += 1) counters.count('madoguchi_ca_revocations_total');
    return c.html(<LossDonePage prefs={c.var.prefs} number={number} />);
  });
  return app;
}

function readCall(form: Record<string, unknown>): {
  typed: TypedCall;
  call: LossCall | undefined;
  errors: FieldError[];
} {
  const text = (name: string) => (typeof form[name] === 'string' ? form[name].trim().slice(0, 200) : '');
  const typed = {
    kind: text('kind'),
    presenter: text('presenter'),
    name: text('name'),
    kana: text('kana'),
    birth: text('birth'),
    address: text('address'),
  };
  const kind = (['lost', 'stolen'] as const).find((one) => one === typed.kind);
  const presenter = callers.find((one) => one === typed.presenter);
  const errors: FieldError[] = [];
  if (kind === undefined) errors.push({ field: 'kind', message: loss.choose });
  if (presenter === undefined) errors.push({ field: 'presenter', message: loss.chooseCaller });
  for (const { id, label } of questions)
    if (id !== 'kana' && typed[id] === '')
      errors.push({ field: id, message: fill(loss.missing, { what: label }) });
  if (kind === undefined || presenter === undefined || errors.length > 0)
    return { typed, call: undefined, errors };
  const { name, kana, birth, address } = typed;
  return { typed, call: { kind, presenter, answers: { name, kana, birth, address } }, errors };
}
