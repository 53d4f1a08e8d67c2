/** The holder's own certificate at its authority's responder: which one is asked is found as for `verify --ocsp`. */
import {
  type CardSession,
  cardAlgorithm,
  type HolderKey,
  type OwnValidity,
  ownValidity,
  type PinSource,
} from '@madoguchi/client/card';
import { parseCertificate } from '@madoguchi/pki/certificates';
import { optional, type Values } from '../cli/command.js';
import { withPin } from '../cli/with-pin.js';
import { ocspOf } from './ocsp-http.js';

/** Asks unless `--ocsp off`; undefined where nobody is known to ask. */
export function validityAsker(
  values: Values,
  now: Date,
): (certificate: Uint8Array, issuer: Uint8Array, holder?: HolderKey) => Promise<OwnValidity | undefined> {
  const responders = ocspOf({ ...values, ocsp: optional(values, 'ocsp') ?? 'on' });
  return async (certificate, issuer, holder) => {
    const own = parseCertificate(certificate);
    const authority = parseCertificate(issuer);
    if (responders === undefined || !own.ok || !authority.ok) return undefined;
    const url = responders.addressOf(own.value, authority.value);
    return url === undefined ? undefined : ownValidity({ certificate, issuer, url, now, holder });
  };
}

/** A signature certificate that was opened with its password, and its key, should its responder answer to nobody else. */
export interface OpenedCertificate {
  readonly certificate: Uint8Array;
  readonly holder: HolderKey;
}

/** Reads the signature certificate. Its key signs with the same password, by the same card alone; on a reader's own keys it is typed again. */
export function openCertificate(
  session: CardSession,
  values: Values,
  given: string | undefined,
): Promise<OpenedCertificate> {
  return withPin({ session, kind: 'sign', values, given }, async (pin: PinSource, options) => {
    const certificate = await session.readCertificate('sign', pin, options);
    const mark = await session.mark();
    const algorithm = cardAlgorithm(certificate);
    const again = {
      session,
      kind: 'sign',
      values,
      given: typeof pin === 'string' ? pin : undefined,
    } as const;
    const sign = (data: Uint8Array) =>
      withPin(again, (same, opts) => session.sign('sign', same, data, { ...opts, algorithm, mark }));
    return { certificate, holder: { algorithm, sign } };
  });
}
