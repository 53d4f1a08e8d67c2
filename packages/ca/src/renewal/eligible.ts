import { timingSafeEqual } from 'node:crypto';
import { type KeyName, spareProof } from '@madoguchi/card';
import { parseCertificate, readIdentity } from '@madoguchi/pki';
import { cardKeyFor } from '../card-key.js';
import type { CaContext } from '../context.js';
import { incapacityOf } from '../identity/incapacity.js';
import { identityOf, type Resident } from '../identity/resident.js';
import { type CertificateRecord, recordOf, show } from '../queries.js';
import { type CounterResident, residentById } from '../register/find.js';
import { refused, tooEarly } from './refusals.js';
import { renewalOpens } from './window.js';

/** A certificate that a resident's card holds and uses. */
export type Living = CertificateRecord & {
  readonly profile: 'signature' | 'authentication';
  readonly resident: string;
  readonly certificate: Uint8Array;
  readonly notAfter: Date;
};

/** The card of a resident, by the name from which its key is derived. */
export interface KnownCard {
  readonly cardKey: Uint8Array;
  readonly expires: Date | undefined;
}

export const keyNameOf = {
  signature: 'signature',
  authentication: 'authentication',
} as const satisfies Record<Living['profile'], KeyName>;

/** The record of the very certificate that was sent, to the octet, if it may still be used. */
export async function livingRecord(ctx: CaContext, der: Uint8Array): Promise<Living> {
  const record = await recordOf(ctx, der);
  if (record === undefined) throw refused('renewal.unknown');
  return living(record);
}

/** The same by the name that pages use. */
export async function livingByAlias(ctx: CaContext, alias: string): Promise<Living> {
  const record = await show(ctx, { alias });
  if (record === undefined) throw refused('renewal.unknown');
  return living(record);
}

function living(record: CertificateRecord & { certificate?: Uint8Array }): Living {
  const { profile, resident, state, status, certificate, notAfter } = record;
  if (profile !== 'signature' && profile !== 'authentication') throw refused('renewal.unknown');
  if (status === 'revoked') throw refused('renewal.revoked');
  if (status === 'expired') throw refused('renewal.expired');
  if (resident === undefined || state !== 'delivered') throw refused('renewal.unknown');
  if (certificate === undefined || notAfter === undefined) throw refused('renewal.unknown');
  return { ...record, profile, resident, certificate, notAfter };
}

/** The registered resident behind a certificate, present and as the certificate says. */
export async function residentOf(ctx: CaContext, old: Living): Promise<CounterResident> {
  const resident = await residentById(ctx, old.resident, old.municipality);
  if (resident === undefined) throw refused('renewal.unknown');
  if (resident.state !== 'present') throw refused('renewal.gone');
  // Nobody signs alone who had a representative beside them at the counter.
  if (old.profile === 'signature' && incapacityOf(resident, ctx.clock()) !== undefined)
    throw refused('renewal.guardian');
  if (old.profile === 'signature' && !saysTheSame(old.certificate, resident)) {
    throw refused('renewal.changed');
  }
  return resident;
}

/** Not before its time, and not where the card itself ends with the certificate: then a new card is due. */
export function inTime(ctx: CaContext, old: Living, card: KnownCard): void {
  const opens = renewalOpens(ctx, old.notAfter);
  if (ctx.clock() < opens) throw tooEarly(opens);
  if (card.expires !== undefined && card.expires <= old.notAfter) throw refused('renewal.cardEnds');
}

/** The card that the resident was given last: only it is renewed. */
export async function knownCard(
  ctx: CaContext,
  resident: Pick<CounterResident, 'id' | 'municipality'>,
): Promise<KnownCard> {
  const [row] = await ctx.sql<{ name: string; at: Date | null }[]>`
    select name, expires_at as at from ca.counter_card
    where municipality = ${resident.municipality} and resident = ${resident.id} order by made_at desc limit 1`;
  if (row === undefined) throw refused('renewal.card');
  return { cardKey: cardKeyFor(ctx.keystore, row.name), expires: row.at ?? undefined };
}

/** The new key was made in this very card, after this nonce was given out. */
export function madeInCard(
  card: KnownCard,
  profile: Living['profile'],
  said: { readonly nonce: Uint8Array; readonly proof: Uint8Array; readonly publicKey: Uint8Array },
): void {
  const expected = spareProof(card.cardKey, keyNameOf[profile], said.nonce, said.publicKey);
  if (said.proof.length !== expected.length || !timingSafeEqual(said.proof, expected)) {
    throw refused('renewal.card');
  }
}

/** Whether the register says today what stands in the certificate; a certificate has one value for 'other' and 'unknown'. */
function saysTheSame(certificate: Uint8Array, resident: Resident): boolean {
  const parsed = parseCertificate(certificate);
  const read = parsed.ok ? readIdentity(parsed.value) : undefined;
  if (!read?.ok) return false;
  const now = identityOf(resident);
  const sex = (one: Resident['sex']) => (one === 'other' ? 'unknown' : one);
  return (
    read.value.name === now.name &&
    read.value.nameSubstitution === now.nameSubstitution &&
    read.value.address === now.address &&
    read.value.addressSubstitution === now.addressSubstitution &&
    read.value.birthDate === now.birthDate &&
    sex(read.value.sex) === sex(now.sex)
  );
}
