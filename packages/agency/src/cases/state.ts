/** The states of a case. */
export type CaseState =
  | 'arrived'
  | 'opened'
  /** Others must sign the same application before it is examined. */
  | 'cosigning'
  | 'verified'
  | 'tryLater'
  | 'refused'
  | 'accepted'
  | 'correction'
  | 'rejected'
  | 'withdrawn'
  /** Ended by an officer in favour of another application that says the same. */
  | 'duplicate'
  | 'joined';

/** Still to be decided. */
export const undecided = [
  'arrived',
  'opened',
  'cosigning',
  'verified',
  'tryLater',
  'correction',
] as const satisfies CaseState[];

const beingExamined = ['arrived', 'opened', 'verified', 'tryLater'] as const satisfies CaseState[];

/** Which action moves a case, from where and to where. An action that is not here, or comes in another state, moves nothing. */
const moves: Readonly<Record<string, { from: readonly CaseState[]; to: CaseState }>> = {
  opened: { from: ['arrived'], to: 'opened' },
  /** A co-signature is refused only after a look at who signed it. */
  refused: { from: beingExamined, to: 'refused' },
  cosignAsked: { from: ['opened'], to: 'cosigning' },
  /** The last of those who had to sign has signed. */
  cosignComplete: { from: ['cosigning'], to: 'opened' },
  verified: { from: beingExamined, to: 'verified' },
  tryLater: { from: beingExamined, to: 'tryLater' },
  correctionAsked: { from: undecided, to: 'correction' },
  /** The applicant's answer: another submission became part of the case. */
  corrected: { from: ['correction'], to: 'opened' },
  accepted: { from: undecided, to: 'accepted' },
  rejected: { from: undecided, to: 'rejected' },
  withdrawn: { from: undecided, to: 'withdrawn' },
  duplicate: { from: ['arrived', 'opened', 'verified', 'tryLater', 'correction'], to: 'duplicate' },
  reopened: { from: ['duplicate'], to: 'verified' },
  /** This submission is part of another case. */
  joined: { from: beingExamined, to: 'joined' },
};

/** Where this kind of action moves a case, and in which states; undefined when it moves nothing. */
export function moveOf(kind: string): { from: readonly CaseState[]; to: CaseState } | undefined {
  return Object.hasOwn(moves, kind) ? moves[kind] : undefined;
}

/** The state of a case: the sum of its actions, in their order. `cases.state` repeats it for the queue. */
export function stateOf(actions: readonly { kind: string }[]): CaseState {
  let state: CaseState = 'arrived';
  for (const { kind } of actions) {
    const move = moveOf(kind);
    if (move?.from.includes(state)) state = move.to;
  }
  return state;
}
