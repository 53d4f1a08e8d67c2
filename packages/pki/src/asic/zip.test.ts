import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { mutations } from '../testing/mutate.js';
import { runIn, skipWithout } from '../testing/programs.js';
import { isSafeEntryName } from './entry-name.js';
import { defaultZipLimits, readZip, type ZipLimits } from './zip-read.js';
import { writeZip } from './zip-write.js';

const text = (value: string) => Buffer.from(value);
const files = [
  { name: 'mimetype', bytes: text('application/x'), stored: true },
  { name: 'a/総務.txt', bytes: text('窓口'.repeat(100)) },
  { name: 'empty', bytes: new Uint8Array() },
];
const archive = writeZip(files);

function ruleOf(bytes: Uint8Array, limits?: ZipLimits): string {
  const result = readZip(bytes, limits);
  return result.ok ? 'accepted' : result.rule;
}

/** Changes bytes at the place where a pattern stands, counted from the given occurrence. */
function patch(
  bytes: Buffer,
  pattern: Buffer | string,
  relative: number,
  value: number[],
  last = false,
): Buffer {
  const copy = Buffer.from(bytes);
  const at = last ? copy.lastIndexOf(pattern) : copy.indexOf(pattern);
  assert.ok(at >= 0);
  copy.set(value, at + relative);
  return copy;
}
const LOCAL = Buffer.from('504b0304', 'hex');
const CENTRAL = Buffer.from('504b0102', 'hex');
const END = Buffer.from('504b0506', 'hex');

test('what is written is read back, in order and byte for byte', () => {
  const result = readZip(archive);
  assert.ok(result.ok);
  assert.deepEqual(
    result.value.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()]),
    files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()]),
  );
});

test('the same files give the same bytes', () => {
  assert.deepEqual(writeZip(files), archive);
});

test('unzip tests and lists our archive', { skip: skipWithout('unzip', '-v') }, () => {
  const { status, output } = runIn({ 'a.zip': archive }, 'unzip', ['-t', 'a.zip']);
  assert.equal(status, 0, output);
});

test('unzip reads our Japanese names and unpacks files that their owner may read', {
  skip: skipWithout('unzip', '-v'),
}, () => {
  const script = "LC_ALL=C.UTF-8 unzip -q a.zip && stat -c '%a %n' a/*";
  const { status, output } = runIn({ 'a.zip': archive }, 'sh', ['-c', script]);
  assert.equal(status, 0, output);
  assert.match(output, /^6[0-7]{2} a\/総務\.txt$/m);
});

test('an archive of Python zipfile, written as a stream, is read', {
  skip: skipWithout('python3', '--version'),
}, () => {
  const script = `
import zipfile, io
class Stream(io.RawIOBase):
    def __init__(self): self.f = open('out.zip', 'wb')
    def writable(self): return True
    def write(self, b): return self.f.write(b)
    def flush(self): self.f.flush()
with zipfile.ZipFile(Stream(), 'w', zipfile.ZIP_DEFLATED) as z:
    z.writestr('mimetype', 'x', zipfile.ZIP_STORED)
    z.writestr('添付/写真.txt', 'ab' * 1000)
`;
  const { output, file } = runIn({}, 'python3', ['-c', script, 'out.zip']);
  const result = readZip(file('out.zip'));
  assert.ok(result.ok, output);
  assert.deepEqual(
    result.value.map(({ name, bytes }) => [name, bytes.length]),
    [
      ['mimetype', 1],
      ['添付/写真.txt', 2000],
    ],
  );
});

test('names that lead elsewhere are not safe', () => {
  for (const name of [
    '',
    '/a',
    'a/',
    '..',
    '../a',
    'a/../b',
    './a',
    'a//b',
    'a\\b',
    'C:a',
    'a\0',
    'a\nb',
    'a.',
    'a /b',
    'x\u202Efdp.exe',
    'a\u2066b',
    '\ud800',
    'x'.repeat(513),
  ]) {
    assert.equal(isSafeEntryName(name), false, JSON.stringify(name));
  }
  for (const name of ['a', 'a/b.c', '総務 太郎/書類（1）.pdf', '..a', 'が', '👨‍👩‍👧.png'])
    assert.equal(isSafeEntryName(name), true, name);
});

test('the writer refuses unsafe and doubled names', () => {
  const entry = (name: string) => ({ name, bytes: new Uint8Array() });
  assert.throws(() => writeZip([entry('../a')]), TypeError);
  assert.throws(() => writeZip([entry('a'), entry('A')]), TypeError);
});

