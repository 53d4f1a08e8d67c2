import { randomUUID } from 'node:crypto';
import { appendAudit, type Tx } from '@madoguchi/store';
import { auditChain } from '../issuance/record.js';
import type { Presenter } from './evidence.js';

/**
 * issue: a new card with new certificates. renew: new certificates in the card that is there, the old ones superseded in the same act.
 * pin: unlock and set anew. revoke: one certificate. hold: all of a person's, by telephone. report: a card lost, stolen or found again,
 * told in person. letter: a letter of inquiry sent. event: a change of the register entered by hand.
 */
export const actKinds = ['issue', 'renew', 'pin', 'revoke', 'hold', 'report', 'letter', 'event'] as const;
export type AnyActKind = (typeof actKinds)[number];

export interface NewRecord {
  readonly municipality: string;
  readonly resident: string | undefined;
  readonly kind: AnyActKind;
  /** `prepared` where the applicant's part is still to come; the others are over with this commit. */
  readonly state: 'prepared' | 'done' | 'failed';
  readonly clerk: string;
  readonly presenter: Presenter;
  /** Kinds of documents, questions answered: ids of `evidence.ts` and `questions.ts`, never numbers or answers. */
  readonly evidence: readonly string[];
  readonly reason: string;
  readonly pins?: readonly string[];
  /** The applicant's card that lay in a reader: the act is done with it or not at all. */
  readonly card?: string;
  readonly certificate?: string;
  readonly revoked?: number;
  readonly consent?: readonly string[];
  readonly rule?: string;
}

/** What row and chain must both say. */
export function auditedDetail(act: {
  readonly presenter: string;
  readonly evidence: readonly string[];
  readonly reason: string;
}): Record<string, string> {
  return { presenter: act.presenter, evidence: act.evidence.join(' '), reason: act.reason };
}

/** Writes an act with its entry in the audit chain, in the transaction of what is done; its id and 受付番号. */
export async function recordAct(tx: Tx, now: Date, act: NewRecord): Promise<{ id: string; number: string }> {
  const id = randomUUID();
  const { seq } = await appendAudit(tx, auditChain, {
    at: now,
    actor: act.clerk,
    action: `counter.${act.kind}.${act.state}`,
    subject: id,
    detail: auditedDetail(act),
  });
  const [row] = await tx<{ number: string }[]>`insert into ca.counter_act ${tx({
    municipality: act.municipality,
    id,
    resident: act.resident ?? null,
    kind: act.kind,
    state: act.state,
    clerk: act.clerk,
    presenter: act.presenter,
    evidence: [...act.evidence],
    reason: act.reason,
    pins: [...(act.pins ?? [])],
    card: act.card ?? null,
    certificate: act.certificate ?? null,
    revoked: act.revoked ?? 0,
    consent: [...(act.consent ?? [])],
    rule: act.rule ?? null,
    created_at: now,
    ended_at: act.state === 'prepared' ? null : now,
    audit_seq: seq.toString(),
  })} returning number`;
  return { id, number: row?.number ?? '' };
}
