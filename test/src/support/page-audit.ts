/** What a program can see of a page's accessibility: axe-core's rules, reflow at 400 % zoom, and the focus of the keyboard. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A machine that does other work too may be slow; a fault shows itself at once. */
export const patienceMs = 120_000;

interface AxeResult {
  violations: { id: string; nodes: { html: string }[] }[];
}

/** WCAG 2.2 AA as far as axe sees it, and its good practice. */
async function axeFaults(page: Page): Promise<string[]> {
  await page.addScriptTag({ content: axeSource });
  const result = (await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  )) as AxeResult;
  return result.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
  );
}

/** 1280 px at 400 % are 320 px: nothing may need to be scrolled sideways (WCAG 1.4.10); tables scroll in their own box. */
async function reflowFaults(page: Page): Promise<string[]> {
  await page.setViewportSize({ width: 320, height: 640 });
  const width = (await page.evaluate('document.documentElement.scrollWidth')) as number;
  return width > 320 ? [`reflow: the page is ${width} px wide on a screen of 320 px`] : [];
}

/** Every stop of the Tab key shows the ring: 4 px of outline. */
async function focusFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (let stop = 0; stop < 200; stop += 1) {
    await page.keyboard.press('Tab');
    const focused = (await page.evaluate(`(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const seen = element.dataset.seen === 'yes';
      element.dataset.seen = 'yes';
      return { seen, outline: getComputedStyle(element).outlineWidth, html: element.outerHTML.slice(0, 120) };
    })()`)) as { seen: boolean; outline: string; html: string } | null;
    if (focused === null || focused.seen) break;
    if (focused.outline !== '4px') faults.push(`focus: ${focused.outline} at ${focused.html}`);
  }
  return faults;
}

/** Whether long words of another register still fit a narrow screen. */
export async function auditReflow(browser: Browser, addresses: readonly string[]): Promise<string[]> {
  const page = await browser.newPage();
  page.setDefaultTimeout(patienceMs);
  const faults: string[] = [];
  for (const address of addresses) {
    await page.goto(address);
    faults.push(...(await reflowFaults(page)).map((fault) => `${address} ${fault}`));
  }
  await page.close();
  return faults;
}

/** Everything found at one address; empty when the page is good. */
export async function auditPage(browser: Browser, address: string): Promise<string[]> {
  // The page's own policy would keep axe out.
  const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1280, height: 900 } });
  try {
    context.setDefaultTimeout(patienceMs);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
    await page.goto(address);
    faults.push(...(await axeFaults(page)), ...(await focusFaults(page)), ...(await reflowFaults(page)));
    return faults.map((fault) => `${address} ${fault}`);
  } finally {
    await context.close();
  }
}
