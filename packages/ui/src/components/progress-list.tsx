import { T } from '../text.js';
import type { Text, Words } from '../words.js';

type ProgressState = 'done' | 'now' | 'next' | 'failed';

const states: Record<ProgressState, { shape: string; word: Words }> = {
  done: { shape: '✓', word: { ja: '終わりました', jaEasy: '{終|お}わりました', en: 'Done' } },
  now: { shape: '…', word: { ja: 'いま行っています', jaEasy: 'いま しています', en: 'Working' } },
  next: { shape: '', word: { ja: 'これから', jaEasy: 'これから', en: 'To come' } },
  failed: { shape: '✕', word: { ja: 'できませんでした', jaEasy: 'できませんでした', en: 'Did not work' } },
};

interface ProgressListProps {
  steps: readonly { label: Text; state: ProgressState; note?: Text }[];
  /** An address that gives this list as HTML again: `ui.js` fetches it until the answer has a `Mado-Next` header, and goes there. */
  live?: string;
}

/** What is being done, in words; changes are read aloud. */
export function ProgressList({ steps, live }: ProgressListProps) {
  return (
    <div aria-live="polite" data-live={live}>
      <ol class="progress">
        {steps.map(({ label, state, note }) => (
          <li class={`progress-${state}`} aria-current={state === 'now' ? 'step' : undefined}>
            <span class="progress-shape" aria-hidden="true">
              {states[state].shape}
            </span>
            <span class="progress-label">
              <T w={label} />
              {note === undefined ? null : (
                <span class="progress-note">
                  <T w={note} />
                </span>
              )}
            </span>{' '}
            <span class="progress-word">
              <T w={states[state].word} />
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
