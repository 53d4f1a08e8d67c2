/** A line that a draft takes out or brings in. */
export interface ChangedLine {
  kind: 'out' | 'in';
  text: string;
}

/**
 * Lines that differ, in their order: those that stand at the beginning and end of both are left out, and of the middle what the other side has not.
 * It shows an operator what they changed; it is no patch.
 */
export function changedLines(before: string, after: string): ChangedLine[] {
  const old = before.split(/\r?\n/);
  const fresh = after.split(/\r?\n/);
  let from = 0;
  while (from < old.length && from < fresh.length && old[from] === fresh[from]) from++;
  let end = 0;
  while (
    end < old.length - from &&
    end < fresh.length - from &&
    old[old.length - 1 - end] === fresh[fresh.length - 1 - end]
  )
    end++;
  const middle = (lines: string[]) => lines.slice(from, lines.length - end);
  const without = (lines: string[], others: string[], kind: ChangedLine['kind']): ChangedLine[] => {
    const left = new Map<string, number>();
    for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
    return lines.flatMap((text) => {
      const same = left.get(text) ?? 0;
      if (same > 0) left.set(text, same - 1);
      return same > 0 ? [] : [{ kind, text }];
    });
  };
  const changed = [
    ...without(middle(old), middle(fresh), 'out'),
    ...without(middle(fresh), middle(old), 'in'),
  ];
  return changed.filter(({ text }) => text !== '');
}
