// A long form whole: what is typed, what is signed, what is drawn, and what a liar may try.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAnswers, checkStep, previewTotals, strangeAnswers } from './answers.js';
import { hasCorporateCheckDigit } from './corporate-number.js';
import { readMonth, readYear } from './dates.js';
import type { ProcedureDefinition } from './definition/definition.js';
import { parseDefinition } from './definition/parse.js';
import { drawApplication } from './draw.js';
import { vehicleShare } from './testing/vehicle.js';

const parsed = parseDefinition(JSON.stringify(vehicleShare));
const definition: ProcedureDefinition = parsed.ok
  ? parsed.definition
  : assert.fail(JSON.stringify(parsed.faults));

const typed = {
  kind: 'new',
  from: '令和8年4月1日',
  until: '',
  'owners.0.name': '総務　太郎',
  'owners.0.share': '６０',
  'owners.0.why': 'I pay the fuel',
  'owners.2.name': '総務　花子',
  'owners.2.address': '見本市中央1-2-3',
  'owners.2.share': '40',
  sum: '1',
};
const signed = {
  kind: 'new',
  from: '2026-04-01',
  'owners.0.name': '総務　太郎',
  'owners.0.share': '60',
  'owners.0.why': 'I pay the fuel',
  'owners.0.fee': '600',
  'owners.1.name': '総務　花子',
  'owners.1.address': '見本市中央1-2-3',
  'owners.1.share': '40',
  'owners.1.fee': '400',
  shares: '100',
  sum: '1500',
};
const faults = (raw: Record<string, string>) => {
  const checked = checkAnswers(definition, raw);
  return checked.ok ? [] : checked.errors.map(({ field }) => field);
};

test('rows close up, totals are calculated whatever was typed, and the order is the definition’s', () => {
  const checked = checkAnswers(definition, typed);
  assert.deepEqual(checked, { ok: true, answers: signed });
  assert.deepEqual(Object.keys(checked.answers), Object.keys(signed));
  assert.deepEqual(strangeAnswers(definition, signed), []);
});

test('a fault in a row is named where it was typed', () => {
  assert.deepEqual(faults({ ...typed, 'owners.2.share': 'x' }), ['owners.2.share']);
  assert.deepEqual(faults({ ...typed, 'owners.2.name': '' }), ['owners.2.name']);
  assert.deepEqual(faults({ kind: 'new', from: '2026-04-01' }), ['owners.0.name', 'owners.0.share']);
  assert.deepEqual(faults({ ...typed, 'owners.0.why': '' }), ['owners.0.why']);
});

test('rules between answers speak once everything else is good', () => {
  assert.deepEqual(faults({ ...typed, until: '2026-03-31' }), ['until']);
  assert.deepEqual(faults({ ...typed, until: '2026-04-01' }), []);
  assert.deepEqual(faults({ ...typed, 'owners.2.share': '41' }), ['shares']);
  assert.deepEqual(faults({ ...typed, from: '2019-12-31' }), ['from']);
});

test('signed answers that the definition would not show are named: a false total, a gap, a row too many, a hidden answer', () => {
  const strange = (change: Record<string, string>) => strangeAnswers(definition, { ...signed, ...change });
  assert.deepEqual(strange({ sum: '1' }), ['sum']);
  assert.deepEqual(strange({ 'owners.1.why': 'not asked at 40' }), ['owners.1.why']);
  assert.deepEqual(strange({ 'owners.3.name': 'one too many' }), ['owners.3.name']);
  assert.deepEqual(strange({ 'owners.01.name': 'x' }), ['owners.01.name']);
  const { 'owners.0.fee': _, ...withoutFee } = signed;
  assert.deepEqual(strangeAnswers(definition, withoutFee), ['owners.0.fee']);
  const gap = Object.fromEntries(
    Object.entries(signed).map(([name, value]) => [name.replace('owners.1', 'owners.2'), value]),
  );
  assert.ok(strangeAnswers(definition, gap).includes('owners.2.name'));
});

