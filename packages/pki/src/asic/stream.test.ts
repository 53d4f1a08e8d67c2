import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { signCades } from '../cms/sign-cades.js';
import { verifySignedData } from '../cms/verify-signed-data.js';
import { verifySignedDataStream } from '../cms/verify-stream.js';
import type { Parsed } from '../der/fault.js';
import { chunks, endless, together } from '../testing/chunks.js';
import { mutations } from '../testing/mutate.js';
import { runIn, skipWithout } from '../testing/programs.js';
import { testLeaf, testRoot } from '../testing/small-pki.js';
import { readAsic, writeAsic } from './asic.js';
import { readAsicSimple } from './asic-s.js';
import { type AsicStreamed, openAsic, writeAsicSimpleStream, writeAsicStream } from './asic-stream.js';
import { readZip } from './zip-read.js';
import { type ByteSource, openZip, type ZipSourceEntry } from './zip-source.js';
import { writeZipStream } from './zip-stream.js';
import { writeZip } from './zip-write.js';

const root = await testRoot();
const holder = await testLeaf(root, {});
const common = {
  signerCertificate: holder.certificate,
  signingTime: new Date('2026-06-01T00:00:00Z'),
  algorithm: holder.signer.algorithm,
  sign: (bytes: Uint8Array) => holder.signer.sign(bytes),
};
const signBytes = (content: Uint8Array) => signCades({ ...common, content, detached: true });
const signDigest = (contentDigest: Uint8Array) => signCades({ ...common, contentDigest, detached: true });

const first = Buffer.from('{"a":1}');
const second = randomBytes(200_000);
const files = () => [
  { name: 'application.json', mime: 'application/json', content: chunks(first, 3) },
  { name: 'attachments/写真.jpg', content: chunks(second, 70_000) },
];
const container = await together(writeAsicStream({ files: files(), sign: signBytes }));
const simple = await together(
  writeAsicSimpleStream({
    file: { name: 'a.bin', content: chunks(second, 1000) },
    algorithm: 'sha256',
    sign: signDigest,
  }),
);

const source = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: (start, end) => Promise.resolve(bytes.subarray(start, end)),
});

async function contents(entries: readonly ZipSourceEntry[]): Promise<[string, Buffer][]> {
  const list: [string, Buffer][] = [];
  for (const entry of entries) list.push([entry.name, await together(entry.content())]);
  return list;
}

async function judge(opened: Parsed<AsicStreamed>): Promise<string> {
  if (!opened.ok) return opened.rule;
  const { signature, signed } = opened.value;
  const content = signed instanceof Uint8Array ? chunks(signed, 1000) : signed;
  const { result } = await verifySignedDataStream({ cms: chunks(signature, 1000), content });
  return result.ok ? 'good' : (result.rule ?? '');
}

test('containers written as a stream are read whole, and containers written whole are read as a stream', async () => {
  const whole = readAsic(container);
  assert.ok(whole.ok, whole.ok ? '' : whole.rule);
  assert.deepEqual(
    [...whole.value.files.values()].map((bytes) => Buffer.from(bytes)),
    [first, second],
  );
  assert.equal(whole.value.mimes.get('application.json'), 'application/json');
  assert.ok(verifySignedData({ cms: whole.value.signature, content: whole.value.manifest }).ok);
  const one = readAsicSimple(simple);
  assert.ok(one.ok && verifySignedData({ cms: one.value.signature, content: one.value.bytes }).ok);
  assert.equal(await judge(await openAsic(source(container))), 'good');
  assert.equal(await judge(await openAsic(source(simple))), 'good');
  const written = await writeAsic({
    files: [{ name: 'a', bytes: Buffer.alloc(50_000, 'abc') }],
    sign: signBytes,
  });
  assert.equal(await judge(await openAsic(source(written))), 'good');
});

test('unzip and Python take what is streamed', { skip: skipWithout('unzip', '-v') }, () => {
  for (const bytes of [container, simple]) {
    const { status, output } = runIn({ 'a.zip': bytes }, 'unzip', ['-t', 'a.zip']);
    assert.equal(status, 0, output);
  }
});

