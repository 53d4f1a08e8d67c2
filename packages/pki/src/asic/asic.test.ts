import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mutations } from '../testing/mutate.js';
import { runIn, skipWithout } from '../testing/programs.js';
import { readAsic, writeAsic } from './asic.js';
import { readZip } from './zip-read.js';
import { writeZip, type ZipInput } from './zip-write.js';

const files = [
  { name: 'application.json', bytes: Buffer.from('{"a":1}'), mime: 'application/json' },
  { name: 'attachments/収入 証明&(1).pdf', bytes: Buffer.from('%PDF') },
];
const signature = Buffer.from('a signature, verified elsewhere');
const container = await writeAsic({ files, sign: async () => signature });

/** The container with its entries rewritten. */
function rewritten(change: (entries: ZipInput[]) => ZipInput[]): Buffer {
  const zip = readZip(container);
  assert.ok(zip.ok);
  return writeZip(change(zip.value.map(({ name, bytes, stored }) => ({ name, bytes, stored }))));
}

const withManifest = (change: (xml: string) => string) =>
  rewritten((entries) =>
    entries.map((entry) =>
      entry.name === 'META-INF/ASiCManifest.xml'
        ? { ...entry, bytes: Buffer.from(change(Buffer.from(entry.bytes).toString())) }
        : entry,
    ),
  );

function ruleOf(bytes: Uint8Array): string {
  const result = readAsic(bytes);
  return result.ok ? 'accepted' : result.rule;
}

test('a container is read back with its files, types, manifest and signature', () => {
  const result = readAsic(container);
  assert.ok(result.ok);
  const { files: read, mimes } = result.value;
  assert.deepEqual(
    [...read.keys()],
    files.map(({ name }) => name),
  );
  assert.deepEqual(Buffer.from(read.get('application.json') ?? []), files[0]?.bytes);
  assert.equal(mimes.get('application.json'), 'application/json');
  assert.deepEqual(Buffer.from(result.value.signature), signature);
});

test('mimetype is first, stored and without extra field, so that the magic stands at byte 38', () => {
  assert.equal(container.toString('latin1', 30, 38), 'mimetype');
  assert.equal(container.toString('latin1', 38, 38 + 31), 'application/vnd.etsi.asic-e+zip');
});

test('the manifest is percent-encoded UTF-8 and names the signature', () => {
  const result = readAsic(container);
  assert.ok(result.ok);
  const xml = Buffer.from(result.value.manifest).toString();
  assert.match(xml, /SigReference URI="META-INF\/signature\.p7s"/);
  assert.match(xml, /URI="attachments\/%E5%8F%8E%E5%85%A5%20%E8%A8%BC%E6%98%8E%26\(1\)\.pdf"/);
});

test('unzip lists it', { skip: skipWithout('unzip', '-v') }, () => {
  const { status, output } = runIn({ 'a.asice': container }, 'unzip', ['-l', 'a.asice']);
  assert.equal(status, 0);
  assert.match(output, /META-INF\/ASiCManifest\.xml/);
  assert.match(output, /5 files/);
});

test('every change of a container is caught by its own rule', () => {
  const drop = (name: string) => rewritten((entries) => entries.filter((entry) => entry.name !== name));
  const add = (name: string) => rewritten((entries) => [...entries, { name, bytes: Buffer.from('x') }]);
  const cases: [string, Buffer][] = [
    ['asic.mimetype', drop('mimetype')],
    [
      'asic.mimetype',
      rewritten(([first, second, ...rest]) =>
        [second, first, ...rest].filter((entry) => entry !== undefined),
      ),
    ],
    [
      'asic.mimetype',
      rewritten((entries) =>
        entries.map((entry) => (entry.name === 'mimetype' ? { ...entry, bytes: Buffer.from('x') } : entry)),
      ),
    ],
    ['asic.manifest', drop('META-INF/ASiCManifest.xml')],
    ['asic.signature', drop('META-INF/signature.p7s')],
    ['asic.missing.application.json', drop('application.json')],
    ['asic.unlisted.extra.txt', add('extra.txt')],
    ['asic.metaInf', add('META-INF/extra.txt')],
    ['asic.metaInf', add('meta-inf/signature2.p7s')],
    ['asic.manifest', add('META-INF/ASiCManifest2.xml')],
    ['asic.signature', add('META-INF/signature2.p7s')],
    [
      'asic.digest.application.json',
      rewritten((entries) =>
        entries.map((entry) =>
          entry.name === 'application.json' ? { ...entry, bytes: Buffer.from('{"a":2}') } : entry,
        ),
      ),
    ],
    [
      'asic.digest.application.json',
      withManifest((xml) => xml.replace(/<ds:DigestValue>.{8}/, '<ds:DigestValue>AAAAAAAA')),
    ],
    ['asic.signature', withManifest((xml) => xml.replace('signature.p7s', 'signature9.p7s'))],
    [
      'asic.missing.application2.json',
      withManifest((xml) => xml.replace('"application.json"', '"application2.json"')).subarray(),
    ],
    [
      'manifest.duplicate',
      withManifest((xml) => xml.replace(/URI="attachments[^"]*"/, 'URI="application.json"')),
    ],
    ['manifest.algorithm', withManifest((xml) => xml.replace('xmlenc#sha256', 'xmldsig#sha1'))],
    ['manifest.digestValue', withManifest((xml) => xml.replace(/<ds:DigestValue>.{4}/, '<ds:DigestValue>'))],
    ['manifest.uri', withManifest((xml) => xml.replace('"application.json"', '"file:///application.json"'))],
    ['manifest.uri', withManifest((xml) => xml.replace('"application.json"', '"%FF"'))],
    [
      'manifest.unknown',
      withManifest((xml) =>
        xml.replace('<asic:DataObjectReference', '<asic:DataObjectReference Transform="x"'),
      ),
    ],
    ['manifest.root', withManifest((xml) => xml.replace('2918/v1.2.1#', '2918/v9#'))],
    [
      'manifest.empty',
      withManifest((xml) => xml.replace(/<asic:DataObjectReference[\s\S]*<\/asic:DataObjectReference>/, '')),
    ],
    ['xml.comment', withManifest((xml) => xml.replace('<asic:Sig', '<!-- --><asic:Sig'))],
    ['xml.dtd', withManifest((xml) => xml.replace('?>', '?><!DOCTYPE x>'))],
  ];
  for (const [index, [rule, bytes]] of cases.entries()) {
    const found = ruleOf(bytes);
    // A renamed reference leaves the true file unlisted, and that is seen first.
    assert.equal(
      found,
      rule === 'asic.missing.application2.json' ? 'asic.unlisted.application.json' : rule,
      `case ${index}`,
    );
  }
});

test('a compressed mimetype is refused', () => {
  const packed = writeZip([
    { name: 'mimetype', bytes: Buffer.from('application/vnd.etsi.asic-e+zip'.repeat(9)) },
  ]);
  assert.equal(ruleOf(packed), 'asic.mimetype');
});

test('the writer refuses reserved, unsafe and doubled names before anything is signed', async () => {
  const bad = [['mimetype'], ['META-INF/x'], ['meta-inf/x'], ['../x'], ['a', 'a'], []];
  for (const names of bad) {
    const input = names.map((name) => ({ name, bytes: new Uint8Array() }));
    let asked = false;
    const sign = async () => {
      asked = true;
      return signature;
    };
    await assert.rejects(writeAsic({ files: input, sign }), TypeError);
    assert.equal(asked, false);
  }
});

test('damage is answered, never thrown', () => {
  for (const damaged of mutations(container, 4000, 5)) readAsic(damaged);
});
