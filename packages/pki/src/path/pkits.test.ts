import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { pkitsAbsent } from '../testing/outside.js';
import {
  dsaCases,
  listedInput,
  type PkitsCase,
  type PkitsFiles,
  pkitsCases,
  pkitsFiles,
  wholePool,
} from '../testing/pkits.js';
import { type PathInput, validatePath } from './validate.js';

function fault(each: PkitsCase, input: PathInput): string[] {
  const result = validatePath(input);
  assert.equal(result.valid, result.indication === 'PASSED');
  if (dsaCases.has(each.id)) return result.valid ? [`${each.id}: DSA accepted`] : [];
  if (result.valid === each.valid) return [];
  return [
    `${each.id} ${each.name} ${JSON.stringify(each.settings)}: expected ${each.valid}, ${result.subIndication ?? ''} ${result.reason}`,
  ];
}

suite('NIST PKITS', { skip: pkitsAbsent }, () => {
  let files: PkitsFiles;
  before(() => {
    files = pkitsFiles();
  });

  test('there are 251 cases', () => {
    assert.equal(pkitsCases.length, 251);
  });

  test('every case gets the right answer with the certificates and lists it needs', () => {
    assert.deepEqual(
      pkitsCases.flatMap((each) => fault(each, listedInput(each, files))),
      [],
    );
  });

  test('and with everything at once, in one order and in the other', () => {
    const { intermediates, crls } = wholePool(files);
    const wrong = pkitsCases.flatMap((each) => {
      const input = listedInput(each, files);
      return [
        ...fault(each, { ...input, intermediates, crls }),
        ...fault(each, { ...input, intermediates: [...intermediates].reverse(), crls: [...crls].reverse() }),
      ];
    });
    assert.deepEqual(wrong, []);
  });
});
