/** What several people and several offices do in the browser with one application: sign it too, give a mandate for it, decide a part of it. */
import assert from 'node:assert/strict';
import type { BrowserContext, Page } from 'playwright-core';
import { recordActivations } from './activations.js';
import { takePictures } from './artifacts.js';
import { signAndSend } from './citizen.js';
import { readLights } from './officer.js';
import { auditByAxe } from './page-audit.js';
import { reloadOnceChanged } from './reload.js';

/** The last word of a receipt's address. */
export const numberOf = (url: string) => new URL(url).pathname.split('/').at(-1) ?? '';

/** Loads a page again until it says this, or no longer says it: verification is a job of its own. */
export async function untilSays(page: Page, words: string, says = true): Promise<void> {
  while ((await page.getByText(words).count()) > 0 !== says) await reloadOnceChanged(page);
}

export async function look(name: string, page: Page): Promise<void> {
  await takePictures(name, page);
  await auditByAxe(page, name);
}

/** The page as it is in plain Japanese and in English, too. */
export async function inAllRegisters(name: string, page: Page): Promise<void> {
  await look(name, page);
  const address = page.url();
  for (const lang of ['jaEasy', 'en', 'ja']) {
    const url = new URL(address);
    url.searchParams.set('lang', lang);
    await page.goto(url.href);
    if (lang !== 'ja') await takePictures(`${name}-${lang}`, page);
  }
  await page.goto(address);
}

/** What the applicant's page gives to whoever must sign too. */
export async function linkForSigner(page: Page): Promise<string> {
  await untilSays(page, 'ほかの人の署名が必要です');
  await page.getByText('さんのリンクと署名コードを見る').click();
  return (await page.locator('a[href*="/cosign?"]').getAttribute('href')) ?? '';
}

interface CoSigning {
  /** What must stand on the page and in the agent's window. */
  sees: readonly string[];
  agentSees: readonly string[];
  /** Fills in what this person answers, if anything: a mandate. */
  answer?: (page: Page) => Promise<void>;
}

/** Somebody with a card of their own follows the link and signs, in three activations after it; ends on the page of the application, with their signature there. */
export async function signToo(
  context: BrowserContext,
  link: string,
  { sees, agentSees, answer }: CoSigning,
): Promise<Page> {
  const page = await context.newPage();
  const journal = await recordActivations(context);
  await page.goto(link);
  assert.ok(!page.url().includes('code='), 'the code is not in the address any more');
  const shown = (await page.textContent('main')) ?? '';
  for (const words of sees) assert.ok(shown.includes(words), words);
  await signAndSend(context, page, {
    ...(answer === undefined ? {} : { answer }),
    at: async (moment, seen) => {
      if (moment !== '4-agent-shows') return;
      const text = (await seen.textContent('main')) ?? '';
      for (const words of agentSees) assert.ok(text.includes(words), words);
      await takePictures('together-agent', seen);
    },
  });
  const answered = journal.fields().length > 1;
  assert.ok(answered || journal.activations().length <= 3, journal.describe());
  await page.getByRole('link', { name: '署名した申請を見る' }).waitFor();
  await look('together-signers-receipt', page);
  await page.getByRole('link', { name: '署名した申請を見る' }).click();
  await untilSays(page, 'あなたの署名は届いています');
  return page;
}

/** An office's officer at their own desk: opens the part and accepts it. `before`: what must be true of the page. */
export async function acceptPart(
  desk: Page,
  receipt: string,
  part: string,
  before: (page: Page) => Promise<void> = async () => {},
): Promise<void> {
  await desk.goto(`${desk.url().replace(/\/parts.*$/, '')}/parts/${receipt}/${part}`);
  while ((await desk.locator('#light-signature').count()) === 0) await reloadOnceChanged(desk);
  await before(desk);
  await desk.fill('[name=reason]', '確かめました。');
  await desk.getByRole('button', { name: '受理する' }).click();
  await desk.getByText('この部分は「承認」です').waitFor();
}

/** The decision on one application's page: where a light asks to look, an officer says why. */
export async function accept(desk: Page): Promise<void> {
  const lights = Object.values(await readLights(desk));
  if (lights.some(({ state }) => state !== 'good'))
    await desk.fill('[name=reason]', '電話で本人に確かめました。');
  await desk.getByRole('button', { name: '受理する' }).click();
  await desk.getByText('この申請は「受理」です。').waitFor();
}

/** The citizen's page, loaded again until the notice of the decision is there: it is signed by a job of its own. */
export async function fetchNotice(page: Page): Promise<void> {
  const notice = page.locator('a[href$="/notice.pdf"]');
  await page.reload();
  while ((await notice.count()) === 0) await reloadOnceChanged(page);
  const answer = await page.request.get(new URL((await notice.getAttribute('href')) ?? '', page.url()).href);
  assert.equal(answer.status(), 200);
  assert.equal((await answer.body()).subarray(0, 5).toString(), '%PDF-');
}
