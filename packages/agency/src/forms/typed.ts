import { type Group, isGroup, type ProcedureDefinition, rowNumbers } from '@madoguchi/procedure';
import type { FoundPostCode } from './post-code.js';

/** What stands in a form: every text that was typed, by name, and how many rows of each group are shown. */
export interface Typed {
  readonly values: Record<string, string>;
  rowsOf(group: Group): number;
  /** What a post code was found to stand for, and the address it was asked for. */
  readonly postCode?: FoundPostCode;
}

/** A form as it was posted, with every box of one name. */
export type Posted = Record<string, string | File | (string | File)[]>;

/** Answers of a posted form. Boxes of one name become a list; a file is no answer. */
export function readTyped(posted: Posted): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(posted)) {
    if (name.startsWith('_')) continue;
    const parts = [value].flat().filter((part) => typeof part === 'string');
    if (parts.length > 0) values[name] = parts.join(',');
  }
  return values;
}

/** `shown`: more rows than are typed, by group. */
export function typedOf(values: Record<string, string>, shown: Record<string, number> = {}): Typed {
  return {
    values,
    rowsOf: (group) => {
      const last = rowNumbers(values, group).at(-1);
      const wanted = Math.max(group.min, 1, last === undefined ? 0 : last + 1, shown[group.id] ?? 0);
      return Math.min(group.max, wanted);
    },
  };
}

/** One more row, to write in. */
export function addRow(definition: ProcedureDefinition, values: Record<string, string>, id: string): Typed {
  const group = definition.fields.find((entry) => entry.id === id);
  if (!group || !isGroup(group)) return typedOf(values);
  return typedOf(values, { [id]: typedOf(values).rowsOf(group) + 1 });
}

/** Takes a row out; those behind it move up. */
export function dropRow(
  definition: ProcedureDefinition,
  values: Record<string, string>,
  id: string,
  row: number,
): Typed {
  const group = definition.fields.find((entry) => entry.id === id);
  if (!group || !isGroup(group)) return typedOf(values);
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    const [, number, field] = name.startsWith(`${id}.`) ? name.split('.') : [];
    if (number === undefined || field === undefined || Number(number) < row) kept[name] = value;
    else if (Number(number) > row) kept[`${id}.${Number(number) - 1}.${field}`] = value;
  }
  return typedOf(kept, { [id]: typedOf(values).rowsOf(group) - 1 });
}
