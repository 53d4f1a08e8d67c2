import {
  buildOcspRequest,
  type Certificate,
  type CrlIndex,
  loadCrl,
  type RevocationSource,
} from '@madoguchi/pki';
import { postOctets, readAnswer } from '@madoguchi/procedure/basics';
import { z } from 'zod';
import type { RevocationFinder } from './trust.js';

/** Where an authority publishes. Certificates name their list by a directory name, so configuration says where that is. */
export interface RevocationPlaces {
  /** `…/crl/index.json`: lists by issuer key id and place. */
  readonly indexUrl?: string;
  /** Asked as well, where there is one: it knows a revocation before the next list. */
  readonly ocspUrl?: string;
  /** Sent to the index and to lists on the same origin, e.g. a verifier's token. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly fetch?: typeof fetch;
  /** Milliseconds an answer may take (default 10 000). */
  readonly timeoutMs?: number;
  /** Milliseconds for which index and lists serve the next question too (default 0): under load they are not asked for each case. */
  readonly holdMs?: number;
  readonly clock: () => Date;
}

const indexSchema = z.object({
  crls: z
    .array(
      z.object({
        issuerKeyId: z.string().max(128),
        distributionPointDer: z.string().max(4096).optional(),
        url: z.string().max(2048),
      }),
    )
    .max(100_000),
});
type IndexEntry = z.infer<typeof indexSchema>['crls'][number];

const patience = 10_000;
const LARGEST_INDEX = 64 * 1024 * 1024;
const LARGEST_CRL = 256 * 1024 * 1024;
const LARGEST_OCSP = 64 * 1024;
const KEPT_CRLS = 64;

interface KeptCrl {
  etag: string;
  crl: CrlIndex;
}

/**
 * Asks an authority over HTTP. A list is fetched when it changed (ETag) and loaded once; its signature, scope and freshness are judged
 * by the evaluation, not here.
 */
export function httpRevocation(places: RevocationPlaces): RevocationFinder {
  const { indexUrl, ocspUrl, clock } = places;
  const get = getter(places);
  const once = shared(places.holdMs ?? 0);
  const readIndex = indexReader(get);
  const readCrl = crlReader(get);

  async function byCrl(index: string, certificate: Certificate): Promise<RevocationSource | string> {
    const entry = entryFor(await once(index, () => readIndex(index)), certificate);
    if (entry === undefined) return 'crl.none';
    const url = new URL(entry.url, index).href;
    const found = await once(url, () => readCrl(url));
    if (found === undefined) return 'crl.unreadable';
    return { kind: 'crl', crl: found.crl, source: url, obtainedAt: clock() };
  }
  async function byOcsp(
    url: string,
    certificate: Certificate,
    issuer: Certificate,
  ): Promise<RevocationSource | string> {
    const body = buildOcspRequest({ certificate: certificate.der, issuer: issuer.der });
    const { fetch, timeoutMs: patienceMs = patience } = places;
    const answer = await postOctets({ fetch, url, asks: 'ocsp', body, longest: LARGEST_OCSP, patienceMs });
    if (!answer.ok) return 'ocsp.fetch';
    return { kind: 'ocsp', response: answer.bytes, source: url, obtainedAt: clock() };
  }

  return {
    async find({ certificate, issuer }) {
      const asked = await Promise.all([
        indexUrl === undefined ? undefined : byCrl(indexUrl, certificate).catch(() => 'crl.fetch'),
        ocspUrl === undefined ? undefined : byOcsp(ocspUrl, certificate, issuer),
      ]);
      return {
        sources: asked.filter((one) => typeof one === 'object'),
        problems: asked.filter((one) => typeof one === 'string'),
      };
    },
  };
}

/** Fetches the index or a list; `etag`: of what is kept already. Rejects where the answer is too long, too late or a redirection. */
type Get = (url: string, longest: number, etag: string | undefined) => Promise<[Response, Uint8Array]>;

function getter(places: RevocationPlaces): Get {
  const { fetch = globalThis.fetch, indexUrl, timeoutMs = patience } = places;
  const isOwn = (url: string) => indexUrl !== undefined && new URL(url).origin === new URL(indexUrl).origin;
  return async (url, longest, etag) => {
    const known = etag === undefined ? {} : { 'if-none-match': etag };
    const response = await fetch(url, {
      headers: { ...(isOwn(url) ? places.headers : {}), ...known },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const bytes = await readAnswer(response, longest);
    if (bytes === undefined) throw new Error('answer too long');
    return [response, bytes];
  };
}

type Index = ReadonlyMap<string, IndexEntry>;

/** Reads the index, again only where it has changed. */
function indexReader(get: Get): (url: string) => Promise<Index> {
  let last: { etag: string; entries: Index } | undefined;
  return async (url) => {
    const [response, body] = await get(url, LARGEST_INDEX, last?.etag);
    if (response.status === 304 && last !== undefined) return last.entries;
    if (!response.ok) throw new Error(`status ${response.status}`);
    const { crls } = indexSchema.parse(JSON.parse(Buffer.from(body).toString('utf8')));
    const entries = new Map<string, IndexEntry>();
    for (const entry of crls) {
      const key = `${entry.issuerKeyId.toLowerCase()} ${entry.distributionPointDer ?? ''}`;
      if (!entries.has(key)) entries.set(key, entry);
    }
    const etag = response.headers.get('etag');
    last = etag === null ? undefined : { etag, entries };
    return entries;
  };
}

function entryFor(index: Index, certificate: Certificate): IndexEntry | undefined {
  const keyId = hex(certificate.authorityKeyIdentifier?.keyIdentifier);
  const wanted = placesOf(certificate);
  for (const place of wanted.length === 0 ? [''] : wanted) {
    const entry = index.get(`${keyId} ${place}`);
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** Reads and loads a list, again only where it has changed; undefined where it is no list. */
function crlReader(get: Get): (url: string) => Promise<KeptCrl | undefined> {
  const kept = new Map<string, KeptCrl>();
  return async (url) => {
    const before = kept.get(url);
    const [response, bytes] = await get(url, LARGEST_CRL, before?.etag);
    if (response.status === 304 && before !== undefined) return before;
    if (!response.ok) throw new Error(`status ${response.status}`);
    const loaded = loadCrl(bytes);
    if (!loaded.ok) return undefined;
    const fresh = { etag: response.headers.get('etag') ?? '', crl: loaded.crl };
    kept.delete(url);
    kept.set(url, fresh);
    for (const oldest of kept.keys()) if (kept.size > KEPT_CRLS) kept.delete(oldest);
    return fresh;
  };
}

/** Questions that are asked at the same moment, or within `holdMs` of the answer, share one answer. A failure is never kept. */
function shared(holdMs: number) {
  const running = new Map<string, Promise<unknown>>();
  return <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const known = running.get(key) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const mine = work();
    running.set(key, mine);
    mine.then(
      () => (holdMs === 0 ? running.delete(key) : setTimeout(() => running.delete(key), holdMs).unref()),
      () => running.delete(key),
    );
    return mine;
  };
}

/** Directory names of the certificate's distribution points, base64 DER. */
function placesOf(certificate: Certificate): string[] {
  return (certificate.crlDistributionPoints ?? []).flatMap(({ name }) =>
    name !== undefined && 'fullName' in name
      ? name.fullName.flatMap((one) =>
          one.kind === 'directoryName' ? [Buffer.from(one.name.der).toString('base64')] : [],
        )
      : [],
  );
}

function hex(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : Buffer.from(bytes).toString('hex');
}
