import {
  buildOcspResponse,
  type CertificateId,
  certificateId,
  keyIdentifier,
  ocspError,
  parseCertificate,
  parseOcspRequest,
} from '@madoguchi/pki';
import { type Authority, authorities, type CaContext, signerOf } from '../context.js';
import type { CaReason } from '../reasons.js';

export interface OcspAnswer {
  readonly der: Uint8Array;
  /** Whose certificates were asked for; undefined where the request was refused. */
  readonly kind?: Authority['kind'];
  readonly outcome: 'good' | 'revoked' | 'unknown' | 'error';
  /** From the cache of signed answers. */
  readonly cached: boolean;
}

const longestRequest = 10;
const validityMs = 3600_000;

/** How many signed answers are kept; beyond it the oldest goes. */
const cacheSize = 10_000;

/** Signed answers for requests without a nonce. The status is asked of the ledger each time; only the signature is spared. */
export interface OcspResponder {
  answer(request: Uint8Array, mayAsk?: (kind: Authority['kind']) => boolean): Promise<OcspAnswer>;
}

type Status = 'good' | 'unknown' | { revoked: Date; reason?: CaReason };

/**
 * The responder for every issuing key (RFC 6960). CertIDs are matched by key hash, SHA-1 or SHA-256, for all generations share one
 * name. A nonce is echoed and then the answer is signed freshly. Hostile input gets an error answer; it never throws for it.
 */
export function createOcspResponder(ctx: CaContext): OcspResponder {
  const cache = new Map<string, { der: Uint8Array; until: number }>();
  return {
    async answer(request, mayAsk = () => true) {
      const refusal = (error: Parameters<typeof ocspError>[0]): OcspAnswer => ({
        der: ocspError(error),
        outcome: 'error',
        cached: false,
      });
      const parsed = parseOcspRequest(request);
      if (!parsed.ok) return refusal('malformedRequest');
      const { requests, nonce } = parsed.value;
      const [first] = requests;
      if (first === undefined || requests.length > longestRequest) return refusal('malformedRequest');
      if (nonce !== undefined && (nonce.length < 1 || nonce.length > 128)) return refusal('malformedRequest');
      const all = await authorities(ctx.sql);
      const issuers = requests.map((id) => all.find((authority) => isIssuer(authority, id)));
      const issuer = issuers[0];
      // One responder speaks for one key: a request that mixes issuers has no single right signer.
      if (issuer?.responder === undefined || issuers.some((other) => other?.id !== issuer.id)) {
        return refusal('unauthorized');
      }
      if (!mayAsk(issuer.kind)) return refusal('unauthorized');
      const statuses = await statusesOf(ctx, issuer, requests);
      const outcome = outcomeOf(statuses);
      const now = ctx.clock();
      const key =
        nonce === undefined ? JSON.stringify([issuer.id, requests.map(certIdKey), statuses]) : undefined;
      const known = key === undefined ? undefined : cache.get(key);
      if (known !== undefined && known.until > now.getTime()) {
        return { der: known.der, kind: issuer.kind, outcome, cached: true };
      }
      const thisUpdate = new Date(Math.floor(now.getTime() / 1000) * 1000);
      const nextUpdate = new Date(thisUpdate.getTime() + validityMs);
      const der = await buildOcspResponse(
        {
          responses: requests.map((certId, index) => ({
            certId,
            status: statuses[index] ?? 'unknown',
            thisUpdate,
            nextUpdate,
          })),
          producedAt: thisUpdate,
          ...(nonce === undefined ? {} : { nonce }),
          responder: {
            certificate: issuer.responder.certificate,
            keyHash: responderKeyHash(issuer.responder.certificate),
          },
        },
        await signerOf(ctx.keystore, issuer.responder.key),
      );
      if (key !== undefined) {
        if (cache.size >= cacheSize) cache.delete(cache.keys().next().value ?? '');
        cache.set(key, { der, until: nextUpdate.getTime() - validityMs / 2 });
      }
      return { der, kind: issuer.kind, outcome, cached: false };
    },
  };
}

function responderKeyHash(certificate: Uint8Array): Uint8Array {
  const parsed = parseCertificate(certificate);
  return parsed.ok ? keyIdentifier(parsed.value.spki) : new Uint8Array();
}

const certIdKey = (id: CertificateId) =>
  [id.issuerNameHash, id.issuerKeyHash, id.serial].map((part) => Buffer.from(part).toString('hex'));

/** Both hashes must fit: the key decides among generations, and a wrong name is no request for this issuer. */
function isIssuer({ certificate }: Authority, id: CertificateId): boolean {
  const own = certificateId(certificate, certificate, id.hashAlgorithm);
  return equal(own.issuerKeyHash, id.issuerKeyHash) && equal(own.issuerNameHash, id.issuerNameHash);
}

/** A number that was never issued by this key is unknown, and so is one whose signing is under way. */
async function statusesOf(
  ctx: CaContext,
  issuer: Authority,
  ids: readonly CertificateId[],
): Promise<Status[]> {
  const rows = await ctx.sql<
    { serial: Uint8Array; state: string; revoked_at: Date | null; reason: CaReason | null }[]
  >`
    select c.serial, c.state, r.revoked_at, r.reason
    from ca.certificate c left join ca.revocation r using (municipality, authority, serial)
    where c.authority = ${issuer.id} and c.serial in ${ctx.sql(ids.map((id) => Buffer.from(id.serial)))}`;
  return ids.map((id) => {
    const row = rows.find((found) => Buffer.compare(found.serial, id.serial) === 0);
    if (row === undefined) return 'unknown';
    if (row.revoked_at !== null) {
      const reason = row.reason === null || row.reason === 'unspecified' ? {} : { reason: row.reason };
      return { revoked: row.revoked_at, ...reason };
    }
    return row.state === 'issued' || row.state === 'delivered' ? 'good' : 'unknown';
  });
}

function outcomeOf(statuses: readonly Status[]): OcspAnswer['outcome'] {
  const worst =
    statuses.find((status) => typeof status === 'object') ?? statuses.find((s) => s === 'unknown');
  return worst === undefined ? 'good' : worst === 'unknown' ? 'unknown' : 'revoked';
}

const equal = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;