test('an archive opened from a source says what the archive in memory says', async () => {
  const archives = [
    container,
    simple,
    writeZip([
      { name: 'empty', bytes: new Uint8Array() },
      { name: 'b', bytes: Buffer.alloc(300_000, 'x') },
      { name: 'c', bytes: second, stored: true },
    ]),
  ];
  for (const archive of archives) {
    const whole = readZip(archive);
    const opened = await openZip(source(archive));
    assert.ok(whole.ok && opened.ok, opened.ok ? '' : opened.rule);
    assert.deepEqual(
      await contents(opened.value),
      whole.value.map(({ name, bytes }) => [name, Buffer.from(bytes)]),
    );
  }
  for (const archive of archives) {
    for (const damaged of mutations(
      archive.length > 60_000 ? Buffer.concat([archive.subarray(0, 100), archive.subarray(-600)]) : archive,
      500,
      4,
    ))
      await compare(damaged);
    for (const damaged of mutations(
      await together(
        writeZipStream([
          { name: 'a', content: chunks(first, 2) },
          { name: 'b', content: first },
        ]),
      ),
      500,
      5,
    ))
      await compare(damaged);
  }
});

/** Whatever one refuses the other refuses, when it opens or when it is read to its end. */
async function compare(archive: Uint8Array): Promise<void> {
  const whole = readZip(archive);
  const opened = await openZip(source(archive));
  let good = opened.ok;
  if (opened.ok)
    await contents(opened.value).catch(() => {
      good = false;
    });
  assert.equal(good, whole.ok, `${whole.ok ? '' : whole.rule} ${opened.ok ? '' : opened.rule}`);
}

test('what is changed in a container is caught by its rule, also in what is streamed', async () => {
  const flipped = Buffer.from(container);
  const at = flipped.indexOf(second.subarray(0, 20));
  flipped[at + 5] = (flipped[at + 5] ?? 0) ^ 1;
  assert.equal(await judge(await openAsic(source(flipped))), 'zip.crc');
  const other = await together(
    writeAsicStream({ files: [{ name: 'x', content: chunks(first, 2) }], sign: () => signBytes(first) }),
  );
  assert.equal(await judge(await openAsic(source(other))), 'signature.digest');
  const parts = readZip(container);
  assert.ok(parts.ok);
  const rewritten = writeZip(
    parts.value.map(({ name, bytes, stored }) => ({
      name,
      stored,
      bytes: name === 'application.json' ? Buffer.from('{"a":2}') : bytes,
    })),
  );
  assert.equal(await judge(await openAsic(source(rewritten))), 'asic.digest.application.json');
  const more = writeZip([...parts.value, { name: 'more', bytes: first }]);
  assert.equal(await judge(await openAsic(source(more))), 'asic.unlisted.more');
  const wrong = writeZip([{ name: 'mimetype', bytes: Buffer.from('text/plain'), stored: true }]);
  assert.equal(await judge(await openAsic(source(wrong))), 'asic.mimetype');
});

test('a bomb stops at the size it has announced, and names are checked before anything is read', async () => {
  const packed = deflateRawSync(Buffer.alloc(4 << 20));
  const honest = writeZip([{ name: 'a', bytes: Buffer.alloc(4 << 20), stored: false }]);
  const at = honest.indexOf(packed.subarray(0, 50));
  assert.ok(at > 0);
  assert.equal((await openZip(source(honest))).ok, false);
  for (const name of ['mimetype', 'META-INF/x', '../x']) {
    await assert.rejects(
      together(writeAsicStream({ files: [{ name, content: endless(1) }], sign: signBytes })),
      TypeError,
    );
  }
});

test('no octet of the content is read before it is wanted, and one window at a time', async () => {
  const large = await together(
    writeAsicSimpleStream({
      file: { name: 'a', content: endless(6) },
      algorithm: 'sha256',
      sign: signDigest,
    }),
  );
  let widest = 0;
  const watched: ByteSource = {
    size: large.length,
    read: (start, end) => {
      widest = Math.max(widest, end - start);
      return Promise.resolve(large.subarray(start, end));
    },
  };
  assert.equal(await judge(await openAsic(watched)), 'good');
  assert.ok(widest <= 1 << 18, `${widest}`);
});
