import { BlockList, isIP } from 'node:net';

/** Why an address is not called. */
export type AddressRule =
  | 'address.form'
  | 'address.https'
  | 'address.credentials'
  | 'address.private'
  | 'address.unknown';

/** Networks that are not the public internet (RFC 6890 and its kin): a call there would reach what the agency keeps inside. */
const inside = new BlockList();
for (const [network, bits] of [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
  ] as const),
  ...([
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
  ] as const),
  ...([
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
  ] as const),
  ...([
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ] as const),
] as const)
  inside.addSubnet(network, bits, 'ipv4');
/** Of IPv6 only global unicast counts as outside, without the parts of it that carry an IPv4 address or stand for documents. */
const outsideV6 = new BlockList();
outsideV6.addSubnet('2000::', 3, 'ipv6');
const insideV6 = new BlockList();
for (const [network, bits] of [
  ...([
    ['2001::', 23],
    ['2001:db8::', 32],
    ['2002::', 16],
    ['3fff::', 20],
  ] as const),
] as const)
  insideV6.addSubnet(network, bits, 'ipv6');

/** Is this literal IP address one of the public internet? */
export function isPublicAddress(ip: string): boolean {
  const kind = isIP(ip);
  if (kind === 4) return !inside.check(ip, 'ipv4');
  if (kind === 6) return outsideV6.check(ip, 'ipv6') && !insideV6.check(ip, 'ipv6');
  return false;
}

/**
 * May this address be called at all? Before any name is looked up: https, no password in it, no literal address inside. `origins`: what the operator allows
 * besides, e.g. `https://core.city.local:8443` in the agency's own network.
 */
export function addressFault(text: string, origins: readonly string[] = []): AddressRule | undefined {
  if (text.length > 2000 || !URL.canParse(text)) return 'address.form';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'address.form';
  if (url.username !== '' || url.password !== '') return 'address.credentials';
  if (origins.includes(url.origin)) return undefined;
  if (url.protocol !== 'https:') return 'address.https';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return isPublicAddress(host) ? undefined : 'address.private';
  // A name of one word, or of a zone that is never public, is a neighbour.
  if (!host.includes('.') || /\.(local|localhost|internal|lan|home\.arpa)\.?$/.test(host))
    return 'address.private';
  return undefined;
}
