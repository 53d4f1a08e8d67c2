import { type PageProps, readPreferences } from '@madoguchi/ui';
import type { Context } from 'hono';
import type { AgencyConfig } from '../options.js';

/** What every page of an agency has in common. */
export function pageLook(c: Context, agency: AgencyConfig): Omit<PageProps, 'title'> {
  const { basePath, contact, banner } = agency;
  const url = new URL(c.req.url);
  // A page that answers a POST has no address of its own for the language switches: they lead to the same page by GET.
  const path = c.req.method === 'GET' ? `${url.pathname}${url.search}` : url.pathname;
  return {
    prefs: readPreferences(c),
    siteName: agency.siteName,
    siteHref: `${basePath}/`,
    path,
    assets: `${basePath}/assets`,
    contact,
    ...(banner === undefined ? {} : { banner }),
  };
}
