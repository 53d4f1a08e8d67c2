import type { DrawnRow, Submission } from '@madoguchi/procedure';
import type { FieldError, PageProps, Words } from '@madoguchi/ui';
import type { Child } from 'hono/jsx';
import type { AttachmentFinding } from '../attachments/inspect.js';
import type { ActionRow } from '../cases/actions.js';
import type { Duplicate } from '../cases/duplicates.js';
import type { CaseRow } from '../cases/queries.js';
import type { EarlierCase } from '../cases/same-person.js';
import { undecided } from '../cases/state.js';
import type { VerificationRow } from '../verification/queries.js';
import type { ChangedRow } from './compare-drawn.js';
import type { copyFields } from './copy-section.js';
import type { Markable } from './markable.js';
import type { MatchQuestion } from './match-section.js';
import { type Act, may } from './roles.js';
import type { DeskSession } from './session.js';

/** What the page of a case shows. */
export interface CaseProps {
  readonly look: Omit<PageProps, 'title'>;
  readonly desk: string;
  readonly session: DeskSession;
  readonly row: CaseRow;
  readonly title: Words | string;
  /** The application as the applicant saw it; absent where it cannot be read. */
  readonly drawn: readonly DrawnRow[] | undefined;
  readonly attachments: Submission['attachments'];
  /** What was found in each of them. */
  readonly findings: readonly (readonly AttachmentFinding[])[];
  readonly newest: VerificationRow | undefined;
  /** Of a one-stop application: its parts, which their offices decide. */
  readonly parts?: Child;
  /** 保留, or the way to it. */
  readonly pause: Child;
  /** Who signed with the applicant, or is still to sign. */
  readonly signers?: Child;
  readonly refusal: string | undefined;
  readonly actions: readonly ActionRow[];
  /** Of a corrected case: in what its two newest submissions differ. */
  readonly changed: readonly ChangedRow[] | undefined;
  readonly markables: readonly Markable[];
  /** What stands in the form of the decision. */
  readonly typed: { reason: string; marks: readonly string[]; until: string };
  readonly typedMatch: { matchReason: string; resident: string };
  readonly errors: readonly FieldError[];
  readonly fourEyes: boolean;
  /** A case can be exported as one file. */
  readonly bundles: boolean;
  /** Other open applications of the same person, where the procedure allows one. */
  readonly duplicates: readonly EarlierCase[];
  /** Applications that say the same as this one. */
  readonly twins: readonly Duplicate[];
  /** What may be copied into a core system, by field id. */
  readonly copy: ReturnType<typeof copyFields>;
  /** What there is to decide about 照合. */
  readonly match: MatchQuestion | undefined;
}

/** A section of the page. */
export type SectionProps = CaseProps & {
  /** Of the case, without the last slash. */
  readonly address: string;
};

export function isUndecided({ row }: Pick<CaseProps, 'row'>): boolean {
  return undecided.some((state) => state === row.state);
}

/** The newest action that the officer has before their eyes. */
export function seenIn({ actions }: Pick<CaseProps, 'actions'>): number {
  return actions.at(-1)?.seq ?? 0;
}

/** Does this officer's role allow it, for this case's procedure? */
export function mayDo({ session, row }: Pick<CaseProps, 'session' | 'row'>, act: Act): boolean {
  return may(session.grants, act, row.procedureId);
}

/** What every form of the page carries unseen. */
export function Hidden(props: Pick<CaseProps, 'session' | 'actions'>) {
  return (
    <>
      <input type="hidden" name="csrf" value={props.session.csrf} />
      <input type="hidden" name="seen" value={String(seenIn(props))} />
    </>
  );
}