test('rows are drawn under their names; a correction says what it corrects and what changed', () => {
  const { rows, faults: drawn } = drawApplication(definition, {
    answers: signed,
    attachments: [],
    relation: {
      kind: 'corrects',
      receipt: '2026-0000001',
      application: 'ab'.repeat(32),
      changed: ['owners.1.share'],
    },
  });
  assert.deepEqual(drawn, []);
  assert.equal(rows[0]?.id, 'relation');
  assert.equal(rows.find(({ id }) => id === 'owners.1.share')?.row?.ja, 'Owner 2');
  assert.deepEqual(
    rows.filter(({ changed }) => changed).map(({ id }) => id),
    ['owners.1.share'],
  );
  const shown = rows.find(({ id }) => id === 'sum')?.value;
  assert.equal(typeof shown === 'object' && shown.ja, '1,500円');
});

test('what stands nowhere, or not before, is found in a definition', () => {
  const change = (edit: (copy: typeof vehicleShare) => unknown) => {
    const copy = structuredClone(vehicleShare);
    edit(copy);
    const result = parseDefinition(copy);
    return result.ok ? '' : result.faults.map(({ path, message }) => `${path}: ${message}`).join('\n');
  };
  assert.equal(
    change(() => {}),
    '',
  );
  assert.match(
    change((copy) => copy.steps.pop()),
    /steps/,
  );
  assert.match(
    change((copy) => copy.steps[1]?.fields.pop()),
    /photo stands in 0 steps/,
  );
  assert.match(
    change((copy) => copy.steps.reverse()),
    /another order/,
  );
  assert.match(
    change((copy) =>
      copy.rules.forEach((rule) => {
        rule.field = 'nothing';
      }),
    ),
    /rules\/0\/field: no field nothing/,
  );
  assert.match(
    change((copy) =>
      copy.persons.forEach((person) => {
        person.name = 'nobody';
      }),
    ),
    /persons\/0\/name/,
  );
  assert.match(
    change((copy) =>
      copy.signers.forEach((signer) => {
        signer.person = 'nobody';
      }),
    ),
    /no person nobody.*no signer is owner/s,
  );
  assert.match(
    change((copy) => copy.signers.push(...structuredClone(copy.signers))),
    /signers\/1\/id: the id owner is used twice/,
  );
  assert.match(
    change((copy) =>
      copy.persons.forEach((person) => {
        person.against = 'record';
      }),
    ),
    /owner signs, and is not compared/,
  );
  assert.match(
    change((copy) => copy.parts.reverse()),
    /does not stand before/,
  );
  assert.match(
    change((copy) => copy.fields.reverse()),
    /stands before this one/,
  );
});

test('eras, months and corporate numbers', () => {
  assert.equal(readYear('令和元年分'), '2019');
  assert.equal(readYear('平成31年度'), '2019');
  assert.equal(readYear('昭和64'), '1989');
  assert.equal(readYear('昭和65'), undefined);
  assert.equal(readYear('2026年'), '2026');
  assert.equal(readMonth('令和8年4月'), '2026-04');
  assert.equal(readMonth('2026/13'), undefined);
  // The Digital Agency's own published number.
  assert.equal(hasCorporateCheckDigit('8000012010038'), true);
  assert.equal(hasCorporateCheckDigit('8000012010039'), false);
});

test('a step is checked by itself, with the rules that read no later answer; totals can be seen meanwhile', () => {
  const [what, who] = definition.steps ?? [];
  assert.ok(what && who);
  const step = (raw: Record<string, string>, where = what) =>
    checkStep(definition, raw, where).map(({ field }) => field);
  assert.deepEqual(step({ kind: 'new', from: '2026-04-01' }), []);
  assert.deepEqual(step({ kind: 'new', from: 'x' }), ['from']);
  assert.deepEqual(step({ kind: 'new', from: '2026-04-01', until: '2026-03-31' }), ['until']);
  assert.deepEqual(step({ kind: 'new', from: 'x', 'owners.0.share': '1' }, who), ['owners.0.name']);
  assert.deepEqual(previewTotals(definition, { ...typed, 'owners.2.share': '?' }), {
    'owners.0.fee': '600',
    'owners.2.fee': '0',
    shares: '60',
    sum: '1100',
  });
});
