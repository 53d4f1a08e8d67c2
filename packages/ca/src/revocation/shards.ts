import { crlDistributionPointName } from '@madoguchi/pki/certificates';
import { type Authority, authorityById, type CaContext, citizenKinds } from '../context.js';
import { defect } from '../error.js';
import { demoMunicipalities, findMunicipality } from '../places.js';
import { findPrefecture } from '../prefectures.js';

/**
 * A place that has a list of its own: a municipality (five digits), a prefecture (two, scheme of 2008), `arl` for the authorities' list,
 * or `all` where lists are not partitioned.
 */
export type ShardCode = string;
export const arlCode = 'arl';
const allCode = 'all';

/** Every list an authority publishes. */
export function shardsOf(authority: Authority): ShardCode[] {
  switch (authority.kind) {
    case 'sign':
    case 'auth':
    case 'phone-sign':
    case 'phone-auth':
      return authority.prefecture === ''
        ? [...demoMunicipalities.map((place) => place.code), arlCode]
        : [authority.prefecture, arlCode];
    case 'bridge':
    case 'gpki':
      return [arlCode];
    case 'ministry':
      return [allCode, arlCode];
    case 'agency':
    case 'tsa':
      return [allCode];
  }
}

/** The list in which a certificate's revocation stands. */
export async function shardOf(
  ctx: CaContext,
  row: { authority: string; municipality: string; profile: string },
): Promise<ShardCode> {
  const authority = await authorityById(ctx.sql, row.authority);
  const shards = shardsOf(authority);
  if (row.profile === 'link' || row.profile === 'cross') return shards.includes(arlCode) ? arlCode : allCode;
  if (!citizenKinds.includes(authority.kind)) return shards[0] ?? allCode;
  // The responder's certificate belongs to no municipality; it has nocheck, and no list speaks for it.
  if (row.municipality === '') return arlCode;
  return authority.prefecture === '' ? row.municipality : authority.prefecture;
}

/** The directory name of a list's place (Name DER), as the certificates name it; undefined where the list is not partitioned. */
export function distributionPointName(authority: Authority, code: ShardCode): Uint8Array | undefined {
  if (code === allCode) return undefined;
  if (code === arlCode) return authority.certificate.subject.der;
  const prefecture = findPrefecture(code);
  if (prefecture !== undefined) return crlDistributionPointName(authority.certificate, prefecture.romaji);
  const place = findMunicipality(code);
  if (place === undefined) throw defect('crl.place', `no municipality ${code}`);
  return crlDistributionPointName(authority.certificate, place.prefectureRomaji, place.romaji);
}
