import { Hono } from 'hono';
import { agencyApp } from '../app.js';
import { createDeskLink, type DeskOptions, deskRoutes } from '../desk/index.js';
import { addOfficer, type RoleRow } from '../desk/officers.js';
import { roles } from '../desk/roles.js';
import { base, origin } from './room.js';
import type { VerificationRoom } from './verification-room.js';

/** Every role over the whole agency. */
export const everyRole: readonly RoleRow[] = roles.map((role) => ({ role, scope: '*' }));

/** The desk over a room, and officers who sit at it. */
export function openDesk(room: VerificationRoom, change: Partial<DeskOptions> = {}) {
  const { agency, procedures, clock, db } = room.options;
  const { verification } = room;
  const routes = deskRoutes({
    ...{ sql: db.sql, agency, procedures, verification, clock },
    linksOpen: true,
    webhooks: { secret: room.options.keys.secret, origins: [] },
    ...change,
  });
  const app = new Hono().route(base, agencyApp({ ...room.options, desk: routes }));
  const desk = `${origin}${base}/desk`;

  return async function sitDown(officer: string, held: readonly RoleRow[] = everyRole) {
    await addOfficer(db.sql, agency.code, { officer, roles: held, by: 'operator', now: clock() });
    const link = await createDeskLink({ sql: db.sql, agency, now: clock(), officer });
    const entered = await app.request(link);
    const cookie = (entered.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    const get = (path: string) => app.request(`${desk}${path}`, { headers: { cookie } });
    const page = async (path: string): Promise<string> => {
      const response = await get(path);
      if (response.status !== 200) throw new Error(`${response.status} ${path}`);
      return (await response.text()).replaceAll(/<r[tp]>.*?<\/r[tp]>|<\/?ruby>/g, '');
    };
    const hidden = (html: string, name: string) =>
      new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
    /** Fills in the form of the page at `from` and posts it. */
    const post = async (path: string, form: Record<string, string> = {}, from = '') => {
      const html = await page(from);
      const body = { csrf: hidden(html, 'csrf'), seen: hidden(html, 'seen'), ...form };
      return app.request(`${desk}${path}`, {
        method: 'POST',
        headers: { cookie, origin, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(body).toString(),
      });
    };
    const decide = (receipt: string, decision: string, reason = '') =>
      post(`/cases/${receipt}/decision`, { decision, reason }, `/cases/${receipt}`);
    const assign = (receipt: string, assignment: string) =>
      post(`/cases/${receipt}/assign`, { assignment }, `/cases/${receipt}`);
    return { get, page, post, decide, assign };
  };
}
