import { type Answers, holds, type PartRule, type ProcedureDefinition, scopeOf } from '@madoguchi/procedure';
import { dueDate } from '../cases/due-date.js';

/** `blocked`: another part must be accepted first, or somebody has still to sign. `ended`: the application ended elsewhere before this office decided. */
export type PartState = 'blocked' | 'waiting' | 'correction' | 'accepted' | 'rejected' | 'ended';

/** How far one office is with its part (ワンストップ). */
export interface PartProgress {
  readonly part: PartRule;
  /** Whose queue it is in. */
  readonly office: string;
  readonly state: PartState;
  /** When the office decided, or asked for a correction. */
  readonly at: Date | undefined;
  /** In the office's words, to the applicant; of an acceptance none is said. */
  readonly reason: string | undefined;
  /** YYYY-MM-DD: counted from when it could begin; absent while it cannot, and when it is decided. */
  readonly dueOn: string | undefined;
}

/** The parts that these answers ask for. */
export function partsInForce(definition: ProcedureDefinition, answers: Answers): PartRule[] {
  const scope = scopeOf(definition, answers);
  return (definition.parts ?? []).filter((part) => holds(part.when, scope));
}

export interface PartAction {
  readonly kind: string;
  readonly at: Date;
  readonly detail: Record<string, string>;
}

interface Decided {
  state: 'accepted' | 'rejected' | 'correction';
  at: Date;
  reason: string | undefined;
}

/** When a case can begin to be decided, and again after a correction or the last signature. */
const beginnings = ['opened', 'corrected', 'cosignComplete'];
const ends = ['rejected', 'withdrawn'];

/**
 * The state of every part: the sum of the case's actions, in their order. What an office accepted stands after a correction, unless something that it sees has
 * changed: then it decides again. A part waits for those that its definition names.
 */
export function partProgress(parts: readonly PartRule[], actions: readonly PartAction[]): PartProgress[] {
  const decided = new Map<string, Decided>();
  let begins: Date | undefined;
  let isSigning = false;
  let hasEnded = false;
  for (const { kind, at, detail } of actions) {
    if (beginnings.includes(kind)) begins = at;
    if (ends.includes(kind)) hasEnded = true;
    if (kind === 'cosignAsked') isSigning = true;
    if (kind === 'cosignComplete' || kind === 'corrected') isSigning = false;
    if (kind === 'corrected') reopen(parts, decided, (detail.changed ?? '').split(','));
    const state = stateAfter(kind);
    if (state !== undefined && detail.part !== undefined)
      decided.set(detail.part, { state, at, reason: state === 'accepted' ? undefined : detail.reason });
  }
  return parts.map((part): PartProgress => {
    const found = decided.get(part.id);
    const office = part.office ?? part.id;
    const common = { part, office, at: found?.at, reason: found?.reason };
    if (found?.state === 'accepted' || found?.state === 'rejected')
      return { ...common, state: found.state, dueOn: undefined };
    if (hasEnded) return { ...common, state: 'ended', dueOn: undefined };
    const before = (part.after ?? []).filter((id) => parts.some((other) => other.id === id));
    const isBlocked = before.some((id) => decided.get(id)?.state !== 'accepted');
    if (found?.state === 'correction') return { ...common, state: 'correction', dueOn: undefined };
    if (isBlocked || isSigning) return { ...common, state: 'blocked', dueOn: undefined };
    const since = [begins, ...before.map((id) => decided.get(id)?.at)].filter((one) => one !== undefined);
    const latest = since.length === 0 ? undefined : new Date(Math.max(...since.map((one) => one.getTime())));
    return { ...common, state: 'waiting', dueOn: latest && dueDate(latest, part.processingDays) };
  });
}

function stateAfter(kind: string): Decided['state'] | undefined {
  if (kind === 'partAccepted') return 'accepted';
  if (kind === 'partRejected') return 'rejected';
  return kind === 'correctionAsked' ? 'correction' : undefined;
}

/** After a correction: who asked for it looks again, and so does every office that sees something of what changed. */
function reopen(parts: readonly PartRule[], decided: Map<string, Decided>, changed: readonly string[]): void {
  const tops = new Set(changed.map((name) => name.split('.')[0] ?? ''));
  for (const part of parts)
    if (
      decided.get(part.id)?.state === 'correction' ||
      // Every office sees the applicant.
      tops.has('*') ||
      part.fields.some((id) => tops.has(id))
    )
      decided.delete(part.id);
}

/** The whole case, where all its parts say it: accepted by all, or rejected by one. */
export function caseDecision(progress: readonly PartProgress[]): 'accepted' | 'rejected' | undefined {
  if (progress.some(({ state }) => state === 'rejected')) return 'rejected';
  return progress.length > 0 && progress.every(({ state }) => state === 'accepted') ? 'accepted' : undefined;
}
