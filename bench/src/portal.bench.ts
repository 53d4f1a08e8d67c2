// How long does a page of the portal keep a reader waiting and the browser busy, at a desk and on a slow phone, beside an empty page of the same server?
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { type Row, report } from './report.js';

const program = fileURLToPath(new URL('../../packages/portal/dist/testing/serve-portal.js', import.meta.url));
const pages = ['', 'start', 'procedures', 'help', 'materials/signature', 'figures'];
const looks = {
  desktop: { viewport: { width: 1280, height: 900 }, slower: 1 },
  // A phone of some years ago: a quarter of this machine.
  phone: { viewport: { width: 390, height: 844 }, slower: 4 },
} as const;

interface Seen {
  /** Milliseconds of tasks beyond their first 50 (Total Blocking Time). */
  blocked: number;
  /** Milliseconds until the first text stands there. */
  painted: number;
  requests: number;
  bytes: number;
}

async function load(browser: Browser, url: string, look: (typeof looks)[keyof typeof looks]): Promise<Seen> {
  const context = await browser.newContext({ viewport: look.viewport });
  const page = await context.newPage();
  const tools = await context.newCDPSession(page);
  await tools.send('Emulation.setCPUThrottlingRate', { rate: look.slower });
  await tools.send('Network.enable');
  let bytes = 0;
  let requests = 0;
  tools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests += 1;
  });
  await page.addInitScript(
    `globalThis.tasks = []; new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask', buffered: true })`,
  );
  await page.goto(url, { waitUntil: 'networkidle' });
  const { blocked, painted } = (await page.evaluate(
    `({ blocked: tasks.reduce((sum, one) => sum + Math.max(0, one - 50), 0), painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0 })`,
  )) as Pick<Seen, 'blocked' | 'painted'>;
  await context.close();
  return { blocked, painted, requests, bytes };
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

async function measure(browser: Browser, url: string, look: keyof typeof looks): Promise<Seen> {
  const runs: Seen[] = [];
  for (let run = 0; run < 3; run += 1) runs.push(await load(browser, url, looks[look]));
  const of = (key: keyof Seen) => median(runs.map((one) => one[key]));
  return { blocked: of('blocked'), painted: of('painted'), requests: of('requests'), bytes: of('bytes') };
}

const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((file) => existsSync(file));
if (executablePath === undefined) {
  console.log('portal: chromium is not installed');
} else {
  const portal = spawn(process.execPath, [program, '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const empty = createServer((_, answer) =>
    answer.setHeader('content-type', 'text/html').end('<!doctype html><title>empty</title><p>empty'),
  );
  empty.listen(0, '127.0.0.1');
  await once(empty, 'listening');
  const [line] = (await once(portal.stdout, 'data')) as [Buffer];
  const address = String(line).trim();
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args: ['--disable-gpu', ...root] });
  const rows: Row[] = [];
  for (const look of ['desktop', 'phone'] as const) {
    const nothing = await measure(
      browser,
      `http://127.0.0.1:${(empty.address() as AddressInfo).port}/`,
      look,
    );
    for (const page of pages) {
      const { blocked, painted, requests, bytes } = await measure(browser, `${address}${page}`, look);
      const what = `/${page} at ${look === 'phone' ? 'a phone (CPU ÷ 4)' : 'a desk'}`;
      rows.push(
        {
          what: `${what}: blocking time`,
          value: blocked,
          unit: 'ms',
          yardstick: `empty page: ${nothing.blocked.toFixed(0)} ms`,
          target: { of: 'value', atMost: 200 },
        },
        {
          what: `${what}: first text`,
          value: painted,
          unit: 'ms',
          yardstick: `empty page: ${nothing.painted.toFixed(0)} ms; ${requests} requests, ${(bytes / 1000).toFixed(1)} kB`,
        },
      );
    }
  }
  await browser.close();
  empty.close();
  portal.kill();
  report(path.basename(import.meta.url, '.bench.js'), rows);
}
