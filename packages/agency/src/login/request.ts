import { createLoginRequest, loginLifetime } from '@madoguchi/procedure';
import { NoStapleError } from '../requests/issue.js';
import type { LoginOptions } from './options.js';

/** Signs the login request for a nonce that a browser of ours holds. Throws {@link NoStapleError}. */
export async function loginRequest(
  options: LoginOptions,
  login: { nonce: string; until: Date; window: boolean },
): Promise<string> {
  const { agency, keys, staple, home, purpose } = options;
  const [leaf] = keys.signerChain;
  if (leaf === undefined) throw new TypeError('the agency has no signing certificate');
  const ocsp = await staple(leaf);
  if (ocsp === undefined) throw new NoStapleError();
  const exp = Math.floor(login.until.getTime() / 1000);
  return createLoginRequest(
    {
      iss: agency.code,
      origin: agency.origin,
      nonce: login.nonce,
      iat: exp - loginLifetime,
      exp,
      return: `${agency.origin}${home}/login/token${login.window ? '?window=1' : ''}`,
      purpose,
    },
    { signer: keys.signer, chain: keys.signerChain, ocsp },
  );
}
