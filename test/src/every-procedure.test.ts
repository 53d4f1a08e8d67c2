// The whole catalogue in a real browser: each procedure from its form over the card to the receipt, to the decision of everybody who decides, and back to
// the citizen's page with the signed notice. Who must sign too signs with a card of their own; each office decides its part at its own desk.
import assert from 'node:assert/strict';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import type { Level } from '@madoguchi/agency';
import type { ProcedureDefinition } from '@madoguchi/procedure';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { desktop } from './support/artifacts.js';
import { chromiumPath, launchChromium } from './support/browser.js';
import { signAndSend } from './support/citizen.js';
import { freePorts } from './support/free-ports.js';
import { logIn } from './support/login.js';
import { openCase, untilChecked } from './support/officer.js';
import { type RunningCity, startCity, temporaryFolder } from './support/running-city.js';
import { definitionsOf, fillSample } from './support/sample-filing.js';
import { issueCardIn } from './support/test-city.js';
import {
  accept,
  acceptPart,
  fetchNotice,
  inAllRegisters,
  linkForSigner,
  look,
  numberOf,
  signToo,
  untilSays,
} from './support/together.js';

const hanako = {
  name: '総務　花子',
  address: '見本県見本市中央一丁目2番3号',
  birthDate: '1977-05-05',
  sex: 'female',
  municipality: '99201',
} as const;

/** An agency of the demo: its pages, the link that opens its desk, and the offices there. */
function agencyOf({ addresses }: RunningCity, level: Level) {
  const [prefecture, ministry] = addresses.others;
  const { agency, desk } = addresses;
  const found = { municipal: { agency, desk, offices: [] }, prefectural: prefecture, national: ministry }[
    level
  ];
  assert.ok(found !== undefined);
  return found;
}

