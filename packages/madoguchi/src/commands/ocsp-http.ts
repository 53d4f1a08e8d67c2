/** OCSP responders over HTTP (RFC 6960 appendix A.1): who is asked, and how. */
import { namedResponder, type OcspSend, type ResponderAddress } from '@madoguchi/client/documents';
import { keyIdentifier } from '@madoguchi/pki/certificates';
import { postOctets } from '@madoguchi/procedure/basics';
import { CommandError, optional, type Values } from '../cli/command.js';
import { readConfig } from '../cli/config.js';
import { isHttpAddress } from '../cli/http.js';
import { runningAddresses } from '../cli/running-addresses.js';

export interface Responders {
  readonly addressOf: ResponderAddress;
  readonly send: OcspSend;
  readonly clock: () => Date;
}

/** `--ocsp off|on|URL`; undefined: nobody is asked. */
export function ocspOf(values: Values): Responders | undefined {
  const asked = optional(values, 'ocsp') ?? 'off';
  if (asked === 'off') return undefined;
  if (asked !== 'on' && !isHttpAddress(asked))
    throw new CommandError(
      'usage',
      `--ocsp is ${asked}: use on, off or an address beginning with http:// or https://.`,
    );
  return { addressOf: asked === 'on' ? configured(values) : () => asked, send, clock: () => new Date() };
}

/**
 * Citizens' signature certificates name no responder, so the configuration does, by the issuer's key; then the certificate's own; then the
 * authority that `start` runs over the data folder.
 */
function configured(values: Values): ResponderAddress {
  const { responders = {} } = readConfig({ config: values.config });
  const running = runningAuthority(values);
  return (certificate, issuer) => {
    const key = Buffer.from(issuer.subjectKeyIdentifier ?? keyIdentifier(issuer.spki)).toString('hex');
    return responders[key] ?? namedResponder(certificate) ?? running;
  };
}

function runningAuthority(values: Values): string | undefined {
  const { ca } = runningAddresses(values);
  return typeof ca === 'string' ? `${ca}/ocsp` : undefined;
}

const send: OcspSend = (url, body) =>
  postOctets({ url, asks: 'ocsp', body, longest: 1 << 20, patienceMs: 10_000 });
