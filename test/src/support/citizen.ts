/** What a citizen does in the browser, from the city's page to the receipt: clicks and keys only, as a person would. */
import type { BrowserContext, Page } from 'playwright-core';
import type { Addresses } from './running-city.js';

export interface Filing {
  /** The city's tab, on the receipt's page. */
  page: Page;
  receiptUrl: string;
}

export interface FilingOptions {
  /** Title of the procedure; without it, the copy of the resident record. */
  procedure?: string;
  /** Answers the form where its defaults are not enough. */
  answer?: (page: Page) => Promise<void>;
  password?: string;
  /** Called with a name at each moment worth a picture or a probe. */
  at?: (moment: string, page: Page) => Promise<void>;
}

const nothing = async () => {};

/** ① chooses the procedure, ② goes on to sign, ③ gives the password, ④ says yes; ends at the receipt. */
export async function fileApplication(
  context: BrowserContext,
  addresses: Addresses,
  options: FilingOptions = {},
): Promise<Filing> {
  const procedure = options.procedure ?? '住民票の写しの交付申請';
  const page = await context.newPage();
  await page.goto(addresses.agency);
  await options.at?.('1-city', page);
  await page.getByRole('link', { name: procedure }).first().click();
  await page.getByRole('heading', { level: 1, name: procedure }).waitFor();
  return signAndSend(context, page, options);
}

/** The same from the procedure's own page on, however the citizen came there. */
export async function signAndSend(
  context: BrowserContext,
  page: Page,
  options: FilingOptions = {},
): Promise<Filing> {
  const at = options.at ?? nothing;
  // Faster than any hand: before its script runs, the button would send the form without one.
  await page.waitForLoadState();
  await options.answer?.(page);
  await at('2-form', page);
  const form = new URL(page.url()).pathname;
  const opened = context.waitForEvent('page');
  await page.getByRole('button', { name: '署名へ進む' }).click();
  const agent = await opened;
  const secret = agent.getByLabel(/署名用パスワード/).first();
  await secret.waitFor();
  await at('3-agent-asks', agent);
  await secret.pressSequentially(options.password ?? 'ABC123');
  await agent.getByRole('button', { name: '次へ' }).click();
  const yes = agent.getByRole('button', { name: '署名して送る' });
  await yes.waitFor();
  await at('4-agent-shows', agent);
  // The yes is dead for its first half second; a person reads longer than that.
  await agent.waitForTimeout(700);
  await yes.click();
  // A correction's and a withdrawal's form stand below an application, too: the page goes on to the receipt of what was signed now.
  await page.waitForURL(({ pathname }) => pathname !== form && pathname.includes('/applications/'));
  await page.getByText('到達番号').first().waitFor();
  await at('5-receipt', page);
  return { page, receiptUrl: page.url() };
}
