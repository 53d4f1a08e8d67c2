// Signs or verifies one large file in a process of its own and tells what that added to it: node large-file.js WORD FOLDER.
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync, readFileSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import {
  type ByteSource,
  openAsic,
  signCades,
  signCadesAttached,
  signCadesDetached,
  softwareSigner,
  verifySignedData,
  verifySignedDataStream,
  writeAsicSimpleStream,
  writeAsicStream,
} from '@madoguchi/pki';

const [word = '', folder = ''] = process.argv.slice(2);
const place = (name: string): string => path.join(folder, name);
const key = softwareSigner(readFileSync(place('key.der')));
const common = {
  signerCertificate: readFileSync(place('leaf.der')),
  signingTime: new Date(),
  algorithm: key.algorithm,
  sign: (bytes: Uint8Array) => key.sign(bytes),
};
const reading = (name: string) => createReadStream(place(name), { highWaterMark: 1 << 16 });

async function write(name: string, stream: AsyncIterable<Uint8Array>): Promise<void> {
  const out = createWriteStream(place(name), { highWaterMark: 1 << 20 });
  for await (const part of stream) if (!out.write(part)) await once(out, 'drain');
  out.end();
  await once(out, 'close');
}

async function cms(name: string, content?: string): Promise<void> {
  const beside = content === undefined ? {} : { content: reading(content) };
  const { result } = await verifySignedDataStream({ cms: reading(name), ...beside });
  if (!result.ok) throw new Error(result.reason);
}

async function container(name: string): Promise<void> {
  const handle = await open(place(name));
  const opened = await openAsic(sourceOf(handle, statSync(place(name)).size));
  if (!opened.ok) throw new Error(opened.rule);
  const { signature, signed } = opened.value;
  const good =
    signed instanceof Uint8Array
      ? verifySignedData({ cms: signature, content: signed })
      : (await verifySignedDataStream({ cms: one(signature), content: signed })).result;
  if (!good.ok) throw new Error(good.reason);
  await handle.close();
}

function sourceOf(handle: FileHandle, size: number): ByteSource {
  return {
    size,
    async read(start, end) {
      const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(end - start), 0, end - start, start);
      return buffer.subarray(0, bytesRead);
    },
  };
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const file = () => ({ name: 'content.bin', content: reading('content') });
const jobs: Record<string, () => Promise<void>> = {
  'sign attached': () => write('a.p7m', signCadesAttached({ ...common, content: reading('content') })),
  'verify attached': () => cms('a.p7m'),
  'sign detached': async () =>
    write('d.p7s', one(await signCadesDetached({ ...common, content: reading('content') }))),
  'verify detached': () => cms('d.p7s', 'content'),
  'sign asic-e': () =>
    write(
      'e.asice',
      writeAsicStream({
        files: [file()],
        sign: (content) => signCades({ ...common, content, detached: true }),
      }),
    ),
  'verify asic-e': () => container('e.asice'),
  'sign asic-s': () =>
    write(
      's.asics',
      writeAsicSimpleStream({
        file: file(),
        algorithm: 'sha256',
        sign: (contentDigest) => signCades({ ...common, contentDigest, detached: true }),
      }),
    ),
  'verify asic-s': () => container('s.asics'),
};

globalThis.gc?.();
const before = process.memoryUsage().rss;
const start = performance.now();
await jobs[word]?.();
const milliseconds = performance.now() - start;
const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'latin1') : '';
const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
process.stdout.write(JSON.stringify({ milliseconds, added: 1024 * Number(kilobytes) - before }));
