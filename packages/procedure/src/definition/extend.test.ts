import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../json.js';
import { tennisClub } from '../testing/definitions.js';
import { extendDefinition, isExtension } from './extend.js';
import { parseDefinition } from './parse.js';

const common = tennisClub as unknown as JsonObject;
const extended = (changes: JsonObject) => {
  const result = extendDefinition(common, changes);
  return result.ok ? result.value : assert.fail(`${result.path}: ${result.message}`);
};

test('an agency changes single members of a common definition, and the result is a definition of its own', () => {
  const value = extended({
    version: '1.1',
    fee: { en: '500 yen' },
    fields: [
      { id: 'hours', max: 4 },
      { id: 'gift', remove: true },
      { id: 'court', options: [{ value: 'hard', label: { ja: '硬', jaEasy: 'かたい', en: 'Hard' } }] },
      {
        id: 'shoes',
        before: 'hours',
        kind: 'text',
        label: { ja: 'x', jaEasy: 'x', en: 'x' },
        required: false,
      },
    ],
  });
  const parsed = parseDefinition(value);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  const ids = parsed.definition.fields.map(({ id }) => id);
  assert.deepEqual(ids.slice(0, 4), ['court', 'shoes', 'hours', 'start']);
  assert.equal(parsed.definition.fee.en, '500 yen');
  assert.equal(parsed.definition.fee.ja, tennisClub.fee.ja);
  const [court, , hours] = parsed.definition.fields;
  assert.equal(court?.kind === 'choice' && court.options?.length, 3);
  assert.equal(hours?.kind === 'number' && hours.max, 4);
  assert.equal(
    (common.fields as JsonObject[]).length,
    tennisClub.fields.length,
    'the common one is untouched',
  );
});

test('null takes a member out, a list without ids is replaced whole', () => {
  const value = extended({ attachments: null, match: ['name', 'address'] });
  assert.equal('attachments' in value, false);
  assert.deepEqual(value.match, ['name', 'address']);
});

test('what is not there cannot be taken out or stood before', () => {
  assert.deepEqual(extendDefinition(common, { fields: [{ id: 'nothing', remove: true }] }), {
    ok: false,
    path: '/fields/0',
    message: 'there is no nothing to take out',
  });
  const result = extendDefinition(common, { fields: [{ id: 'x', before: 'nothing' }] });
  assert.equal(result.ok, false);
  assert.equal(extendDefinition(common, JSON.parse('{"__proto__": {"polluted": true}}')).ok, false);
});

test('an extension is told from a definition', () => {
  assert.equal(isExtension({ extends: 'juminhyo', changes: {} }), true);
  assert.equal(isExtension(common), false);
  assert.equal(isExtension({ extends: 'juminhyo' }), false);
});
