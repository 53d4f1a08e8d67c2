/** The holder's own certificate at its authority's responder: which one is asked is found as for `verify --ocsp`. */
import { type OwnValidity, ownValidity } from '@madoguchi/client/card';
import { parseCertificate } from '@madoguchi/pki/certificates';
import { optional, type Values } from '../cli/command.js';
import { ocspOf } from './ocsp-http.js';

/** Asks unless `--ocsp off`; undefined where nobody is known to ask. */
export function validityAsker(
  values: Values,
  now: Date,
): (certificate: Uint8Array, issuer: Uint8Array) => Promise<OwnValidity | undefined> {
  const responders = ocspOf({ ...values, ocsp: optional(values, 'ocsp') ?? 'on' });
  return async (certificate, issuer) => {
    const own = parseCertificate(certificate);
    const authority = parseCertificate(issuer);
    if (responders === undefined || !own.ok || !authority.ok) return undefined;
    const url = responders.addressOf(own.value, authority.value);
    return url === undefined ? undefined : ownValidity({ certificate, issuer, url, now });
  };
}
