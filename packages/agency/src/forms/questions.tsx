import {
  type Condition,
  type Entry,
  type Field,
  type Group,
  isGroup,
  showAnswer,
} from '@madoguchi/procedure';
import { fill, T, useRegister, words } from '@madoguchi/ui';
import type { PropsWithChildren } from 'hono/jsx';
import { FieldControl, Total } from './controls.js';
import { goAdd, goDrop } from './go.js';
import { texts } from './texts.js';
import type { Typed } from './typed.js';

interface QuestionsProps {
  entries: readonly Entry[];
  typed: Typed;
  /** Totals as they stand. */
  totals: Record<string, string>;
  /** What the agency asks to correct. */
  marked?: ReadonlySet<string> | undefined;
}

/** The questions of a page, or of one step of a long form. */
export function Questions({ entries, typed, totals, marked }: QuestionsProps) {
  return (
    <>
      {entries.map((entry) => (
        <When when={entry.when} row="">
          {isGroup(entry) ? (
            <Rows group={entry} typed={typed} totals={totals} marked={marked} />
          ) : (
            <Question field={entry} name={entry.id} siblings={entries} {...{ typed, totals, marked }} />
          )}
        </When>
      ))}
    </>
  );
}

interface QuestionProps extends Omit<QuestionsProps, 'entries'> {
  field: Field;
  name: string;
  /** The questions of the same page or row. */
  siblings: readonly Entry[];
}

function Question({ field, name, siblings, typed, totals, marked }: QuestionProps) {
  const register = useRegister();
  if (field.kind !== 'total')
    return (
      <Marked on={marked?.has(name)}>
        <FieldControl
          {...{ field, name, typed }}
          hasPostCode={siblings.some((other) => !isGroup(other) && other.fills === field.id)}
        />
      </Marked>
    );
  const drawn = showAnswer(field, totals[name] ?? '0');
  return (
    <Total field={field} name={name} shown={typeof drawn === 'string' ? drawn : words(drawn, register)} />
  );
}

/** The rows of a group: as many as are typed or were asked for, at least as many as must be there. */
function Rows({ group, typed, totals, marked }: Omit<QuestionsProps, 'entries'> & { group: Group }) {
  const rows = typed.rowsOf(group);
  return (
    <fieldset
      class="group"
      data-group={group.id}
      data-least={String(Math.max(1, group.min))}
      data-must={String(group.min)}
      data-most={String(group.max)}
    >
      <legend class="group-label">
        <T w={group.label} />
      </legend>
      {group.hint === undefined ? null : (
        <p class="field-hint">
          <T w={group.hint} />
        </p>
      )}
      {Array.from({ length: rows }, (_, row) => (
        <fieldset class="group-row" data-row={`${group.id}.${row}.`}>
          <legend data-row-name={JSON.stringify(group.row)}>
            <T w={fill(group.row, { number: row + 1 })} />
          </legend>
          {group.fields.map((field) => (
            <When when={field.when} row={`${group.id}.${row}.`}>
              <Question
                field={field}
                name={`${group.id}.${row}.${field.id}`}
                siblings={group.fields}
                {...{ typed, totals, marked }}
              />
            </When>
          ))}
          <button
            type="submit"
            class="button button-text"
            name="_go"
            value={goDrop(group.id, row)}
            hidden={rows <= Math.max(1, group.min)}
          >
            <span>
              <T w={texts.dropRow} />
              <span class="visually-hidden">
                {' '}
                <T w={fill(group.row, { number: row + 1 })} />
              </span>
            </span>
          </button>
        </fieldset>
      ))}
      <button
        type="submit"
        class="button button-secondary"
        name="_go"
        value={goAdd(group.id)}
        hidden={rows >= group.max}
      >
        <span>
          <T w={texts.addRow} />
        </span>
      </button>
    </fieldset>
  );
}

/** A question under a condition: the island hides it while the condition is false; without a script it is always there, and what was not asked for is dropped. */
export function When({
  when,
  row,
  children,
}: PropsWithChildren<{ when: Condition | undefined; row: string }>) {
  if (!when) return <>{children}</>;
  return (
    <div data-when={JSON.stringify(when)} data-in={row}>
      {children}
    </div>
  );
}

/** A question that the agency asks to correct, said in words beside its looks. */
export function Marked({ on, children }: PropsWithChildren<{ on: boolean | undefined }>) {
  if (!on) return <>{children}</>;
  return (
    <div class="asked-again">
      <p class="asked-again-note">
        <span class="shape" aria-hidden="true">
          ▲
        </span>{' '}
        <T w={texts.askedAgain} />
      </p>
      {children}
    </div>
  );
}
