import type { Preferences } from '@madoguchi/ui';
import type { CounterSession } from './session.js';

/** How a page of the counter looks to its reader: the reader's choices, and who is in. */
export interface CounterLook extends Preferences {
  readonly session?: CounterSession;
}
