import { randomUUID, timingSafeEqual } from 'node:crypto';
import { activationMac, type KeyName, type OwnerPin, spareProof, wordForPin } from '@madoguchi/card';
import { parseCertificate } from '@madoguchi/pki';
import { appendAudit } from '@madoguchi/store';
import type { Ca } from '../../ca.js';
import { cardKeyFor } from '../../card-key.js';
import { authorityById, type CaContext, issuingAuthority } from '../../context.js';
import { incapacityOf } from '../../identity/incapacity.js';
import { templateFor } from '../../issuance/issue.js';
import { makeCertificate } from '../../issuance/make.js';
import { auditChain } from '../../issuance/record.js';
import { abandon } from '../../issuance/recover.js';
import { lockResident } from '../../issuance/second-issue.js';
import { supersede } from '../../issuance/supersede.js';
import { publicKeyOfRequest } from '../../keys/certification-request.js';
import { type Pending, pendingOf, sha256 } from '../../renewal/begun.js';
import { beginOverlap, endOverlap } from '../../renewal/overlap.js';
import { readChangedOver, readConfirmation } from '../../renewal/request.js';
import { endAct } from '../acts.js';
import { cardNames, expiryOf } from '../cards.js';
import { type DeskJob, jobAtWork } from './job.js';
import { jobRefused } from './refusals.js';

const profileOf = { signature: 'signature', authentication: 'authentication' } as const;

/** Which keys are made anew in this act; none where only passwords are set. */
function keysOf({ act, resident }: DeskJob, now: Date): readonly KeyName[] {
  if (act.kind === 'pin') return [];
  const canSign = incapacityOf(resident, now) === undefined;
  return act.pins.filter((pin) => pin === 'authentication' || canSign);
}

/**
 * The authority's word that lets one password of one of the applicant's cards be set, once, to whatever the applicant types on the agent's page:
 * neither the password nor the card's key crosses the network. `candidate` counts through the cards made for the applicant, the newest first.
 */
export async function wordOf(
  ctx: CaContext,
  run: string,
  said: { readonly pin: OwnerPin; readonly challenge: Uint8Array; readonly candidate: number },
): Promise<Uint8Array> {
  const { act, resident } = await jobAtWork(ctx, run);
  const wanted = said.pin === 'text' ? 'authentication' : said.pin;
  if (!act.pins.includes(wanted) || said.challenge.length !== 16) throw jobRefused('job.form');
  const name = (await cardNames(ctx, resident))[said.candidate];
  if (name === undefined) throw jobRefused('job.card');
  return wordForPin(cardKeyFor(ctx.keystore, name), said.pin, said.challenge);
}

/** A certificate for a key that the applicant's card made itself, says the card's proof over the job's nonce. Asked again, the same. */
export async function certificateFor(
  ctx: CaContext,
  run: string,
  said: { readonly key: KeyName; readonly request: Uint8Array; readonly proof: Uint8Array },
): Promise<{ certificate: Uint8Array; issuer: Uint8Array }> {
  const job = await jobAtWork(ctx, run);
  const publicKey = publicKeyOfRequest(said.request);
  if (!publicKey.ok || !keysOf(job, ctx.clock()).includes(said.key)) throw jobRefused('job.form');
  const card = await provenCard(ctx, job, said, publicKey.value);
  const issue = await keepIssue(ctx, job, card);
  const same = await pendingOf(ctx, sha256(publicKey.value));
  if (same !== undefined) return given(ctx, same);
  return make(ctx, job, { key: said.key, publicKey: publicKey.value, card, issue });
}

/** The card whose proof this is; one card for the whole act. */
async function provenCard(
  ctx: CaContext,
  job: DeskJob,
  { key, proof }: { readonly key: KeyName; readonly proof: Uint8Array },
  publicKey: Uint8Array,
): Promise<string> {
  const names = job.card === undefined ? await cardNames(ctx, job.resident) : [job.card];
  const found = names.find((name) => {
    const expected = spareProof(cardKeyFor(ctx.keystore, name), key, job.nonce, publicKey);
    return expected.length === proof.length && timingSafeEqual(expected, proof);
  });
  if (found === undefined) throw jobRefused('job.key');
  return found;
}

