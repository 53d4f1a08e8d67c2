import { sameOriginPosts } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { formLimit } from '../forms/form-limit.js';
import { pageLook } from '../forms/look.js';
import type { ReceptionOptions } from '../options.js';
import { receiptPattern } from '../receipts/access.js';
import { confirmAddress, isLink, stopMail } from './addresses.js';
import type { MailLinkParts } from './secrets.js';
import { MailLinkPage } from './section.js';

function linkOf(given: Record<string, unknown>): MailLinkParts {
  const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 200) : '');
  return { receiptNumber: text(given.receipt), signer: text(given.signer), token: text(given.token) };
}

/** What the links in mails open: `/mail/confirm` and `/mail/stop`. Opening does nothing, its button does. */
export function mailRoutes(options: ReceptionOptions): Hono {
  const { db, agency, keys, clock } = options;
  const place = { sql: db.sql, agency: agency.code, secret: keys.secret };
  const app = new Hono();
  app.use(formLimit(4 * 1024), sameOriginPosts({ origins: [agency.origin] }), async (c, next) => {
    await next();
    // The address holds a secret.
    c.res.headers.set('Referrer-Policy', 'no-referrer');
    c.res.headers.set('Cache-Control', 'no-store');
  });

  for (const purpose of ['confirm', 'stop'] as const) {
    const action = `${agency.basePath}/mail/${purpose}`;
    const page = (
      c: Context,
      step: 'ask' | 'done' | 'bad',
      link: MailLinkParts = { receiptNumber: '', signer: '', token: '' },
    ) => {
      // The switches lead back here without the secret.
      const look = { ...pageLook(c, agency), path: action, switches: 'none' as const };
      return <MailLinkPage look={look} purpose={purpose} step={step} link={{ action, ...link }} />;
    };
    const holds = async (link: MailLinkParts) =>
      receiptPattern.test(link.receiptNumber) && (await isLink(place, { purpose, ...link, at: clock() }));

    app.get(`/${purpose}`, async (c) => {
      const link = linkOf(c.req.query());
      return (await holds(link)) ? c.html(page(c, 'ask', link)) : c.html(page(c, 'bad'), 403);
    });
    app.post(`/${purpose}`, async (c) => {
      const link = linkOf(await c.req.parseBody());
      if (!(await holds(link))) return c.html(page(c, 'bad'), 403);
      if (purpose === 'confirm') await confirmAddress(place, link, clock());
      else await stopMail(place, link);
      return c.html(page(c, 'done'));
    });
  }
  return app;
}
