import {
  buildOcspResponse,
  buildOcspResponseNow,
  type CertificateId,
  certificateId,
  keyIdentifier,
  ocspError,
  parseCertificate,
  parseOcspRequest,
  type Signer,
} from '@madoguchi/pki';
import { clockToleranceMs, refuseClockSetBack } from '../clock.js';
import { type Authority, authorities, type CaContext } from '../context.js';
import { openLedgerView, type Status, statusKey } from './ledger-view.js';

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
const cacheSize = 50_000;

/** How long the list of issuing keys is taken as known. A new generation answers after this at the latest. */
const issuersMs = 5000;
const unknownMs = 200;

export interface OcspResponder {
  answer(request: Uint8Array, mayAsk?: (kind: Authority['kind']) => boolean): Promise<OcspAnswer>;
}

interface Kept {
  readonly der: Uint8Array;
  readonly kind: Authority['kind'];
  readonly outcome: OcspAnswer['outcome'];
  readonly until: number;
}

interface Issuer {
  readonly authority: Authority;
  readonly responder: {
    readonly certificate: Uint8Array;
    readonly keyHash: Uint8Array;
    readonly key: string;
    /** Once it was asked for. */
    signer?: Signer;
  };
}

/**
 * The responder for every issuing key (RFC 6960). CertIDs are matched by key hash, SHA-1 or SHA-256, for all generations share one
 * name. Requests without a nonce are answered from signed answers that are kept until half their life is over or a revocation is told; a
 * nonce is echoed and then the answer is signed freshly. Hostile input gets an error answer; it never throws for it. Throws where the
 * database is away and, before it is known what time it should be, CaError for a clock that was set back; later that is `tryLater`.
 */
export function createOcspResponder(ctx: CaContext): OcspResponder {
  const view = openLedgerView(ctx);
  const cache = new Map<string, Kept>();
  /** Which requests ask about a certificate. */
  const asking = new Map<string, Set<string>>();
  view.onChange((key) => {
    if (key === undefined) {
      cache.clear();
      asking.clear();
      return;
    }
    for (const request of asking.get(key) ?? []) cache.delete(request);
    asking.delete(key);
  });

  const keep = (request: string, keys: readonly string[], kept: Kept): void => {
    if (cache.size >= cacheSize) {
      cache.clear();
      asking.clear();
    }
    cache.set(request, kept);
    for (const key of keys) asking.set(key, (asking.get(key) ?? new Set()).add(request));
  };

  const issuerOf = issuerFinder(ctx);

  return {
    async answer(request, mayAsk = () => true) {
      // Dated before what is recorded already, an answer would deny a revocation that has been told.
      const isLive = view.isLive();
      if (!isLive) await refuseClockSetBack(ctx, ctx.sql, ctx.clock());
      else if (ctx.clockMustNotGoBack && ctx.clock().getTime() < view.latest - clockToleranceMs)
        return refusal('tryLater');
      const parsed = parseOcspRequest(request);
      if (!parsed.ok) return refusal('malformedRequest');
      const { requests, nonce } = parsed.value;
      const bytes = nonce === undefined ? textOf(request) : '';
      const known = isLive && nonce === undefined ? cache.get(bytes) : undefined;
      if (known !== undefined && known.until > ctx.clock().getTime() && mayAsk(known.kind)) {
        return { der: known.der, kind: known.kind, outcome: known.outcome, cached: true };
      }
      const [first] = requests;
      if (first === undefined || requests.length > longestRequest) return refusal('malformedRequest');
      if (nonce !== undefined && (nonce.length < 1 || nonce.length > 128)) return refusal('malformedRequest');
      const issuer = issuerOf.known(first) ?? (await issuerOf(first));
      // One responder speaks for one key: a request that mixes issuers has no single right signer.
      if (issuer === undefined || !requests.every((id) => isIssuer(issuer.authority, id))) {
        return refusal('unauthorized');
      }
      const { authority, responder } = issuer;
      if (!mayAsk(authority.kind)) return refusal('unauthorized');
      const { version } = view;
      const serials = requests.map((id) => id.serial);
      const statuses =
        view.knownStatuses(authority.id, serials) ?? (await view.statusesOf(authority.id, serials));
      responder.signer ??= await ctx.keys.signer(responder.key);
      const signing = sign(ctx, { requests, statuses, nonce, responder, signer: responder.signer });
      const { der, until } = signing instanceof Promise ? await signing : signing;
      const outcome = outcomeOf(statuses);
      if (nonce === undefined && outcome !== 'unknown' && version === view.version && view.isLive()) {
        const keys = requests.map((id) => statusKey(authority.id, id.serial));
        keep(bytes, keys, { der, kind: authority.kind, outcome, until });
      }
      return { der, kind: authority.kind, outcome, cached: false };
    },
  };
}