describe('every procedure of the catalogue, from its form to the decision and back', {
  skip: chromiumPath === undefined && 'chromium is not installed',
}, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let city: RunningCity;
  let browser: Browser;
  let officers: BrowserContext;
  /** Puts another card where the agent looks for one. */
  let insert: (card: 'taro' | 'hanako') => Promise<void>;
  const how = { locale: 'ja-JP', viewport: desktop };
  before(async () => {
    folder = await temporaryFolder('catalogue');
    const port = await freePorts(3);
    const args = ['--port', String(port), '--agent-port', String(port + 2)];
    [city, browser] = await Promise.all([startCity({ dir: folder.dir, args }), launchChromium()]);
    officers = await browser.newContext(how);
    const { file } = city.addresses.card;
    const cards = {
      taro: path.join(folder.dir, 'taro.card'),
      hanako: (await issueCardIn(folder.dir, hanako)).file,
    };
    await copyFile(file, cards.taro);
    insert = (card) => copyFile(cards[card], file);
  });
  after(async () => {
    await browser?.close();
    await city?.stop();
    await folder.remove();
  });

  /** From the form to the receipt. */
  async function file(level: Level, definition: ProcedureDefinition, answers: Record<string, string> = {}) {
    const context = await browser.newContext(how);
    const form = await context.newPage();
    await form.goto(`${agencyOf(city, level).agency}procedures/${definition.id}`);
    await fillSample(form, definition, async () => {}, answers);
    const { page, receiptUrl } = await signAndSend(context, form);
    return { context, page, receipt: numberOf(receiptUrl) };
  }

  /** The desk of a level, its one-time link used up by the first who comes. */
  const desks = new Map<Level, Page>();
  async function deskOf(level: Level): Promise<Page> {
    const link = agencyOf(city, level).desk;
    const desk = desks.get(level) ?? (await officers.newPage());
    await desk.goto(desks.has(level) ? link.replace(/\/enter\?.*$/, '') : link);
    desks.set(level, desk);
    return desk;
  }

  for (const level of ['municipal', 'prefectural', 'national'] as const)
    for (const definition of definitionsOf(level).filter(({ signers }) => signers === undefined))
      test(`${definition.title.ja} (${level})`, async () => {
        const { context, page, receipt } = await file(level, definition);
        const desk = await deskOf(level);
        await untilChecked(desk, receipt);
        await openCase(desk, receipt);
        await accept(desk);
        await fetchNotice(page);
        await context.close();
      });

  /** A reader holds one card at a time. */
  const isInReader = (t: TestContext): boolean => {
    const { kind } = city.addresses.card;
    if (kind !== 'image') t.skip('the demo card is in a reader, which holds one card at a time');
    return kind !== 'image';
  };
  const national = (id: string): ProcedureDefinition => {
    const found = definitionsOf('national').find((definition) => definition.id === id);
    assert.ok(found);
    return found;
  };

  test('不動産登記: the seller signs too with a card of their own, and both see one application decided', async (t) => {
    if (isInReader(t)) return;
    const { context, page, receipt } = await file('national', national('fudosan-toki'));
    const link = await linkForSigner(page);
    await insert('hanako');
    const seller = await signToo(await browser.newContext(how), link, {
      sees: ['さんが、この申請にあなたの署名を求めています', '総務　太郎', receipt],
      agentSees: ['はじめに署名した人', '総務　太郎', 'いっしょに署名する人', '総務　花子', receipt],
    });
    await insert('taro');
    const desk = await deskOf('national');
    await untilChecked(desk, receipt);
    await openCase(desk, receipt);
    await untilSays(desk, 'ともに署名した1人も確かめました');
    await look('together-desk', desk);
    await accept(desk);
    await fetchNotice(page);
    await seller.reload();
    await seller.getByText('受理', { exact: true }).waitFor();
    await context.close();
  });

  test('自動車OSS: a co-owner signs, police, transport branch and prefectural tax decide at their own desks, both see one progress', async (t) => {
    if (isInReader(t)) return;
    const { context, page, receipt } = await file('national', national('jidosha-oss'), { owners: 'shared' });
    const link = await linkForSigner(page);
    await inAllRegisters('onestop-1-applicant-waits', page);
    await insert('hanako');
    const coOwner = await signToo(await browser.newContext(how), link, {
      sees: ['さんが、この申請にあなたの署名を求めています', '総務　太郎', 'completion.pdf', receipt],
      agentSees: ['はじめに署名した人', '総務　太郎', 'いっしょに署名する人', '総務　花子', receipt],
    });
    await insert('taro');
    await inAllRegisters('onestop-2-co-owner-has-signed', coOwner);

    const { offices } = agencyOf(city, 'national');
    assert.deepEqual(
      offices.map(({ name, officer }) => [name, officer]),
      [
        ['見本警察署', 'police-1'],
        ['見本運輸支局', 'transport-1'],
        ['見本県 自動車税事務所', 'tax-1'],
      ],
    );
    // One person tries all of them in one browser: the next office's link ends the session of the one before.
    const desk = await (await browser.newContext(how)).newPage();
    const sitAt = async (office: string) => {
      await desk.goto(offices.find((one) => one.office === office)?.desk ?? '');
      await desk.getByText(`担当 ${office}-1（審査・決裁）`).waitFor();
    };
    const parts = () => desk.url().replace(/\/parts.*$/, '');
    await sitAt('police');
    await untilSays(desk, receipt);
    await look('onestop-3-office-queue', desk);
    for (const elsewhere of [`cases/${receipt}`, `parts/${receipt}/tax`])
      assert.equal((await desk.request.get(`${parts()}/${elsewhere}`)).status(), 404, elsewhere);
    await acceptPart(desk, receipt, 'police', async (shown) => {
      const seen = (await shown.textContent('main')) ?? '';
      assert.ok(seen.includes('保管場所') && !seen.includes('5,000,000'));
      const transport = shown.locator('[data-part=transport]');
      assert.equal(await transport.getAttribute('data-state'), 'blocked', 'the police come first');
      await look('onestop-4-police', shown);
    });
    await sitAt('tax');
    await acceptPart(desk, receipt, 'tax');
    await page.reload();
    await page.getByText('2つ終わりました').waitFor();
    await look('onestop-5-one-progress', page);
    await sitAt('transport');
    await acceptPart(desk, receipt, 'transport');
    await fetchNotice(page);
    await page.getByText('3つの機関がそれぞれ確かめました').waitFor();
    await coOwner.reload();
    await coOwner.getByText('3つの機関がそれぞれ確かめました').waitFor();
    await coOwner.getByText('受理', { exact: true }).waitFor();
    const whole = await deskOf('national');
    await whole.goto(`${parts()}/cases/${receipt}`);
    await look('onestop-6-whole', whole);
    await context.close();
  });

  test('年金: a representative files, the principal gives the mandate with a card of their own, the desk shows its scope, and its giver ends it', async (t) => {
    if (isInReader(t)) return;
    const { context, page, receipt } = await file('national', national('nenkin-shokai'), {
      ...{ who: 'agent', principalName: hanako.name, principalAddress: hanako.address },
      principalBirth: hanako.birthDate,
    });
    const link = await linkForSigner(page);
    // The representative cannot give it to themselves: another card's signature is refused in words, and the right one still counts.
    const wrong = await browser.newContext(how);
    const refused = await wrong.newPage();
    await refused.goto(link);
    await signAndSend(wrong, refused);
    // The page goes on by itself when the agent has the receipt: loaded again before, it would stay.
    await refused.waitForURL((url) => !url.pathname.endsWith('/cosign'));
    await untilSays(refused, '申請書に書かれた人とちがいます');
    await look('mandate-1-refused', refused);
    await wrong.close();

    await insert('hanako');
    const other = await browser.newContext(how);
    const principal = await signToo(other, link, {
      sees: ['さんが、あなたの代理人としてこの申請を出しました', '総務　太郎', '委任の期間', receipt],
      agentSees: ['委任状', '総務　太郎', '総務　花子', receipt],
    });
    const desk = await deskOf('national');
    await untilChecked(desk, receipt);
    await openCase(desk, receipt);
    await untilSays(desk, 'ともに署名した1人も確かめました');
    const scope = (await desk.locator('#mandate').textContent()) ?? '';
    for (const words of ['総務　太郎', '申請をすること', '結果を受け取ること', '有効です'])
      assert.ok(scope.includes(words), words);
    await look('mandate-2-desk', desk);
    await accept(desk);
    await fetchNotice(page);
    await principal.reload();
    await principal.getByText('受理', { exact: true }).waitFor();
    await inAllRegisters('mandate-3-principal', principal);

    const { page: my } = await logIn(other, { ...city.addresses, ...agencyOf(city, 'national') });
    await insert('taro');
    await my.getByRole('link', { name: '委任状', exact: true }).click();
    await my.getByText('有効です').waitFor();
    await inAllRegisters('mandate-4-own', my);
    await my.getByText('この委任を取り消す').click();
    await my.getByRole('button', { name: '取り消す' }).click();
    await my.getByText('委任を取り消しました。').waitFor();
    await look('mandate-5-revoked', my);
    await page.reload();
    await page.getByText('本人が委任を取り消したため').waitFor();
    await look('mandate-6-representative', page);
    await desk.reload();
    await desk.locator('#mandate').getByText('取り消されました').waitFor();
    await context.close();
  });
});
