/** What a citizen does to log in by card, and what must be true then: the same with the card's image and in a reader. */
import assert from 'node:assert/strict';
import type { BrowserContext, Page } from 'playwright-core';
import { recordActivations } from './activations.js';
import { takePictures } from './artifacts.js';
import { fileApplication } from './citizen.js';
import { untilChecked } from './officer.js';
import { auditByAxe, auditPage } from './page-audit.js';
import type { Addresses } from './running-city.js';

const authPin = '1234';

/** From the city's first page to マイページ; the agent's window stands at `at('agent-asks')` while it waits for the password. */
export async function logIn(
  context: BrowserContext,
  addresses: Addresses,
  at: (moment: string, page: Page) => Promise<void> = async () => {},
  pin = authPin,
): Promise<{ page: Page; agent: Page }> {
  const page = await context.newPage();
  await page.goto(addresses.agency);
  await page.getByRole('link', { name: 'マイページ' }).click();
  const button = page.getByRole('button', { name: 'カードでログインする' });
  await button.waitFor();
  await page.waitForLoadState();
  await at('login-1-my', page);
  const opened = context.waitForEvent('page');
  await button.click();
  const agent = await opened;
  const secret = agent.getByLabel(/利用者証明用パスワード/).first();
  await secret.waitFor();
  await at('login-2-agent-asks', agent);
  await secret.pressSequentially(pin);
  await agent.getByRole('button', { name: 'ログインする' }).click();
  await agent.getByRole('heading', { level: 1, name: 'ログインしました' }).waitFor();
  await at('login-3-done', agent);
  await page.getByText('カードでログインしています').waitFor();
  await at('login-4-in', page);
  return { page, agent };
}

/** An application is filed with the signature key; the authentication key of the same card finds it again. */
export async function loginJourney(
  context: BrowserContext,
  addresses: Addresses,
  name: string,
): Promise<void> {
  const { page: applied, receiptUrl } = await fileApplication(context, addresses);
  const number = new URL(receiptUrl).pathname.split('/').at(-1) ?? '';
  const officer = await context.newPage();
  await officer.goto(addresses.desk);
  await untilChecked(officer, number);
  await officer.close();
  await applied.close();
  // A browser that knows nothing of the application.
  await context.clearCookies();
  const journal = await recordActivations(context);
  const { page, agent } = await logIn(context, addresses, async (moment, shown) => {
    await auditPage(shown, `${name} ${moment}`, 'ja');
    await auditByAxe(shown, `${name} ${moment}`);
    await takePictures(`${name}-${moment}`, shown);
  });
  assert.equal(journal.activations().length, 3, journal.describe());
  assert.equal(journal.fields().length, 1);
  assert.equal(
    await agent.evaluate('window.opener'),
    null,
    'the agent’s window stays cut off from its opener',
  );
  await page.getByRole('link', { name: number }).click();
  await page.getByRole('heading', { level: 1, name: '申請が届きました' }).waitFor();
  await page.goto(`${addresses.agency}my`);
  await page.getByRole('button', { name: 'ログアウト' }).click();
  await page.getByText('ログアウトしました').waitFor();
  const answer = await page.goto(receiptUrl.replace(/applications.*/, `my/applications/${number}`));
  assert.equal(new URL(answer?.url() ?? '').pathname, new URL(`${addresses.agency}my`).pathname);
}

/** From the counter's first page, over the agent's window with the clerk's card, to the residents, and out again. */
export async function enterCounter(context: BrowserContext, { ca }: Addresses): Promise<void> {
  const journal = await recordActivations(context);
  const page = await context.newPage();
  await page.goto(`${ca}/counter`);
  await page.waitForLoadState();
  await takePictures('counter-login-1-closed', page);
  const opened = context.waitForEvent('page');
  await page.getByRole('button', { name: 'カードでログインする' }).click();
  const agent = await opened;
  const secret = agent.getByLabel(/利用者証明用パスワード/).first();
  await secret.waitFor();
  assert.match((await agent.textContent('main')) ?? '', /窓口に入る（職員）.*demo-clerk\.card/s);
  await takePictures('counter-login-2-agent', agent);
  await secret.pressSequentially(authPin);
  await agent.getByRole('button', { name: 'ログインする' }).click();
  await agent.getByRole('heading', { level: 1, name: 'ログインしました' }).waitFor();
  await page.getByText('clerk-1（責任者）で入っています。').waitFor();
  assert.equal(journal.activations().length, 2, journal.describe());
  await takePictures('counter-login-3-in', page);
  await page.getByRole('button', { name: 'ログアウト' }).click();
  await page.getByText('ログアウトしました').waitFor();
  await auditPage(page, 'counter closed', 'ja');
  await auditByAxe(page, 'counter closed');
}
