/** A real Chromium (Debian's), driven by playwright-core; nothing is downloaded. */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Longest wait of a journey for one thing (milliseconds): for a broken page, never for a busy machine. */
const patience = 300_000;

export const chromiumPath = candidates.find((file) => existsSync(file));

/** The flags keep the browser from calling home; `extra` is for declaring an address public. Every context has all the patience there is. */
export async function launchChromium(extra: readonly string[] = []): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('chromium is not installed');
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    headless: true,
    timeout: patience,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...extra,
    ],
  });
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    context.setDefaultTimeout(patience);
    return context;
  };
  return browser;
}

/** What Chromium says of a fetch from this page that comes to nothing: why it was blocked, by its developer tools. */
export async function whyFetchFails(
  page: Page,
  url: string,
): Promise<{ reason: string | undefined; cors: string | undefined }> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  const failed = new Promise<{ reason: string | undefined; cors: string | undefined }>((resolve) => {
    devtools.on('Network.loadingFailed', ({ blockedReason, corsErrorStatus }) =>
      resolve({ reason: blockedReason, cors: corsErrorStatus?.corsError }),
    );
  });
  await page.evaluate((address) => fetch(address, { mode: 'no-cors' }).catch(() => undefined), url);
  return failed;
}
