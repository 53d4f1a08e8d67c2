/** The leaflets (リーフレット) on paper: the portal's own pages in each register, printed by Chromium as one sheet of A4. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Leaflet, leafletDigest, leafletFile, leaflets, portalApp } from '@madoguchi/portal';
import { type Register, registers } from '@madoguchi/ui';
import type { Browser, Page } from 'playwright-core';

const origin = 'http://portal.print';
const require = createRequire(import.meta.url);
const weights = { 400: '400Regular', 700: '700Bold' } as const;
const fontAt = (weight: string) => `${origin}/print-fonts/${weight}.ttf`;

const fonts = `${Object.keys(weights)
  .map((weight) => `@font-face{font-family:"UD";font-weight:${weight};src:url("${fontAt(weight)}")}`)
  .join('')}html body{font-family:"UD","Noto Sans CJK JP",sans-serif}`;

/** The portal answers the browser without a socket; so do the fonts of the printed matter. */
async function servePortal(page: Page): Promise<void> {
  const app = portalApp({ demo: false, agencies: [] });
  await page.route('**/*', async (route) => {
    const request = route.request();
    const weight = Object.entries(weights).find(([one]) => request.url() === fontAt(one))?.[1];
    if (weight !== undefined) {
      const font = `@expo-google-fonts/biz-udpgothic/${weight}/BIZUDPGothic_${weight}.ttf`;
      return route.fulfill({ body: readFileSync(require.resolve(font)), contentType: 'font/ttf' });
    }
    const answer = await app.request(request.url(), { headers: await request.allHeaders() });
    return route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    });
  });
}

/** How far anything stands out of its sheet, in CSS pixels; nothing is cut off unseen. */
const tooLong = `Math.max(...[...document.querySelectorAll('.leaflet-sheet')].map((sheet) => {
  const body = sheet.querySelector('.leaflet-body').lastElementChild.getBoundingClientRect();
  return body.bottom - sheet.getBoundingClientRect().bottom;
}))`;

async function printOne(browser: Browser, leaflet: Leaflet, register: Register, file: string): Promise<void> {
  // The page allows no style of others; the fonts of the printed matter are one.
  const context = await browser.newContext({ bypassCSP: true, viewport: { width: 794, height: 1123 } });
  try {
    await context.addCookies([{ name: 'mado_prefs', value: `${register}.-.0`, url: origin }]);
    const page = await context.newPage();
    await servePortal(page);
    await page.goto(`${origin}/materials/leaflets/${leaflet.id}`);
    await page.addStyleTag({ content: fonts });
    await page.emulateMedia({ media: 'print' });
    await page.evaluate('document.fonts.ready.then(() => undefined)');
    const over = (await page.evaluate(tooLong)) as number;
    if (over > -20)
      throw new Error(`${path.basename(file)}: ${Math.round(over + 20)} px too long for its sheet`);
    await page.pdf({ path: file, preferCSSPageSize: true, printBackground: true, tagged: true });
  } finally {
    await context.close();
  }
}

/** All of them into a folder; their names, with what names their words. */
export async function printLeaflets(
  browser: Browser,
  folder: string,
): Promise<{ name: string; words: string }[]> {
  const made: { name: string; words: string }[] = [];
  for (const leaflet of leaflets)
    for (const register of registers) {
      const name = leafletFile(leaflet.id, register);
      await printOne(browser, leaflet, register, path.join(folder, name));
      made.push({ name, words: leafletDigest(leaflet) });
    }
  return made;
}
