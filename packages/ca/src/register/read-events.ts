import { municipalityCode } from '../places.js';
import { dayAsWritten } from './day.js';
import { type EventKind, eventKinds, eventRules } from './event-rules.js';
import type { RegisterEvent } from './events.js';
import { type ChangedItem, newValue } from './new-value.js';
import { columnHeads, isDay, type RegisterFault } from './record.js';
import { notText, readTable, textOf } from './table.js';

export type EventsRead =
  | {
      readonly ok: true;
      readonly events: readonly { readonly line: number; readonly event: RegisterEvent }[];
    }
  | { readonly ok: false; readonly faults: readonly RegisterFault[] };

/** Which item a column of new values is. */
const itemOf = {
  name: 'name',
  address: 'address',
  birth: 'birthDate',
  sex: 'sex',
  stay_until: 'stayUntil',
} as const satisfies Partial<Record<Column, ChangedItem>>;

const heads = {
  number: ['異動番号'],
  municipality: columnHeads.municipality,
  resident: columnHeads.number,
  kind: ['異動事由', '異動の種類'],
  day: ['異動日', '異動年月日'],
  name: columnHeads.name,
  address: columnHeads.address,
  birth: columnHeads.birth,
  sex: columnHeads.sex,
  stay_until: columnHeads.stay_until,
} as const;
type Column = keyof typeof heads;

/** Kinds of events as a register system names them. */
const kindNames: ReadonlyMap<string, EventKind> = new Map([
  ['転居', 'address'],
  ['住居表示の変更', 'address'],
  ['氏名の変更', 'name'],
  ['生年月日の変更', 'birth'],
  ['性別の変更', 'sex'],
  ['訂正', 'correction'],
  ['転出', 'left'],
  ['国外転出', 'abroad'],
  ['死亡', 'death'],
  ['在留期限の変更', 'stay'],
  ['後見の開始', 'ward'],
  ['後見の終了', 'wardEnded'],
]);

const needed = ['number', 'municipality', 'resident', 'kind', 'day'] as const;

/**
 * Reads events from CSV (UTF-8 or Windows-31J, a line of column names: number, municipality, resident, kind, day, and of the new values name, address,
 * birth, sex, stay_until; or the field's own). All faults come back with their lines; never throws.
 */
export function readEvents(bytes: Uint8Array): EventsRead {
  const text = textOf(bytes);
  if (text === undefined) {
    const { ja, en } = notText(bytes);
    return { ok: false, faults: [fault(1, 'events.encoding', ja, en)] };
  }
  const table = readTable<Column>(text, heads, needed);
  if (!table.ok) {
    const { line, rule, ja, en } = table.fault;
    return { ok: false, faults: [fault(line, `events.${rule}`, ja, en)] };
  }
  const faults: RegisterFault[] = [];
  const events: { line: number; event: RegisterEvent }[] = [];
  for (const { line, cells } of table.rows) {
    const read = readEvent(line, (name) => (cells[name] ?? '').trim());
    if ('rule' in read) faults.push(read);
    else events.push({ line, event: read });
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, events };
}

function readEvent(line: number, cell: (name: Column) => string): RegisterEvent | RegisterFault {
  const kind = kindNames.get(cell('kind')) ?? eventKinds.find((one) => one === cell('kind'));
  if (kind === undefined) {
    return fault(
      line,
      'events.kind',
      `異動の種類は ${[...kindNames.keys()].join('、')}（${eventKinds.join('、')}）のどれかです`,
      `The kind is one of ${eventKinds.join(', ')}.`,
      'kind',
    );
  }
  const number = cell('number').normalize('NFKC');
  if (!/^[0-9A-Za-z-]{1,40}$/.test(number)) {
    return fault(
      line,
      'events.number',
      '異動番号は英数字40文字までです',
      'The number has 1 to 40 letters or digits.',
      'number',
    );
  }
  const day = dayAsWritten(cell('day'));
  if (!isDay(day))
    return fault(
      line,
      'events.day',
      '日付は 2026-11-27 のように書いてください',
      'Write the day like 2026-11-27.',
      'day',
    );
  let now: RegisterEvent['now'] = {};
  for (const [column, item] of Object.entries(itemOf) as [keyof typeof itemOf, ChangedItem][]) {
    if (cell(column) === '') continue;
    const value = newValue(item, cell(column));
    if (value === undefined) return badValue(line, column);
    now = { ...now, ...value };
  }
  const foreign = Object.keys(now).find((item) => !eventRules[kind].changes.some((one) => one === item));
  if (foreign !== undefined) {
    return fault(
      line,
      'events.value',
      `「${kind}」では ${foreign} は変えられません`,
      `An event "${kind}" cannot change ${foreign}.`,
      foreign,
    );
  }
  const municipality = municipalityCode(cell('municipality'));
  return { number, municipality, resident: cell('resident').normalize('NFKC'), kind, day, now };
}

function badValue(line: number, column: string): RegisterFault {
  return column === 'sex'
    ? fault(line, 'events.sex', '性別が正しくありません', 'The sex is not one of the four.', column)
    : fault(
        line,
        'events.stay',
        '在留期限は 2029-03-31 のように書いてください',
        'Write the end of stay like 2029-03-31.',
        column,
      );
}

function fault(line: number, rule: string, ja: string, en: string, field?: string): RegisterFault {
  return {
    line,
    rule,
    words: { ja: `${ja}。`, jaEasy: `${ja}。`, en },
    ...(field === undefined ? {} : { field }),
  };
}
