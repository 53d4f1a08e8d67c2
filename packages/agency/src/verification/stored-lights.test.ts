// Lights are kept by the names of their words; everybody reads them whole.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainCheck, explainFinding } from '@madoguchi/pki';
import type { Light, Lights } from './lights.js';
import { nameWords, packLights, type StoredLights, unpackLights } from './stored-lights.js';
import { comparisonLabels, lightWords } from './words.js';

const check = explainCheck('validity.notRevoked')?.title;
const finding = explainFinding('validity.revokedLater');
assert.ok(check && finding);
const own = { ja: '共有者', jaEasy: 'いっしょの {人|ひと}', en: 'co-owner' };
const light: Light = {
  state: 'check',
  sentence: lightWords.notRegistered,
  checks: [
    { label: comparisonLabels.record.name, state: 'good', detail: '完全に一致します。' },
    { label: nameWords('check.validity.notRevoked', check), state: 'good', detail: '' },
    { label: own, state: 'bad', detail: nameWords('finding.validity.revokedLater', finding) },
    { label: lightWords.crl, state: 'check', detail: own },
  ],
};
const record = { certificate: 'c', resident: '1', basis: undefined, differing: [] };
const lights: Lights = {
  signature: light,
  identity: { ...light, record },
  validity: { ...light, sentence: own },
};
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('what was packed and kept as JSON is unpacked word for word', () => {
  const kept = plain(packLights(lights)) as StoredLights;
  assert.deepEqual(plain(unpackLights(kept)), plain(lights));
  assert.ok(JSON.stringify(kept).length * 2 < JSON.stringify(lights).length);
});

test('lights that an earlier version kept with all their words are read', () => {
  assert.deepEqual(plain(unpackLights(plain(lights) as StoredLights)), plain(lights));
});

test('a name that no table knows is shown, not hidden', () => {
  const kept = packLights(lights);
  const [first] = kept.signature.checks;
  assert.ok(first);
  const strange = {
    ...kept,
    signature: { ...kept.signature, sentence: 'light.later', checks: [{ ...first, label: 'check.a.b' }] },
  };
  const { signature } = unpackLights(strange);
  assert.equal(signature.sentence.en, 'later');
  assert.equal(signature.checks[0]?.label.ja, 'a.b');
});
