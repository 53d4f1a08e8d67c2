// A verification report in a real browser: read at a desk, on a phone, on paper, and by those who do not see it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { collectDocument, documentFormats, reportHtml, reportView } from '@madoguchi/client';
import { citizenSignaturePolicy, evaluateDocument } from '@madoguchi/pki';
import { citizenWorld, now } from '@madoguchi/testing';
import type { Browser } from 'playwright-core';
import { chromiumPath, launchChromium } from './support/browser.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function reports(): Promise<[string, string][]> {
  const { ca, citizen } = await citizenWorld();
  const format = documentFormats.find(({ id }) => id === 'asic');
  assert.ok(format);
  const bytes = await format.sign({
    files: [{ name: `${'長い名前の書類'.repeat(8)}.pdf`, bytes: Buffer.from('x') }],
    level: 'B',
    signer: {
      certificate: citizen.der,
      issuers: [ca.der],
      algorithm: 'rsa-sha256',
      sign: (data) => citizen.signer.sign(data),
    },
    signingTime: now,
  });
  const evidence = await collectDocument({
    format,
    file: { name: 'letter.asice', bytes },
    trust: { anchors: [ca.der], revocation: [] },
    policy: { ...citizenSignaturePolicy, demo: true },
    time: now,
  });
  const [one] = evidence.signatures;
  assert.ok(one);
  const two = { ...evidence, signatures: [one, { ...one, id: '2' }] };
  return (['ja', 'jaEasy', 'en'] as const).flatMap((lang) =>
    [evidence, two].map((found): [string, string] => [
      `${lang}, ${found.signatures.length}`,
      reportHtml(reportView(evaluateDocument(found), found, { lang, identity: true })),
    ]),
  );
}

describe('a verification report in the browser', {
  skip: chromiumPath === undefined && 'chromium is not installed',
}, () => {
  let browser: Browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());

  test('axe finds nothing, nothing is wider than a narrow phone, and nothing is asked of the network', async () => {
    for (const [name, html] of await reports()) {
      for (const width of [320, 1280]) {
        const context = await browser.newContext({ viewport: { width, height: 900 } });
        const page = await context.newPage();
        const asked: string[] = [];
        page.on('request', (request) => asked.push(request.url()));
        await page.setContent(html);
        const wide = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
        assert.ok(Number(wide) <= 0, `${name}: ${wide} pixels too wide at ${width}`);
        await page.evaluate(axe);
        const violations = await page.evaluate(async () => {
          const found = await (
            globalThis as unknown as {
              axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
            }
          ).axe.run();
          return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
        });
        assert.deepEqual(violations, [], name);
        assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1);
        assert.deepEqual(asked, []);
        await context.close();
      }
    }
  });
});
