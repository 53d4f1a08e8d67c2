import { isUuid } from '@madoguchi/store';
import type { CaContext } from '../context.js';
import { CaError } from '../error.js';
import { type CaReason, caReasons, type Ground, reasonByName, reasons } from '../reasons.js';
import { endTwins } from '../tokens/twins.js';
import { recordRevocation } from './ledger.js';
import { publishCrl, publishDue } from './publish.js';
import { shardOf } from './shards.js';

export interface RevokeInput {
  /** Serial number in hexadecimal (any case, leading zeros do not count), or the alias that pages show. */
  readonly certificate: { readonly serial: string } | { readonly alias: string };
  /** A reason's name as RFC 5280 spells it; see `reasons`. */
  readonly reason: string;
  /** When it took effect: not in the future, not before the issue. Default: now. */
  readonly at?: Date;
  readonly ground?: Ground;
  /** Who did it, for the audit chain: a role or an account, never a name. */
  readonly actor?: string;
}

export interface RevokeResult {
  readonly alias: string;
  readonly reason: CaReason;
  readonly revokedAt: Date;
  /** Number of the CRL that already carries it; absent where publishing failed: OCSP answers, and the next run publishes. */
  readonly crlNumber?: bigint;
}

interface Row {
  municipality: string;
  authority: string;
  serial: Uint8Array;
  alias: string;
  state: string;
  profile: string;
  not_before: Date | null;
  not_after: Date | null;
}

/**
 * Revokes a certificate: OCSP says so at once, and the CRL of its place is published again before this returns. A certificate is never
 * revoked twice, and a hold is never released. Throws CaError where the certificate is unknown, expired or revoked already.
 */
export async function revoke(ctx: CaContext, input: RevokeInput): Promise<RevokeResult> {
  const reason = reasonByName(input.reason);
  if (reason === undefined) throw unknownReason(input.reason);
  const row = await find(ctx, input.certificate);
  if (row === undefined || row.state === 'reserved' || row.not_before === null || row.not_after === null) {
    throw unknownCertificate();
  }
  const now = ctx.clock();
  const at = new Date(Math.floor((input.at ?? now).getTime() / 1000) * 1000);
  if (at > now || at < row.not_before) throw wrongTime();
  if (row.not_after < now) throw expired();
  const done = await recordRevocation(ctx, row, {
    reason,
    ground: input.ground ?? reasons[reason].ground,
    at,
    ...(input.actor === undefined ? {} : { actor: input.actor }),
  });
  if (!done) throw already();
  const twins = await endTwins(ctx, row, {
    reason,
    ground: input.ground ?? reasons[reason].ground,
    at,
    ...(input.actor === undefined ? {} : { actor: input.actor }),
  });
  const result = { alias: row.alias, reason, revokedAt: at };
  try {
    const published = await publishCrl(ctx, row.authority, await shardOf(ctx, row));
    if (twins.length > 0) await publishDue(ctx);
    return { ...result, crlNumber: published.number };
  } catch {
    // The ledger holds it: OCSP tells it, and the publisher's next run finds the list behind the ledger.
    return result;
  }
}

async function find(ctx: CaContext, what: RevokeInput['certificate']): Promise<Row | undefined> {
  const columns = ctx.sql`municipality, authority, serial, alias, state, profile, not_before, not_after`;
  if ('alias' in what) {
    if (!isUuid(what.alias)) return undefined;
    const [row] = await ctx.sql<Row[]>`select ${columns} from ca.certificate where alias = ${what.alias}`;
    return row;
  }
  const serial = serialOctets(what.serial);
  if (serial === undefined) return undefined;
  // By authority too, for the index; the number space is one, so there is at most one.
  const [row] = await ctx.sql<Row[]>`
    select ${columns} from ca.certificate
    where authority in (select id from ca.authority) and serial = ${serial}`;
  return row;
}

/** Content octets from what a person typed: `0x`, colons, blanks, any case, leading zeros. */
export function serialOctets(text: string): Uint8Array | undefined {
  const digits = text.replace(/^0x/i, '').replace(/[\s:]/g, '');
  if (!/^[0-9a-fA-F]{1,42}$/.test(digits)) return undefined;
  const value = BigInt(`0x${digits}`);
  let hex = value.toString(16);
  if (hex.length % 2 === 1) hex = `0${hex}`;
  if (Number.parseInt(hex.slice(0, 2), 16) >= 0x80) hex = `00${hex}`;
  return Buffer.from(hex, 'hex');
}

function unknownReason(name: string): CaError {
  const list = caReasons.join(', ');
  return new CaError('revocation.reason', {
    ja: `失効の理由「${name}」はありません。使えるもの: ${list}`,
    jaEasy: `{理由|りゆう}「${name}」は ありません。つかえるもの: ${list}`,
    en: `"${name}" is not a reason. Use one of: ${list}`,
  });
}

function unknownCertificate(): CaError {
  return new CaError(
    'revocation.unknown',
    {
      ja: 'その証明書は、この認証局の発行記録にありません。番号を確かめてください。',
      jaEasy: 'その {証明書|しょうめいしょ}は ありません。{番号|ばんごう}を たしかめて ください。',
      en: 'This authority has not issued that certificate. Check the number.',
    },
    1,
  );
}

function wrongTime(): CaError {
  return new CaError('revocation.time', {
    ja: '失効の日時は、発行から今までの間でなければなりません。',
    jaEasy: '{日|ひ}と {時間|じかん}が ちがいます。',
    en: 'The time of revocation must lie between the issue and now.',
  });
}

function expired(): CaError {
  return new CaError(
    'revocation.expired',
    {
      ja: 'この証明書は有効期間が終わっています。失効の必要はありません。',
      jaEasy: 'この {証明書|しょうめいしょ}は もう つかえません（{期限|きげん}が おわりました）。',
      en: 'This certificate has expired: there is nothing to revoke.',
    },
    1,
  );
}

function already(): CaError {
  return new CaError(
    'revocation.already',
    {
      ja: 'この証明書はすでに失効しています（一時停止を含みます。取り消しや変更はできません）。',
      jaEasy: 'この {証明書|しょうめいしょ}は もう つかえません。もとに もどせません。',
      en: 'This certificate is revoked already (a hold counts too); that is never changed.',
    },
    1,
  );
}
