import { parseCertificate } from '@madoguchi/pki';
import { type LoginTokenRule, verifyLoginToken } from '@madoguchi/procedure';
import type { LoggedIn, LoginOptions } from './options.js';

export type Judged = { ok: true; who: LoggedIn } | { ok: false; rule: LoginTokenRule };

/**
 * Judges a token against the nonce that was taken out of this browser's session. Authorities are asked about revocation only when
 * everything else is good, so that nobody without a card makes us ask.
 */
export async function judgeToken(options: LoginOptions, token: string, nonce: string): Promise<Judged> {
  const { site, agency } = options;
  const now = options.clock();
  const expected = { ...site, origin: agency.origin, nonce, now };
  const first = verifyLoginToken(token, expected);
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
  return outcome(verifyLoginToken(token, { ...expected, crls, ocspResponses }));
}

function outcome(verified: ReturnType<typeof verifyLoginToken>): Judged {
  if (!verified.ok) return { ok: false, rule: verified.rule };
  const { authenticationKey, certificate } = verified;
  return { ok: true, who: { authenticationKey, certificate } };
}
