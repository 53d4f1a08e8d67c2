import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadProcedures } from '../procedures.js';
import { identityLight } from './lights.js';
import { personChecks, typedPersons } from './persons.js';
import type { Resident, ResidentRegister } from './residents.js';

const definition = loadProcedures().find((one) => one.definition.id === 'jido-teate')?.definition;
assert.ok(definition);
const children = definition.persons?.find(({ group }) => group !== undefined);
assert.ok(children?.group !== undefined);

const address = '見本県見本市中央一丁目２番３号';
const people: Resident[] = [
  { id: '1', name: '総務　花子', address, birthDate: '1977-05-05', sex: 'female' },
  {
    ...{ id: '2', name: '渡邉　一郎', kana: 'ワタナベ　イチロウ', address, birthDate: '2018-04-02' },
    sex: 'male',
  },
];
const register = (residents: readonly Resident[]): ResidentRegister => ({
  hasRecords: async () => residents.length > 0,
  bornOn: async (day) => residents.filter(({ birthDate }) => birthDate === day),
});
const person = (name: string, birthDate: string | undefined, where?: string) => ({
  label: { ja: '配偶者', jaEasy: '夫か妻', en: 'Spouse' },
  ...{ name, birthDate, address: where, kana: undefined, row: undefined },
});
const states = async (...given: ReturnType<typeof person>[]) =>
  (await personChecks(given, register(people), undefined)).map(({ state }) => state);

test('typed people are read from the answers: one for each row of a group, nobody where no name was typed', () => {
  const { group, name, birthDate } = children;
  const answers = {
    spouseName: '総務　花子',
    spouseBirth: '1977-05-05',
    [`${group}.0.${name}`]: '渡邉　一郎',
    [`${group}.0.${birthDate}`]: '2018-04-02',
    [`${group}.1.${name}`]: '総務　二郎',
  };
  const found = typedPersons(definition, { answers });
  assert.deepEqual(
    found.map((one) => one.name),
    ['総務　花子', '渡邉　一郎', '総務　二郎'],
  );
  assert.equal(found[1]?.birthDate, '2018-04-02');
  assert.match(found[2]?.label.ja ?? '', /2/);
  assert.deepEqual(typedPersons(definition, { answers: {} }), []);
});

test('a typed person is found by birth date and compared by the ladder, with the reason', async () => {
  assert.deepEqual(await states(person('総務花子', '1977-05-05')), ['good']);
  assert.deepEqual(await states(person('総務　花子', '1977-05-05', '見本県見本市中央1-2-3')), [
    'good',
    'good',
  ]);
  assert.deepEqual(
    await states(person('渡辺一郎', '2018-04-02')),
    ['check'],
    'a variant is for a person to judge',
  );
  assert.deepEqual(await states(person('総務　花子', '1977-05-05', '見本県見本市北9-9-9')), [
    'good',
    'check',
  ]);
});

test('a reading is compared where form and record both give one: ways of writing are the same, another reading is a question', async () => {
  const read = (kana: string | undefined) => ({ ...person('渡邉　一郎', '2018-04-02'), kana });
  const found = async (kana: string | undefined) =>
    (await personChecks([read(kana)], register(people), undefined)).map(({ label, state }) => [
      label.ja,
      state,
    ]);
  assert.deepEqual(await found(undefined), [['配偶者 氏名', 'good']]);
  const good = [
    ['配偶者 氏名', 'good'],
    ['配偶者 フリガナ', 'good'],
  ];
  assert.deepEqual(await found('ワタナベ　イチロウ'), good);
  assert.deepEqual(await found('わたなべ いちろう'), good, 'hiragana and a narrow space');
  assert.equal((await found('ワタナベ　イチロー'))[1]?.[1], 'check', 'a long vowel written otherwise');
  assert.equal((await found('ワタベ　カズオ'))[1]?.[1], 'check', 'never wrong by itself');
});

test('who is not found, or typed without a birth date, is a question and never wrong; without a register nothing is said', async () => {
  assert.deepEqual(await states(person('総務　三郎', '1977-05-05')), ['check']);
  assert.deepEqual(await states(person('総務　花子', undefined)), ['check']);
  assert.deepEqual(await personChecks([person('総務　花子', undefined)], register([]), undefined), []);
  assert.deepEqual(await personChecks([person('総務　花子', undefined)], undefined, undefined), []);
});

test('a question about a typed person makes 照合 a question, and its sentence says so', () => {
  const good = {
    field: 'name',
    state: 'good',
    result: { verdict: 'match', rung: 'exact', reason: '' },
  } as const;
  const finding = {
    kind: 'compared',
    comparisons: [{ against: 'application', fields: [good] }],
    register: 'found',
  } as const;
  const check = { label: { ja: '子', jaEasy: '子', en: 'child' }, state: 'check', detail: '' } as const;
  assert.equal(identityLight(finding, []).state, 'good');
  const light = identityLight(finding, [check]);
  assert.equal(light.state, 'check');
  assert.match(light.sentence.ja, /書かれた人/);
  assert.equal(light.checks.length, 2);
});
