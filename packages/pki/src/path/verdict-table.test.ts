import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { pkitsAbsent } from '../testing/outside.js';
import { verdictTables } from '../testing/verdict-table.js';

const place = new URL('../../../../docs/pkits.md', import.meta.url);

const introduction = `# Verdicts of the trust core, case by case

Made by running the public suites: \`UPDATE_VERDICTS=1 npm test -- verdict-table\`. The same test without the variable fails when the code
says anything else than this page. PKITS and CAVS come from Debian's \`python3-cryptography-vectors\`; time of judgement 2026-06-01.

`;

test('docs/pkits.md is what the code says about every case of the public suites', {
  skip: pkitsAbsent,
}, () => {
  const { pkits, cavs, wycheproof } = verdictTables();
  const committed = existsSync(place) ? readFileSync(place, 'utf8') : '';
  const kept = /## Wycheproof[\s\S]*$/.exec(committed)?.[0] ?? '';
  const page = `${introduction}${pkits}\n${cavs}\n${wycheproof ?? kept}`;
  assert.ok(!page.includes('**wrong**'), 'a wrong verdict is not written down, it is mended');
  if (process.env.UPDATE_VERDICTS === '1') writeFileSync(place, page);
  else assert.equal(committed, page);
});
