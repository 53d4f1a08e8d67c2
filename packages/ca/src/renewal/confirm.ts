import { activationMac } from '@madoguchi/card';
import { parseCertificate } from '@madoguchi/pki';
import { appendAudit } from '@madoguchi/store';
import { authorityById, type CaContext } from '../context.js';
import { CaError } from '../error.js';
import { auditChain } from '../issuance/record.js';
import { lockResident } from '../issuance/second-issue.js';
import { show } from '../queries.js';
import { insertRevocation, tellRevoked } from '../revocation/ledger.js';
import { publishDue } from '../revocation/publish.js';
import { serialOctets } from '../revocation/revoke.js';
import { type Begun, begunBy, giveUp, type Pending, pendingOf, sha256 } from './begun.js';
import { keyNameOf, knownCard, type Living, livingByAlias, residentOf } from './eligible.js';
import { refused } from './refusals.js';
import { readConfirmation } from './request.js';

/**
 * The second step: the new certificate was read back from the card, says its own key. In one commit the old certificate is superseded and
 * the new one handed over: there is never a moment with both in use or with none. The answer is 32 octets by which this one card, and no
 * other, puts exactly this key and certificate into use. Sent again (the answer was lost), it gives them again. Refused (CaError, 77)
 * `renewal.again` where what was made is gone, and for everything that became of certificate or resident in the meantime.
 */
export async function confirmRenewal(ctx: CaContext, cms: Uint8Array): Promise<Uint8Array> {
  const said = readConfirmation(cms);
  const parsed = said === undefined ? undefined : parseCertificate(said.certificate);
  if (said === undefined || !parsed?.ok) throw refused('renewal.form');
  const begun = await begunBy(ctx, { key: sha256(parsed.value.spki) });
  const pending = begun === undefined ? undefined : await pendingOf(ctx, begun.key);
  const isOurs =
    pending?.certificate !== undefined && Buffer.from(pending.certificate).equals(said.certificate);
  if (begun === undefined || pending === undefined || !isOurs) throw refused('renewal.unknown');

  if (pending.state === 'delivered') {
    if (pending.revoked) throw refused('renewal.revoked');
  } else {
    if (pending.revoked) throw refused('renewal.again');
    await finish(ctx, begun, pending);
  }
  const owner = await show(ctx, { alias: pending.alias });
  if (owner?.resident === undefined) throw refused('renewal.unknown');
  const isSignature = owner.profile === 'signature';
  const { cardKey } = await knownCard(ctx, { id: owner.resident, municipality: owner.municipality });
  const issuer = said.withIssuer
    ? (await authorityById(ctx.sql, pending.authority)).certificate.der
    : undefined;
  return activationMac(cardKey, keyNameOf[isSignature ? 'signature' : 'authentication'], {
    spki: parsed.value.spki,
    certificate: said.certificate,
    ...(issuer === undefined ? {} : { issuer }),
  });
}

/** Judges once more, exchanges; what cannot be handed over any more is revoked. */
async function finish(ctx: CaContext, begun: Begun, pending: Pending): Promise<void> {
  try {
    const old = await livingByAlias(ctx, begun.oldAlias);
    await residentOf(ctx, old);
    await exchange(ctx, old, begun, pending);
  } catch (error) {
    // A second program may have been faster with the very same confirmation.
    const now = await pendingOf(ctx, begun.key);
    if (now?.state === 'delivered' && !now.revoked) return;
    if (error instanceof CaError && error.exitCode === 77) await giveUp(ctx, pending);
    throw error;
  }
}

/** The old one is superseded, the new one handed over: all or nothing. */
async function exchange(ctx: CaContext, old: Living, begun: Begun, fresh: Pending): Promise<void> {
  const now = ctx.clock();
  const key = { ...old, serial: serialOctets(old.serial) ?? new Uint8Array(0) };
  await ctx.sql.begin(async (tx) => {
    await lockResident(tx, old.resident);
    const what = {
      reason: 'superseded',
      ground: 'request',
      at: new Date(Math.floor(now.getTime() / 1000) * 1000),
      actor: 'holder',
    } as const;
    if (!(await insertRevocation(ctx, tx, key, what))) throw refused('renewal.revoked');
    const delivered = await tx`update ca.certificate c set state = 'delivered', changed_at = ${now}
      where municipality = ${fresh.municipality} and authority = ${fresh.authority} and serial = ${fresh.serial}
        and state = 'issued' and not exists (select 1 from ca.revocation r
          where r.municipality = c.municipality and r.authority = c.authority and r.serial = c.serial)`;
    if (delivered.count !== 1) throw refused('renewal.changed');
    await tx`insert into ca.renewal ${tx({
      nonce_sha256: begun.nonce,
      request_sha256: begun.request,
      old_alias: old.alias,
      new_alias: fresh.alias,
      renewed_at: now,
    })}`;
    await appendAudit(tx, auditChain, {
      at: now,
      actor: 'holder',
      action: 'certificate.renewed',
      subject: fresh.alias,
      detail: { old: old.alias, profile: old.profile },
    });
  });
  await tellRevoked(ctx, key);
  // OCSP tells it already; a list that cannot be published now is behind the ledger, and the next run makes it.
  await publishDue(ctx).catch(() => []);
}
