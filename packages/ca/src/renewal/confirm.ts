import { activationMac } from '@madoguchi/card';
import { parseCertificate } from '@madoguchi/pki';
import { appendAudit } from '@madoguchi/store';
import { authorityById, type CaContext } from '../context.js';
import { CaError } from '../error.js';
import { auditChain } from '../issuance/record.js';
import { lockResident } from '../issuance/second-issue.js';
import { show } from '../queries.js';
import { type Begun, begunBy, giveUp, type Pending, pendingOf, sha256 } from './begun.js';
import { keyNameOf, knownCard, type Living, livingByAlias, residentOf } from './eligible.js';
import { beginOverlap, endOverlap } from './overlap.js';
import { refused } from './refusals.js';
import { readChangedOver, readConfirmation } from './request.js';

/**
 * The second step: the new certificate was read back from the card, says its own key. It is handed over, and the answer is 32 octets by which
 * this one card, and no other, puts exactly this key and certificate into use; in the same write the old key is gone. The old certificate stays
 * good until the card has spoken (`changedOver`), or to the end of the overlap: whichever of the two the card holds, counts. Sent again (the answer
 * was lost), it gives them again. Refused (CaError, 77) `renewal.again` where what was made is gone, and for everything that became of
 * certificate or resident in the meantime.
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

/** Judges once more, hands over; what cannot be handed over any more is revoked. */
async function finish(ctx: CaContext, begun: Begun, pending: Pending): Promise<void> {
  try {
    const old = await livingByAlias(ctx, begun.oldAlias);
    await residentOf(ctx, old);
    await handOver(ctx, old, begun, pending);
  } catch (error) {
    // A second program may have been faster with the very same confirmation.
    const now = await pendingOf(ctx, begun.key);
    if (now?.state === 'delivered' && !now.revoked) return;
    if (error instanceof CaError && error.exitCode === 77) await giveUp(ctx, pending);
    throw error;
  }
}

/** The new one is handed over, and the overlap begins: all or nothing. */
async function handOver(ctx: CaContext, old: Living, begun: Begun, fresh: Pending): Promise<void> {
  const now = ctx.clock();
  await ctx.sql.begin(async (tx) => {
    await lockResident(tx, old.resident);
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
    await beginOverlap(ctx, tx, { old: old.alias, fresh: fresh.alias });
    await appendAudit(tx, auditChain, {
      at: now,
      actor: 'holder',
      action: 'certificate.renewed',
      subject: fresh.alias,
      detail: { old: old.alias, profile: old.profile },
    });
  });
}

/**
 * The third step: the card has changed over, says the new key, which is the one in use now. The old certificate is superseded at this instant. Sent
 * again, nothing more happens.
 */
export async function changedOver(ctx: CaContext, cms: Uint8Array): Promise<void> {
  const certificate = readChangedOver(cms);
  const parsed = certificate === undefined ? undefined : parseCertificate(certificate);
  if (certificate === undefined || !parsed?.ok) throw refused('renewal.form');
  const pending = await pendingOf(ctx, sha256(parsed.value.spki));
  if (pending?.certificate === undefined || !Buffer.from(pending.certificate).equals(certificate))
    throw refused('renewal.unknown');
  if (pending.state === 'delivered') await endOverlap(ctx, pending.alias);
}
