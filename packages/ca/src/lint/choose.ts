import type { Authority, AuthorityKind } from '../context.js';
import type { IssuedProfile } from '../issuance/record.js';
import type { ProfileName } from './profiles.js';

/** The profile by whose rules a certificate of this authority is judged: governors' and the government's have rules of their own. */
export function lintProfileOf(
  profile: IssuedProfile,
  authority: Pick<Authority, 'kind' | 'prefecture'>,
): ProfileName {
  if (profile === 'signature' && authority.prefecture !== '') return 'signature-2008';
  if (profile === 'agency' && authority.kind === 'ministry') return 'official';
  return profile;
}

/** The profile of an authority's self-signed certificate. */
export function lintProfileOfAuthority(authority: Pick<Authority, 'kind' | 'prefecture'>): ProfileName {
  const byKind: Record<AuthorityKind, ProfileName> = {
    sign: authority.prefecture === '' ? 'citizen-ca' : 'governor-ca',
    auth: 'citizen-ca',
    'phone-sign': 'citizen-ca',
    'phone-auth': 'citizen-ca',
    bridge: 'governor-ca',
    agency: 'root',
    tsa: 'root',
    gpki: 'root',
    ministry: 'root',
  };
  return byKind[authority.kind];
}
