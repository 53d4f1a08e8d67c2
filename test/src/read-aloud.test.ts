// The screens that matter as a screen reader is given them by Chromium: order, names, what is said of a field, what is said by itself.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromiumPath, launchChromium } from './support/browser.js';
import { fileApplication } from './support/citizen.js';
import { freePorts } from './support/free-ports.js';
import { openCase, untilChecked } from './support/officer.js';
import { isControl, outline, readAloud, type Said } from './support/read-aloud.js';
import { type RunningCity, startCity, temporaryFolder } from './support/running-city.js';

/** These are heard one after another, whatever is between them. */
function assertHeard(said: readonly Said[], lines: readonly string[]): void {
  const heard = outline(said);
  let at = 0;
  for (const line of lines) {
    const found = heard.indexOf(line, at);
    assert.notEqual(found, -1, `“${line}” is not heard after “${heard[at - 1]}” in:\n${heard.join('\n')}`);
    at = found + 1;
  }
}

/** Each control says what it is for, and the skip link comes first. */
function assertNamed(said: readonly Said[], moment: string): void {
  const controls = said.filter(isControl);
  assert.ok(controls.length > 3, moment);
  for (const { role, name } of controls) assert.notEqual(name, '', `${moment}: a ${role} without a name`);
  assert.equal(controls[0]?.name, '本文へ', moment);
  assert.equal(said.filter(({ role }) => role === 'main').length, 1, moment);
}

const field = (said: readonly Said[], name: RegExp): Said => {
  const found = said.find((one) => isControl(one) && name.test(one.name));
  assert.ok(found, String(name));
  return found;
};

describe('read aloud', { skip: chromiumPath === undefined ? 'chromium is not installed' : false }, () => {
  let city: RunningCity;
  let remove: () => Promise<void>;
  let browser: Browser;
  let context: BrowserContext;
  const moments = new Map<string, Said[]>();
  let receipt: string;

  before(async () => {
    const folder = await temporaryFolder('aloud');
    remove = folder.remove;
    const port = await freePorts(3);
    city = await startCity({
      dir: folder.dir,
      args: ['--port', String(port), '--agent-port', String(port + 2)],
    });
    browser = await launchChromium();
    context = await browser.newContext({ locale: 'ja-JP' });
    const listen = async (moment: string, page: Page) => {
      moments.set(moment, await readAloud(page));
    };
    const { receiptUrl } = await fileApplication(context, city.addresses, { at: listen });
    receipt = new URL(receiptUrl).pathname.split('/').at(-1) ?? '';
  });
  after(async () => {
    await browser?.close();
    await city?.stop();
    await remove?.();
  });

  const at = (moment: string): Said[] => {
    const said = moments.get(moment);
    assert.ok(said, moment);
    return said;
  };

  test('the form: the question before its answers, 必須 and the hint with the field, then the way on', () => {
    const said = at('2-form');
    assertNamed(said, 'form');
    assertHeard(said, [
      'main “”',
      'heading “住民票の写しの交付申請”',
      'group “だれの分ですか 必須”',
      'radio “本人”',
      'radio “世帯全員”',
      'textbox “何通ですか 必須”',
      'group “受け取り方 必須”',
      'button “署名へ進む”',
    ]);
    const copies = field(said, /^何通ですか/);
    assert.deepEqual([copies.required, copies.invalid, copies.description], [true, false, '1通から10通まで']);
  });

  test('the agent: who asks for what comes before the password, the application before the yes', () => {
    const asks = at('3-agent-asks');
    assertNamed(asks, 'agent asks');
    assertHeard(asks, [
      'heading “見本市長 が 署名を もとめています”',
      'textbox “署名用パスワード（英数字6〜16文字） 必須”',
      'button “次へ”',
      'button “やめる”',
    ]);
    assert.equal(field(asks, /署名用パスワード/).required, true);
    const shows = at('4-agent-shows');
    assertNamed(shows, 'agent shows');
    const words = shows.map(({ name }) => name);
    assert.ok(words.indexOf('総務　太郎') < words.indexOf('署名して送る'), words.join('\n'));
    assertHeard(shows, [
      'heading “申請の内容を確かめる”',
      'button “署名して送る”',
      'button “直す”',
      'button “やめる”',
    ]);
  });

  test('the receipt: that it has arrived and its number come first', () => {
    const said = at('5-receipt');
    assertNamed(said, 'receipt');
    assertHeard(said, [
      'heading “申請が届きました”',
      'heading “このあと”',
      'heading “問い合わせ先”',
      'link “PDFで保存”',
    ]);
    const words = said.map(({ name }) => name);
    assert.ok(words.indexOf(receipt) < words.indexOf('このあと'), words.join('\n'));
  });

  test('the desk: the three lights say 良い before the application and the decision', async () => {
    const page = await context.newPage();
    await page.goto(city.addresses.desk);
    await untilChecked(page, receipt);
    await openCase(page, receipt);
    const said = await readAloud(page);
    await page.close();
    assertNamed(said, 'desk');
    assertHeard(said, [
      `heading “${receipt}”`,
      'heading “申請書（申請者が見たとおり）”',
      'heading “決める”',
      'button “受理する”',
      'button “補正を求める”',
      'button “却下する”',
    ]);
    const words = said.filter(({ role }) => role === 'StaticText').map(({ name }) => name.trim());
    const lights = ['署名', '照合', '有効性'].map((light) => words.indexOf(light, words.indexOf(receipt)));
    assert.deepEqual(
      lights.map((index) => words.slice(index + 1, index + 4).find((word) => word === '良い')),
      ['良い', '良い', '良い'],
    );
    assert.ok(Math.max(...lights) < words.indexOf('申請書（申請者が見たとおり）'));
  });

  test('a wrong answer: the page says so by itself, leads to the field, and the field says it again', async () => {
    const plain = await browser.newContext({ locale: 'ja-JP', javaScriptEnabled: false });
    const page = await plain.newPage();
    await page.goto(new URL('procedures/juminhyo', city.addresses.agency).href);
    await page.locator('main input[name="copies"]').fill('99');
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: '署名へ進む' }).click()]);
    const said = await readAloud(page);
    await plain.close();
    const copies = field(said, /^何通ですか/);
    assert.equal(copies.invalid, true);
    assert.match(copies.description, /1/);
    const alert = said.findIndex(({ role }) => role === 'alert');
    const heading = said.findIndex(({ role }) => role === 'heading');
    assert.ok(alert !== -1, outline(said).join('\n'));
    const link = said.findIndex(({ role, name }) => role === 'link' && copies.description.includes(name));
    assert.ok(link > alert && link < said.indexOf(copies) && heading !== -1, outline(said).join('\n'));
  });
});
