import { hash } from 'node:crypto';
import { isObject, isWellFormed, type Json, readJson } from './json.js';
import type { Parsed } from './parsed.js';

const maxDepth = 64;

/**
 * JSON Canonicalization Scheme, RFC 8785: members sorted by UTF-16 code units, numbers and strings as ECMAScript writes
 * them, no white space. The result is the text; its UTF-8 form is what is digested and signed.
 *
 * Throws a TypeError for what has no JSON form (undefined, NaN, a lone surrogate, more than 64 levels): that is a mistake of
 * the caller. Bytes from outside go through {@link isCanonical}.
 */
export function canonicalize(value: Json): string {
  return isInOrder(value, 0) ? JSON.stringify(value) : write(value, 0);
}

/** Nearly everything that is asked about is canonical already: what has its members in order the engine writes in one go, in the very same way. */
function isInOrder(value: unknown, depth: number): boolean {
  if (depth > maxDepth) return false;
  if (typeof value === 'string') return isWellFormed(value);
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) {
    for (const item of value) if (!isInOrder(item, depth + 1)) return false;
    return true;
  }
  let before = '';
  for (const key of Object.keys(value)) {
    if (key < before || !isWellFormed(key)) return false;
    before = key;
    if (!isInOrder((value as Record<string, unknown>)[key], depth + 1)) return false;
  }
  return true;
}

function write(value: Json, depth: number): string {
  if (depth > maxDepth) throw new TypeError('canonicalize: more than 64 levels');
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('canonicalize: a number that JSON cannot hold');
    return JSON.stringify(value);
  }
  if (typeof value === 'string') return writeString(value);
  if (Array.isArray(value)) return `[${value.map((item) => write(item, depth + 1)).join(',')}]`;
  if (isObject(value)) {
    const members = Object.keys(value)
      .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
      .map((key) => `${writeString(key)}:${write(value[key] as Json, depth + 1)}`);
    return `{${members.join(',')}}`;
  }
  throw new TypeError('canonicalize: a value that JSON cannot hold');
}

function writeString(text: string): string {
  if (!isWellFormed(text)) throw new TypeError('canonicalize: a lone surrogate');
  return JSON.stringify(text);
}

/** The canonical bytes of a value. */
export function canonicalBytes(value: Json): Uint8Array {
  return Buffer.from(canonicalize(value), 'utf8');
}

/**
 * Reads bytes that must be canonical: UTF-8, strict JSON, and equal to JCS(parse(bytes)). On bad input the rule:
 * `json.utf8`, a rule of the JSON reader, or `json.notCanonical` with the first octet that differs.
 */
export function isCanonical(bytes: Uint8Array): Parsed<Json> {
  const text = decodeUtf8(bytes);
  if (text === undefined) return { ok: false, rule: 'json.utf8', offset: 0 };
  const plain = ownCanonical(text);
  if (plain !== undefined) return { ok: true, value: plain };
  const read = readJson(text);
  if (!read.ok) return read;
  const canonical = canonicalBytes(read.value.value);
  if (Buffer.compare(canonical, bytes) !== 0) {
    let offset = 0;
    while (offset < bytes.length && canonical[offset] === bytes[offset]) offset += 1;
    return { ok: false, rule: 'json.notCanonical', offset };
  }
  return { ok: true, value: read.value.value };
}

/** Characters up to which the engine's own reader is asked first. */
const mostAtOnce = 1024 * 1024;

/**
 * The value of a text that is canonical, by the engine's own reader, which is several times as quick: a text that comes out the same again has no double key, no
 * lone surrogate, nothing too deep and no number that a double cannot hold. Undefined for every other: the strict reader says what is wrong.
 */
function ownCanonical(text: string): Json | undefined {
  if (text.length > mostAtOnce) return undefined;
  try {
    const value = JSON.parse(text) as Json;
    return canonicalize(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8 to text; undefined when the bytes are not UTF-8. A byte order mark is kept, so that it is refused as JSON. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** SHA-256 as 64 small hexadecimal digits: the form of every digest in requests, applications and receipts. */
export function sha256Hex(bytes: Uint8Array | string): string {
  return hash('sha256', bytes);
}
