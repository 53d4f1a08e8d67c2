import { glossary } from '../glossary.js';
import { T } from '../text.js';
import type { Text, Words } from '../words.js';

export type LightState = 'good' | 'check' | 'bad' | 'pending';

const lights: Record<LightState, { shape: string; word: Words }> = {
  good: { shape: '●', word: glossary.good },
  check: { shape: '▲', word: glossary.check },
  bad: { shape: '✕', word: glossary.bad },
  pending: { shape: '○', word: glossary.pending },
};

interface StatusLightProps {
  state: LightState;
  /** What the light is about: 署名, 照合, 有効性. */
  label: Text;
  /** Instead of 良い, 要確認, 誤り, 確認中. */
  word?: Text;
}

/** A light is shape, word and colour together: it reads in black and white, aloud, and to those who see no red. */
export function StatusLight({ state, label, word }: StatusLightProps) {
  return (
    <span class={`light light-${state}`}>
      <span class="light-head">
        <span class="light-shape" aria-hidden="true">
          {lights[state].shape}
        </span>
        <span class="light-label">
          <T w={label} />
        </span>
      </span>{' '}
      <span class="light-word">
        <T w={word ?? lights[state].word} />
      </span>
    </span>
  );
}
