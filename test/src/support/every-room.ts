/** One page of each kind that a person can come to by links, in every room, with the keys of all desks in one browser. */
import type { BrowserContext } from 'playwright-core';
import { fileApplication } from './citizen.js';
import { untilChecked } from './officer.js';
import type { Addresses } from './running-city.js';

/** An application is filed and looked at; every desk is entered by the link that `start` prints. Gives the receipt's address. */
export async function enterEveryRoom(context: BrowserContext, addresses: Addresses): Promise<string> {
  const { page, receiptUrl } = await fileApplication(context, addresses);
  await page.goto(addresses.desk);
  await untilChecked(page, new URL(receiptUrl).pathname.split('/').at(-1) ?? '');
  for (const link of [addresses.counter, addresses.admin, addresses.helpdesk]) await page.goto(link);
  await page.close();
  return receiptUrl;
}

/** Where each role begins. */
function beginnings(addresses: Addresses, receiptUrl: string): string[] {
  const { portal, agency, ca, agentHome, others } = addresses;
  return [
    ...[portal, agency, receiptUrl, agentHome],
    ...[new URL('desk', agency).href, new URL('/counter', ca).href],
    ...[new URL('admin', portal).href, new URL('helpdesk', portal).href],
    ...others.map((other) => other.agency),
  ];
}

const choices = ['lang', 'large', 'furigana'];

/** Pages that differ by a number, a name or the value of a search alone are of one kind: host, path with a star, names in the query. */
function kindOf(url: URL): string {
  const path = url.pathname
    .replace(/^\/a\/[0-9]+/, '/a/*')
    .replace(/^\/home\/[^/]+/, '/home/*')
    .replace(
      /\/(procedures|shops|errors|residents|certificates|acts|cases|applications|admin|parts|leaflets|classes|rows)\/[^/]+/,
      '/$1/*',
    )
    .replace(/^\/help\/(?!errors|contact|tickets|locked)[^/]+$/, '/help/*');
  const names = [...url.searchParams.keys()].filter((name) => !choices.includes(name));
  return names.length === 0 ? path : `${path}?${names.sort().join('&')}`;
}

const isFile = /\.(pdf|csv|css|js|txt|zip|tgz|ics|json|p7m|svg|png|crl|cer|der|xml|tsr|asice)$/;

/** From kind to the address of one such page. */
export async function everyPage(
  context: BrowserContext,
  addresses: Addresses,
  receiptUrl: string,
): Promise<Map<string, string>> {
  const waiting = beginnings(addresses, receiptUrl);
  const rooms = new Set(waiting.map((url) => new URL(url).origin));
  const found = new Map<string, string>();
  const asked = new Set<string>();
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const kind = kindOf(new URL(next));
    if (asked.has(kind)) continue;
    asked.add(kind);
    const answer = await context.request.get(next);
    if (!answer.headers()['content-type']?.startsWith('text/html')) continue;
    if (answer.status() !== 200) throw new Error(`a link leads to ${next}, which answers ${answer.status()}`);
    found.set(kind, next);
    for (const [, href = ''] of (await answer.text()).matchAll(/<a [^>]*href="([^"]+)"/g)) {
      const link = new URL(href.replaceAll('&amp;', '&'), next);
      link.hash = '';
      for (const choice of choices) link.searchParams.delete(choice);
      const leads = link.pathname.startsWith('/admin/') || !isFile.test(link.pathname);
      if (rooms.has(link.origin) && leads) waiting.push(link.href);
    }
  }
  return found;
}
