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
}

/** A table that scrolls in its own box on a narrow screen, reachable by keyboard. */
export function Table({ id, caption, head, rows, numeric = [] }: TableProps) {
  const align = (column: number) => (numeric.includes(column) ? 'numeric' : undefined);
  const content = (cell: Text | Child) => (isText(cell) ? <T w={cell} /> : cell);
  return (
    <section class="table-box" aria-labelledby={`${id}-caption`} tabindex={0}>
      <table id={id}>
        <caption id={`${id}-caption`}>
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
                  <th scope="row">{content(cell)}</th>
                ) : (
                  <td class={align(column)}>{content(cell)}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
