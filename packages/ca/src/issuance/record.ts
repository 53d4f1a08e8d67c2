import { createHash, randomUUID } from 'node:crypto';
import { parseCertificate } from '@madoguchi/pki';
import { appendAudit } from '@madoguchi/store';
import type { CaContext } from '../context.js';
import { defect } from '../error.js';
import type { ProfileName } from '../lint/profiles.js';
import type { Linted } from './linted.js';
import { lockResident, refuseSecondIssue } from './second-issue.js';

/** Profiles that have a row in the issue record (the authorities' own certificates have one in `ca.authority`). */
export type IssuedProfile = Exclude<ProfileName, 'citizen-ca' | 'root'>;

/** A place in the issue record (発行記録) that a certificate is being made for. */
export interface Reservation {
  readonly municipality: string;
  readonly authority: string;
  /** Content octets of the INTEGER. Never in a log, a page or an address: there `alias` stands for it. */
  readonly serial: Uint8Array;
  readonly alias: string;
  readonly profile: IssuedProfile;
  readonly issue: string;
  readonly resident: string | undefined;
}

/** Name of the audit chain of the authority. */
export const auditChain = 'ca';

/** Takes the next serial number and commits that it is taken, before anything is done with it. */
export async function reserve(
  ctx: CaContext,
  what: {
    municipality: string;
    authority: string;
    profile: IssuedProfile;
    resident?: string | undefined;
    issue: string;
  },
): Promise<Reservation> {
  const [row] = await ctx.sql<{ number: string }[]>`select nextval('ca.serial')::text as number`;
  if (row === undefined) throw defect('serial', 'the database gave no serial number');
  const serial = Buffer.from(BigInt(row.number).toString(16).padStart(8, '0'), 'hex');
  const alias = randomUUID();
  const now = ctx.clock();
  await ctx.sql`
    insert into ca.certificate ${ctx.sql({
      municipality: what.municipality,
      authority: what.authority,
      serial,
      alias,
      profile: what.profile,
      state: 'reserved',
      resident: what.resident ?? null,
      issue: what.issue,
      reserved_at: now,
      changed_at: now,
    })}`;
  await ctx.onStep('reserved');
  const { municipality, authority, profile, issue, resident } = what;
  return { municipality, authority, serial, alias, profile, issue, resident };
}

/** Stores the bytes about to be signed: from here on the certificate can be revoked, whether or not the signature was made. */
export async function markIntended(
  ctx: CaContext,
  at: Reservation,
  linted: Linted,
  what: { notBefore: Date; notAfter: Date; publicKey: Uint8Array },
): Promise<void> {
  const now = ctx.clock();
  await ctx.sql.begin(async (tx) => {
    if (at.resident !== undefined) {
      await lockResident(tx, at.resident);
      const { municipality, resident, issue } = at;
      await refuseSecondIssue(tx, { municipality, resident, issue, now });
    }
    await tx`
      update ca.certificate set ${tx({
        state: 'intended',
        intended_tbs: linted.tbs,
        spki_sha256: createHash('sha256').update(what.publicKey).digest(),
        not_before: what.notBefore,
        not_after: what.notAfter,
        changed_at: now,
      })}
      where municipality = ${at.municipality} and authority = ${at.authority} and serial = ${at.serial}`;
    await appendAudit(tx, auditChain, {
      at: now,
      actor: 'ca',
      action: 'certificate.signing',
      subject: at.alias,
      detail: { profile: at.profile, authority: at.authority },
    });
  });
  await ctx.onStep('intended');
}

/** Stores the signed certificate. */
export async function markIssued(ctx: CaContext, at: Reservation, certificate: Uint8Array): Promise<void> {
  const parsed = parseCertificate(certificate);
  if (!parsed.ok) throw defect('issue.unreadable', parsed.rule);
  const { tbs } = parsed.value;
  const now = ctx.clock();
  await ctx.sql.begin(async (tx) => {
    const changed = await tx`
      update ca.certificate set state = 'issued', certificate = ${certificate}, changed_at = ${now}
      where municipality = ${at.municipality} and authority = ${at.authority} and serial = ${at.serial}
        and state = 'intended' and intended_tbs = ${tbs}`;
    if (changed.count !== 1)
      throw defect('issue.changed', 'the certificate is not the one that was intended');
    await appendAudit(tx, auditChain, {
      at: now,
      actor: 'ca',
      action: 'certificate.signed',
      subject: at.alias,
      detail: { profile: at.profile, authority: at.authority },
    });
  });
  await ctx.onStep('issued');
}

/** It was read back from the card, or handed over to its requester. */
export async function markDelivered(ctx: CaContext, places: readonly Reservation[]): Promise<void> {
  const now = ctx.clock();
  await ctx.sql.begin(async (tx) => {
    for (const at of places) {
      await tx`
        update ca.certificate set state = 'delivered', changed_at = ${now}
        where municipality = ${at.municipality} and authority = ${at.authority} and serial = ${at.serial}
          and state = 'issued'`;
      await appendAudit(tx, auditChain, {
        at: now,
        actor: 'ca',
        action: 'certificate.delivered',
        subject: at.alias,
        detail: { profile: at.profile },
      });
    }
  });
  await ctx.onStep('delivered');
}
