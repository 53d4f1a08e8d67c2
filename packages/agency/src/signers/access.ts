import type { Relation } from '@madoguchi/procedure';
import type { Sql } from '@madoguchi/store';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { type CaseRow, findCase } from '../cases/queries.js';
import type { AgencyConfig, AgencyKeys, ReceptionOptions } from '../options.js';
import { receiptPattern } from '../receipts/access.js';
import { isBrowser } from '../requests/browser.js';
import { isSeal, type SealedFields, seal } from '../requests/seal.js';
import type { Invitation } from './code.js';
import type { SignerProgress } from './progress.js';
import { type CaseSigning, readSigning } from './signing.js';

const cookieName = 'mado_cosign';
const lifeSeconds = 60 * 60;

/** Somebody who may see an application because they are to sign it. */
export interface Reader {
  readonly row: CaseRow;
  readonly signing: CaseSigning;
  readonly own: SignerProgress;
}

/** After the code was given: this browser may see that application, and sign it as that signer, for an hour. */
export function openSigning(
  c: Context,
  agency: AgencyConfig,
  keys: AgencyKeys,
  invitation: Invitation,
  now: Date,
): void {
  const until = Math.floor(now.getTime() / 1000) + lifeSeconds;
  const { receipt, signer, digest } = invitation;
  const mark = seal(keys.secret, signingFields(agency, invitation, until));
  const value = [receipt, signer, digest, until, mark].join('~');
  setCookie(c, cookieName, value, {
    path: agency.basePath === '' ? '/' : agency.basePath,
    httpOnly: true,
    secure: agency.origin.startsWith('https:'),
    sameSite: 'Lax',
    maxAge: lifeSeconds,
  });
}

/**
 * The case of the address with the signer that this browser speaks for: the code was given within the last hour, or this browser asked for a signature
 * of theirs under this very application. `corrected`: it was one, but the application has been corrected since.
 */
export async function readersSigning(
  c: Context,
  { db, agency, keys, clock }: Pick<ReceptionOptions, 'db' | 'agency' | 'keys' | 'clock'>,
): Promise<Reader | 'corrected' | undefined> {
  const receipt = c.req.param('receipt') ?? '';
  if (!receiptPattern.test(receipt)) return undefined;
  const row = await findCase(db.sql, agency.code, receipt);
  const signing = row && (await readSigning(db.sql, agency.code, receipt));
  if (row === undefined || signing === undefined) return undefined;
  const invitations = [
    ...byCookie(c, agency, keys, receipt, clock()),
    ...(await byBrowser(c, db.sql, agency.code, receipt)),
  ];
  const current = invitations.find(({ digest }) => digest === signing.digest);
  const own = signing.progress.find(({ wanted }) => wanted.id === current?.signer);
  if (own !== undefined) return { row, signing, own };
  return invitations.length > 0 ? 'corrected' : undefined;
}

function byCookie(
  c: Context,
  agency: AgencyConfig,
  keys: AgencyKeys,
  wanted: string,
  now: Date,
): Invitation[] {
  const parts = (getCookie(c, cookieName) ?? '').split('~');
  const [receipt = '', signer = '', digest = '', until = '', given = ''] = parts;
  if (parts.length !== 5 || receipt !== wanted || !/^[0-9]{1,11}$/.test(until)) return [];
  const invitation = { receipt, signer, digest };
  const isOurs = isSeal(keys.secret, signingFields(agency, invitation, Number(until)), given);
  return isOurs && now.getTime() / 1000 < Number(until) ? [invitation] : [];
}

async function byBrowser(c: Context, sql: Sql, agency: string, receipt: string): Promise<Invitation[]> {
  const rows = await sql<{ hash: Uint8Array; relation: Relation }[]>`
    select browser_hash as hash, relation from agency.requests
    where agency = ${agency} and relation->>'kind' = 'cosigns' and relation->>'receipt' = ${receipt}
    order by issued_at desc limit 200`;
  return rows
    .filter(({ hash }) => isBrowser(c, hash))
    .map(({ relation }) => ({ receipt, signer: relation.signer ?? '', digest: relation.application }));
}

function signingFields(agency: AgencyConfig, invitation: Invitation, until: number): SealedFields {
  const { receipt, signer, digest } = invitation;
  return ['cosigning', agency.code, receipt, signer, digest, until];
}
