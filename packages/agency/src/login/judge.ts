import { parseCertificate } from '@madoguchi/pki';
import {
  type LoginRevocation,
  type LoginTokenRule,
  verifyLoginCertificate,
  verifyLoginToken,
} from '@madoguchi/procedure';
import type { LoggedIn, LoginOptions } from './options.js';

export type Judged = { ok: true; who: LoggedIn } | { ok: false; rule: LoginTokenRule };

type Place = Pick<LoginOptions, 'site' | 'agency' | 'clock'>;

/** Judges a token against the nonce that was taken out of this browser's session. */
export function judgeToken({ site, agency, clock }: Place, token: string, nonce: string): Promise<Judged> {
  const now = clock();
  const expected = { ...site, origin: agency.origin, nonce, now };
  return judge(site, now, (revocation) => verifyLoginToken(token, { ...expected, ...revocation }));
}

/** Judges the certificate of a TLS connection, whose key the handshake has proven. */
export function judgeCertificate({ site, clock }: Omit<Place, 'agency'>, der: Uint8Array): Promise<Judged> {
  const now = clock();
  return judge(site, now, (revocation) => verifyLoginCertificate(der, { ...site, now, ...revocation }));
}

/** Authorities are asked about revocation only when everything else is good, so that nobody without a card makes us ask. */
async function judge(
  site: Place['site'],
  now: Date,
  verify: (revocation: LoginRevocation) => ReturnType<typeof verifyLoginToken>,
): Promise<Judged> {
  const first = verify({});
  if (first.ok || first.rule !== 'token.revocationUnknown') return outcome(first);
  const crls = [];
  const ocspResponses = [];
  const path = first.path.flatMap((der) => {
    const parsed = parseCertificate(der);
    return parsed.ok ? [parsed.value] : [];
  });
  for (const [index, certificate] of path.slice(0, -1).entries()) {
    const issuer = path[index + 1];
    if (issuer === undefined) continue;
    const { sources } = await site.revocation.find({ certificate, issuer, now });
    for (const source of sources) {
      if (source.kind === 'crl') crls.push(source.crl);
      else ocspResponses.push(source.response);
    }
  }
  return outcome(verify({ crls, ocspResponses }));
}

function outcome(verified: ReturnType<typeof verifyLoginToken>): Judged {
  if (!verified.ok) return { ok: false, rule: verified.rule };
  const { authenticationKey, certificate } = verified;
  return { ok: true, who: { authenticationKey, certificate } };
}
