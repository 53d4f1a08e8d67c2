import { assetPath, sameOriginPosts } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { formLimit } from '../forms/form-limit.js';
import { pageLook } from '../forms/look.js';
import type { LoginSite } from '../login/options.js';
import { loginPageHeaders, loginRoutes } from '../login/routes.js';
import type { ReceptionOptions } from '../options.js';
import { receiptPattern } from '../receipts/access.js';
import { openCase } from '../requests/browser.js';
import { openSigning } from '../signers/access.js';
import { listMandates, revokeMandate } from '../signers/given-mandates.js';
import { returningSigner } from '../signers/returning.js';
import { MandatesPage } from './mandates.js';
import { MyLoginPage, MyPage } from './pages.js';
import { isOwnCase, listOwnCases } from './queries.js';
import { endCitizenSession, openCitizenSession, readCitizenSession } from './session.js';
import { myTexts } from './texts.js';

/** マイページ: the applications that were sent with the card that logs in. Mount it at `/my`. */
export function myRoutes(options: ReceptionOptions & { site: LoginSite }): Hono {
  const { db, agency, keys, staple, clock, log, limits, site, procedures } = options;
  const { sql } = db;
  const home = `${agency.basePath}/my`;
  const app = new Hono();
  const sessionOf = (c: Context) => readCitizenSession(c, sql, agency, clock());
  const look = (c: Context) => ({ ...pageLook(c, agency), path: home });

  app.route(
    '/login',
    loginRoutes({
      ...{ sql, agency, keys, staple, clock, log, limits, site, home },
      realm: 'my',
      purpose: myTexts.purpose,
      enter: async (c, { authenticationKey }) => {
        await openCitizenSession(c, sql, agency, authenticationKey, clock());
        return { ok: true };
      },
      isIn: async (c) => (await sessionOf(c)) !== undefined,
    }),
  );

  for (const headers of loginPageHeaders(agency)) app.use('/', headers);
  app.get('/', async (c) => {
    const session = await sessionOf(c);
    if (session === undefined) {
      const script = assetPath('login.js', `${agency.basePath}/assets`);
      const left = c.req.query('left') !== undefined;
      return c.html(<MyLoginPage look={look(c)} {...{ agency, home, script, left }} />);
    }
    const cases = await listOwnCases(sql, agency.code, session.authenticationKey);
    return c.html(<MyPage look={look(c)} {...{ home, cases, procedures }} />);
  });

  app.get('/applications/:receipt', async (c) => {
    const session = await sessionOf(c);
    const receipt = c.req.param('receipt');
    if (session === undefined || !receiptPattern.test(receipt)) return c.redirect(home, 303);
    const { authenticationKey } = session;
    if (await isOwnCase(sql, agency.code, authenticationKey, receipt)) {
      openCase(c, agency, keys, receipt, clock());
      return c.redirect(`${agency.basePath}/applications/${receipt}`, 303);
    }
    // Somebody else's, which this card signed too.
    const invitation = await returningSigner(sql, agency.code, authenticationKey, receipt);
    if (invitation === undefined) return c.notFound();
    openSigning(c, agency, keys, invitation, clock());
    return c.redirect(`${agency.basePath}/applications/${receipt}/cosign`, 303);
  });

  app.get('/mandates', async (c) => {
    const session = await sessionOf(c);
    if (session === undefined) return c.redirect(home, 303);
    const mandates = await listMandates(sql, agency.code, session.authenticationKey, clock());
    const said = c.req.query('said') === 'revoked' ? { said: 'revoked' as const } : {};
    const place = { ...look(c), path: `${home}/mandates` };
    return c.html(<MandatesPage look={place} {...{ home, mandates, ...said }} />);
  });

  const ours = sameOriginPosts({ origins: [agency.origin] });
  app.post('/mandates/:receipt/revoke', formLimit(1024), ours, async (c) => {
    const session = await sessionOf(c);
    if (session === undefined) return c.redirect(home, 303);
    const { authenticationKey } = session;
    const receipt = c.req.param('receipt');
    const at = clock();
    const done =
      receiptPattern.test(receipt) &&
      (await revokeMandate(sql, agency.code, { authenticationKey, receipt, at }));
    if (done) return c.redirect(`${home}/mandates?said=revoked`, 303);
    const mandates = await listMandates(sql, agency.code, authenticationKey, at);
    const place = { ...look(c), path: `${home}/mandates` };
    return c.html(<MandatesPage look={place} {...{ home, mandates }} said="notRevoked" />, 409);
  });

  app.post('/leave', formLimit(1024), sameOriginPosts({ origins: [agency.origin] }), async (c) => {
    await endCitizenSession(c, sql, agency);
    return c.redirect(`${home}?left=1`, 303);
  });
  return app;
}
