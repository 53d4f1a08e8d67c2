import { type Name, nameToString, parseName } from '@madoguchi/pki';
import { type Context, Hono } from 'hono';
import type { Ca } from '../ca.js';
import { type Authority, citizenKinds } from '../context.js';
import { crlPath, deltaPath } from '../export.js';
import { hexOf } from '../hex.js';
import {
  deltaLines,
  type PublishedCrl,
  type PublishedDelta,
  publishedDelta,
  publishedLines,
} from '../revocation/published.js';
import { arlCode, distributionPointName } from '../revocation/shards.js';
import { isVerifier, type VerifierAccess } from './access.js';
import type { Counters } from './metrics.js';

/** One line of `/crl/index.json`. A hint only: signature, scope and number of the list itself decide. */
interface IndexEntry {
  readonly issuerKeyId: string;
  readonly authority: string;
  readonly code: string;
  /** The directory name of the list's place, for people and (base64 DER) for programs; absent where the list is not partitioned. */
  readonly distributionPoint?: string;
  readonly distributionPointDer?: string;
  readonly url: string;
  readonly sha256: string;
  readonly number: string;
  readonly thisUpdate: string;
  readonly nextUpdate: string;
  readonly entries: number;
  /** What was added since the complete list `base` of the day, for those who have it. */
  readonly delta?: {
    readonly url: string;
    readonly sha256: string;
    readonly base: string;
    readonly entries: number;
  };
  /** The end of the authority's audit chain when the list was made; it stands, signed, in the list too. */
  readonly audit?: { readonly seq: string; readonly hash: string };
}

/** `sign-g1-99201`, `sign-g1-13`, `agency-g1`, with `-delta` behind where it is one. */
const listName = /^([a-z-]{2,20}-g\d{1,4})(?:-(\d{5}|\d{2}))?(-delta)?\.crl$/;

/** What the handlers work with. */
interface CrlPlace {
  readonly ca: Ca;
  readonly access: VerifierAccess;
  readonly counters: Counters;
}

/** `/crl/…`, `/arl/…`, `/ca/…`: what verifiers fetch. */
export function crlRoutes(ca: Ca, access: VerifierAccess, counters: Counters): Hono {
  const place = { ca, access, counters };
  const app = new Hono();
  app.get('/crl/index.json', (c) => giveIndex(c, place));
  app.get('/crl/:file', (c) => giveCrl(c, place, c.req.param('file')));
  app.get('/arl/:file', (c) => giveArl(c, place, c.req.param('file')));
  app.get('/ca/:file', (c) => giveCertificate(c, place, c.req.param('file')));
  return app;
}

/** The lists that this verifier may fetch. */
async function giveIndex(c: Context, { ca, access }: CrlPlace): Promise<Response> {
  const mayAll = isVerifier(c, access);
  const all = await ca.authorities();
  const deltas = await deltaLines(ca.context);
  const crls = (await publishedLines(ca.context)).flatMap((crl) => {
    const authority = all.find((one) => one.id === crl.authority);
    if (authority === undefined || (!mayAll && isCitizens(authority, crl.code))) return [];
    const delta = deltas.find((one) => one.authority === crl.authority && one.code === crl.code);
    return [indexEntry(ca.context.publicUrl, authority, crl, delta)];
  });
  c.header('Cache-Control', 'no-cache');
  return c.json({ generatedAt: ca.context.clock().toISOString(), crls });
}

async function giveCrl(c: Context, place: CrlPlace, file: string): Promise<Response> {
  const [, kind = '', code, isDelta] = listName.exec(file) ?? [];
  // A governor's authority has its prefecture in its own name; a municipality is a place of the country's one authority.
  const id = code?.length === 2 ? `${kind}-${code}` : kind;
  const authority = (await place.ca.authorities()).find((one) => one.id === id);
  if (authority === undefined) return c.text('no such list\n', 404);
  if (isCitizens(authority, code ?? 'all') && !isVerifier(c, place.access)) return unauthorized();
  return sendList(c, place, { authority: authority.id, code: code ?? 'all', isDelta: isDelta !== undefined });
}

