/** One office's part of an application: found for who may see it, and drawn with what that office needs to know. */
import { drawApplication, type Submission } from '@madoguchi/procedure';
import type { FieldError } from '@madoguchi/ui';
import type { Context } from 'hono';
import type { attachmentInspector } from '../attachments/inspected.js';
import { listActions } from '../cases/actions.js';
import { type CaseRow, findCase } from '../cases/queries.js';
import { defaultUntil } from '../desk/correction-input.js';
import { markables } from '../desk/markable.js';
import { type DeskPlace, type Env, lookOf } from '../desk/place.js';
import { type Act, may, mayPart } from '../desk/roles.js';
import { receiptPattern } from '../receipts/access.js';
import { latestVerification } from '../verification/queries.js';
import { readParts } from './case-parts.js';
import { newestForPart } from './decide-part.js';
import { PartPage } from './desk-pages.js';
import { attachmentsOfPart, markablesOfPart, rowsOfPart, seesPeople } from './need-to-know.js';
import type { PartProgress } from './progress.js';

/** The desk with what looks into the files of its applications. */
export interface PartPlace extends DeskPlace {
  readonly inspect: ReturnType<typeof attachmentInspector>;
}

/** A part as this officer has it before them. */
export interface FoundPart {
  readonly row: CaseRow;
  readonly submission: Submission;
  /** Of all parts of the application. */
  readonly progress: readonly PartProgress[];
  readonly mine: PartProgress;
  /** What this officer's roles allow on it. */
  mayDo(act: Act): boolean;
}

export type PartHandler = (c: Context<Env>, place: PartPlace, found: FoundPart) => Promise<Response>;

/** The part of the address, when this officer may see it; a part out of reach is as unknown as one that does not exist. */
export async function findPart(c: Context<Env>, { sql, agency }: DeskPlace): Promise<FoundPart | undefined> {
  const receipt = c.req.param('receipt') ?? '';
  if (!receiptPattern.test(receipt)) return undefined;
  const row = await findCase(sql, agency.code, receipt);
  const found = row && (await readParts(sql, agency.code, receipt));
  const mine = found?.progress.find(({ part }) => part.id === c.req.param('part'));
  if (row === undefined || found === undefined || mine === undefined) return undefined;
  const { grants } = c.get('session');
  const mayDo = (act: Act) => mayPart(grants, act, { procedure: row.procedureId, office: mine.office });
  return mayDo('view') ? { ...found, row, mine, mayDo } : undefined;
}

/** What was wrong with a decision, and what was typed. */
interface Shown {
  errors?: readonly FieldError[];
  typed?: { reason: string; marks: readonly string[]; until: string };
  /** When it is neither 200 nor, with errors, 422. */
  status?: 403;
}

export async function showPart(
  c: Context<Env>,
  place: PartPlace,
  { row, mine, submission, progress, mayDo }: FoundPart,
  shown: Shown = {},
): Promise<Response> {
  const { sql, agency, desk, clock } = place;
  const { part } = mine;
  const { definition, application } = submission;
  const session = c.get('session');
  const whole = may(session.grants, 'view', row.procedureId);
  const actions = await listActions(sql, agency.code, row.receiptNumber);
  const attachments = attachmentsOfPart(part, submission);
  const look = lookOf(c, place);
  const path = c.req.method === 'GET' ? look.path : `${desk}/parts/${row.receiptNumber}/${part.id}`;
  const typed = shown.typed ?? { reason: '', marks: [], until: '' };
  return c.html(
    <PartPage
      look={{ ...look, path }}
      {...{ desk, session, row, submission, mine, progress, mayDo, whole }}
      errors={shown.errors ?? []}
      drawn={rowsOfPart(part, drawApplication(definition, application).rows)}
      attachments={attachments}
      findings={await place.inspect(attachments)}
      newest={await latestVerification(sql, agency.code, row.receiptNumber)}
      withEvidence={whole || seesPeople(definition, part)}
      actions={actions.filter(({ detail }) => detail.part === undefined || detail.part === part.id)}
      markables={markablesOfPart(part, markables(definition, application))}
      seen={await newestForPart(sql, agency.code, row.receiptNumber, part.id)}
      fourEyes={place.fourEyes ?? false}
      typed={{ ...typed, until: typed.until === '' ? defaultUntil(clock()) : typed.until }}
    />,
    shown.status ?? (shown.errors === undefined ? 200 : 422),
  );
}
