import assert from 'node:assert/strict';
import { test } from 'node:test';
import { citizenSignaturePolicy, evaluateDocument, gatherEverySigner } from '@madoguchi/pki';
import { now } from '@madoguchi/testing';
import { signingWorld } from '../testing/signing-world.js';
import { collectDocument, collectLargeDocument } from './collect.js';
import type { SignInput } from './format.js';
import { documentFormats } from './formats.js';
import { isStreamed, type LargeFile, readLarge, type StreamedFormatId, signLarge } from './large.js';
import { validationValues } from './validation-values.js';

const world = await signingWorld();
const policy = { ...citizenSignaturePolicy, demo: true };
const lists = await world.lists(now);
const trust = { anchors: [world.ca.der], timeStampAnchors: [world.stampRoot.der], revocation: lists };
const content = Buffer.from('見本の中身\n'.repeat(9000));
const ids = documentFormats.map(({ id }) => id).filter(isStreamed);

/** A file of a disk that is not there. */
const large = (name: string, bytes: Uint8Array): LargeFile => ({
  name,
  size: bytes.length,
  read: (start, end) => Promise.resolve(bytes.subarray(start, end)),
  stream: async function* () {
    for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
  },
});

async function sign(id: StreamedFormatId, level: 'B' | 'T', detached: boolean): Promise<Buffer> {
  const { signer } = world;
  const stamp = world.stampAt(now);
  const parts: Uint8Array[] = [];
  const input = { files: [large('a.bin', content)], level, detached, signer, signingTime: now, stamp };
  for await (const part of signLarge(id, input)) parts.push(part);
  return Buffer.concat(parts);
}

const formatOf = (id: StreamedFormatId) => {
  const format = documentFormats.find((each) => each.id === id);
  assert.ok(format);
  return format;
};

/** The evidence read in pieces and read whole must be the same, and so must the report. */
async function compare(id: StreamedFormatId, bytes: Uint8Array, beside?: Uint8Array): Promise<string> {
  const format = formatOf(id);
  const document = await readLarge(format, large('x', bytes), beside && large('a.bin', beside));
  assert.ok(document !== undefined);
  const common = { format, trust, policy, time: now };
  const streamed = await collectLargeDocument({ ...common, document, name: 'x', size: bytes.length });
  const whole = await collectDocument({
    ...common,
    file: { name: 'x', bytes },
    ...(beside === undefined ? {} : { content: { name: 'a.bin', bytes: beside } }),
  });
  assert.deepEqual(streamed, whole);
  const { indication, signatures } = evaluateDocument(streamed, policy, now);
  return [indication, signatures[0]?.report.subIndication].filter(Boolean).join(' ');
}

for (const id of ids) {
  for (const level of ['B', 'T'] as const) {
    test(`${id} ${level}: a file signed in pieces is judged in pieces as it is judged whole`, async () => {
      assert.equal(await compare(id, await sign(id, level, false)), 'TOTAL_PASSED');
    });
  }

  test(`${id}: what was changed is found in pieces too`, async () => {
    const bytes = await sign(id, 'B', false);
    const at = bytes.indexOf(content.subarray(0, 15));
    assert.ok(at > 0);
    bytes[at + 2] = (bytes[at + 2] ?? 0) ^ 1;
    assert.match(await compare(id, bytes), /^TOTAL_FAILED/);
  });
}

test('a detached signature and its large content', async () => {
  const bytes = await sign('cades', 'T', true);
  assert.equal(await compare('cades', bytes, content), 'TOTAL_PASSED');
  assert.equal(await compare('cades', bytes, Buffer.from('別の')), 'TOTAL_FAILED HASH_FAILURE');
});

test('what needs the content at hand is left to those who have it', async () => {
  const input: SignInput = {
    files: [{ name: 'a.bin', bytes: content }],
    level: 'LTA',
    signer: world.signer,
    signingTime: now,
    stamp: world.stampAt(now),
    values: async (signed) => {
      assert.ok(!('found' in signed));
      return validationValues(gatherEverySigner({ ...trust, ...signed, policy: policy.id, time: now }), lists)
        .values;
    },
  };
  for (const id of ids) {
    const bytes = await formatOf(id).sign(input);
    assert.equal(await readLarge(formatOf(id), large('x', bytes), undefined), undefined, id);
  }
});
