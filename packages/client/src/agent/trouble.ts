import type { StatusWord } from '@madoguchi/card';
import { fill, type Words } from '@madoguchi/ui';
import type { ClientError } from '../client-error.js';
import { explainClientError } from '../client-words.js';
import { requestTroubles } from './request-troubles.js';
import { signingTroubles } from './signing-troubles.js';
import { nothingSent, type OwnEntry, type TroubleEntry } from './trouble-sentences.js';

/** A failure as the citizen reads it: what happened, what was and was not sent, the one next step. */
export interface Trouble {
  id: string;
  what: Words;
  sent: Words;
  next: Words;
  /** What the page offers: the card again, sending the same bytes again, or nothing but closing. */
  action: TroubleEntry[3];
}

const table = { ...requestTroubles, ...signingTroubles };

export type TroubleId = keyof typeof table;

/** The words of a trouble, with values such as `{date}` filled in. */
export function trouble(id: TroubleId, values: Record<string, Words | string> = {}): Trouble {
  const [what, sent, next, action] = table[id];
  return { id, what: fill(what, values), sent: fill(sent, values), next: fill(next, values), action };
}

/** Status 6581: a card image on a full disk says so, before it compares a PIN. */
const cardMemoryFailure: StatusWord['kind'] = 'memoryFailure';

/** A failure at the card, told on the agent's pages: nothing has left the computer. */
export function cardTrouble(error: ClientError): Trouble {
  if (error.code === 'card-unexpected' && error.detail.subject === cardMemoryFailure)
    return trouble('card-cannot-write');
  const { what, next } = explainClientError(error);
  return { id: error.code, what, sent: nothingSent, next, action: 'card' };
}

/** A request the agent refuses, in the words of the rule that failed. */
export function requestTrouble(rule: string, explained: { what: Words; next: Words }): Trouble {
  return { id: rule, what: explained.what, sent: nothingSent, next: explained.next, action: 'close' };
}

/** What stops something that the holder does on the agent's own pages. `stays`: what is as it was. */
export function ownTrouble(id: string, [what, next]: OwnEntry, stays: Words): Trouble {
  return { id, what, sent: stays, next, action: 'close' };
}
