import { parseCsv } from './csv.js';
import { type EventKind, eventKinds, eventRules } from './event-rules.js';
import type { RegisterEvent } from './events.js';
import { type ChangedItem, newValue } from './new-value.js';
import { isDay, type RegisterFault } from './record.js';

export type EventsRead =
  | {
      readonly ok: true;
      readonly events: readonly { readonly line: number; readonly event: RegisterEvent }[];
    }
  | { readonly ok: false; readonly faults: readonly RegisterFault[] };

/** Which item a column of new values is. */
const itemOf: Readonly<Record<string, ChangedItem>> = {
  name: 'name',
  address: 'address',
  birth: 'birthDate',
  sex: 'sex',
  stay_until: 'stayUntil',
};

const needed = ['number', 'municipality', 'resident', 'kind', 'day'] as const;

/**
 * Reads events from CSV (UTF-8, a line of column names: number, municipality, resident, kind, day, and of the new values name, address, birth,
 * sex, stay_until). All faults come back with their lines; never throws.
 */
export function readEvents(bytes: Uint8Array): EventsRead {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return {
      ok: false,
      faults: [fault(1, 'events.encoding', 'UTF-8 で保存し直してください', 'The file is not UTF-8.')],
    };
  }
  const parsed = parseCsv(text);
  if (!parsed.ok) {
    return {
      ok: false,
      faults: [
        fault(parsed.line, parsed.rule, '引用符（"）が閉じていません', 'A quotation mark is not closed.'),
      ],
    };
  }
  const [head, ...rows] = parsed.rows;
  const names = head?.cells.map((cell) => cell.trim()) ?? [];
  const missing = needed.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    return {
      ok: false,
      faults: [
        fault(
          1,
          'events.columns',
          `列がありません: ${missing.join('、')}`,
          `Columns are missing: ${missing.join(', ')}.`,
        ),
      ],
    };
  }
  const faults: RegisterFault[] = [];
  const events: { line: number; event: RegisterEvent }[] = [];
  for (const { line, cells } of rows) {
    const cell = (name: string) => (cells[names.indexOf(name)] ?? '').trim();
    const read = readEvent(line, cell);
    if ('rule' in read) faults.push(read);
    else events.push({ line, event: read });
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, events };
}

function readEvent(line: number, cell: (name: string) => string): RegisterEvent | RegisterFault {
  const kind = eventKinds.find((one): one is EventKind => one === cell('kind'));
  if (kind === undefined) {
    return fault(
      line,
      'events.kind',
      `異動の種類は ${eventKinds.join('、')} のどれかです`,
      `The kind is one of ${eventKinds.join(', ')}.`,
      'kind',
    );
  }
  const number = cell('number');
  if (!/^[0-9A-Za-z-]{1,40}$/.test(number)) {
    return fault(
      line,
      'events.number',
      '異動番号は英数字40文字までです',
      'The number has 1 to 40 letters or digits.',
      'number',
    );
  }
  const day = cell('day');
  if (!isDay(day))
    return fault(
      line,
      'events.day',
      '日付は 2026-11-27 のように書いてください',
      'Write the day like 2026-11-27.',
      'day',
    );
  let now: RegisterEvent['now'] = {};
  for (const [column, item] of Object.entries(itemOf)) {
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
  return { number, municipality: cell('municipality'), resident: cell('resident'), kind, day, now };
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
