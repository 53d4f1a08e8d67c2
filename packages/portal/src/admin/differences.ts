import type { Words } from '@madoguchi/ui';
import { type ChangedLine, changedLines } from './changes.js';
import { type Column, type Listing, type Row, saidBy, type Values } from './listing.js';

interface ChangedField {
  label: Words;
  before: Words | string;
  after: Words | string;
}

/** One entry that another version adds, takes out or changes. */
export interface Difference {
  kind: 'added' | 'removed' | 'changed';
  name: string;
  fields: ChangedField[];
}

/** What is different, entry by entry; or line by line, where one of the texts is no list. */
export type Differences =
  | { kind: 'entries'; entries: Difference[] }
  | { kind: 'lines'; lines: readonly ChangedLine[] };

/** What another version changes, as people read it. An entry with another name is taken for the same where at least half of it is. */
export function differences(listing: Listing, before: string, after: string): Differences {
  const [old, fresh] = [listing.rows(before), listing.rows(after)];
  if (old === undefined || fresh === undefined) return { kind: 'lines', lines: changedLines(before, after) };
  const { columns, nameOf, idOf } = listing;
  const gone = new Set(old);
  const byId = new Map(old.map((row) => [idOf(row.values), row]));
  const entries: Difference[] = [];
  const come: Row[] = [];
  const pair = (was: Row, row: Row) => {
    gone.delete(was);
    const fields = changedFields(columns, was.values, row.values);
    if (fields.length > 0) entries.push({ kind: 'changed', name: nameOf(row.values), fields });
  };
  for (const row of fresh) {
    const was = byId.get(idOf(row.values));
    if (was === undefined || !gone.has(was)) come.push(row);
    else pair(was, row);
  }
  for (const row of come) {
    const was = [...gone].find(
      (one) => changedFields(columns, one.values, row.values).length * 2 <= columns.length,
    );
    if (was === undefined)
      entries.push({
        kind: 'added',
        name: nameOf(row.values),
        fields: changedFields(columns, {}, row.values),
      });
    else pair(was, row);
  }
  for (const { values } of gone)
    entries.push({ kind: 'removed', name: nameOf(values), fields: changedFields(columns, values, {}) });
  return { kind: 'entries', entries };
}

function changedFields(columns: readonly Column[], before: Values, after: Values): ChangedField[] {
  return columns
    .filter(({ name }) => (before[name] ?? '') !== (after[name] ?? ''))
    .map((column) => ({
      label: column.label,
      // An entry that is not there has not chosen anything either.
      before: Object.keys(before).length === 0 ? '' : saidBy(column, before),
      after: Object.keys(after).length === 0 ? '' : saidBy(column, after),
    }));
}
