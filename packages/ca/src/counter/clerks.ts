import { createHash } from 'node:crypto';
import { parseCertificate } from '@madoguchi/pki/certificates';
import type { CaContext } from '../context.js';
import { CaError } from '../error.js';
import { findMunicipality } from '../places.js';
import { recordPeople } from './people.js';
import { type Role, roles } from './roles.js';

/** An account at the counter. */
export interface Clerk {
  /** 2 to 32 of a–z, 0–9 and hyphen; never a person's name: it stands in the audit chain. */
  readonly account: string;
  readonly role: Role;
  /** Five digits; undefined: every municipality. */
  readonly municipality: string | undefined;
  readonly hasCard: boolean;
}

interface Row {
  account: string;
  role: Role;
  municipality: string | null;
  hasCard: boolean;
}

const fromRow = ({ municipality, ...row }: Row): Clerk => ({
  ...row,
  municipality: municipality ?? undefined,
});

/** base64url of SHA-256 over the SPKI: how a login by card names its key. */
const keyDigest = (spki: Uint8Array): string => createHash('sha256').update(spki).digest('base64url');

/**
 * Enrols an account; one that is there already, with the same role and place, stays. Throws CaError where the role needs a municipality, the
 * account is another's, or it was removed: a name in the audit chain means one person for ever.
 */
export async function addClerk(
  ctx: CaContext,
  clerk: { readonly account: string; readonly role: Role; readonly municipality?: string },
): Promise<void> {
  const { account, role } = clerk;
  const municipality = clerk.municipality ?? null;
  if (!/^[a-z0-9][a-z0-9-]{1,31}$/.test(account)) throw badAccount(account);
  if (municipality === null ? roles[role].local : findMunicipality(municipality) === undefined)
    throw badPlace(role, municipality);
  const now = ctx.clock();
  await ctx.sql.begin(async (tx) => {
    const added = await tx`insert into ca.clerk ${tx({ account, role, municipality, added_at: now })}
      on conflict do nothing`;
    if (added.count === 0) {
      const [same] = await tx`select 1 from ca.clerk where account = ${account} and role = ${role}
        and municipality is not distinct from ${municipality} and removed_at is null`;
      if (same === undefined) throw taken(account);
      return;
    }
    await recordPeople(tx, {
      at: now,
      actor: 'operator',
      action: 'clerk.added',
      subject: account,
      detail: { role, ...(municipality === null ? {} : { municipality }) },
    });
  });
}

/** The accounts that may come in, in the order of their names. */
export async function listClerks(ctx: CaContext): Promise<Clerk[]> {
  const rows = await ctx.sql<
    Row[]
  >`select account, role, municipality, authentication_key is not null as "hasCard"
    from ca.clerk where removed_at is null order by account`;
  return rows.map(fromRow);
}

/** Ends an account and whatever it has open; false where there is none of that name. */
export async function removeClerk(ctx: CaContext, account: string): Promise<boolean> {
  const now = ctx.clock();
  return ctx.sql.begin(async (tx) => {
    const ended = await tx`update ca.clerk set removed_at = ${now}, authentication_key = null
      where account = ${account} and removed_at is null`;
    if (ended.count === 0) return false;
    await tx`delete from ca.counter_session where clerk = ${account}`;
    await tx`delete from ca.counter_link where clerk = ${account}`;
    await tx`delete from ca.clerk_relink where account = ${account}`;
    await recordPeople(tx, {
      at: now,
      actor: 'operator',
      action: 'clerk.removed',
      subject: account,
    });
    return true;
  });
}

