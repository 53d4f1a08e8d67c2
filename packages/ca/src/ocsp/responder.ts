import { keyIdentifier, parseCertificate, type Signer } from '@madoguchi/pki/certificates';
import {
  buildOcspResponse,
  buildOcspResponseNow,
  type CertificateId,
  certificateId,
  ocspError,
  parseOcspRequest,
} from '@madoguchi/pki/validation';
import { clockToleranceMs, refuseClockSetBack } from '../clock.js';
import { type Authority, authorities, type CaContext } from '../context.js';
import { asksForOwn } from './holder.js';
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

type MayAsk = (kind: Authority['kind']) => boolean;

export interface OcspResponder {
  /** The answer where nothing has to be waited for, as nearly always: kept, or of what is in memory and signed in this turn. */
  answerNow(request: Uint8Array, mayAsk?: MayAsk): OcspAnswer | undefined;
  answer(request: Uint8Array, mayAsk?: MayAsk): Promise<OcspAnswer>;
}

interface Kept {
  readonly der: Uint8Array;
  readonly kind: Authority['kind'];
  readonly outcome: OcspAnswer['outcome'];
  readonly until: number;
}

interface Issuer {
  readonly authority: Authority;
  /** How a question about one of its certificates names it. */
  readonly ids: Readonly<Record<CertificateId['hashAlgorithm'], CertificateId>>;
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
 * name. Whoever may not ask about a kind of certificate (`mayAsk`) may about the own one, by a request that its key signed. Requests without a nonce are answered from signed answers that are kept until half their life is over or a revocation is told; a
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

  const answerNow = (request: Uint8Array, mayAsk: MayAsk): OcspAnswer | undefined => {
    if (!view.isLive()) return undefined;
    const now = ctx.clock().getTime();
    // Dated before what is recorded already, an answer would deny a revocation that has been told.
    if (ctx.clockMustNotGoBack && now < view.latest - clockToleranceMs) return refusal('tryLater');
    const parsed = parseOcspRequest(request);
    if (!parsed.ok) return refusal('malformedRequest');
    const { requests, nonce } = parsed.value;
    if (nonce === undefined) {
      const known = cache.get(textOf(request));
      if (known === undefined || known.until <= now || !mayAsk(known.kind)) return undefined;
      return { der: known.der, kind: known.kind, outcome: known.outcome, cached: true };
    }
    const [id] = requests;
    const issuer = id === undefined || requests.length > 1 ? undefined : issuerOf.known(id);
    if (id === undefined || issuer === undefined) return undefined;
    const { authority, responder } = issuer;
    const { signer } = responder;
    if (signer?.signNow === undefined || !mayAsk(authority.kind)) return undefined;
    const status = view.knownStatus(authority.id, id.serial);
    if (status === undefined) return undefined;
    const der = buildOcspResponseNow(contentOf({ requests, statuses: [status], nonce, responder }, now), {
      algorithm: signer.algorithm,
      signNow: signer.signNow,
    });
    return { der, kind: authority.kind, outcome: outcomeOf([status]), cached: false };
  };

  return {
    answerNow: (request, mayAsk = everybody) => answerNow(request, mayAsk),
    async answer(request, mayAsk = everybody) {
      const atOnce = answerNow(request, mayAsk);
      if (atOnce !== undefined) return atOnce;
      if (!view.isLive()) await refuseClockSetBack(ctx, ctx.sql, ctx.clock());
      const parsed = parseOcspRequest(request);
      if (!parsed.ok) return refusal('malformedRequest');
      const { requests, nonce } = parsed.value;
      const [first] = requests;
      if (first === undefined || requests.length > longestRequest) return refusal('malformedRequest');
      if (nonce !== undefined && (nonce.length < 1 || nonce.length > 128)) return refusal('malformedRequest');
      const issuer = issuerOf.known(first) ?? (await issuerOf(first));
      // One responder speaks for one key: a request that mixes issuers has no single right signer.
      if (issuer === undefined || !requests.every((id) => isIssuer(issuer, id))) {
        return refusal('unauthorized');
      }
      const { authority, responder } = issuer;
      const isFree = mayAsk(authority.kind);
      if (!isFree && !(await asksForOwn(ctx, authority.id, parsed.value))) return refusal('unauthorized');
      const { version } = view;
      const serials = requests.map((id) => id.serial);
      const statuses = await view.statusesOf(authority.id, serials);
      responder.signer ??= await ctx.keys.signer(responder.key);
      const { signer } = responder;
      const now = ctx.clock().getTime();
      const der = await buildOcspResponse(contentOf({ requests, statuses, nonce, responder }, now), signer);
      const outcome = outcomeOf(statuses);
      const mayBeKept = isFree && nonce === undefined && outcome !== 'unknown';
      if (mayBeKept && version === view.version && view.isLive()) {
        const keys = requests.map((id) => statusKey(authority.id, id.serial));
        keep(textOf(request), keys, { der, kind: authority.kind, outcome, until: now + validityMs / 2 });
      }
      return { der, kind: authority.kind, outcome, cached: false };
    },
  };
}

