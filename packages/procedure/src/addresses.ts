/** How an address in a request fails: no plain URL, not https, or a host the signer does not have. */
export type AddressFault = 'shape' | 'scheme' | 'host';

/**
 * Judges the addresses of a signed request. All must be https (http on loopback under demo anchors), carry no user, password or
 * fragment, and lie on hosts of the signer's certificate; `origin` must be exactly a web origin, without a last slash.
 */
export function addressFault(
  origin: string,
  others: readonly string[],
  trust: { hosts: readonly string[]; demo: boolean },
): AddressFault | undefined {
  const allowed = new Set(trust.hosts.map((host) => host.toLowerCase()));
  for (const text of [origin, ...others]) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url) return 'shape';
    if (url.username !== '' || url.password !== '' || url.hash !== '') return 'shape';
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const loopback = host === '127.0.0.1' || host === '::1' || host === 'localhost';
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && trust.demo && loopback)) return 'scheme';
    if (!allowed.has(host)) return 'host';
  }
  return new URL(origin).origin === origin ? undefined : 'shape';
}
