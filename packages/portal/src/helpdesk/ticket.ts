/** What is asked about. */
export const ticketTopics = ['ready', 'reader', 'card', 'password', 'procedure', 'other'] as const;
export type TicketTopic = (typeof ticketTopics)[number];

/** When somebody may call. */
export const callTimes = ['none', 'any', 'morning', 'afternoon'] as const;
export type CallTime = (typeof callTimes)[number];

export type TicketState = 'new' | 'open' | 'answered' | 'closed';

export type TicketActionKind = 'taken' | 'reply' | 'note' | 'called' | 'closed' | 'reopened';

export interface TicketAction {
  at: Date;
  /** Account of the helper. */
  helper: string;
  kind: TicketActionKind;
  text?: string;
}

/** Follows from what was done, in order: a reply answers, a note or a call changes nothing, closing ends it. */
export function ticketState(actions: readonly Pick<TicketAction, 'kind'>[]): TicketState {
  let state: TicketState = 'new';
  for (const { kind } of actions) {
    if (kind === 'closed') state = 'closed';
    else if (kind === 'reopened') state = 'open';
    else if (state === 'closed') continue;
    else if (kind === 'reply') state = 'answered';
    else if (kind === 'taken' || state === 'new') state = 'open';
  }
  return state;
}

/** Whose it is: who took it or did something to it last. */
export function ticketHelper(actions: readonly Pick<TicketAction, 'helper'>[]): string | undefined {
  return actions.at(-1)?.helper;
}
