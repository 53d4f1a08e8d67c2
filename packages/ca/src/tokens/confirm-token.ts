import { parseCertificate } from '@madoguchi/pki';
import { appendAudit, type Tx } from '@madoguchi/store';
import type { CaContext } from '../context.js';
import { auditChain } from '../issuance/record.js';
import { lockResident } from '../issuance/second-issue.js';
import { sha256 } from '../renewal/begun.js';
import { insertRevocation, type RecordKey, tellRevoked } from '../revocation/ledger.js';
import { publishSoon } from '../revocation/publish.js';
import { isLiving, livingTokens, type Token, tokenOfKey } from './record.js';
import { refused } from './refusals.js';
import { readTokenConfirmation } from './request.js';

/**
 * The token's own signature key says that both certificates were read back: in one commit they are handed over and a token of the same kind
 * that was there is superseded. Sent again, it says the same. Refused (CaError, 77) `token.again` where what was made is gone.
 */
export async function confirmToken(ctx: CaContext, cms: Uint8Array): Promise<void> {
  const certificate = readTokenConfirmation(cms);
  const parsed = certificate === undefined ? undefined : parseCertificate(certificate);
  if (certificate === undefined || !parsed?.ok) throw refused('token.form');
  const token = await tokenOfKey(ctx, sha256(parsed.value.spki));
  const own = token?.certificates.find(({ profile }) => profile === 'phone-signature');
  if (token === undefined || own?.certificate === undefined) throw refused('token.unknown');
  if (!Buffer.from(own.certificate).equals(certificate)) throw refused('token.unknown');
  if (token.certificates.length !== 2 || token.certificates.some(({ revoked }) => revoked))
    throw refused('token.again');
  if (token.certificates.every(({ state }) => state === 'delivered')) return;

  const resident = { id: token.owner, municipality: token.place };
  const now = ctx.clock();
  const ended = await ctx.sql.begin(async (tx) => {
    await lockResident(tx, token.owner);
    for (const one of token.certificates) await deliver(tx, one, now);
    const before = (await livingTokens(ctx, resident)).filter(
      ({ medium, id }) => medium === token.medium && id !== token.id,
    );
    const gone: RecordKey[] = [];
    for (const old of before)
      gone.push(...(await end(ctx, tx, old, { reason: 'superseded', actor: 'holder' })));
    await appendAudit(tx, auditChain, {
      at: now,
      actor: 'holder',
      action: 'token.made',
      subject: token.id,
      detail: { medium: token.medium, replaced: before.length },
    });
    return gone;
  });
  await told(ctx, ended);
}

async function deliver(tx: Tx, one: RecordKey, now: Date): Promise<void> {
  const done = await tx`update ca.certificate c set state = 'delivered', changed_at = ${now}
    where municipality = ${one.municipality} and authority = ${one.authority} and serial = ${one.serial}
      and state = 'issued' and not exists (select 1 from ca.revocation r
        where r.municipality = c.municipality and r.authority = c.authority and r.serial = c.serial)`;
  if (done.count !== 1) throw refused('token.again');
}

/** Revokes what counts of a token, inside a transaction; `told` is to follow. */
export async function end(
  ctx: CaContext,
  tx: Tx,
  token: Token,
  why: { readonly reason: 'superseded' | 'cessationOfOperation'; readonly actor: string },
): Promise<RecordKey[]> {
  const now = ctx.clock();
  const at = new Date(Math.floor(now.getTime() / 1000) * 1000);
  const gone: RecordKey[] = [];
  for (const one of token.certificates.filter((each) => isLiving(each, now))) {
    if (await insertRevocation(ctx, tx, one, { ...why, ground: 'request', at })) gone.push(one);
  }
  return gone;
}

/** After the commit: no kept answer outlives a revocation, and the lists follow. */
export async function told(ctx: CaContext, gone: readonly RecordKey[]): Promise<void> {
  for (const key of gone) await tellRevoked(ctx, key);
  if (gone.length > 0) await publishSoon(ctx);
}
