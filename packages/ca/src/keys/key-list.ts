import { createHash, createPublicKey } from 'node:crypto';
import { importPublicKey, parseCertificate } from '@madoguchi/pki/certificates';
import { publicKeyOfRequest } from './certification-request.js';

/** A place in a list of keys that cannot be read. */
export interface KeyListFault {
  /** From 1. */
  readonly line: number;
  readonly rule: 'keyList.line' | 'keyList.block' | 'keyList.empty' | 'keyList.size';
}

const largest = 64 * 1024 * 1024;
const digestLine = /^[0-9a-fA-F]{64}$/;

/**
 * Reads a list of known keys: lines with the SHA-256 of a SubjectPublicKeyInfo in hexadecimal (as lists of leaked keys are published), or
 * PEM blocks in which a key lies: certificate, request, public key, private key. Blank lines and lines that begin with `#` do not count.
 * Returns the digests, each once, or every fault: a list that is half read would look like one that is.
 */
export function readKeyList(
  bytes: Uint8Array,
): { ok: true; digests: Uint8Array[] } | { ok: false; faults: KeyListFault[] } {
  if (bytes.length > largest) return { ok: false, faults: [{ line: 1, rule: 'keyList.size' }] };
  const digests = new Set<string>();
  const faults: KeyListFault[] = [];
  let block: { label: string; from: number; body: string[] } | undefined;
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString('latin1')
    .split(/\r\n|\n|\r/);
  for (const [index, raw] of lines.entries()) {
    const text = raw.trim();
    const line = index + 1;
    if (block !== undefined) {
      if (text !== `-----END ${block.label}-----`) {
        block.body.push(text);
        continue;
      }
      const digest = digestOfBlock(block.label, block.body.join(''));
      if (digest === undefined) faults.push({ line: block.from, rule: 'keyList.block' });
      else digests.add(digest);
      block = undefined;
      continue;
    }
    if (text === '' || text.startsWith('#')) continue;
    const label = /^-----BEGIN ([A-Z0-9 ]{1,40})-----$/.exec(text)?.[1];
    if (label !== undefined) block = { label, from: line, body: [] };
    else if (digestLine.test(text)) digests.add(text.toLowerCase());
    else faults.push({ line, rule: 'keyList.line' });
  }
  if (block !== undefined) faults.push({ line: block.from, rule: 'keyList.block' });
  if (faults.length === 0 && digests.size === 0) faults.push({ line: 1, rule: 'keyList.empty' });
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, digests: [...digests].map((hex) => Buffer.from(hex, 'hex')) };
}

/** SHA-256, hex, of the SubjectPublicKeyInfo in a PEM block; undefined where there is none that can be read. */
function digestOfBlock(label: string, body: string): string | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(body)) return undefined;
  const spki = spkiOfBlock(label, Buffer.from(body, 'base64'));
  return spki === undefined ? undefined : createHash('sha256').update(spki).digest('hex');
}

function spkiOfBlock(label: string, der: Buffer): Uint8Array | undefined {
  switch (label) {
    case 'CERTIFICATE': {
      const parsed = parseCertificate(der);
      return parsed.ok ? parsed.value.spki : undefined;
    }
    case 'CERTIFICATE REQUEST':
    case 'NEW CERTIFICATE REQUEST': {
      const parsed = publicKeyOfRequest(der);
      return parsed.ok ? parsed.value : undefined;
    }
    case 'PUBLIC KEY':
      // Short keys are in such lists too: they get no certificate anyway.
      return importPublicKey(der, { minimumRsaBits: 512 }).ok ? der : undefined;
    case 'RSA PRIVATE KEY':
    case 'EC PRIVATE KEY':
    case 'PRIVATE KEY':
      return publicHalf(label, der);
    default:
      return undefined;
  }
}

function publicHalf(label: string, der: Buffer): Uint8Array | undefined {
  const type = label === 'PRIVATE KEY' ? 'pkcs8' : label === 'EC PRIVATE KEY' ? 'sec1' : 'pkcs1';
  try {
    // Node derives the public key from a private one.
    return createPublicKey({ key: der, format: 'der', type } as Parameters<typeof createPublicKey>[0]).export(
      {
        format: 'der',
        type: 'spki',
      },
    );
  } catch {
    return undefined;
  }
}
