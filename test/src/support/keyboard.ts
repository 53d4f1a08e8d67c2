/** Moving through a page as somebody does who has no mouse. */
import type { Page } from 'playwright-core';

/** In the page: what has the focus, in words. */
function focused(): string {
  const { activeElement } = (globalThis as unknown as { document: { activeElement: FocusedElement | null } })
    .document;
  if (activeElement === null) return '';
  return (
    activeElement.getAttribute('aria-label') ||
    activeElement.labels?.[0]?.textContent ||
    activeElement.textContent ||
    ''
  ).trim();
}
interface FocusedElement {
  getAttribute(name: string): string | null;
  labels?: { textContent: string | null }[];
  textContent: string | null;
}

/** More strokes than any page may need: a focus that is caught goes round for ever. */
const mostStrokes = 100;

/** Presses Tab until something with this name has the focus (it may have it already); gives the strokes. */
export async function tabTo(page: Page, name: RegExp): Promise<number> {
  for (let strokes = 0; strokes <= mostStrokes; strokes += 1) {
    if (name.test(await page.evaluate(focused))) return strokes;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${name} on ${page.url()}`);
}
