import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { CommandError } from '../cli/command.js';
import { temporary } from '../testing/cli.js';
import { knownAgencies, rememberAgency } from './known-agencies.js';
import { besideTheDemo, readAgencies } from './own-agencies.js';

const town = {
  name: '手本町',
  contact: { name: '手本町 住民課', telephone: '099-000-0500' },
  residents: true,
};
const cheaper = { extends: 'juminhyo', changes: { version: '1.1', processingDays: 2 } };

function folder(agencies: Record<string, { agency: unknown; procedures: Record<string, unknown> }>): string {
  const dir = temporary('agencies');
  for (const [code, { agency, procedures }] of Object.entries(agencies)) {
    const place = path.join(dir, code);
    mkdirSync(path.join(place, 'procedures'), { recursive: true });
    writeFileSync(
      path.join(place, 'agency.json'),
      typeof agency === 'string' ? agency : JSON.stringify(agency),
    );
    for (const [id, definition] of Object.entries(procedures))
      writeFileSync(path.join(place, 'procedures', `${id}.json`), JSON.stringify(definition));
  }
  return dir;
}

function faultsOf(dir: string): string {
  try {
    readAgencies(dir);
  } catch (error) {
    assert.ok(error instanceof CommandError);
    return error.message;
  }
  throw new Error('nothing was found at fault');
}

test('towns that share one reception are read from a folder, each with its own changes of a common procedure', () => {
  const dir = folder({
    99202: { agency: town, procedures: { juminhyo: cheaper } },
    99203: { agency: { ...town, name: '例示村', residents: false }, procedures: { juminhyo: cheaper } },
  });
  const read = readAgencies(dir);
  assert.deepEqual(
    read.map(({ code, name, hasResidents }) => [code, name, hasResidents]),
    [
      ['99202', '手本町', true],
      ['99203', '例示村', false],
    ],
  );
  assert.equal(besideTheDemo(read).length, 5);
});

test('every fault of every agency is told with its file', () => {
  const said = faultsOf(
    folder({
      x1: { agency: town, procedures: {} },
      99202: { agency: '{', procedures: {} },
      99203: {
        agency: { ...town, telephone: 1, contact: { name: 'x', telephone: 'never' } },
        procedures: {},
      },
      99204: { agency: town, procedures: { a: { extends: 'nothing', changes: {} }, b: { id: 'b' } } },
      99205: { agency: town, procedures: {} },
    }),
  );
  for (const word of [
    /x1: the folder’s name is the agency’s code/,
    /99202\/agency\.json: not JSON/,
    /99203\/agency\.json: contact\.telephone: must be a telephone number/,
    /99203\/agency\.json: .*telephone/,
    /99204\/procedures\/a\.json:1: \/extends: there is no common definition nothing/,
    /99204\/procedures\/b\.json:1: \/title: is missing/,
    /99205\/procedures: holds no definition/,
  ])
    assert.match(said, word);
  assert.match(faultsOf(folder({})), /holds no agency/);
  assert.throws(() => readAgencies(path.join(temporary('none'), 'none')), /does not exist/);
});

test('an own agency does not take the place of the demo’s by its code', () => {
  const read = readAgencies(folder({ 99201: { agency: town, procedures: { juminhyo: cheaper } } }));
  assert.throws(() => besideTheDemo(read), /99201 is the code of the demo’s/);
});

test('commands know an agency by what was served over the data folder', async () => {
  const dir = temporary('known');
  assert.deepEqual(
    knownAgencies(dir).map(({ code }) => code),
    ['99201', '99', '90000'],
  );
  await rememberAgency(dir, { code: '99202', name: '手本町' });
  await rememberAgency(dir, { code: '90000', name: '見本省' });
  assert.deepEqual(
    knownAgencies(dir).map(({ code }) => code),
    ['99201', '99', '90000', '99202'],
    'the city is the one that is meant where none is named',
  );
  assert.equal(knownAgencies(dir).find(({ code }) => code === '99202')?.name, '手本町');
});