function refusal(error: Parameters<typeof ocspError>[0]): OcspAnswer {
  return { der: ocspError(error), outcome: 'error', cached: false };
}

interface ToSign {
  readonly requests: readonly CertificateId[];
  readonly statuses: readonly Status[];
  readonly nonce: Uint8Array | undefined;
  readonly responder: Issuer['responder'];
  readonly signer: Signer;
}

/** A key in memory that is quick enough signs in this turn, a slow or distant one elsewhere meanwhile. */
function sign(ctx: CaContext, what: ToSign): Signed | Promise<Signed> {
  const { requests, statuses, nonce, responder, signer } = what;
  const now = ctx.clock().getTime();
  const thisUpdate = new Date(now - (now % 1000));
  const nextUpdate = new Date(thisUpdate.getTime() + validityMs);
  const content = {
    responses: requests.map((certId, index) => ({
      certId,
      status: statuses[index] ?? 'unknown',
      thisUpdate,
      nextUpdate,
    })),
    producedAt: thisUpdate,
    ...(nonce === undefined ? {} : { nonce }),
    responder,
  };
  const until = nextUpdate.getTime() - validityMs / 2;
  const { algorithm, signNow } = signer;
  if (signNow !== undefined) return { der: buildOcspResponseNow(content, { algorithm, signNow }), until };
  return buildOcspResponse(content, signer).then((der) => ({ der, until }));
}

interface Signed {
  readonly der: Uint8Array;
  readonly until: number;
}

/** Who issued what is asked about; `known`: at once, where the issuers were read lately and this is one of them. */
interface IssuerFinder {
  (id: CertificateId): Promise<Issuer | undefined>;
  known(id: CertificateId): Issuer | undefined;
}

/** Finds who issued by the hash of the issuing key; the authorities are read again every few seconds. */
function issuerFinder(ctx: CaContext): IssuerFinder {
  let lately: Map<string, Issuer> | undefined;
  let issuers: Promise<Map<string, Issuer>> | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  const read = (olderThanMs: number): Promise<Map<string, Issuer>> => {
    if (issuers !== undefined && performance.now() - readAt <= olderThanMs) return issuers;
    readAt = performance.now();
    const fresh = readIssuers(ctx);
    issuers = fresh;
    lately = undefined;
    fresh.then(
      (found) => {
        lately = found;
      },
      () => {
        issuers = undefined;
      },
    );
    return fresh;
  };
  const find = async (id: CertificateId): Promise<Issuer | undefined> => {
    const key = keyOf(id);
    // A key that is not known may be a new generation's; asked about rubbish, the database is asked a few times a second at most.
    return (await read(issuersMs)).get(key) ?? (await read(unknownMs)).get(key);
  };
  const known = (id: CertificateId) =>
    performance.now() - readAt <= issuersMs ? lately?.get(keyOf(id)) : undefined;
  return Object.assign(find, { known });
}

async function readIssuers(ctx: CaContext): Promise<Map<string, Issuer>> {
  const found = new Map<string, Issuer>();
  for (const authority of await authorities(ctx.sql)) {
    if (authority.responder === undefined) continue;
    const { certificate, key } = authority.responder;
    const parsed = parseCertificate(certificate);
    const keyHash = parsed.ok ? keyIdentifier(parsed.value.spki) : new Uint8Array();
    const issuer = { authority, responder: { certificate, keyHash, key } };
    for (const hash of ['sha1', 'sha256'] as const) found.set(keyOf(ownId(authority, hash)), issuer);
  }
  return found;
}

const ownIds = new WeakMap<Authority['certificate'], Map<string, CertificateId>>();

function ownId({ certificate }: Authority, hash: 'sha1' | 'sha256'): CertificateId {
  const ids = ownIds.get(certificate) ?? new Map<string, CertificateId>();
  ownIds.set(certificate, ids);
  const known = ids.get(hash) ?? certificateId(certificate, certificate, hash);
  ids.set(hash, known);
  return known;
}

/** Both hashes must fit: the key decides among generations, and a wrong name is no request for this issuer. */
function isIssuer(authority: Authority, id: CertificateId): boolean {
  const own = ownId(authority, id.hashAlgorithm);
  return equal(own.issuerKeyHash, id.issuerKeyHash) && equal(own.issuerNameHash, id.issuerNameHash);
}

function outcomeOf(statuses: readonly Status[]): OcspAnswer['outcome'] {
  const worst =
    statuses.find((status) => typeof status === 'object') ?? statuses.find((s) => s === 'unknown');
  return worst === undefined ? 'good' : worst === 'unknown' ? 'unknown' : 'revoked';
}

const textOf = ({ buffer, byteOffset, length }: Uint8Array) =>
  Buffer.from(buffer, byteOffset, length).toString('latin1');
const equal = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;
const keyOf = ({ issuerKeyHash }: CertificateId) => textOf(issuerKeyHash);
