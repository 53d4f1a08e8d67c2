import assert from 'node:assert/strict';
import { test } from 'node:test';
import { soakTarget } from '../testing/soak-run.js';
import { soakTargets } from '../testing/soak-targets.js';

// The short form of `npm run bench soak`, the same mutations on every run.
for (const target of await soakTargets()) {
  test(`nothing damaged makes the reader throw, hang or swell: ${target.name}`, async () => {
    const { mutations, faults } = await soakTarget(target, 40 + (target.share ?? 1000) / 2, 20_261_127);
    assert.deepEqual(faults, []);
    assert.ok(mutations > 20);
  });
}
