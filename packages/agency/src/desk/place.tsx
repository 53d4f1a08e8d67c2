import { Notice, P, Page, type PageProps } from '@madoguchi/ui';
import type { Context, MiddlewareHandler } from 'hono';
import { type CaseRow, findCase } from '../cases/queries.js';
import { pageLook } from '../forms/look.js';
import { receiptPattern } from '../receipts/access.js';
import type { DeskOptions } from './options.js';
import { staffTexts } from './role-words.js';
import { type Act, may } from './roles.js';
import type { DeskSession } from './session.js';
import { texts } from './texts.js';

export type Env = { Variables: { session: DeskSession } };

/** The desk of one agency, as its routes share it. */
export interface DeskPlace extends DeskOptions {
  /** Its address, e.g. `/a/99201/desk`. */
  readonly desk: string;
}

export function lookOf(c: Context, { agency, desk }: DeskPlace): Omit<PageProps, 'title'> {
  return { ...pageLook(c, agency), siteHref: desk };
}

/** The link that leads back to the queue. */
export function backToQueue({ desk }: DeskPlace) {
  return { href: desk, label: texts.queue };
}

/** 403 with words: this officer's roles do not reach so far. */
export function forbidden(c: Context, place: DeskPlace): Response | Promise<Response> {
  const look = lookOf(c, place);
  return c.html(
    <Page {...look} path={place.desk} title={staffTexts.forbiddenTitle} back={backToQueue(place)}>
      <Notice kind="bad">
        <P w={staffTexts.forbidden} />
      </Notice>
    </Page>,
    403,
  );
}

/** Only who may do this goes on, whatever the case. */
export function allowed(place: DeskPlace, act: Act): MiddlewareHandler<Env> {
  return async (c, next) => (may(c.get('session').grants, act) ? next() : forbidden(c, place));
}

/**
 * The case that `:receipt` names, when this officer may see it and do this; else the answer that says no. A case out of reach is as unknown as one that
 * does not exist.
 */
export async function caseFor(
  c: Context<Env>,
  place: DeskPlace,
  act: Act = 'view',
): Promise<CaseRow | Response> {
  const receipt = c.req.param('receipt') ?? '';
  const { grants } = c.get('session');
  const row = receiptPattern.test(receipt)
    ? await findCase(place.sql, place.agency.code, receipt)
    : undefined;
  if (row === undefined || !may(grants, 'view', row.procedureId)) return await c.notFound();
  return may(grants, act, row.procedureId) ? row : await forbidden(c, place);
}
