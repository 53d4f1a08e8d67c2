/** What every page must be, asked of a real browser: one heading, a language, nothing beside the screen, nothing that axe finds. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Facts {
  title: string;
  lang: string;
  headings: number;
  /** Elements that stick out of the screen at the right, as the start of their tags. */
  beside: string[];
}

const facts = `(() => {
  const width = document.documentElement.clientWidth;
  const scrolls = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement)
      if (/auto|scroll|hidden|clip/.test(getComputedStyle(at).overflowX)) return true;
    return false;
  };
  const wide = document.documentElement.scrollWidth > width + 1;
  return {
    title: document.title,
    lang: document.documentElement.lang,
    headings: document.querySelectorAll('h1').length,
    beside: !wide ? [] : [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > width + 1 && !scrolls(element))
      .map((element) => element.outerHTML.slice(0, 120)).slice(0, 5).concat('(page is wider than the screen)'),
  };
})()`;

/** Fails with the page's name and what is wrong. */
export async function auditPage(page: Page, name: string, lang: 'ja' | 'en'): Promise<void> {
  // A journey goes on at the first word it waits for; what stands below it may not have been read yet.
  await page.waitForLoadState('load');
  const found = (await page.evaluate(facts)) as Facts;
  assert.notEqual(found.title.trim(), '', `${name}: no title`);
  assert.equal(found.lang, lang, `${name}: language`);
  assert.equal(found.headings, 1, `${name}: first-level headings`);
  assert.deepEqual(found.beside, [], `${name}: sticks out of the screen`);
}

export async function auditByAxe(page: Page, name: string): Promise<void> {
  await page.evaluate(axe);
  const violations = await page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html))',
  );
  assert.deepEqual(violations, [], `${name}: axe`);
}

/** Links, buttons and fields by what they say or are called. */
export async function controlsOf(page: Page): Promise<string[]> {
  return (await page.evaluate(`[...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea')]
    .map((element) => [element.localName, element.name || '', element.type || '',
      element.localName === 'a' ? element.getAttribute('href').replace(/[?&]lang=[A-Za-z]+/, '') : '',
      element.localName === 'button' ? element.textContent.trim() : ''].join(' ').trim())`)) as string[];
}
