import { type LookupAddress, type LookupAllOptions, lookup as lookUpName } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { addressFault, isPublicAddress } from './address.js';

const TIMEOUT_MS = 10_000;

/** What became of a call: the status, or the rule that stopped it. */
export type PostOutcome = { readonly status: number } | { readonly rule: string };

type Resolver = (
  name: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Resolves a name, and refuses it when any of its addresses is inside. The connection goes to the very addresses that were looked at: a name that answers
 * otherwise a moment later (DNS rebinding) is not asked again.
 */
export function outsideOnly(resolver: Resolver): LookupFunction {
  return (name, options, done) =>
    resolver(name, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '');
      if (addresses.length === 0 || addresses.some(({ address }) => !isPublicAddress(address)))
        return done(Object.assign(new Error('a private address'), { code: 'address.private' }), '');
      return options.all
        ? done(null, addresses)
        : done(null, addresses[0]?.address ?? '', addresses[0]?.family ?? 4);
    });
}

/**
 * Posts a body to an address that somebody typed in (SSRF): https or what the operator allows, no private address even behind a public name, no
 * redirect, no cookie, nothing of the answer but its status, ten seconds. Never throws.
 */
export function postOutside(
  address: string,
  message: { body: string; headers: Readonly<Record<string, string>> },
  origins: readonly string[] = [],
  resolver: Resolver = lookUpName,
): Promise<PostOutcome> {
  const fault = addressFault(address, origins);
  if (fault !== undefined) return Promise.resolve({ rule: fault });
  const url = new URL(address);
  const allowed = origins.includes(url.origin);
  return new Promise((resolve) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = send(
      url,
      {
        method: 'POST',
        agent: false,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          ...message.headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(message.body),
          'user-agent': 'Madoguchi',
        },
        ...(allowed ? {} : { lookup: outsideOnly(resolver) }),
      },
      (response) => {
        resolve({ status: response.statusCode ?? 0 });
        // Whatever it says besides is not wanted.
        response.destroy();
      },
    );
    request.on('error', (error: NodeJS.ErrnoException) => {
      const { code = '', name } = error;
      resolve({
        rule:
          code === 'address.private'
            ? code
            : name === 'AbortError' || name === 'TimeoutError'
              ? 'post.timeout'
              : 'post.connection',
      });
    });
    request.end(message.body);
  });
}