/** A renewal goes on in the issue of what it renews, so that it is no second one; everything else is an issue of its own. */
async function keepIssue(ctx: CaContext, { act, run, issue }: DeskJob, card: string): Promise<string> {
  if (issue !== undefined) return issue;
  const [living] =
    act.kind === 'renew'
      ? await ctx.sql<{ issue: string }[]>`
          select issue from ca.certificate c
          where municipality = ${act.municipality} and resident = ${act.resident} and state <> 'reserved'
            and profile in ('signature', 'authentication') and not_after > ${ctx.clock()}
            and not exists (select 1 from ca.revocation r
              where r.municipality = c.municipality and r.authority = c.authority and r.serial = c.serial)
          order by reserved_at desc limit 1`
      : [];
  const chosen = living?.issue ?? randomUUID();
  const [kept] = await ctx.sql<{ issue: string }[]>`
    update ca.counter_job set card = ${card}, issue = coalesce(issue, ${chosen}) where run_sha256 = ${run} returning issue`;
  return kept?.issue ?? chosen;
}

async function make(
  ctx: CaContext,
  { resident }: DeskJob,
  what: { key: KeyName; publicKey: Uint8Array; card: string; issue: string },
): Promise<{ certificate: Uint8Array; issuer: Uint8Array }> {
  const { key, publicKey, card, issue } = what;
  const { municipality, id } = resident;
  const kind = key === 'signature' ? 'sign' : 'auth';
  const authority = await issuingAuthority(ctx, kind, municipality);
  const notBefore = new Date(Math.floor(ctx.clock().getTime() / 1000) * 1000);
  const ends = [await expiryOf(ctx, resident, card), await partnersEnd(ctx, issue, key)].filter(
    (end) => end !== undefined,
  );
  const notAfter =
    ends.length === 0 ? {} : { notAfter: new Date(Math.min(...ends.map((end) => end.getTime()))) };
  const template = templateFor(
    ctx,
    { profile: profileOf[key], publicKey, resident, ...notAfter },
    { authority, publicKey, notBefore },
  );
  const made = await makeCertificate(ctx, {
    ...{ authority, profile: profileOf[key], municipality, issue, resident: id, publicKey, template },
  });
  return { certificate: made.certificate, issuer: authority.certificate.der };
}

/** No signature certificate outlives the authentication certificate beside it. */
async function partnersEnd(ctx: CaContext, issue: string, key: KeyName): Promise<Date | undefined> {
  if (key !== 'signature') return undefined;
  const [row] = await ctx.sql<{ end: Date }[]>`
    select not_after as end from ca.certificate c
    where issue = ${issue} and profile = 'authentication' and state = 'delivered'
      and not exists (select 1 from ca.revocation r
        where r.municipality = c.municipality and r.authority = c.authority and r.serial = c.serial)
    order by reserved_at desc limit 1`;
  return row?.end;
}

async function given(ctx: CaContext, { certificate, revoked, authority }: Pending) {
  if (certificate === undefined || revoked) throw jobRefused('job.again');
  return { certificate, issuer: (await authorityById(ctx.sql, authority)).certificate.der };
}

/**
 * The certificate was read back from the card, says its new key: it is handed over, and the answer puts exactly it into use. What it follows stays
 * good until the card has spoken, as in a renewal at home (decision 37).
 */
export async function confirmedFor(ctx: CaContext, run: string, cms: Uint8Array): Promise<Uint8Array> {
  const job = await jobAtWork(ctx, run);
  const said = readConfirmation(cms);
  const { pending, key, publicKey } = await madeInJob(ctx, job, said?.certificate);
  if (said === undefined || pending.revoked) throw jobRefused('job.again');
  if (pending.state !== 'delivered') await handOver(ctx, job, pending, profileOf[key]);
  const issuer = said.withIssuer
    ? (await authorityById(ctx.sql, pending.authority)).certificate.der
    : undefined;
  return activationMac(cardKeyFor(ctx.keystore, job.card ?? ''), key, {
    spki: publicKey,
    certificate: said.certificate,
    ...(issuer === undefined ? {} : { issuer }),
  });
}

