import { markText } from '@madoguchi/procedure';
import { fill, formatDate, formatDay, type Register, T, Table } from '@madoguchi/ui';
import type { PartProgress } from './progress.js';
import { partStateWords, texts } from './texts.js';

/** All parts of one application, each with its office and state: one progress. `linkTo`: of the officer's table, the page of a part. */
export function PartsTable({
  progress,
  register,
  withReasons,
  linkTo,
}: {
  progress: readonly PartProgress[];
  register: Register;
  /** What an office wrote is for the applicant and for that office. */
  withReasons: boolean;
  linkTo?: (part: string) => string;
}) {
  return (
    <Table
      id="parts"
      stack
      caption={texts.each}
      head={[texts.part, texts.authority, texts.state]}
      rows={progress.map(({ part, state, at, dueOn, reason }) => [
        linkTo === undefined ? (
          <T w={part.title} />
        ) : (
          <a href={linkTo(part.id)}>
            <T w={part.title} />
          </a>
        ),
        part.authority,
        <>
          <span data-part={part.id} data-state={state}>
            <T w={partStateWords[state]} />
          </span>
          {at === undefined ? null : ` ${formatDate(at, register)}`}
          {dueOn === undefined ? null : (
            <p class="hint-line">
              <T w={fill(texts.by, { day: formatDay(dueOn, register) })} />
            </p>
          )}
          {withReasons && reason !== undefined ? <p class="officers-words">{markText(reason)}</p> : null}
        </>,
      ])}
    />
  );
}