async function giveArl(c: Context, place: CrlPlace, file: string): Promise<Response> {
  const [, id = '', isDelta] = /^(.{1,40}?)(-delta)?\.crl$/.exec(file) ?? [];
  return sendList(c, place, { authority: id, code: arlCode, isDelta: isDelta !== undefined });
}

async function sendList(
  c: Context,
  { ca, counters }: CrlPlace,
  { authority, code, isDelta }: { authority: string; code: string; isDelta: boolean },
): Promise<Response> {
  const crl = isDelta ? await publishedDelta(ca.context, authority, code) : await ca.crl(authority, code);
  if (crl === undefined) return new Response('no such list\n', { status: 404 });
  const etag = `"${hexOf(crl.sha256)}"`;
  // no-cache: ask each time, so that a revocation is seen at once; the ETag makes asking cheap.
  const headers = {
    ETag: etag,
    'Cache-Control': 'no-cache',
    'Last-Modified': crl.thisUpdate.toUTCString(),
  };
  if (c.req.header('if-none-match') === etag) return new Response(null, { status: 304, headers });
  counters.count('madoguchi_ca_crl_downloads_total');
  return new Response(Uint8Array.from(crl.der), {
    headers: { ...headers, 'Content-Type': 'application/pkix-crl' },
  });
}

/** An authority's own certificate, or the one that an authority gave another (`…-for-…`). */
async function giveCertificate(c: Context, { ca }: CrlPlace, file: string): Promise<Response> {
  const id = /^(.{1,60})\.cer$/.exec(file)?.[1];
  const authority = (await ca.authorities()).find((one) => one.id === id);
  const mutual = async () =>
    (await ca.mutualCertificates()).findLast((one) => `${one.issuer}-for-${one.subject}` === id);
  const der =
    authority?.certificate.der ?? (id?.includes('-for-') ? (await mutual())?.certificate : undefined);
  if (der === undefined) return c.text('no such authority\n', 404);
  c.header('Content-Type', 'application/pkix-cert');
  c.header('Cache-Control', 'public, max-age=86400');
  return c.body(Uint8Array.from(der));
}

function isCitizens(authority: Authority, code: string): boolean {
  return citizenKinds.includes(authority.kind) && code !== arlCode;
}

function unauthorized(): Response {
  const text =
    'Only verifiers who have notified the authority get this list: by their key as a bearer token, or by their certificate in TLS.\n';
  return new Response(text, { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } });
}

function indexEntry(
  publicUrl: string,
  authority: Authority,
  crl: Omit<PublishedCrl, 'der'>,
  delta: Omit<PublishedDelta, 'der'> | undefined,
): IndexEntry {
  const place = distributionPointName(authority, crl.code);
  const name: Name | undefined = place === undefined ? undefined : parsedName(place);
  return {
    issuerKeyId: hexOf(authority.keyId),
    authority: authority.id,
    code: crl.code,
    ...(place === undefined || name === undefined
      ? {}
      : {
          distributionPoint: nameToString(name),
          distributionPointDer: Buffer.from(place).toString('base64'),
        }),
    url: `${publicUrl}/${crlPath(crl.authority, crl.code)}`,
    sha256: hexOf(crl.sha256),
    number: crl.number.toString(),
    thisUpdate: crl.thisUpdate.toISOString(),
    nextUpdate: crl.nextUpdate.toISOString(),
    entries: crl.entries,
    ...(delta === undefined
      ? {}
      : {
          delta: {
            url: `${publicUrl}/${deltaPath(crl.authority, crl.code)}`,
            sha256: hexOf(delta.sha256),
            base: delta.baseNumber.toString(),
            entries: delta.entries,
          },
        }),
    ...(crl.auditHead === undefined
      ? {}
      : { audit: { seq: crl.auditHead.seq.toString(), hash: crl.auditHead.hash } }),
  };
}

function parsedName(der: Uint8Array): Name | undefined {
  const parsed = parseName(der);
  return parsed.ok ? parsed.value : undefined;
}
