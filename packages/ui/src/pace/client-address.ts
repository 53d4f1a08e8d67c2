import type { Context } from 'hono';

/**
 * Whose request it is: the address of the connection, or with `proxies` of our own before it the address that the outermost of them saw (X-Forwarded-For, counted
 * from the right: what stands further left, the client wrote itself). IPv6 by its first 64 bits, which one subscriber has. Undefined for this
 * machine itself (a proxy that was not configured would be everybody) and where there is no connection.
 */
export function clientAddress(c: Context, proxies: number): string | undefined {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').map((part) => part.trim());
  const seen = proxies > 0 ? forwarded.at(-proxies) : incoming?.socket?.remoteAddress;
  if (seen === undefined || seen === '' || seen.length > 60) return undefined;
  const address = seen.replace(/^::ffff:(?=[0-9.]+$)/i, '').toLowerCase();
  if (/^127\./.test(address) || address === '::1') return undefined;
  return address.includes(':') ? network64(address) : address;
}

function network64(address: string): string {
  const [head = '', tail] = address.split('%', 1)[0]?.split('::', 2) ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: gap }, () => '0'), ...right].slice(0, 4);
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}