/** The card has changed over, says the key that is in use now: what it follows is superseded at this instant. */
export async function changedFor(ctx: CaContext, run: string, cms: Uint8Array): Promise<void> {
  const job = await jobAtWork(ctx, run);
  const { pending } = await madeInJob(ctx, job, readChangedOver(cms));
  if (pending.state !== 'delivered') throw jobRefused('job.incomplete');
  await endOverlap(ctx, pending.alias);
}

/** A certificate of this very job, to the octet. */
async function madeInJob(ctx: CaContext, job: DeskJob, certificate: Uint8Array | undefined) {
  const parsed = certificate === undefined ? undefined : parseCertificate(certificate);
  if (certificate === undefined || !parsed?.ok || job.card === undefined) throw jobRefused('job.form');
  const publicKey = parsed.value.spki;
  const pending = await pendingOf(ctx, sha256(publicKey));
  const isOurs =
    pending?.certificate !== undefined &&
    pending.issue === job.issue &&
    Buffer.from(pending.certificate).equals(certificate);
  const key = keysOf(job, ctx.clock()).find((one) => profileOf[one] === pending?.profile);
  if (pending === undefined || !isOurs || key === undefined) throw jobRefused('job.form');
  return { pending, key, publicKey };
}

async function handOver(ctx: CaContext, { act }: DeskJob, fresh: Pending, profile: string): Promise<void> {
  const now = ctx.clock();
  await ctx.sql.begin(async (tx) => {
    await lockResident(tx, act.resident);
    const delivered = await tx`update ca.certificate c set state = 'delivered', changed_at = ${now}
      where alias = ${fresh.alias} and state = 'issued' and not exists (select 1 from ca.revocation r
        where r.municipality = c.municipality and r.authority = c.authority and r.serial = c.serial)`;
    if (delivered.count !== 1) throw jobRefused('job.again');
    const [old] = await tx<{ alias: string }[]>`
      select alias from ca.certificate c where municipality = ${act.municipality} and resident = ${act.resident}
        and profile = ${profile} and alias <> ${fresh.alias} and state = 'delivered' and not_after > ${now}
        and not exists (select 1 from ca.revocation r
          where r.municipality = c.municipality and r.authority = c.authority and r.serial = c.serial)
      order by reserved_at desc limit 1`;
    if (old !== undefined) await beginOverlap(ctx, tx, { old: old.alias, fresh: fresh.alias });
    await appendAudit(tx, auditChain, {
      at: now,
      actor: act.clerk,
      action: 'certificate.delivered',
      subject: fresh.alias,
      detail: { profile, act: act.id },
    });
  });
}

/**
 * The end of the job, as the agent tells it. Good only where everything of the act is in the card; then what else the person has is superseded (a
 * renewal). What a failure left unhanded is revoked.
 */
export async function endJob(
  ca: Ca,
  run: string,
  said: { ok: true } | { ok: false; rule: string },
): Promise<void> {
  const ctx = ca.context;
  const job = await jobAtWork(ctx, run);
  const { act, issue } = job;
  const failed = async (rule: string) => {
    if (issue !== undefined) await abandon(ctx, issue);
    await endAct(ctx, act, { state: 'failed', rule });
  };
  if (!said.ok) return failed(/^[A-Za-z.-]{1,60}$/.test(said.rule) ? said.rule : 'job.stopped');
  const fresh = await freshOf(ctx, job);
  if (fresh.length < keysOf(job, ctx.clock()).length) {
    await failed('job.incomplete');
    throw jobRefused('job.incomplete');
  }
  if (act.kind === 'renew') await supersede(ctx, act.municipality, act.resident, fresh);
  await endAct(ctx, act, { state: 'done', ...(issue === undefined ? {} : { issue }) });
}

/** What this act made, handed over and good: aliases. */
async function freshOf(ctx: CaContext, { act, issue }: DeskJob): Promise<string[]> {
  if (issue === undefined) return [];
  const rows = await ctx.sql<{ alias: string }[]>`
    select alias from ca.certificate c where issue = ${issue} and state = 'delivered' and reserved_at >= ${act.createdAt}
      and profile in ('signature', 'authentication') and not exists (select 1 from ca.revocation r
        where r.municipality = c.municipality and r.authority = c.authority and r.serial = c.serial)`;
  return rows.map(({ alias }) => alias);
}
