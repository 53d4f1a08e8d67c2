import { type Pile, piles } from './queries.js';

/** What an officer wants to see of the queue. */
export interface QueueFilter {
  readonly pile: Pile;
  /** Id of a procedure. */
  readonly procedure: string | undefined;
  readonly deadline: Deadline | undefined;
  /** Only what is assigned to this officer. */
  readonly mine: boolean;
  /** Only what is on hold, or without it. */
  readonly paused: 'only' | 'without' | undefined;
  /** Last receipt number of the page before. */
  readonly after: string | undefined;
}

/** By the day in Japan: over, today, within seven days from today. */
export type Deadline = 'overdue' | 'today' | 'week';
const deadlines: readonly Deadline[] = ['overdue', 'today', 'week'];

const receiptPattern = /^[0-9]{4}-[0-9]{7,12}$/;

/** Reads a filter from an address; what is strange counts as not asked. */
export function readFilter(query: Record<string, string>, procedures: readonly string[]): QueueFilter {
  const { pile = '', procedure = '', deadline = '', after = '', paused = '' } = query;
  return {
    pile: Object.hasOwn(piles, pile) ? (pile as Pile) : 'waiting',
    procedure: procedures.includes(procedure) ? procedure : undefined,
    deadline: deadlines.find((one) => one === deadline),
    mine: query.mine === '1',
    paused: paused === 'only' || paused === 'without' ? paused : undefined,
    after: receiptPattern.test(after) ? after : undefined,
  };
}

/** The same as a query string. */
export function filterQuery(filter: Partial<QueueFilter>): string {
  const { pile, procedure, deadline, mine, paused, after } = filter;
  const pairs: [string, string | undefined][] = [
    ['pile', pile],
    ['procedure', procedure],
    ['deadline', deadline],
    ['mine', mine ? '1' : undefined],
    ['paused', paused],
    ['after', after],
  ];
  return new URLSearchParams(
    pairs.filter((pair): pair is [string, string] => pair[1] !== undefined),
  ).toString();
}