test('each trick of an archive has its own rule', () => {
  const cases: [string, Buffer][] = [
    ['zip.end', archive.subarray(0, -1)],
    ['zip.end', Buffer.concat([archive, text('x')])],
    ['zip.end', Buffer.alloc(0)],
    ['zip.directory', patch(Buffer.concat([archive, archive.subarray(-22)]), END, 20, [22])],
    ['zip.disks', patch(archive, END, 4, [1])],
    ['zip.disks', patch(archive, END, 8, [1])],
    ['zip.directory', patch(archive, END, 12, [0])],
    ['zip.directory', patch(patch(archive, END, 8, [2]), END, 10, [2])],
    ['zip.zip64', patch(archive, END, 16, [0xff, 0xff, 0xff, 0xff])],
    ['zip.zip64', patch(archive, CENTRAL, 20, [0xff, 0xff, 0xff, 0xff])],
    ['zip.flags', patch(archive, CENTRAL, 8, [1])],
    ['zip.method', patch(archive, CENTRAL, 10, [12])],
    ['zip.size', patch(archive, CENTRAL, 24, [12])],
    ['zip.local', patch(archive, LOCAL, 8, [8])],
    ['zip.local', patch(archive, LOCAL, 14, [0])],
    ['zip.local', patch(archive, LOCAL, 30, [0x4d])],
    ['zip.gap', Buffer.concat([text('MZ'), archive])],
    ['zip.name', patch(archive, 'empty', 0, [...text('../..')], true)],
    [
      'zip.duplicate',
      writeZip(files.map((file) => ({ ...file, name: file.name === 'empty' ? 'mimetypf' : file.name }))),
    ],
    ['zip.crc', patch(archive, 'application/x', 0, [0x41])],
    ['zip.deflate', patch(archive, '総務.txt', 10, [0xff])],
  ];
  for (const [index, [rule, bytes]] of cases.entries()) {
    // The prepended archive and the doubled name need their directory put right before the trick is the only fault.
    let hostile = bytes;
    if (rule === 'zip.gap') hostile = prepended();
    if (rule === 'zip.duplicate')
      hostile = Buffer.from(bytes.toString('latin1').replaceAll('mimetypf', 'MIMETYPE'), 'latin1');
    assert.equal(ruleOf(hostile), rule, `case ${index}`);
  }
});

/** Two bytes before the archive, with all offsets put right: what self-extracting programs look like. */
function prepended(): Buffer {
  const bytes = Buffer.concat([text('MZ'), archive]);
  let at = bytes.indexOf(CENTRAL);
  for (; at >= 0; at = bytes.indexOf(CENTRAL, at + 1))
    bytes.writeUInt32LE(bytes.readUInt32LE(at + 42) + 2, at + 42);
  const end = bytes.indexOf(END);
  bytes.writeUInt32LE(bytes.readUInt32LE(end + 16) + 2, end + 16);
  return bytes;
}

test('bytes hidden between two files are refused', () => {
  const second = archive.indexOf(LOCAL, 1);
  const hidden = Buffer.concat([archive.subarray(0, second), text('hidden'), archive.subarray(second)]);
  const third = hidden.indexOf(CENTRAL);
  for (let at = hidden.indexOf(CENTRAL, third + 1); at >= 0; at = hidden.indexOf(CENTRAL, at + 1)) {
    hidden.writeUInt32LE(hidden.readUInt32LE(at + 42) + 6, at + 42);
  }
  const end = hidden.indexOf(END);
  hidden.writeUInt32LE(hidden.readUInt32LE(end + 16) + 6, end + 16);
  assert.equal(ruleOf(hidden), 'zip.gap');
});

test('two directory entries over the same bytes are refused', () => {
  const central = archive.lastIndexOf(CENTRAL);
  const overlap = patch(archive, CENTRAL, 42, [0, 0, 0, 0], true);
  assert.ok(central > 0);
  assert.equal(ruleOf(overlap), 'zip.local');
});

test('a bomb is refused from its directory, and a bomb that lies about its size stops there', () => {
  const zeros = Buffer.alloc(8 * 1024 * 1024);
  const bomb = writeZip([{ name: 'bomb', bytes: zeros, stored: false }]);
  assert.equal(ruleOf(bomb), 'zip.ratio');
  assert.equal(ruleOf(bomb, { ...defaultZipLimits, entryBytes: 1024 }), 'zip.tooLarge');
  assert.equal(ruleOf(bomb, { ...defaultZipLimits, totalBytes: 1024 }), 'zip.tooLarge');
  assert.equal(ruleOf(archive, { ...defaultZipLimits, entries: 2 }), 'zip.tooManyEntries');
  const liar = patch(patch(bomb, LOCAL, 22, [0, 1, 0, 0]), CENTRAL, 24, [0, 1, 0, 0]);
  assert.equal(ruleOf(liar), 'zip.deflate');
});

test('a file that shrinks like a bomb is stored: what we write we also read', () => {
  const zeros = Buffer.alloc(8 * 1024 * 1024);
  const read = readZip(writeZip([{ name: 'blank', bytes: zeros }]));
  assert.ok(read.ok && read.value[0]?.stored);
});

test('bytes after the end of a deflate stream are refused', () => {
  const stream = Buffer.concat([deflateRawSync(text('hello')), text('hidden')]);
  const base = writeZip([{ name: 'a', bytes: stream, stored: true }]);
  const claim = [5, 0, 0, 0];
  const dressed = [LOCAL, CENTRAL].reduce<Buffer>((bytes, mark) => {
    const shift = mark === LOCAL ? 0 : 2;
    return patch(patch(bytes, mark, 8 + shift, [8]), mark, 22 + shift, claim);
  }, base);
  assert.equal(ruleOf(dressed), 'zip.deflate');
});

test('damage is answered, never thrown', () => {
  for (const damaged of mutations(archive, 6000)) readZip(damaged);
});
