/** What a holder does on the agent's own pages: the same with the card's image and in a reader, with the city's own authorities. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { takePictures } from './artifacts.js';
import { auditByAxe, auditPage } from './page-audit.js';
import type { RunningCity } from './running-city.js';

const pin = 'ABC123';

/** Presses the link of a signed file and keeps it in the folder. */
async function save(page: Page, name: string, folder: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator(`a[download="${name}"]`).click(),
  ]);
  const file = path.join(folder, name);
  await download.saveAs(file);
  return file;
}

async function verify(page: Page, home: string, files: string[]): Promise<string> {
  await page.goto(`${home}/files?lang=ja`);
  await page.locator('input[type=file]').setInputFiles(files);
  await page.getByRole('button', { name: '署名を確かめる' }).click();
  await page.getByRole('heading', { level: 1, name: '署名の検証の結果' }).waitFor();
  return (await page.locator('main').textContent()) ?? '';
}

/** Two files signed at level B, one at LT by the keys of the keyboard alone; all verified as good with the authority's word; one changed. */
export async function filesJourney(
  context: BrowserContext,
  { dir, addresses }: RunningCity,
  name: string,
): Promise<void> {
  const home = addresses.agentHome;
  const page = await context.newPage();
  const [letter, note] = ['委任状.txt', 'note.txt'].map((file) => path.join(dir, file));
  assert.ok(letter !== undefined && note !== undefined);
  writeFileSync(letter, '見本市長に委任します。\n');
  writeFileSync(note, 'a note\n');

  await page.goto(`${home}/files?lang=ja`);
  await page.locator('input[type=file]').setInputFiles([letter, note]);
  await page.locator('#sign').click();
  await page.getByRole('heading', { level: 1, name: 'ファイルに署名する' }).waitFor();
  const asked = (await page.locator('main').textContent()) ?? '';
  assert.match(asked, name.endsWith('reader') ? /Virtual PCD/ : /soumu-taro|カード/);
  assert.match(asked, /のこり 5 回/);
  await auditPage(page, `${name} sign`, 'ja');
  await auditByAxe(page, `${name} sign`);
  await takePictures(`${name}-files-sign`, page);
  await page.locator('input[name=format][value=cades]').check();
  await page.locator('[name=pin]').fill('WRONG9');
  await page.locator('#next').click();
  await page.getByText('のこり 4 回').first().waitFor();
  await page.locator('input[name=format][value=cades]').check();
  await page.locator('[name=pin]').fill(pin);
  await page.locator('#next').click();
  await page.getByRole('heading', { level: 1, name: '署名できました' }).waitFor();
  const saved = [await save(page, '委任状.txt.p7s', dir), await save(page, 'note.txt.p7s', dir)];
  const said = await verify(page, home, saved);
  assert.equal(said.match(/正しい署名です/g)?.length, 2, said);
  await auditByAxe(page, `${name} report`);
  await takePictures(`${name}-files-report`, page);

  await page.goto(`${home}/files?lang=ja`);
  await page.locator('input[type=file]').setInputFiles(letter);
  await page.locator('#sign').press('Enter');
  await page.locator('[name=pin]').waitFor();
  await page.locator('input[name=format][value=asic]').press('Space');
  await page.locator('input[name=level][value=LT]').press('Space');
  await page.locator('[name=pin]').pressSequentially(pin);
  await page.locator('[name=pin]').press('Enter');
  await page.getByRole('heading', { level: 1, name: '署名できました' }).waitFor();
  const container = await save(page, '委任状.txt.asice', dir);
  assert.match(await verify(page, home, [container]), /正しい署名です/);
  const broken = readFileSync(container);
  broken[broken.indexOf('見本市長')] = 0x20;
  writeFileSync(container, broken);
  assert.match(await verify(page, home, [container]), /正しくない署名です/);
  await page.close();
}

/** The environment check: from the portal by its button, what it says of the card, and back with an answer after a click. */
export async function checkJourney(
  context: BrowserContext,
  { addresses }: RunningCity,
  name: string,
): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${addresses.portal}start`);
  const opened = context.waitForEvent('page');
  await page.getByRole('button', { name: '準備ができているか確かめる' }).click();
  const check = await opened;
  await check.getByRole('heading', { level: 1, name: '環境の確認' }).waitFor();
  await check
    .locator('.agent-check-ok', { hasText: /マイナンバーカード/ })
    .first()
    .waitFor();
  await auditPage(check, `${name} check`, 'ja');
  await auditByAxe(check, `${name} check`);
  await takePictures(`${name}-check`, check);
  await check.locator('#tell').click();
  await check.waitForURL(`${addresses.portal}start?environment=*`);
  // With an image the machine itself may have no reader, which is worth a red light; the card in a reader makes all green.
  const told = new URL(check.url()).searchParams.get('environment') ?? '';
  assert.match(told, name.endsWith('reader') ? /^green$/ : /^(green|red)$/);
  await check.close();
  await page.close();
}