/** Remembers by which card a clerk comes in; a card before it is forgotten. False where the card is another account's. */
export async function registerCard(
  ctx: CaContext,
  account: string,
  authenticationKey: string,
  actor = account,
): Promise<boolean> {
  const now = ctx.clock();
  return ctx.sql.begin(async (tx) => {
    const [other] = await tx`select 1 from ca.clerk
      where authentication_key = ${authenticationKey} and account <> ${account}`;
    if (other !== undefined) return false;
    const done = await tx`update ca.clerk set authentication_key = ${authenticationKey}
      where account = ${account} and removed_at is null`;
    if (done.count === 0) return false;
    await tx`delete from ca.clerk_relink where account = ${account}`;
    await recordPeople(tx, { at: now, actor, action: 'clerk.card', subject: account });
    return true;
  });
}

/** The same from a certificate in a file: it must be a valid authentication certificate of this authority. Throws CaError. */
export async function registerCertificate(ctx: CaContext, account: string, der: Uint8Array): Promise<void> {
  const parsed = parseCertificate(der);
  const key = parsed.ok ? keyDigest(parsed.value.spki) : undefined;
  if (key === undefined || !(await isGoodKey(ctx, key))) throw badCertificate();
  if (!(await registerCard(ctx, account, key, 'operator'))) throw taken(account);
}

/** Whether a valid authentication certificate of this authority stands behind a key: asked at every step of a session. */
export async function isGoodKey(ctx: CaContext, authenticationKey: string): Promise<boolean> {
  const [row] = await ctx.sql`
    select 1 from ca.certificate c
    where spki_sha256 = ${Buffer.from(authenticationKey, 'base64url')} and profile = 'authentication'
      and state = 'delivered' and not_after > ${ctx.clock()}
      and not exists (select 1 from ca.revocation r
        where r.municipality = c.municipality and r.authority = c.authority and r.serial = c.serial)`;
  return row !== undefined;
}

/** Whose counter this card opens; undefined for a card that nobody registered. */
export async function clerkOfCard(ctx: CaContext, authenticationKey: string): Promise<string | undefined> {
  const [row] = await ctx.sql<{ account: string }[]>`select account from ca.clerk
    where authentication_key = ${authenticationKey} and removed_at is null`;
  return row?.account;
}

function badAccount(account: string): CaError {
  return new CaError('clerk.account', {
    ja: `アカウント名「${account.slice(0, 40)}」は使えません。英小文字・数字・ハイフンで2〜32文字にしてください（氏名は使いません）。`,
    jaEasy:
      'アカウントの {名前|なまえ}は {英語|えいご}の {小|ちい}さい{字|じ}と {数字|すうじ}で 2〜32{文字|もじ}に して ください。',
    en: `"${account.slice(0, 40)}" is no account: use 2 to 32 of a–z, 0–9 and hyphen, and no person’s name.`,
  });
}

function badPlace(role: Role, municipality: string | null): CaError {
  return new CaError('clerk.municipality', {
    ja:
      municipality === null
        ? `${roles[role].label.ja}には市区町村コード（5けた）が要ります。`
        : `市区町村コード「${municipality}」は、この認証局の表にありません。`,
    jaEasy: '{市|し}や {町|まち}の {番号|ばんごう}（5けた）を たしかめて ください。',
    en:
      municipality === null
        ? `A ${roles[role].label.en} belongs to a municipality: give its code of five digits.`
        : `The municipality code "${municipality}" is not in this authority's table.`,
  });
}

function taken(account: string): CaError {
  return new CaError(
    'clerk.taken',
    {
      ja: `アカウント「${account}」は、別の役割か市区町村で使われているか、廃止されたか、そのカードが別の職員のものです。別の名前にしてください。`,
      jaEasy: `「${account}」は もう つかわれて います。`,
      en: `The account "${account}" has another role or place, was removed, or the card is somebody else's. Choose another name.`,
    },
    77,
  );
}

function badCertificate(): CaError {
  return new CaError('clerk.certificate', {
    ja: 'この認証局が発行した、有効な利用者証明用電子証明書ではありません。',
    jaEasy: 'この {証明書|しょうめいしょ}は つかえません。',
    en: 'This is no valid authentication certificate of this authority.',
  });
}
