import { hostsOf } from '@madoguchi/pki';
import type { z } from 'zod';
import { addressFault } from './addresses.js';
import { type Agency, type AgencyTrust, type SignerRule, verifyAgencySigner } from './agency-signer.js';
import { type JwsRule, openJws } from './jws.js';

/** What every request of an agency to the agent says. */
interface RequestClaims {
  iss: string;
  origin: string;
  iat: number;
  exp: number;
}

/** How a request fails before its kind matters; the rule's name begins with the kind: `login.origin`. */
export type AgencyRequestFault =
  | 'shape'
  | 'iss'
  | 'origin'
  | 'scheme'
  | 'host'
  | 'notYet'
  | 'expired'
  | 'lifetime';

/** How far two clocks may differ, in seconds. */
const clockSkew = 120;

interface RequestKind<Claims, Name> {
  /** First part of its rules, and of its JWS's type: a signing request can never be taken for a login, nor it for that. */
  readonly name: Name;
  readonly schema: z.ZodType<Claims>;
  /** The addresses in it, besides the origin: all on hosts of the signer's certificate. */
  addresses(claims: Claims): readonly string[];
}

type Opened<Claims, Name extends string> =
  | { ok: true; claims: Claims; agency: Agency; chain: Uint8Array[] }
  | { ok: false; rule: JwsRule | SignerRule | `${Name}.${AgencyRequestFault}`; genuineOrigin?: string };

/**
 * Opens what an agency asks of a holder: who signed it and with what right, that it came from the page it names (`trust.origin`: the browser's own Origin
 * header), and that its addresses belong to the signer. Revocation is fail closed. `genuineOrigin` stands where signer and origin are good and only the
 * rest is not: that page may be told that the agent is there. The time is not judged: see `timeFault`.
 */
export function openAgencyRequest<Claims extends RequestClaims, Name extends 'login' | 'request' | 'job'>(
  text: string,
  trust: AgencyTrust & { origin: string },
  kind: RequestKind<Claims, Name>,
): Opened<Claims, Name> {
  const fail = (fault: AgencyRequestFault) => ({ ok: false, rule: `${kind.name}.${fault}` }) as const;
  const jws = openJws(text, `madoguchi-${kind.name}+jwt`);
  if (!jws.ok) return jws;
  const signer = verifyAgencySigner(jws.chain, jws.ocsp, trust, {
    for: 'signing',
    keyUsage: ['digitalSignature'],
    revocation: 'required',
  });
  if (!signer.ok) return signer;
  const { agency } = signer;
  const checked = kind.schema.safeParse(jws.claims);
  if (!checked.success) return fail('shape');
  const claims = checked.data;
  if (claims.iss !== agency.code) return fail('iss');
  if (claims.origin !== trust.origin) return fail('origin');
  const hosts = hostsOf(agency.certificate);
  const fault = addressFault(claims.origin, kind.addresses(claims), { hosts, demo: trust.demo });
  if (fault !== undefined) return { ...fail(fault), genuineOrigin: claims.origin };
  return { ok: true, claims, agency, chain: jws.chain };
}

/** Whether a request is in force at this moment; `longest`: its longest life, in seconds. */
export function timeFault(
  { iat, exp }: RequestClaims,
  at: Date,
  longest: number,
): 'notYet' | 'expired' | 'lifetime' | undefined {
  const now = at.getTime() / 1000;
  if (iat > now + clockSkew) return 'notYet';
  if (exp <= now) return 'expired';
  return exp <= iat || exp - iat > longest ? 'lifetime' : undefined;
}
