import { markText } from '@madoguchi/procedure';
import { fill, formatDate, formatDay, Notice, P, type Register, T, type Words } from '@madoguchi/ui';
import type { Duplicate } from '../cases/duplicates.js';
import type { Pause } from '../cases/pause.js';
import { texts } from './texts.js';

/** What reception found in the files, above the receipt: each by its name, with what to do. */
export function FilesNote({ told, isOpen }: { told: readonly Words[]; isOpen: boolean }) {
  if (told.length === 0) return null;
  return (
    <Notice kind="check" title={texts.filesTitle}>
      <ul>
        {told.map((words) => (
          <li>
            <T w={words} />
          </li>
        ))}
      </ul>
      {isOpen ? <P w={texts.filesNext} /> : null}
    </Notice>
  );
}

/** 重複: the reader's own earlier application, only where nobody can have written their name into either of them. */
export function TwiceNote({
  earlier,
  ended,
  register,
  withdrawal,
}: {
  earlier: readonly Duplicate[];
  /** An officer ended this one: undefined while it goes on. */
  ended: { of: string | undefined } | undefined;
  register: Register;
  withdrawal: string | undefined;
}) {
  const told = earlier.filter(({ isCertain }) => isCertain);
  if (ended !== undefined) {
    const { of } = ended;
    return (
      <Notice kind="info">
        <P w={texts.ended} />
        {of !== undefined && told.some(({ receiptNumber }) => receiptNumber === of) ? (
          <P w={fill(texts.endedBy, { receipt: of })} />
        ) : null}
      </Notice>
    );
  }
  const last = told.findLast(
    ({ isEarlier, state }) => isEarlier && state !== 'withdrawn' && state !== 'duplicate',
  );
  if (last === undefined || withdrawal === undefined) return null;
  const when = formatDate(last.arrivedAt, register, { time: true });
  return (
    <Notice kind="check" title={texts.twiceTitle}>
      <P w={fill(texts.twice, { when, receipt: last.receiptNumber })} />
      <p>
        <a href={withdrawal}>
          <T w={texts.filesAgain} />
        </a>
      </p>
    </Notice>
  );
}

/** 保留: why it waits, in the office's words, and until when. */
export function PausedNote({ pause, register }: { pause: Pause | undefined; register: Register }) {
  if (pause === undefined) return null;
  return (
    <Notice kind="info" title={texts.paused}>
      <p class="officers-words">{markText(pause.reason)}</p>
      <P w={texts.pausedNote} />
      {pause.until === null ? null : (
        <P w={fill(texts.pausedUntil, { day: formatDay(pause.until, register) })} />
      )}
    </Notice>
  );
}

/** A case whose time was over: what is left of it is told, instead of an empty page. */
export function ErasedNote({ at, register }: { at: Date | null; register: Register }) {
  if (at === null) return null;
  return (
    <Notice kind="info" title={texts.erasedTitle}>
      <P w={fill(texts.erased, { when: formatDate(at, register) })} />
    </Notice>
  );
}
