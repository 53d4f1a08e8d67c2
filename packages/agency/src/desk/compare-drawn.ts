import type { DrawnRow, Words } from '@madoguchi/procedure';

/** One line in which an earlier and a later submission of a case differ. */
export interface ChangedRow {
  readonly row: Words | undefined;
  readonly label: Words;
  /** Absent: it was not there. */
  readonly before: Words | string | undefined;
  readonly after: Words | string | undefined;
}

/**
 * What changed between two submissions as they were seen, the applicant's items too: computed from both, not from what the later one says about
 * itself. In the order of the later one; what is gone stands last.
 */
export function compareDrawn(earlier: readonly DrawnRow[], later: readonly DrawnRow[]): ChangedRow[] {
  const before = keyed(earlier);
  const after = keyed(later);
  const changed: ChangedRow[] = [];
  for (const [key, { row, label, value }] of after) {
    const old = before.get(key)?.value;
    if (JSON.stringify(old) !== JSON.stringify(value))
      changed.push({ row, label, before: old, after: value });
  }
  for (const [key, { row, label, value }] of before)
    if (!after.has(key)) changed.push({ row, label, before: value, after: undefined });
  return changed;
}

/** Several files may stand under one rule: they are told apart by their place. */
function keyed(rows: readonly DrawnRow[]): Map<string, DrawnRow> {
  const seen = new Map<string, number>();
  return new Map(
    rows
      .filter(({ source }) => source !== 'relation')
      .map((row) => {
        const count = seen.get(row.id) ?? 0;
        seen.set(row.id, count + 1);
        return [`${row.id}#${count}`, row];
      }),
  );
}
