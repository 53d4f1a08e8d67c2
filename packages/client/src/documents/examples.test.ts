import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { citizenSignaturePolicy } from '@madoguchi/pki';
import { now } from '@madoguchi/testing';
import { signingWorld } from '../testing/signing-world.js';
import { collectDocument } from './collect.js';
import { documentFormats } from './formats.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const guide = readFileSync(path.join(root, 'docs/verifying-signatures.md'), 'utf8');
const dir = mkdtempSync(path.join(tmpdir(), 'madoguchi-examples-'));
after(() => rmSync(dir, { recursive: true, force: true }));
symlinkSync(path.join(root, 'node_modules'), path.join(dir, 'node_modules'), 'dir');

const world = await signingWorld();
const [list] = await world.lists(now);
const format = documentFormats.find(({ id }) => id === 'asic');
assert.ok(format && list?.kind === 'crl');
const letter = await format.sign({
  files: [{ name: '手紙.txt', bytes: Buffer.from('こんにちは\n') }],
  level: 'B',
  signer: world.signer,
  signingTime: now,
});
const evidence = await collectDocument({
  format,
  file: { name: 'letter.asice', bytes: letter },
  trust: { anchors: [world.ca.der], revocation: [list] },
  policy: { ...citizenSignaturePolicy, demo: true },
  time: new Date(now.getTime() + 3_600_000),
});
writeFileSync(path.join(dir, 'letter.asice'), letter);
writeFileSync(path.join(dir, 'root.cer'), world.ca.der);
writeFileSync(path.join(dir, 'list.crl'), list.crl.der);
writeFileSync(path.join(dir, 'evidence.json'), JSON.stringify(evidence));

const examples = [...guide.matchAll(/```js\n\/\/ (\S+\.mjs)\n([\s\S]*?)```\s+```text\n([\s\S]*?)```/g)];

test('the guide has examples, each with what it prints', () => {
  assert.equal(examples.length, 3);
  assert.equal([...guide.matchAll(/```js/g)].length, examples.length);
});

for (const [, name = '', code = '', expected = ''] of examples) {
  test(`docs/verifying-signatures.md: ${name} prints what the guide says`, () => {
    writeFileSync(path.join(dir, name), code);
    const printed = execFileSync(process.execPath, [path.join(dir, name)], { cwd: dir, encoding: 'utf8' });
    assert.equal(printed.replace(/ +$/gm, ''), expected);
  });
}
