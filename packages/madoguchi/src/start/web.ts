/** Portal and agencies under one origin, as `npm start` shows them. */
import { fileURLToPath } from 'node:url';
import { portalApp } from '@madoguchi/portal';
import type { Sql } from '@madoguchi/store';
import { installErrorPages } from '@madoguchi/ui';
import { Hono } from 'hono';

import { demoPostCodes } from './demo-post-codes.js';
import type { Log } from './log.js';
import type { ServedAgency } from './served-agencies.js';

/** Where `npm run pack:client` puts the client's package. */
const packedClients = fileURLToPath(new URL('../../../../dist/client', import.meta.url));

export function webApp(input: {
  /** The city first. */
  agencies: [ServedAgency, ...ServedAgency[]];
  /** Where the portal's helpdesk keeps its tickets. */
  sql: Sql;
  origin: string;
  agentOrigin: string;
  caUrl: string;
  clock: () => Date;
  log: Log;
}): Hono {
  const { agencies, sql, origin, agentOrigin, caUrl, clock, log } = input;
  const [city] = agencies;
  const { host } = new URL(origin);
  const app = new Hono();
  // One name only: the signing request names the origin, and a rebound host name never reaches a page.
  app.use(async (c, next) => {
    if (c.req.header('host') === host) return next();
    const url = new URL(c.req.url);
    if (c.req.method === 'GET') return c.redirect(`${origin}${url.pathname}${url.search}`, 307);
    return c.text('This server answers only under its own address.\n', 421);
  });
  installErrorPages(app, {
    siteName: { ja: '窓口', jaEasy: '{窓口|まどぐち}', en: 'Madoguchi' },
    contact: city.contact,
    banner: {
      ja: 'これは見本です。本物の役所ではありません。',
      jaEasy: 'これは {見本|みほん}です。{本物|ほんもの}の {役所|やくしょ}では ありません。',
      en: 'This is a demonstration, not a real office.',
    },
    log: (number, error) => log.fault('web', number, error),
  });
  for (const { basePath, app: pages } of agencies) app.route(basePath, pages);
  app.route(
    '/',
    portalApp({
      agencies: agencies.map(({ entry }) => entry),
      demo: true,
      postCodes: demoPostCodes,
      featured: { agency: city.entry.code, procedure: 'juminhyo' },
      agentUrl: agentOrigin,
      origin,
      statsUrl: `${caUrl}/stats.json`,
      downloads: packedClients,
      sql,
      contact: city.contact,
      clock,
      log: (number, error) => log.fault('portal', number, error),
    }),
  );
  return app;
}
