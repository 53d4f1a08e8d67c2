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

interface MyPlace extends ReceptionOptions {
  /** How cards log in here. */
  readonly site: LoginSite;
}

/** マイページ: the applications that were sent with the card that logs in. Mount it at `/my`. */
export function myRoutes(place: MyPlace): Hono {
  const { agency } = place;
  const app = new Hono();
  const ours = sameOriginPosts({ origins: [agency.origin] });
  app.route('/login', loginRoutes(loginPlace(place)));
  for (const headers of loginPageHeaders(agency)) app.use('/', headers);
  app.get('/', (c) => showOwnCases(c, place));
  app.get('/applications/:receipt', (c) => openApplication(c, place));
  app.get('/mandates', (c) => showMandates(c, place));
  app.post('/mandates/:receipt/revoke', formLimit(1024), ours, (c) => revoke(c, place));
  app.post('/leave', formLimit(1024), ours, (c) => leave(c, place));
  return app;
}

const homeOf = ({ agency }: MyPlace) => `${agency.basePath}/my`;
const sessionOf = (c: Context, { db, agency, clock }: MyPlace) =>
  readCitizenSession(c, db.sql, agency, clock());

function loginPlace(place: MyPlace): Parameters<typeof loginRoutes>[0] {
  const { db, agency, keys, staple, clock, log, limits, site } = place;
  const { sql } = db;
  return {
    ...{ sql, agency, keys, staple, clock, log, limits, site, home: homeOf(place) },
    realm: 'my',
    purpose: myTexts.purpose,
    enter: async (c, { authenticationKey }) => {
      await openCitizenSession(c, sql, agency, authenticationKey, clock());
      return { ok: true };
    },
    isIn: async (c) => (await sessionOf(c, place)) !== undefined,
  };
}

async function showOwnCases(c: Context, place: MyPlace): Promise<Response> {
  const { db, agency, procedures } = place;
  const home = homeOf(place);
  const look = { ...pageLook(c, agency), path: home };
  const session = await sessionOf(c, place);
  if (session === undefined) {
    const script = assetPath('login.js', `${agency.basePath}/assets`);
    const left = c.req.query('left') !== undefined;
    return c.html(<MyLoginPage {...{ look, agency, home, script, left }} />);
  }
  const cases = await listOwnCases(db.sql, agency.code, session.authenticationKey);
  return c.html(<MyPage {...{ look, home, cases, procedures }} />);
}

/** To an application's page, which this browser may see from then on: the applicant's own, or one that this card signed too. */
async function openApplication(c: Context, place: MyPlace): Promise<Response> {
  const { db, agency, keys, clock } = place;
  const session = await sessionOf(c, place);
  const receipt = c.req.param('receipt') ?? '';
  if (session === undefined || !receiptPattern.test(receipt)) return c.redirect(homeOf(place), 303);
  const { authenticationKey } = session;
  if (await isOwnCase(db.sql, agency.code, authenticationKey, receipt)) {
    openCase(c, agency, keys, receipt, clock());
    return c.redirect(`${agency.basePath}/applications/${receipt}`, 303);
  }
  const invitation = await returningSigner(db.sql, agency.code, authenticationKey, receipt);
  if (invitation === undefined) return c.notFound();
  openSigning(c, agency, keys, invitation, clock());
  return c.redirect(`${agency.basePath}/applications/${receipt}/cosign`, 303);
}

async function showMandates(c: Context, place: MyPlace): Promise<Response> {
  const session = await sessionOf(c, place);
  if (session === undefined) return c.redirect(homeOf(place), 303);
  const said = c.req.query('said') === 'revoked' ? 'revoked' : undefined;
  return mandatesPage(c, place, session.authenticationKey, said);
}

async function revoke(c: Context, place: MyPlace): Promise<Response> {
  const { db, agency, clock } = place;
  const session = await sessionOf(c, place);
  if (session === undefined) return c.redirect(homeOf(place), 303);
  const { authenticationKey } = session;
  const receipt = c.req.param('receipt') ?? '';
  const done =
    receiptPattern.test(receipt) &&
    (await revokeMandate(db.sql, agency.code, { authenticationKey, receipt, at: clock() }));
  if (done) return c.redirect(`${homeOf(place)}/mandates?said=revoked`, 303);
  return mandatesPage(c, place, authenticationKey, 'notRevoked');
}

async function mandatesPage(
  c: Context,
  place: MyPlace,
  authenticationKey: string,
  said: 'revoked' | 'notRevoked' | undefined,
): Promise<Response> {
  const { db, agency, clock } = place;
  const home = homeOf(place);
  const look = { ...pageLook(c, agency), path: `${home}/mandates` };
  const mandates = await listMandates(db.sql, agency.code, authenticationKey, clock());
  const told = said === undefined ? {} : { said };
  return c.html(<MandatesPage {...{ look, home, mandates, ...told }} />, said === 'notRevoked' ? 409 : 200);
}

async function leave(c: Context, place: MyPlace): Promise<Response> {
  await endCitizenSession(c, place.db.sql, place.agency);
  return c.redirect(`${homeOf(place)}?left=1`, 303);
}
