import { importPublicKey, parseCertificate, type Signer, verifySignature } from '@madoguchi/pki';
import { fromBase64, fromBase64url, toBase64, toBase64url } from './base64.js';
import { decodeUtf8 } from './canonical.js';
import { isObject, type JsonObject, readJson } from './json.js';
import { byAlg, byAlgorithm, derFromRaw, rawFromDer } from './jws-algorithms.js';

/** Each kind of signed message has its own `typ`, always checked: one can never be taken for another. */
export type JwsType =
  | 'madoguchi-request+jwt'
  | 'madoguchi-receipt+jwt'
  | 'madoguchi-login+jwt'
  | 'madoguchi-job+jwt';

export type JwsRule =
  | 'jws.form'
  | 'jws.header'
  | 'jws.crit'
  | 'jws.typ'
  | 'jws.alg'
  | 'jws.x5c'
  | 'jws.signature';

export type OpenedJws =
  | {
      ok: true;
      claims: JsonObject;
      /** DER, the signer's certificate first; not yet judged. */
      chain: Uint8Array[];
      /** Stapled OCSP answer for the signer's certificate, from the header `mado-ocsp`. */
      ocsp: Uint8Array | undefined;
    }
  | { ok: false; rule: JwsRule };

const maxLength = 4 * 1024 * 1024;
const maxChain = 6;
/** Headers that would let the message bring its own key (RFC 7515, section 4.1.2 and on). */
const foreignKeyHeaders = ['jku', 'x5u', 'jwk'];

/** Signs claims as a compact JWS (RFC 7515). Throws when the signer's algorithm is none of RS256, PS256, ES256, ES384. */
export async function signJws(
  type: JwsType,
  claims: object,
  { signer, chain, ocsp }: { signer: Signer; chain: Uint8Array[]; ocsp?: Uint8Array | undefined },
): Promise<string> {
  const entry = byAlgorithm(signer.algorithm);
  if (!entry) throw new TypeError(`a signer with ${signer.algorithm} cannot sign a JWS`);
  const input = `${headerOf(type, entry.alg, chain, ocsp)}.${toBase64url(JSON.stringify(claims))}`;
  const signed = Buffer.from(input, 'ascii');
  // Receipts and requests are signed by the thousand: a quick key does not go to another thread for each.
  const signature = signer.signNow?.(signed) ?? (await signer.sign(signed));
  return `${input}.${toBase64url(entry.part === undefined ? signature : rawFromDer(signature, entry.part))}`;
}

/** The header written last for a signer, by its certificate: nine tenths of a receipt, the same for thousands of them. */
const headers = new WeakMap<Uint8Array, { parts: readonly unknown[]; text: string }>();

function headerOf(
  type: JwsType,
  alg: string,
  chain: readonly Uint8Array[],
  ocsp: Uint8Array | undefined,
): string {
  const parts = [type, alg, ocsp, ...chain];
  const [leaf] = chain;
  const known = leaf && headers.get(leaf);
  if (known?.parts.length === parts.length && parts.every((part, index) => part === known.parts[index]))
    return known.text;
  const header = {
    typ: type,
    alg,
    x5c: chain.map(toBase64),
    ...(ocsp === undefined ? {} : { 'mado-ocsp': toBase64(ocsp) }),
  };
  const text = toBase64url(JSON.stringify(header));
  if (leaf !== undefined) headers.set(leaf, { parts, text });
  return text;
}

/**
 * Opens a compact JWS of one type and checks its signature with the key of the first certificate in `x5c`, and no other.
 * Whether that certificate may sign is judged afterwards ({@link verifyAgencySigner}): until then the claims are nobody's.
 */
export function openJws(text: string, type: JwsType): OpenedJws {
  const fail = (rule: JwsRule): OpenedJws => ({ ok: false, rule });
  if (text.length > maxLength) return fail('jws.form');
  const parts = text.split('.', 4);
  const [headerText = '', payloadText = '', signatureText = ''] = parts;
  if (parts.length !== 3) return fail('jws.form');
  const header = readObject(headerText);
  const claims = readObject(payloadText);
  const signature = fromBase64url(signatureText);
  if (!header || !claims || !signature) return fail('jws.form');

  if (foreignKeyHeaders.some((name) => Object.hasOwn(header, name))) return fail('jws.header');
  if (Object.hasOwn(header, 'crit')) return fail('jws.crit');
  if (header.typ !== type) return fail('jws.typ');
  const entry = byAlg(header.alg);
  if (!entry) return fail('jws.alg');

  const chain = readChain(header.x5c);
  const leaf = chain?.[0];
  if (!chain || !leaf) return fail('jws.x5c');
  const certificate = parseCertificate(leaf);
  if (!certificate.ok) return fail('jws.x5c');
  const key = importPublicKey(certificate.value.spki);
  if (!key.ok) return fail('jws.x5c');

  const der = entry.part === undefined ? signature : derFromRaw(signature, entry.part);
  const input = Buffer.from(`${headerText}.${payloadText}`, 'ascii');
  if (!der || !verifySignature(entry.algorithm, key.key, input, der)) return fail('jws.signature');

  const stapled = header['mado-ocsp'];
  const ocsp = typeof stapled === 'string' ? fromBase64(stapled) : undefined;
  if (stapled !== undefined && !ocsp) return fail('jws.header');
  return { ok: true, claims, chain, ocsp };
}

function readObject(part: string): JsonObject | undefined {
  const bytes = fromBase64url(part);
  const text = bytes && decodeUtf8(bytes);
  if (text === undefined) return undefined;
  const read = readJson(text);
  return read.ok && isObject(read.value.value) ? (read.value.value as JsonObject) : undefined;
}

function readChain(x5c: unknown): Uint8Array[] | undefined {
  if (!Array.isArray(x5c) || x5c.length === 0 || x5c.length > maxChain) return undefined;
  const chain: Uint8Array[] = [];
  for (const item of x5c) {
    const der = typeof item === 'string' ? fromBase64(item) : undefined;
    if (!der) return undefined;
    chain.push(der);
  }
  return chain;
}
