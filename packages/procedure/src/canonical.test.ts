import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mutations } from '@madoguchi/testing';
import { canonicalize, isCanonical } from './canonical.js';
import { readJson } from './json.js';
import { tennisBytes } from './testing/definitions.js';

test('canonicalize gives the example of RFC 8785, section 3.2.2 to 3.2.4', () => {
  const value = {
    numbers: JSON.parse('[333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001]'),
    string: '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"\u002f',
    literals: [null, true, false],
  };
  assert.equal(
    canonicalize(value),
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test('members are sorted by UTF-16 code units, not by code points (RFC 8785, section 3.2.3)', () => {
  const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
  assert.deepEqual(
    [...canonicalize(keys).matchAll(/:(\d)/g)].map((m) => Number(m[1])),
    [2, 4, 6, 7, 1, 5, 3],
  );
});

test('bytes that differ from their canonical form are refused with the place', () => {
  const rule = (text: string) => {
    const read = isCanonical(Buffer.from(text));
    return read.ok ? 'ok' : read.rule;
  };
  assert.equal(rule('{"a":1,"b":"x"}'), 'ok');
  assert.equal(rule('{"b":1,"a":2}'), 'json.notCanonical');
  assert.equal(rule('{"a": 1}'), 'json.notCanonical');
  assert.equal(rule('{"a":1.0}'), 'json.notCanonical');
  assert.equal(rule('{"a":"\\u0041"}'), 'json.notCanonical');
  assert.equal(rule('{"a":1,"a":1}'), 'json.duplicateKey');
  assert.equal(rule('{"a":"\\ud800"}'), 'json.loneSurrogate');
  assert.equal(rule('{"a":1e999}'), 'json.number');
  assert.equal(rule('{"a":1} '), 'json.notCanonical');
  assert.equal(rule('{"a":1}x'), 'json.trailing');
  assert.equal(rule('\ufeff{"a":1}'), 'json.syntax');
  assert.equal(rule(`${'['.repeat(100)}${']'.repeat(100)}`), 'json.depth');
  const bytes = isCanonical(Uint8Array.from([0x22, 0xff, 0x22]));
  assert.equal(bytes.ok ? '' : bytes.rule, 'json.utf8');
  assert.deepEqual(isCanonical(Buffer.from('{"a": 1}')), { ok: false, rule: 'json.notCanonical', offset: 5 });
});

test('a member named __proto__ stays a member', () => {
  const read = isCanonical(Buffer.from('{"__proto__":{"x":1}}'));
  assert.ok(read.ok);
  assert.equal(Object.getPrototypeOf(read.value), Object.prototype);
  assert.equal(canonicalize(read.value), '{"__proto__":{"x":1}}');
});

test('canonicalize refuses what JSON cannot hold', () => {
  assert.throws(() => canonicalize(Number.NaN), TypeError);
  assert.throws(() => canonicalize('\udc00'), TypeError);
  assert.throws(() => canonicalize({ a: undefined } as never), TypeError);
});

test('whatever is read as strict JSON, JSON.parse reads alike; whatever is called canonical, is; nothing throws', () => {
  for (const bytes of mutations(tennisBytes, 4000)) {
    const canonical = isCanonical(bytes);
    const read = readJson(Buffer.from(bytes).toString(), true);
    if (canonical.ok) {
      assert.equal(canonicalize(canonical.value), Buffer.from(bytes).toString());
      assert.deepEqual(read.ok && read.value.value, canonical.value);
    }
    if (read.ok) assert.deepEqual(read.value.value, JSON.parse(Buffer.from(bytes).toString()));
  }
});

test('what the engine’s own reader would let pass is refused by its rule', () => {
  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  const rules = [
    ['{"a":1,"a":1}', 'json.duplicateKey'],
    ['{"a":"\\ud800"}', 'json.loneSurrogate'],
    ['[1e400]', 'json.number'],
    [deep(66), 'json.depth'],
    ['[-0]', 'json.notCanonical'],
    ['[9007199254740993]', 'json.notCanonical'],
    ['{"9":1,"10":2}', 'json.notCanonical'],
    ['\ufeff{}', 'json.syntax'],
  ] as const;
  for (const [text, rule] of rules) {
    const read = isCanonical(Buffer.from(text));
    assert.equal(read.ok ? 'taken' : read.rule, rule, text.slice(0, 20));
  }
  for (const text of ['{"10":2,"9":1}', '{"__proto__":{"x":1}}', deep(65)])
    assert.ok(isCanonical(Buffer.from(text)).ok, text.slice(0, 20));
});