function refusal(error: Parameters<typeof ocspError>[0]): OcspAnswer {
  return { der: ocspError(error), outcome: 'error', cached: false };
}

const everybody = () => true;

interface ToSign {
  readonly requests: readonly CertificateId[];
  readonly statuses: readonly Status[];
  readonly nonce: Uint8Array | undefined;
  readonly responder: Issuer['responder'];
}

/** What is signed, as of a moment. */
function contentOf({ requests, statuses, nonce, responder }: ToSign, now: number) {
  const { thisUpdate, nextUpdate } = timesOf(now - (now % 1000));
  return {
    responses: requests.map((certId, index) => ({
      certId,
      status: statuses[index] ?? ('unknown' as const),
      thisUpdate,
      nextUpdate,
    })),
    producedAt: thisUpdate,
    ...(nonce === undefined ? {} : { nonce }),
    responder,
  };
}

let lastTimes = { thisUpdate: new Date(Number.NaN), nextUpdate: new Date(Number.NaN) };

/** All answers of a second have the same two times. */
function timesOf(second: number): typeof lastTimes {
  if (lastTimes.thisUpdate.getTime() !== second) {
    lastTimes = { thisUpdate: new Date(second), nextUpdate: new Date(second + validityMs) };
  }
  return lastTimes;
}

/** Who issued what is asked about; `known`: at once, where the issuers were read lately and this is one of them, by both hashes. */
interface IssuerFinder {
  (id: CertificateId): Promise<Issuer | undefined>;
  known(id: CertificateId): Issuer | undefined;
}

/** Finds who issued by the hash of the issuing key; the authorities are read again every few seconds. */
function issuerFinder(ctx: CaContext): IssuerFinder {
  /** What was read last, and when that reading began. */
  let lately: { readonly issuers: ReadonlyMap<string, Issuer>; readonly readAt: number } | undefined;
  /** Of these the one asked about last: most likely the next one too. */
  let last: Issuer | undefined;
  let issuers: Promise<ReadonlyMap<string, Issuer>> | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  const read = (olderThanMs: number): Promise<ReadonlyMap<string, Issuer>> => {
    if (issuers !== undefined && performance.now() - readAt <= olderThanMs) return issuers;
    const begun = performance.now();
    readAt = begun;
    const fresh = readIssuers(ctx);
    issuers = fresh;
    fresh.then(
      (found) => {
        lately = { issuers: found, readAt: begun };
        last = undefined;
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
  const known = (id: CertificateId) => {
    const now = performance.now();
    if (lately === undefined || now - lately.readAt > issuersMs) return undefined;
    // Read again before it is too old: otherwise everybody would wait for the database every few seconds. A failure is told to who must wait.
    if (now - lately.readAt > issuersMs / 2 && now - readAt > unknownMs)
      read(unknownMs).catch(() => undefined);
    if (last !== undefined && isIssuer(last, id)) return last;
    const found = lately.issuers.get(keyOf(id));
    last = found !== undefined && isIssuer(found, id) ? found : undefined;
    return last;
  };
  return Object.assign(find, { known });
}

async function readIssuers(ctx: CaContext): Promise<ReadonlyMap<string, Issuer>> {
  const found = new Map<string, Issuer>();
  for (const authority of await authorities(ctx.sql)) {
    if (authority.responder === undefined) continue;
    const { certificate, key } = authority.responder;
    const parsed = parseCertificate(certificate);
    const keyHash = parsed.ok ? keyIdentifier(parsed.value.spki) : new Uint8Array();
    const own = (hash: 'sha1' | 'sha256') =>
      certificateId(authority.certificate, authority.certificate, hash);
    const ids = { sha1: own('sha1'), sha256: own('sha256') };
    const issuer = { authority, ids, responder: { certificate, keyHash, key } };
    for (const id of Object.values(ids)) found.set(keyOf(id), issuer);
  }
  return found;
}

/** Both hashes must fit: the key decides among generations, and a wrong name is no request for this issuer. */
function isIssuer({ ids }: Issuer, id: CertificateId): boolean {
  const own = ids[id.hashAlgorithm];
  return equal(own.issuerKeyHash, id.issuerKeyHash) && equal(own.issuerNameHash, id.issuerNameHash);
}

function outcomeOf(statuses: readonly Status[]): OcspAnswer['outcome'] {
  const worst =
    statuses.find((status) => typeof status === 'object') ?? statuses.find((s) => s === 'unknown');
  return worst === undefined ? 'good' : worst === 'unknown' ? 'unknown' : 'revoked';
}

const textOf = ({ buffer, byteOffset, length }: Uint8Array) =>
  Buffer.from(buffer, byteOffset, length).toString('latin1');
/** Of short digests: a call would take longer. */
function equal(a: Uint8Array, b: Uint8Array): boolean {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return a.length === b.length;
}
const keyOf = ({ issuerKeyHash }: CertificateId) => textOf(issuerKeyHash);
