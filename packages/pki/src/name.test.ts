import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oid, primitive, sequence, setOf, utf8String } from './der/write.js';
import { buildName, type Name, namesEqual, nameToString, nameValues, nameWithin, parseName } from './name.js';
import { mutations } from './testing/mutate.js';

function named(der: Uint8Array): Name {
  const parsed = parseName(der);
  assert.ok(parsed.ok);
  return parsed.value;
}

test('a name reads from the most general part on, with its string types as in the JPKI profile', () => {
  const der = buildName([
    ['C', 'JP'],
    ['O', 'JPKI-DEMO'],
    ['OU', 'JPKI for digital signature'],
    ['2.5.4.5', '99201'],
  ]);
  const name = named(der);
  assert.equal(nameToString(name), 'C=JP, O=JPKI-DEMO, OU=JPKI for digital signature, serialNumber=99201');
  assert.deepEqual(
    name.rdns.map((rdn) => rdn[0]?.tag),
    [0x13, 0x0c, 0x0c, 0x13],
  );
  assert.deepEqual(nameValues(name, '2.5.4.5'), ['99201']);
});

test('case, inner white space and string type do not make names different; order and content do', () => {
  const a = named(
    buildName([
      ['C', 'JP'],
      ['CN', 'Good  CA '],
    ]),
  );
  const b = named(
    buildName([
      ['C', 'jp'],
      ['CN', 'good CA'],
    ]),
  );
  const t61 = named(
    sequence(
      setOf(sequence(oid('2.5.4.6'), utf8String('JP'))),
      setOf(sequence(oid('2.5.4.3'), primitive(0x14, Buffer.from('GOOD CA')))),
    ),
  );
  assert.ok(namesEqual(a, b));
  assert.ok(namesEqual(a, t61));
  assert.ok(
    !namesEqual(
      a,
      named(
        buildName([
          ['CN', 'Good CA'],
          ['C', 'JP'],
        ]),
      ),
    ),
  );
  assert.ok(
    !namesEqual(
      a,
      named(
        buildName([
          ['C', 'JP'],
          ['CN', 'GoodCA'],
        ]),
      ),
    ),
  );
  assert.ok(
    !namesEqual(
      named(buildName([['CN', '#0500']])),
      named(sequence(setOf(sequence(oid('2.5.4.3'), primitive(5, Buffer.alloc(0)))))),
    ),
  );
});

test('names are prepared as RFC 4518 has it: what is not seen does not count, case is folded whole, letters stay apart', () => {
  const same = (a: string, b: string): boolean =>
    namesEqual(named(buildName([['CN', a]])), named(buildName([['CN', b]])));
  for (const [a, b] of [
    ['STRASSE', 'Straße'],
    ['ΟΔΥΣΣΕΥΣ', 'οδυσσευς'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['ＪＰＫＩ　ｄｅｍｏ', 'jpki demo'],
    ['cit\u200dy', 'city'],
    ['\u202ecity\u200f', 'city'],
    ['ci\u0001ty', 'city'],
    ['two\u0085words', 'two words'],
    ['\u{e0041}city', 'city'],
    ['が', 'か\u3099'],
  ] as const)
    assert.ok(same(a, b), JSON.stringify([a, b]));
  for (const [a, b] of [
    ['cıty', 'city'],
    ['сity', 'city'],
    ['か', 'が'],
    ['髙', '高'],
    ['city\u3000', 'cityx'],
  ] as const)
    assert.ok(!same(a, b), JSON.stringify([a, b]));
});

test('a subtree holds its base and everything below it', () => {
  const base = named(
    buildName([
      ['C', 'JP'],
      ['O', 'JPKI-DEMO'],
    ]),
  );
  assert.ok(
    nameWithin(
      named(
        buildName([
          ['C', 'JP'],
          ['O', 'jpki-demo'],
          ['OU', 'x'],
        ]),
      ),
      base,
    ),
  );
  assert.ok(!nameWithin(named(buildName([['C', 'JP']])), base));
});

test('damaged names are refused with a rule, never thrown', () => {
  const der = buildName([
    ['C', 'JP'],
    ['O', '公的個人認証サービス'],
    ['OU', 'x'],
  ]);
  for (const damaged of mutations(der, 3000)) {
    const result = parseName(damaged);
    if (result.ok) nameToString(result.value);
  }
});
