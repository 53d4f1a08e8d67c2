import { dayAsWritten } from './day.js';
import type { RegisterEvent } from './events.js';
import { endOfDay, sexOf } from './record.js';

export type ChangedItem = keyof RegisterEvent['now'];

/** A new value of one item, as it stands in a file or was typed on a page; undefined where it cannot be one. What a name or an address may hold is judged where it is applied. */
export function newValue(item: ChangedItem, text: string): RegisterEvent['now'] | undefined {
  switch (item) {
    case 'name':
      return { name: text.replace(/[ \u3000]+/g, '\u3000') };
    case 'address':
      return { address: text };
    case 'birthDate':
      return { birthDate: dayAsWritten(text) };
    case 'sex': {
      const sex = sexOf(text);
      return sex === undefined ? undefined : { sex };
    }
    case 'stayUntil': {
      const stayUntil = endOfDay(dayAsWritten(text));
      return stayUntil === undefined ? undefined : { stayUntil };
    }
  }
}
