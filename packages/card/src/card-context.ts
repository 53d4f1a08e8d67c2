import { randomBytes } from 'node:crypto';
import type { CardContent } from './card-content.js';
import { type ElementaryFile, fileByShortId } from './files.js';
import { type MediumRules, media } from './media.js';
import { SW } from './status-words.js';
import type { VolatileState } from './volatile-state.js';

/** What a command handler works with: memory, the state under power, and a way to make a change last. */
export interface CardContext {
  readonly content: CardContent;
  readonly state: VolatileState;
  /** Resolves when the new content is on stable storage. On failure the command ends with 6581. */
  commit(next: CardContent): Promise<void>;
}

/** Data and status word of an answer. */
export interface Answer {
  readonly sw: number;
  readonly data?: Uint8Array;
}

export const ok: Answer = { sw: SW.ok };

export function refuse(sw: number): Answer {
  return { sw };
}

/** The file a P2 of the form 80 (current) or 80|sfi names, or why there is none. */
export function referencedFile(state: VolatileState, p2: number): ElementaryFile | Answer {
  if ((p2 & 0xe0) !== 0x80) return refuse(SW.wrongParameters);
  if (p2 === 0x80) return state.currentFile ?? refuse(SW.noCurrentFile);
  const file = state.application && fileByShortId(state.application, p2 & 0x1f);
  return file ?? refuse(SW.notFound);
}

export function isAnswer(value: ElementaryFile | Answer): value is Answer {
  return 'sw' in value;
}

export function mediumOf(card: CardContext): MediumRules {
  return media[card.content.medium];
}

export function random(length: number): Uint8Array {
  return randomBytes(length);
}
