import type { Child } from 'hono/jsx';
import { T } from '../text.js';
import { isText, type Text } from '../words.js';

interface TableProps {
  /** Unique on the page. */
  id: string;
  caption: Text;
  head: readonly Text[];
  /** Cells: a text, or an element. The first of each row is its heading. */
  rows: readonly (readonly (Text | Child)[])[];
  /** Columns (from 0) with numbers, set to the right. */
  numeric?: readonly number[];
  /** On a narrow screen each row becomes a block, its cells under one another with their headings before them. */
  stack?: boolean;
  /** The heading above says the same: the caption is for who listens. */
  headed?: boolean;
}

/** A table in a box of its own that is reachable by keyboard and scrolls where even its few columns are too wide; or, on a narrow screen, stacked. */
export function Table({ id, caption, head, rows, numeric = [], stack = false, headed = false }: TableProps) {
  const align = (column: number) => (numeric.includes(column) ? 'numeric' : undefined);
  const content = (cell: Text | Child, column: number) => {
    const inside = isText(cell) ? <T w={cell} /> : cell;
    if (!stack) return inside;
    return (
      <>
        <span class="cell-label">
          <T w={head[column] ?? ''} />
        </span>
        <div>{inside}</div>
      </>
    );
  };
  return (
    <section
      class={stack ? 'table-box table-stack' : 'table-box'}
      aria-labelledby={`${id}-caption`}
      tabindex={0}
    >
      <table id={id}>
        <caption id={`${id}-caption`} class={headed ? 'visually-hidden' : undefined}>
          <T w={caption} />
        </caption>
        <thead>
          <tr>
            {head.map((cell, column) => (
              <th scope="col" class={align(column)}>
                <T w={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {row.map((cell, column) =>
                column === 0 ? (
                  <th scope="row">{content(cell, column)}</th>
                ) : (
                  <td class={align(column)}>{content(cell, column)}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
