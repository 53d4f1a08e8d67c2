import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainRule } from '@madoguchi/procedure';
import { loginWords } from '@madoguchi/ui';
import { demoProcedures } from './demo-procedures.js';
import { texts as formTexts } from './forms/texts.js';
import { myTexts } from './my/texts.js';
import { loadProcedures } from './procedures.js';
import { texts as receiptTexts, stateWords } from './receipts/texts.js';

/** やさしい日本語 (guideline of 2020-08): short sentences, readings beside kanji, no double negation. */
function faults(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const found: string[] = [];
  if ('jaEasy' in value && typeof value.jaEasy === 'string') {
    const plain = value.jaEasy.replace(/\{([^{}|]+)\|[^{}|]+\}/g, '$1').replaceAll(' ', '');
    for (const sentence of plain.split('。'))
      if (sentence.length > 40) found.push(`${path}: longer than 40: ${sentence}`);
    // The name of a place stands as it is written; dates and examples carry readings.
    const bare = value.jaEasy.replace(/\{[^{}|]+\|[^{}|]+\}/g, '').replace('見本市中央一丁目2番地先', '');
    if (/[\u4e00-\u9fff]/.test(bare)) found.push(`${path}: kanji without reading: ${bare}`);
    if (/なく(?:は|も)な|ないことは|ないわけでは/.test(plain)) found.push(`${path}: double negation`);
  }
  for (const [key, part] of Object.entries(value)) found.push(...faults(part, `${path}.${key}`));
  return found;
}

test('easy Japanese is short, has readings, and says no twice nowhere', () => {
  const rules = [
    'jws',
    'signer.revoked',
    'request.origin',
    'request.expired',
    'asic.digest',
    'envelope',
    'intake.nonce',
    'login.expired',
    'token.signature',
    'token.revoked',
  ];
  assert.deepEqual(
    [
      ...faults(formTexts, 'forms'),
      ...faults(receiptTexts, 'receipts'),
      ...faults(stateWords, 'states'),
      ...faults(loginWords, 'login'),
      ...faults(myTexts, 'my'),
      ...(['municipal', 'prefectural', 'national'] as const)
        .flatMap((level) => loadProcedures(demoProcedures(level)))
        .flatMap(({ definition }) => faults(definition, definition.id)),
      ...rules.flatMap((rule) => faults(explainRule(rule), rule)),
    ],
    [],
  );
});
