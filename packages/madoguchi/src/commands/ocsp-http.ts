/** OCSP responders over HTTP (RFC 6960 appendix A.1): who is asked, and how. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { namedResponder, type OcspSend, type ResponderAddress } from '@madoguchi/client/documents';
import { keyIdentifier } from '@madoguchi/pki/certificates';
import { postOctets } from '@madoguchi/procedure/basics';
import { CommandError, optional, type Values } from '../cli/command.js';
import { readConfig } from '../cli/config.js';
import { dataPath } from '../cli/data-path.js';
import { isHttpAddress } from '../cli/http.js';

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
  const file = path.join(dataPath(values), 'addresses.json');
  if (!existsSync(file)) return undefined;
  const addresses: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof addresses !== 'object' || addresses === null || !('ca' in addresses)) return undefined;
  return typeof addresses.ca === 'string' ? `${addresses.ca}/ocsp` : undefined;
}

const media = ['application/ocsp-request', 'application/ocsp-response'] as const;
const send: OcspSend = (url, body) => postOctets({ url, media, body, longest: 1 << 20, patienceMs: 10_000 });
