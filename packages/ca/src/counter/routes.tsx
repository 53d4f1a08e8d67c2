import {
  type FieldError,
  type Preferences,
  readPreferences,
  sameOriginPosts,
  securityHeaders,
} from '@madoguchi/ui';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { HTTPException } from 'hono/http-exception';
import type { Ca } from '../ca.js';
import { CaError } from '../error.js';
import type { Counters } from '../http/metrics.js';
import type { CertificateRecord } from '../queries.js';
import { reasonByName, reasons } from '../reasons.js';
import { findResidents, residentById } from '../register/find.js';
import { actRoutes, type CounterEquipment } from './act-routes.js';
import { CertificatePage, ClosedPage, ListPage, nameIn, RevokedPage } from './pages.js';
import { type CounterSession, enter, fitsCsrf, sessionOf } from './session.js';
import { w } from './words.js';

/** What the counter's middleware finds out about a request. */
export type CounterEnv = { Variables: { session: CounterSession; prefs: Preferences } };

const cookieName = 'mado_counter';

/** The counter (窓口): the issue record and the revocation form, behind a one-time link. */
export function counterRoutes(ca: Ca, counters: Counters, equipment?: CounterEquipment): Hono<CounterEnv> {
  const app = new Hono<CounterEnv>();

  app.use('/counter/*', securityHeaders(), sameOriginPosts());

  app.get('/counter/enter/:token', async (c) => {
    const token = await enter(ca.context, c.req.param('token'));
    if (token === undefined) return c.html(<ClosedPage prefs={readPreferences(c)} />, 403);
    setCookie(c, cookieName, token, {
      path: '/counter',
      httpOnly: true,
      sameSite: 'Lax',
      secure: new URL(c.req.url).protocol === 'https:',
    });
    return c.redirect('/counter', 303);
  });

  app.use('/counter/*', async (c, next) => {
    const session = await sessionOf(ca.context, getCookie(c, cookieName));
    const prefs = readPreferences(c);
    if (session === undefined) return c.html(<ClosedPage prefs={prefs} />, 403);
    c.set('session', session);
    c.set('prefs', prefs);
    return next();
  });

  app.route('/counter', actRoutes(ca, equipment));

  app.get('/counter', async (c) => {
    const { municipality } = c.var.session;
    const where = municipality === undefined ? {} : { municipality };
    const asked = c.req.query('q') ?? '';
    const [{ found, more }, records] = await Promise.all([
      findResidents(ca.context, { ...where, words: asked }),
      ca.list(where),
    ]);
    return c.html(<ListPage prefs={c.var.prefs} residents={found} {...{ records, asked, more }} />);
  });

  app.get('/counter/certificates/:alias', async (c) => {
    const { record, holder } = await mine(ca, c.var.session, c.req.param('alias'));
    return c.html(
      <CertificatePage prefs={c.var.prefs} record={record} holder={holder} csrf={c.var.session.csrf} />,
    );
  });

  app.get('/counter/certificates/:alias/revoked', async (c) => {
    await mine(ca, c.var.session, c.req.param('alias'));
    return c.html(<RevokedPage prefs={c.var.prefs} path={c.req.path} />);
  });

  app.post('/counter/certificates/:alias/revoke', bodyLimit({ maxSize: 8 * 1024 }), async (c) => {
    const alias = c.req.param('alias');
    const { session, prefs } = c.var;
    const { record, holder } = await mine(ca, session, alias);
    const form = await c.req.parseBody();
    if (!fitsCsrf(session, form.csrf)) throw new HTTPException(403);
    const reason = typeof form.reason === 'string' ? reasonByName(form.reason) : undefined;
    const errors: FieldError[] = [];
    if (reason === undefined || !reasons[reason].counter) {
      errors.push({ field: 'reason', message: w.chooseReason });
    }
    if (form.confirm !== 'yes') errors.push({ field: 'confirm', message: w.tickConfirm });
    if (errors.length === 0 && reason !== undefined) {
      try {
        await ca.revoke({ certificate: { alias }, reason, actor: session.clerk });
        counters.count('madoguchi_ca_revocations_total');
        return c.redirect(`/counter/certificates/${alias}/revoked`, 303);
      } catch (error) {
        if (!(error instanceof CaError) || error.exitCode === 70) throw error;
        errors.push({ message: error.words });
      }
    }
    return c.html(
      <CertificatePage
        prefs={prefs}
        record={record}
        holder={holder}
        csrf={session.csrf}
        errors={errors}
        chosen={reason}
      />,
      422,
    );
  });

  return app;
}

/** A citizen's certificate that this clerk may see; anything else is as if it were not there. */
async function mine(ca: Ca, session: CounterSession, alias: string) {
  const record = await ca.show({ alias });
  const isCitizens = record?.profile === 'signature' || record?.profile === 'authentication';
  const isHere = session.municipality === undefined || session.municipality === record?.municipality;
  if (record === undefined || !isCitizens || !isHere) throw new HTTPException(404);
  return { record, holder: await holderOf(ca, record) };
}

/** The resident's name as registered; for a card of somebody not in the register, the name in the signature certificate of the same card. */
async function holderOf(ca: Ca, record: CertificateRecord): Promise<string | undefined> {
  const { municipality } = record;
  if (record.resident !== undefined) {
    return (await residentById(ca.context, record.resident, municipality))?.name;
  }
  const onCard = (await ca.list({ municipality, profile: 'signature', issue: record.issue }))[0];
  return onCard === undefined ? undefined : nameIn((await ca.show({ alias: onCard.alias }))?.certificate);
}
