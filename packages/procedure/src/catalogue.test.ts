import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { mutations } from '@madoguchi/testing';
import { agencyCatalogue, parseCatalogue } from './catalogue.js';
import type { ProcedureDefinition } from './definition/definition.js';

const file = new URL('../../agency/procedures/municipal/juminhyo.json', import.meta.url);
const definition = JSON.parse(readFileSync(file, 'utf8')) as ProcedureDefinition;
const name = { ja: '見本市', jaEasy: '{見本市|みほんし}', en: 'Mihon City' };
const catalogue = agencyCatalogue({ code: '99201', name, url: 'https://city.example/a/99201/' }, [
  definition,
]);
const json = JSON.stringify(catalogue);

test('what an agency publishes is what a portal reads', () => {
  assert.deepEqual(parseCatalogue(json, 'https://city.example/a/99201/catalogue.json'), {
    ok: true,
    catalogue,
  });
  assert.equal('fields' in (catalogue.procedures[0] ?? {}), false);
});

test('an agency leads nobody to another origin, to no address, or twice to the same', () => {
  const fault = (change: object, at?: string) => {
    const read = parseCatalogue(JSON.stringify({ ...catalogue, ...change }), at);
    return read.ok ? 'good' : read.fault;
  };
  assert.equal(fault({}, 'https://evil.example/catalogue.json'), 'url: is not on https://evil.example');
  assert.match(fault({ url: 'javascript:alert(1)/' }), /^url: must be/);
  assert.match(fault({ url: 'https://city.example' }), /^url: must be/);
  assert.match(fault({ code: 'city' }), /^code: must be an agency code/);
  assert.match(fault({ name: { ja: '見本市' } }), /^name\.jaEasy/);
  assert.match(
    fault({ procedures: [...catalogue.procedures, ...catalogue.procedures] }),
    /juminhyo stands twice/,
  );
  assert.match(fault({ more: 1 }), /more/);
  assert.deepEqual(parseCatalogue('{'), { ok: false, fault: 'not JSON' });
  assert.match(JSON.stringify(parseCatalogue('x'.repeat(5_000_000))), /longer than/);
});

test('damaged catalogues get a verdict', () => {
  for (const bytes of mutations(Buffer.from(json), 2000)) {
    const read = parseCatalogue(Buffer.from(bytes).toString('utf8'), 'https://city.example/');
    assert.equal(typeof read.ok, 'boolean');
  }
});
