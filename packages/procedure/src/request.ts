import type { Certificate, KeyUsage, Signer } from '@madoguchi/pki';
import { z } from 'zod';
import { type AgencyRequestFault, openAgencyRequest, timeFault } from './agency-request.js';
import { type Agency, type AgencyTrust, type SignerRule, verifyAgencySigner } from './agency-signer.js';
import type { Answers } from './answers.js';
import { answersSchema, type Relation, relationSchema } from './application.js';
import { type ClaimedAttachment, claimedAttachment } from './attachments.js';
import { fromBase64 } from './base64.js';
import { type JwsRule, signJws } from './jws.js';

/** What an agency asks a citizen to sign, and where it goes afterwards. */
export interface SigningRequestClaims {
  /** Agency code, as in the signer's certificate. */
  iss: string;
  /** Web origin of the page that opens the agent; the POST must carry it. */
  origin: string;
  /** Nonce: 128 bits in base64url. */
  jti: string;
  /** Seconds since 1970. */
  iat: number;
  exp: number;
  procedure: { id: string; version: string; digest: string };
  answers: Answers;
  attachments: ClaimedAttachment[];
  /** The earlier application that this one corrects, joins or withdraws. */
  relation?: Relation | undefined;
  /** Where the envelope is posted. */
  intake: string;
  /** Where the browser goes afterwards, by GET. */
  return: string;
  /** What the intake asks for before it reads a body. */
  ticket: string;
  /** The agency's encryption certificate, base64 of DER. */
  enc: string;
  /** OCSP answer for it, base64 of DER. */
  encOcsp?: string | undefined;
}

/** Why a signing request is not shown; in words: explainRule. */
export type RequestRule =
  | JwsRule
  | SignerRule
  | `request.${AgencyRequestFault}`
  | 'request.encryption'
  | 'request.encryptionRevoked'
  | 'request.encryptionRevocationUnknown';

export type VerifiedRequest =
  | {
      ok: true;
      claims: SigningRequestClaims;
      agency: Agency;
      encryptionCertificate: Certificate;
    }
  | {
      ok: false;
      rule: RequestRule;
      /** The page's origin, where signer and origin are good and only the rest is not: that page may be told that the agent is there. */
      genuineOrigin?: string;
    };

/** Longest life of a request, in seconds. */
const maxLifetime = 3600;

const claimsSchema = z.object({
  iss: z.string().min(1).max(64),
  origin: z.string().max(300),
  jti: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  iat: z.int().min(0).max(1e11),
  exp: z.int().min(0).max(1e11),
  procedure: z.strictObject({
    id: z.string().max(64),
    version: z.string().max(20),
    digest: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  answers: answersSchema,
  attachments: z.array(claimedAttachment).max(100),
  relation: relationSchema.optional(),
  intake: z.string().max(2000),
  return: z.string().max(2000),
  ticket: z.string().regex(/^[A-Za-z0-9._-]{1,500}$/),
  enc: z.string().max(20_000),
  encOcsp: z.string().max(20_000).optional(),
}) satisfies z.ZodType<SigningRequestClaims>;

/** Signs a request as a compact JWS. `chain` is DER, the signer's certificate first, without the anchor. */
export function createSigningRequest(
  claims: SigningRequestClaims,
  keys: { signer: Signer; chain: Uint8Array[]; ocsp?: Uint8Array | undefined },
): Promise<string> {
  return signJws('madoguchi-request+jwt', claims, keys);
}

/**
 * Everything the agent must know before it shows a request to anyone: who signed it and with what right, that it came from the
 * page it names, that it is in force, that its addresses belong to the signer, and that the encryption certificate is the same agency's.
 *
 * `origin` is the browser's own Origin header. Revocation is fail closed: both certificates need a fresh, good OCSP answer.
 */
export function verifySigningRequest(jws: string, trust: AgencyTrust & { origin: string }): VerifiedRequest {
  const opened = openAgencyRequest(jws, trust, {
    name: 'request',
    schema: claimsSchema,
    addresses: (claims) => [claims.intake, claims.return],
  });
  if (!opened.ok) return opened;
  const { claims, agency } = opened;
  const fail = (rule: RequestRule): VerifiedRequest => ({
    ok: false,
    rule,
    genuineOrigin: claims.origin,
  });
  const late = timeFault(claims, trust.now, maxLifetime);
  if (late !== undefined) return fail(`request.${late}`);
  const encryption = checkEncryption(claims, opened.chain.slice(1), agency.code, trust);
  if ('rule' in encryption) return fail(encryption.rule);
  return { ok: true, claims, agency, encryptionCertificate: encryption.certificate };
}

function checkEncryption(
  claims: SigningRequestClaims,
  intermediates: Uint8Array[],
  agencyCode: string,
  trust: AgencyTrust,
): { certificate: Certificate } | { rule: RequestRule } {
  const der = fromBase64(claims.enc);
  const ocsp = claims.encOcsp === undefined ? undefined : fromBase64(claims.encOcsp);
  if (!der || (claims.encOcsp !== undefined && !ocsp)) return { rule: 'request.encryption' };
  // An EC key agrees, an RSA key encrypts: the path check takes one usage at a time.
  const usages: KeyUsage[] = ['keyAgreement', 'keyEncipherment'];
  let rule: RequestRule = 'request.encryption';
  for (const usage of usages) {
    const judged = verifyAgencySigner([der, ...intermediates], ocsp, trust, {
      for: 'encryption',
      keyUsage: [usage],
      revocation: 'required',
    });
    if (judged.ok)
      return judged.agency.code === agencyCode ? { certificate: judged.agency.certificate } : { rule };
    if (judged.rule === 'signer.revoked') rule = 'request.encryptionRevoked';
    if (judged.rule === 'signer.revocationUnknown') rule = 'request.encryptionRevocationUnknown';
  }
  return { rule };
}
