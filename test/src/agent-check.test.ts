// The environment check in a real browser: from the portal's button to the agent's page and back with green or red; and what it shows while
// the card comes and goes.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ClientError } from '@madoguchi/client';
import type { Browser } from 'playwright-core';
import { startRig } from '../../packages/client/dist/testing/agent-rig.js';
import { desktop, takePictures } from './support/artifacts.js';
import { chromiumPath, launchChromium } from './support/browser.js';
import { freePorts } from './support/free-ports.js';
import { auditByAxe, auditPage } from './support/page-audit.js';
import { startCity, temporaryFolder } from './support/running-city.js';

describe('the environment check', {
  skip: chromiumPath === undefined && 'chromium is not installed',
}, () => {
  let browser: Browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());

  test('leads from the portal to the agent’s page and hands back green, after a click and not before', async () => {
    const { dir, remove } = await temporaryFolder('check');
    const port = await freePorts(3);
    const city = await startCity({
      dir,
      args: ['--port', String(port), '--agent-port', String(port + 2)],
    });
    const context = await browser.newContext({ locale: 'ja-JP', viewport: desktop, deviceScaleFactor: 2 });
    try {
      const page = await context.newPage();
      const asked: string[] = [];
      context.on('request', (request) => asked.push(request.url()));
      await page.goto(`${city.addresses.portal}start`);
      const opened = context.waitForEvent('page');
      await page.getByRole('button', { name: '準備ができているか確かめる' }).click();
      const check = await opened;
      await check.getByRole('heading', { level: 1, name: '環境の確認' }).waitFor();
      assert.equal(await check.evaluate('window.opener'), null);
      await check.getByText('マイナンバーカードが').first().waitFor();
      await takePictures('check-1-agent', check);
      await auditByAxe(check, 'check');
      const told = () => asked.filter((url) => url.includes('environment='));
      assert.deepEqual(told(), []);
      await check.locator('#tell').click();
      await check.waitForURL(`${city.addresses.portal}start?environment=*`);
      assert.match(told().join(), /^[^?]+\/start\?environment=(green|red)$/);
      await check.getByText(/準備ができています|まだ準備ができていません/).waitFor();
      await takePictures('check-2-portal', check);
      // The agent's own start page, whose address only its user's terminal and folder know.
      await page.goto(`${city.addresses.agentHome}?lang=ja`);
      await page.getByRole('link', { name: '環境の確認' }).click();
      await page.getByRole('heading', { level: 1, name: '環境の確認' }).waitFor();
      assert.equal(await page.locator('#tell').count(), 0);
    } finally {
      await context.close();
      await city.stop();
      await remove();
    }
  });

  test('changes by itself when the card comes and goes, says each step in words, in three registers and on a phone', async () => {
    const rig = await startRig();
    const empty = {
      label: 'Reader 1',
      withCard: () => Promise.reject(new ClientError('no-card', { subject: 'Reader 1' })),
    };
    try {
      rig.reader.channels = [empty];
      for (const lang of ['ja', 'jaEasy', 'en'] as const) {
        const context = await browser.newContext({
          viewport: { width: 390, height: 844 },
          deviceScaleFactor: 2,
        });
        const page = await context.newPage();
        await page.goto(`${rig.agent.homeUrl}?lang=${lang}&furigana=${Number(lang === 'jaEasy')}&large=1`);
        await auditPage(page, `home ${lang}`, lang === 'en' ? 'en' : 'ja');
        await auditByAxe(page, `home ${lang}`);
        await page.locator('.link-list a').first().click();
        await page.locator('.agent-check-fail').first().waitFor();
        await auditPage(page, `check ${lang}`, lang === 'en' ? 'en' : 'ja');
        await auditByAxe(page, `check ${lang}`);
        await takePictures(`check-3-no-card-${lang}`, page);
        await page.setViewportSize({ width: 390, height: 844 });
        await page.evaluate('window.stays = true');
        rig.reader.channels = [rig.card.channel];
        await page
          .locator('.agent-check-ok', { hasText: /マイナンバーカード|My Number Card/ })
          .first()
          .waitFor();
        assert.equal(await page.evaluate('window.stays'), true, 'the page was not loaded again');
        await auditByAxe(page, `check with card ${lang}`);
        rig.reader.channels = [empty];
        await context.close();
      }
    } finally {
      await rig.close();
    }
  });
});
