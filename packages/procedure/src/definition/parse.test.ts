import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { mutations } from '@madoguchi/testing';
import type { JsonObject } from '../json.js';
import { tennisClub, tennisDigest } from '../testing/definitions.js';
import { type Extension, extendDefinition, isExtension } from './extend.js';
import { isGroup } from './fields.js';
import { parseDefinition } from './parse.js';

const procedures = new URL('../../../agency/procedures/', import.meta.url);

/** The city's road permission is the prefecture's with changes. */
function overPrefecture(name: string, { changes }: Extension): JsonObject {
  const text = readFileSync(new URL(`prefectural/${name}`, procedures), 'utf8');
  const whole = extendDefinition(JSON.parse(text) as JsonObject, changes);
  return whole.ok ? whole.value : assert.fail(`${whole.path}: ${whole.message}`);
}

test('the definitions of the demo agencies are good, and each names the form or rule it follows', () => {
  const found = new Map<string, number>();
  for (const level of ['municipal', 'prefectural', 'national']) {
    const names = readdirSync(new URL(`${level}/`, procedures)).filter((name) => name.endsWith('.json'));
    for (const name of names) {
      const value = JSON.parse(readFileSync(new URL(`${level}/${name}`, procedures), 'utf8')) as JsonObject;
      const parsed = parseDefinition(isExtension(value) ? overPrefecture(name, value) : value);
      assert.deepEqual(parsed.ok ? [] : parsed.faults, [], name);
      assert.ok(parsed.ok);
      assert.equal(`${parsed.definition.id}.json`, name);
      assert.equal(parsed.definition.catalogue?.level, level, name);
      const { basis, style, sources = [] } = parsed.definition.form;
      assert.match(basis, /法.*第[0-9]+条/, name);
      assert.ok(style !== undefined && sources.length > 0, `${name} names its form and where it was read`);
    }
    found.set(level, names.length);
  }
  // The deck's catalogue: six national, three prefectural, five municipal procedures; the city has a road permission of its own beside.
  assert.deepEqual([...found.values()], [6, 3, 6]);
});

test('text and value give the same digest, whatever the white space and order of members', () => {
  const pretty = parseDefinition(JSON.stringify(tennisClub, null, 3));
  const turned = parseDefinition(JSON.stringify(Object.fromEntries(Object.entries(tennisClub).reverse())));
  assert.equal(pretty.ok && pretty.digest, tennisDigest);
  assert.equal(turned.ok && turned.digest, tennisDigest);
});

test('every fault is named by path and line', () => {
  const copy = structuredClone(tennisClub) as unknown as Record<string, unknown>;
  copy.minutes = 0;
  copy.extra = 1;
  copy.title = { ja: 'x', jaEasy: 'x' };
  const source = JSON.stringify(copy, null, 1);
  const parsed = parseDefinition(source);
  assert.ok(!parsed.ok);
  const lines = source.split('\n');
  const at = new Map(parsed.faults.map((fault) => [fault.path, fault.line ?? 0]));
  assert.match(lines[(at.get('/minutes') ?? 0) - 1] ?? '', /"minutes": 0/);
  assert.match(lines[(at.get('/extra') ?? 0) - 1] ?? '', /"extra": 1/);
  assert.match(lines[(at.get('/title/en') ?? 0) - 1] ?? '', /"title"/);
});

test('what is missing is said to be missing, with what it should be', () => {
  const parsed = parseDefinition('{}');
  assert.ok(!parsed.ok);
  assert.ok(
    parsed.faults.some(({ path, message }) => path === '/title' && message === 'is missing: expected object'),
  );
});

test('faults between fields are found: double ids, unknown conditions, options, defaults', () => {
  const change = (edit: (copy: typeof tennisClub) => void) => {
    const copy = structuredClone(tennisClub);
    edit(copy);
    const parsed = parseDefinition(copy);
    return parsed.ok ? [] : parsed.faults.map((fault) => `${fault.path}: ${fault.message}`);
  };
  const first = (copy: typeof tennisClub) => {
    const entry = copy.fields[0];
    if (entry === undefined || isGroup(entry)) assert.fail();
    return entry;
  };
  assert.deepEqual(
    change(() => {}),
    [],
  );
  assert.match(change((copy) => copy.fields.push(structuredClone(first(copy)))).join(), /used twice/);
  assert.match(change((copy) => copy.fields.reverse()).join(), /no field court stands before/);
  assert.match(
    change((copy) => {
      first(copy).default = 'snow';
    }).join(),
    /not among the options/,
  );
  assert.match(
    change((copy) => {
      delete first(copy).options;
    }).join(),
    /needs options/,
  );
  assert.match(
    change((copy) => {
      copy.title.ja = 'abc\u202edef';
    }).join(),
    /invisible/,
  );
});

test('who receives elsewhere is named by an address that can be opened', () => {
  const said = (outside: string) => {
    const name = { ja: '国', jaEasy: 'くに', en: 'State' };
    const parsed = parseDefinition({ ...tennisClub, receiver: { outside, name, prepare: [] } });
    return parsed.ok ? [] : parsed.faults.map(({ path }) => path);
  };
  assert.deepEqual(said('https://etax.example/start'), []);
  for (const address of ['https://[', 'https://a:99999/', 'http://etax.example/', 'javascript:alert(1)'])
    assert.notDeepEqual(said(address), [], address);
});

test('text that is not JSON gives a fault with its line', () => {
  const parsed = parseDefinition('{\n "id": "a",\n "id": "b"\n}');
  assert.deepEqual(parsed.ok ? [] : parsed.faults, [
    { path: '', line: 3, message: 'not strict JSON (json.duplicateKey)' },
  ]);
  for (const strange of [null, 1, [], '', 'null', undefined])
    assert.equal(parseDefinition(strange).ok, false);
});

test('a mutated definition never throws', () => {
  const bytes = Buffer.from(JSON.stringify(tennisClub));
  for (const mutant of mutations(bytes, 2000)) parseDefinition(Buffer.from(mutant).toString());
});

test('a huge hostile definition costs little and reports at most a hundred faults', () => {
  const copy = structuredClone(tennisClub) as unknown as Record<string, unknown>;
  copy.fields = Array.from({ length: 200_000 }, () => 1);
  const many = parseDefinition(JSON.stringify(copy));
  assert.ok(!many.ok && many.faults.length <= 100);
  const keys = Object.fromEntries(Array.from({ length: 30_000 }, (_, index) => [`k${index}`, 1]));
  const unknown = parseDefinition(JSON.stringify({ ...tennisClub, ...keys }));
  assert.ok(!unknown.ok && unknown.faults.length <= 100);
  assert.equal(parseDefinition('['.repeat(10_000_000)).ok, false);
});
