import { type GeneralName, writeGeneralName } from '../certificate/general-name.js';

/** A host (name or address, without port) as a GeneralName in DER. Throws RangeError on what is neither. */
export function writeHost(host: string): Uint8Array {
  const octets = addressOctets(host);
  if (octets !== undefined) return writeGeneralName.ip(octets);
  if (!/^(?=.{1,253}$)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/i.test(host))
    throw new RangeError(`not a host: ${host}`);
  return writeGeneralName.dns(host.toLowerCase());
}

/** A host of a subjectAltName as text: lower case, IPv6 in its short form without brackets; undefined for other kinds of names. */
export function readHost(name: GeneralName): string | undefined {
  if (name.kind === 'dNSName') return name.value.toLowerCase();
  if (name.kind !== 'iPAddress') return undefined;
  if (name.octets.length === 4) return name.octets.join('.');
  if (name.octets.length !== 16) return undefined;
  const buffer = Buffer.from(name.octets);
  const groups = Array.from({ length: 8 }, (_, index) => buffer.readUInt16BE(2 * index).toString(16));
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

function addressOctets(host: string): Uint8Array | undefined {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(host)) {
    const octets = host.split('.').map(Number);
    return octets.every((octet) => octet < 256) ? Uint8Array.from(octets) : undefined;
  }
  if (!host.includes(':')) return undefined;
  const url = URL.canParse(`http://[${host}]`)
    ? new URL(`http://[${host}]`).hostname.slice(1, -1)
    : undefined;
  if (url === undefined) return undefined;
  const [head = '', tail] = url.split('::');
  const left = head.split(':').filter((group) => group !== '');
  const right = tail?.split(':').filter((group) => group !== '') ?? [];
  const groups = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return Uint8Array.from(
    groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]),
  );
}
