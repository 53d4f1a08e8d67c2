import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { copyTree } from './support/copy-tree.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * The tree in a folder of its own, with what is built already. Its packages are hard links, not one link to the folder: the
 * workspaces' own links in it must lead into the copy, for a linter that follows them out of its root breaks.
 */
function copyOfTheTree(): string {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'madoguchi-check-'));
  copyTree(root, copy);
  execFileSync('git', ['init', '-q'], { cwd: copy });
  return copy;
}

function check(folder: string): { status: number | null; output: string } {
  const done = spawnSync(process.execPath, ['scripts/check.mjs'], { cwd: folder, encoding: 'utf8' });
  return { status: done.status, output: `${done.stdout}${done.stderr}` };
}

const inGit = spawnSync('git', ['rev-parse', '--git-dir'], { cwd: root }).status === 0;

describe('npm run check', {
  skip: inGit ? false : 'not a git checkout, so the list of files is not known',
}, () => {
  const copy = copyOfTheTree();
  after(() => rmSync(copy, { recursive: true, force: true }));

  it('passes on this tree', () => {
    const { status, output } = check(copy);
    assert.equal(status, 0, output);
  });

  it('finds a planted violation of each kind and names its place', () => {
    const planted = {
      'packages/pki/src/planted-type.ts': "export const wrong: number = 'text';\n",
      'packages/card/src/planted-lint.ts': 'export function shout(): void {\n  console.log(1);\n}\n',
      'packages/store/src/planted-format.ts': 'export   const  badly = 1\n',
      'packages/portal/src/planted-direction.ts': "export { openCa as planted } from '@madoguchi/ca';\n",
      'packages/agency/src/planted-testing.ts': "export { now as planted } from '@madoguchi/testing';\n",
      'packages/pki/src/planted-io.ts': "export { readFileSync } from 'node:fs';\n",
      'packages/portal/src/planted-hard.ts':
        "export const hard = { jaEasy: '申請しない わけではない。それも 出さなくはない。' };\n",
      'packages/ui/src/planted-dead.ts': 'export const nobodyUsesThis = 1;\n',
      'docs/planted-claim.md': 'Shown by `npm test -- ca/src/issuance no-such-test`.\n',
    };
    for (const [file, text] of Object.entries(planted)) writeFileSync(path.join(copy, file), text);
    rmSync(path.join(copy, 'test/src/every-page.test.ts'));
    const { status, output } = check(copy);
    assert.equal(status, 1);
    for (const step of [
      'types',
      'lint and format',
      'import direction',
      'easy Japanese',
      'dead exports',
      'order',
      'tests that documents name',
    ]) {
      assert.match(output, new RegExp(`FAIL ${step}`), output);
    }
    for (const file of Object.keys(planted))
      assert.ok(output.includes(path.basename(file)), `${file} is not named:\n${output}`);
    assert.match(output, /there is no test\/src\/every-page\.test\.ts/);
    assert.match(output, /planted-claim\.md:1: no test runs by the word no-such-test/);
    assert.match(output, /portal must not import ca/);
    assert.match(output, /pki is pure/);
    assert.match(output, /planted-hard\.ts:1: kanji without a reading/);
    assert.match(output, /planted-hard\.ts:1: says no twice/);
    assert.match(output, /only tests may import testing/);
  });
});
