import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBrowser } from './browser.js';

test('the usual browsers are told apart', () => {
  const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';
  const cases: [string, string, string][] = [
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0`,
      'windows',
      'Microsoft Edge 156',
    ],
    [`Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/156.0.0.0 Safari/537.36`, 'linux', 'Chrome 156'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0', 'linux', 'Firefox 150'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Safari/605.1.15',
      'mac',
      'Safari 19',
    ],
    [
      `Mozilla/5.0 (Linux; Android 16; K) ${webkit} Chrome/156.0.0.0 Mobile Safari/537.36`,
      'phone',
      'Chrome 156',
    ],
  ];
  for (const [agent, system, name] of cases) assert.deepEqual(readBrowser(agent), { system, name });
});

test('anything else is simply not known', () => {
  assert.deepEqual(readBrowser(undefined), { system: 'unknown', name: undefined });
  assert.deepEqual(readBrowser('<script>'.repeat(10_000)), { system: 'unknown', name: undefined });
});
