import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { signCades } from './cms/sign-cades.js';
import { list, pathQuestions, serial, thisUpdate } from './testing/path-questions.js';
import * as world from './testing/world.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const dir = mkdtempSync(path.join(tmpdir(), 'pki-readme-'));
after(() => rmSync(dir, { recursive: true, force: true }));
symlinkSync(path.join(root, 'node_modules'), path.join(dir, 'node_modules'), 'dir');

test('the example of the README names who signed, or says what is wrong', async () => {
  const [, code = ''] =
    /```js\n([\s\S]*?)```/.exec(readFileSync(path.join(root, 'packages/pki/README.md'), 'utf8')) ?? [];
  assert.ok(code.includes('new Date()'));
  writeFileSync(
    path.join(dir, 'example.mjs'),
    code.replace('new Date()', `new Date('${world.now.toISOString()}')`),
  );
  const { ca, holder, clean } = await pathQuestions();
  const content = Buffer.from('こんにちは');
  const cms = await signCades({
    content,
    detached: true,
    signerCertificate: holder.der,
    algorithm: holder.signer.algorithm,
    sign: (data) => holder.signer.sign(data),
    signingTime: world.now,
  });
  const run = (files: Record<string, Uint8Array>) => {
    for (const [name, bytes] of Object.entries(files)) writeFileSync(path.join(dir, name), bytes);
    return execFileSync(process.execPath, ['example.mjs'], { cwd: dir, encoding: 'utf8' });
  };
  const files = { 'root.cer': ca.der, 'list.crl': clean, 'letter.p7s': cms, 'letter.txt': content };
  assert.match(run(files), /総務　太郎/);
  assert.equal(
    run({ 'letter.txt': Buffer.from('さようなら') }),
    'The content was changed after it was signed.\n',
  );
  const revoked = await list(ca, [{ serial, date: thisUpdate }]);
  assert.match(run({ 'letter.txt': content, 'list.crl': revoked }), /it is revoked.*path\.revoked/);
});
