import type { Words } from '@madoguchi/ui';

/** One field of an entry in a form. */
export interface Column {
  name: string;
  label: Words;
  hint?: Words;
  required?: boolean;
  /** What is said at the field when it is not good. */
  fault: Words;
  control: 'line' | 'short' | 'lines' | { options: readonly { value: string; label: Words }[] };
  /** Written in やさしい日本語: it gets the linter's remarks. */
  easy?: boolean;
}

/** An entry as a form has it, by the names of the columns. */
export type Values = Readonly<Record<string, string>>;

export interface Row {
  /** Names the entry as it stands now: its content, so that what somebody else changed is never overwritten unseen. */
  key: string;
  values: Values;
}

/** A file of content as a list of entries that are added, changed and removed in forms. */
export interface Listing {
  columns: readonly Column[];
  /** Names of the columns that the table shows beside the entry's name. */
  shown: readonly string[];
  /** The entries, in their order; undefined where the text is no list (it can only be mended as text). */
  rows(text: string): Row[] | undefined;
  /** What an entry is about, in one line. */
  nameOf(values: Values): string;
  /** The same entry before and after a change. */
  idOf(values: Values): string;
  /** The text with an entry added (no key), changed, or removed (no values). */
  write(text: string, change: { key?: string; values?: Values }): string;
  /** Names of the columns that are not good. `all`: the entries as they stand; `key`: of the one that is changed. */
  faults(values: Values, all: readonly Row[], key: string | undefined, now: Date): string[];
}

/** What a field says, as people read it: the words of what was chosen. */
export function saidBy({ name, control }: Column, values: Values): Words | string {
  const value = values[name] ?? '';
  const option =
    typeof control === 'object' ? control.options.find((one) => one.value === value)?.label : undefined;
  return option ?? value;
}
