import {
  buildOcspRequest,
  type Certificate,
  type CrlIndex,
  loadCrl,
  type RevocationSource,
} from '@madoguchi/pki';
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

const LARGEST_INDEX = 64 * 1024 * 1024;
const LARGEST_CRL = 256 * 1024 * 1024;
const LARGEST_OCSP = 64 * 1024;
const KEPT_CRLS = 64;

interface KeptCrl {
  etag: string;
  crl: CrlIndex;
  bytes: Uint8Array;
}

/**
 * Asks an authority over HTTP. A list is fetched when it changed (ETag) and loaded once; its signature, scope and freshness are judged
 * by the evaluation, not here.
 */
export function httpRevocation(places: RevocationPlaces): RevocationFinder {
  const kept = new Map<string, KeptCrl>();
  const ask = places.fetch ?? fetch;
  const once = shared(places.holdMs ?? 0);
  let lastIndex: { etag: string; entries: ReadonlyMap<string, IndexEntry> } | undefined;

  async function get(url: string, limit: number, init: RequestInit = {}): Promise<[Response, Uint8Array]> {
    const response = await ask(url, {
      ...init,
      redirect: 'error',
      signal: AbortSignal.timeout(places.timeoutMs ?? 10_000),
    });
    return [response, await readBounded(response, limit)];
  }

  function headersFor(url: string): Record<string, string> {
    const own = places.indexUrl !== undefined && new URL(url).origin === new URL(places.indexUrl).origin;
    return own ? { ...places.headers } : {};
  }

  async function readIndex(indexUrl: string): Promise<ReadonlyMap<string, IndexEntry>> {
    const headers = headersFor(indexUrl);
    const [response, body] = await get(indexUrl, LARGEST_INDEX, {
      headers: lastIndex === undefined ? headers : { ...headers, 'if-none-match': lastIndex.etag },
    });
    if (response.status === 304 && lastIndex !== undefined) return lastIndex.entries;
    if (!response.ok) throw new Error(`status ${response.status}`);
    const { crls } = indexSchema.parse(JSON.parse(Buffer.from(body).toString('utf8')));
    const entries = new Map<string, IndexEntry>();
    for (const entry of crls) {
      const key = `${entry.issuerKeyId.toLowerCase()} ${entry.distributionPointDer ?? ''}`;
      if (!entries.has(key)) entries.set(key, entry);
    }
    const etag = response.headers.get('etag');
    lastIndex = etag === null ? undefined : { etag, entries };
    return entries;
  }

  async function findEntry(indexUrl: string, certificate: Certificate): Promise<IndexEntry | undefined> {
    const entries = await once(indexUrl, () => readIndex(indexUrl));
    const keyId = hex(certificate.authorityKeyIdentifier?.keyIdentifier);
    const wanted = placesOf(certificate);
    for (const place of wanted.length === 0 ? [''] : wanted) {
      const entry = entries.get(`${keyId} ${place}`);
      if (entry !== undefined) return entry;
    }
    return undefined;
  }

  async function fetchCrl(url: string): Promise<KeptCrl | undefined> {
    const before = kept.get(url);
    const headers = { ...headersFor(url), ...(before === undefined ? {} : { 'if-none-match': before.etag }) };
    const [response, bytes] = await get(url, LARGEST_CRL, { headers });
    if (response.status === 304 && before !== undefined) return before;
    if (!response.ok) throw new Error(`status ${response.status}`);
    const loaded = loadCrl(bytes);
    if (!loaded.ok) return undefined;
    const fresh = { etag: response.headers.get('etag') ?? '', crl: loaded.crl, bytes };
    kept.delete(url);
    kept.set(url, fresh);
    for (const oldest of kept.keys()) if (kept.size > KEPT_CRLS) kept.delete(oldest);
    return fresh;
  }

  return {
    async find({ certificate, issuer }) {
      const sources: RevocationSource[] = [];
      const problems: string[] = [];
      const { indexUrl, ocspUrl } = places;
      const attempt = async (rule: string, work: () => Promise<RevocationSource | string>) => {
        try {
          const found = await work();
          if (typeof found === 'string') problems.push(found);
          else sources.push(found);
        } catch {
          problems.push(rule);
        }
      };
      const byCrl = async (index: string) => {
        const entry = await findEntry(index, certificate);
        if (entry === undefined) return 'crl.none';
        const url = new URL(entry.url, index).href;
        const found = await once(url, () => fetchCrl(url));
        if (found === undefined) return 'crl.unreadable';
        return { kind: 'crl', crl: found.crl, source: url, obtainedAt: places.clock() } as const;
      };
      const byOcsp = async (url: string) => {
        const body = Uint8Array.from(buildOcspRequest({ certificate: certificate.der, issuer: issuer.der }));
        const [response, bytes] = await get(url, LARGEST_OCSP, {
          method: 'POST',
          headers: { 'content-type': 'application/ocsp-request' },
          body,
        });
        if (!response.ok) return 'ocsp.fetch';
        return { kind: 'ocsp', response: bytes, source: url, obtainedAt: places.clock() } as const;
      };
      await Promise.all([
        indexUrl === undefined ? undefined : attempt('crl.fetch', () => byCrl(indexUrl)),
        ocspUrl === undefined ? undefined : attempt('ocsp.fetch', () => byOcsp(ocspUrl)),
      ]);
      return { sources, problems };
    },
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

async function readBounded(response: Response, limit: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  if (response.body === null) return new Uint8Array();
  for await (const piece of response.body) {
    length += piece.length;
    if (length > limit) throw new Error('answer too long');
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}
