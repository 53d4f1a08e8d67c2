/** What an officer does at the desk in the browser. */
import type { Page } from 'playwright-core';
import { reloadOnceChanged } from './reload.js';

interface SeenLight {
  state: string | null;
  text: string;
}

type SeenLights = Record<'signature' | 'identity' | 'validity', SeenLight>;

/** Loads the page again until the application in it has been looked at: verification is a job of its own. */
export async function untilChecked(page: Page, receiptNumber: string): Promise<void> {
  const row = page.getByRole('row').filter({ hasText: receiptNumber });
  while ((await row.locator('.light').count()) === 0) await reloadOnceChanged(page);
}

/** From the queue into one application: one activation. */
export async function openCase(page: Page, receiptNumber: string): Promise<void> {
  const row = page.getByRole('row').filter({ hasText: receiptNumber });
  await row.getByRole('link', { name: /開く/ }).click();
  await page.locator('#light-signature').waitFor();
}

export async function readLights(page: Page): Promise<SeenLights> {
  const one = async (name: string): Promise<SeenLight> => {
    const light = page.locator(`#light-${name}`);
    const text = ((await light.locator('p').first().textContent()) ?? '').replaceAll(/\s+/g, ' ');
    return { state: await light.getAttribute('data-state'), text };
  };
  return {
    signature: await one('signature'),
    identity: await one('identity'),
    validity: await one('validity'),
  };
}
