import type { Signer } from '@madoguchi/pki';
import { z } from 'zod';
import { type AgencyRequestFault, openAgencyRequest, timeFault } from './agency-request.js';
import type { Agency, AgencyTrust, SignerRule } from './agency-signer.js';
import { type JwsRule, signJws } from './jws.js';

/** What a counter asks the agent on its clerk's machine to do with the applicant's card. */
export interface CounterJobClaims {
  /** Code of the office, as in the signer's certificate. */
  iss: string;
  /** Web origin of the counter; the card acts are asked of it and of nobody else. */
  origin: string;
  /** base64url of 32 random octets: the job, which one start of one agent may take, once. */
  jti: string;
  /** Seconds since 1970. */
  iat: number;
  exp: number;
  /** Below it the agent asks for each card act: on the same origin. */
  exchange: string;
  /** Where the browser goes when the job has ended: on the same origin. */
  return: string;
  act: {
    kind: 'issue' | 'renew' | 'pin';
    /** 受付番号. */
    number: string;
    /** Account of the clerk, never a name. */
    clerk: string;
    /** Whose card is to lie in the reader. */
    name: string;
    /** An agent of the applicant types what the applicant wrote on the sealed slip. */
    byAgent: boolean;
    pins: ('signature' | 'authentication')[];
    /** Characters that a certificate cannot hold: `from` as registered, `to` as written. */
    substituted: { item: 'name' | 'address'; from: string; to: string }[];
  };
}

type CounterJobRule = JwsRule | SignerRule | `job.${AgencyRequestFault}` | 'job.exchange';

type VerifiedCounterJob =
  | { ok: true; claims: CounterJobClaims; office: Agency }
  | { ok: false; rule: CounterJobRule; genuineOrigin?: string };

/** How long a job waits for the applicant's passwords, in seconds. */
export const counterJobLifetime = 900;

const text = z.string().min(1).max(200);
const sign = z.string().min(1).max(16);
const claimsSchema = z.object({
  iss: z.string().min(1).max(64),
  origin: z.string().max(255),
  jti: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  iat: z.int().min(0).max(1e11),
  exp: z.int().min(0).max(1e11),
  exchange: z.string().max(2000),
  return: z.string().max(2000),
  act: z.strictObject({
    kind: z.enum(['issue', 'renew', 'pin']),
    number: z.string().regex(/^\d{1,18}$/),
    clerk: z.string().regex(/^[a-z0-9][a-z0-9-]{1,31}$/),
    name: text,
    byAgent: z.boolean(),
    pins: z
      .array(z.enum(['signature', 'authentication']))
      .min(1)
      .max(2),
    substituted: z
      .array(z.strictObject({ item: z.enum(['name', 'address']), from: sign, to: sign }))
      .max(400),
  }),
}) satisfies z.ZodType<CounterJobClaims>;

/** Signs a job as a compact JWS of its own `typ`: neither a login nor an application can ever be taken for one. */
export function createCounterJob(
  claims: CounterJobClaims,
  keys: { signer: Signer; chain: Uint8Array[]; ocsp?: Uint8Array | undefined },
): Promise<string> {
  return signJws('madoguchi-job+jwt', claims, keys);
}

/**
 * Everything the agent must know before it shows a job: that an office signed it, that it came from the page it names, that it is in force,
 * and that every card act is asked of that very origin. `origin` is the browser's own Origin header. Fail closed on revocation.
 */
export function verifyCounterJob(jws: string, trust: AgencyTrust & { origin: string }): VerifiedCounterJob {
  const places = ({ exchange, return: back }: CounterJobClaims) => [exchange, back];
  const opened = openAgencyRequest(jws, trust, { name: 'job', schema: claimsSchema, addresses: places });
  if (!opened.ok) return opened;
  const { claims, agency: office } = opened;
  const fail = (rule: CounterJobRule): VerifiedCounterJob => ({
    ok: false,
    rule,
    genuineOrigin: claims.origin,
  });
  // What opens a card is asked of the counter's own origin and of nobody else, not even of a neighbour of the same office.
  if (places(claims).some((place) => new URL(place).origin !== claims.origin)) return fail('job.exchange');
  const late = timeFault(claims, trust.now, counterJobLifetime);
  return late === undefined ? { ok: true, claims, office } : fail(`job.${late}`);
}
