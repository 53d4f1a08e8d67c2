/** A page that a job will change: verification, a signed notice. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/**
 * Loads the page again once it has changed, after a second in any case: whoever waits looks then for what they wait for, and comes again. It is asked
 * for without being drawn, which takes a quarter of the processor time.
 */
export async function reloadOnceChanged(page: Page): Promise<void> {
  const address = page.url().replace(/#.*$/, '');
  const ask = async () => (await page.request.get(address)).text();
  const before = await ask();
  for (let tried = 0; tried < 5; tried += 1) {
    await pause(200);
    if ((await ask()) !== before) break;
  }
  await page.reload();
}
