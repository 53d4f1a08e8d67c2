// Loads one CRL in a process of its own and tells what that added to it: node crl-load.js CRL SPKI.
import { existsSync, readFileSync } from 'node:fs';
import { loadCrl } from '@madoguchi/pki';

const [file = '', key = ''] = process.argv.slice(2);
const spki = readFileSync(key);
// A small list first, so that the code itself is loaded and compiled before anything is counted.
loadCrl(new Uint8Array(10));
globalThis.gc?.();
const before = process.memoryUsage().rss;
const start = performance.now();
const loaded = loadCrl(readFileSync(file));
if (!loaded.ok || !loaded.crl.verify(spki)) throw new Error('not our CRL');
const milliseconds = performance.now() - start;
globalThis.gc?.();
const after = process.memoryUsage().rss;
/** The high-water mark of this process: where /proc does not tell it, the resource usage does, which may count the parent's before exec. */
function highWater(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'latin1') : '';
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
  return 1024 * Number(kilobytes);
}

const peak = highWater();
process.stdout.write(
  JSON.stringify({ milliseconds, added: after - before, peak: peak - before, size: loaded.crl.size }),
);
