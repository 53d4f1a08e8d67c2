import type { CaContext } from '../context.js';
import { clerkOfCard, isGoodKey } from './clerks.js';
import { recordPeople } from './people.js';

/** A clerk whose card was renewed, and who waits for somebody responsible. */
export interface Relink {
  readonly account: string;
  readonly askedAt: Date;
  /** The certificate that the account knows, and the one that asks: by the name that pages use, with the end of each. */
  readonly before: { readonly alias: string; readonly notAfter: Date };
  readonly after: { readonly alias: string; readonly notBefore: Date; readonly notAfter: Date };
}

/**
 * A card that nobody registered: is it an account's card, renewed? Both authentication certificates must be one resident's by the issue record, and
 * the new one good. Then it is remembered that it asks, and whose it is comes back.
 */
export async function askRelink(ctx: CaContext, authenticationKey: string): Promise<string | undefined> {
  if ((await clerkOfCard(ctx, authenticationKey)) !== undefined || !(await isGoodKey(ctx, authenticationKey)))
    return undefined;
  const [row] = await ctx.sql<{ account: string }[]>`
    select k.account from ca.clerk k
      join ca.certificate old on old.spki_sha256 = decode(translate(k.authentication_key, '-_', '+/') || '=', 'base64')
      join ca.certificate fresh on fresh.municipality = old.municipality and fresh.resident = old.resident
    where k.removed_at is null and k.authentication_key is not null and old.profile = 'authentication'
      and fresh.profile = 'authentication' and fresh.spki_sha256 = ${Buffer.from(authenticationKey, 'base64url')}
    limit 1`;
  if (row === undefined) return undefined;
  await ctx.sql`insert into ca.clerk_relink ${ctx.sql({
    account: row.account,
    authentication_key: authenticationKey,
    asked_at: ctx.clock(),
  })} on conflict (account) do update set authentication_key = excluded.authentication_key, asked_at = excluded.asked_at`;
  return row.account;
}

/** Who waits, of one municipality or of all, the longest first. */
export function relinks(ctx: CaContext, municipality: string | undefined): Promise<Relink[]> {
  return ctx.sql<
    {
      account: string;
      askedAt: Date;
      before: string;
      beforeEnd: Date;
      after: string;
      afterStart: Date;
      afterEnd: Date;
    }[]
  >`
      select l.account, l.asked_at as "askedAt", old.alias as before, old.not_after as "beforeEnd",
        fresh.alias as after, fresh.not_before as "afterStart", fresh.not_after as "afterEnd"
      from ca.clerk_relink l join ca.clerk k using (account)
        join ca.certificate old on old.spki_sha256 = decode(translate(k.authentication_key, '-_', '+/') || '=', 'base64')
        join ca.certificate fresh on fresh.municipality = old.municipality and fresh.resident = old.resident
          and fresh.spki_sha256 = decode(translate(l.authentication_key, '-_', '+/') || '=', 'base64')
      where k.removed_at is null and old.profile = 'authentication' and fresh.profile = 'authentication'
        and (${municipality ?? null}::text is null or k.municipality = ${municipality ?? null})
      order by l.asked_at limit 50`.then((rows) =>
    rows.map(({ account, askedAt, before, beforeEnd, after, afterStart, afterEnd }) => ({
      account,
      askedAt,
      before: { alias: before, notAfter: beforeEnd },
      after: { alias: after, notBefore: afterStart, notAfter: afterEnd },
    })),
  );
}

/**
 * Somebody responsible confirms that the renewed card is the same person's: from now on it opens the counter for the account, the old one no more.
 * Nobody confirms their own. False where nothing waits any more, the new certificate is no longer good, or it is the confirmer's own.
 */
export async function confirmRelink(
  ctx: CaContext,
  account: string,
  by: { readonly clerk: string; readonly municipality: string | undefined },
): Promise<boolean> {
  const waiting = (await relinks(ctx, by.municipality)).find((one) => one.account === account);
  if (waiting === undefined || account === by.clerk) return false;
  const now = ctx.clock();
  return ctx.sql.begin(async (tx) => {
    const [row] = await tx<{ key: string }[]>`
      delete from ca.clerk_relink where account = ${account} returning authentication_key as key`;
    if (row === undefined || !(await isGoodKey(ctx, row.key))) return false;
    const [other] =
      await tx`select 1 from ca.clerk where authentication_key = ${row.key} and account <> ${account}`;
    if (other !== undefined) return false;
    await tx`update ca.clerk set authentication_key = ${row.key} where account = ${account} and removed_at is null`;
    await tx`delete from ca.counter_session where clerk = ${account} and entered_by = 'card'`;
    await recordPeople(tx, {
      at: now,
      actor: by.clerk,
      action: 'clerk.cardRenewed',
      subject: account,
      detail: { before: waiting.before.alias, after: waiting.after.alias },
    });
    return true;
  });
}
