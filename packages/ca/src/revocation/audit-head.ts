import { contentOf, demoOids, der, inside, tags, values, wholeTlv } from '@madoguchi/pki/certificates';
import { type CrlIndex, loadCrl } from '@madoguchi/pki/validation';
import type { AuditHead } from '@madoguchi/store';

/**
 * The CRL extension (not critical) that carries the end of the authority's audit chain: SEQUENCE { INTEGER seq, OCTET STRING SHA-256 }.
 * Whoever keeps a CRL can show later that the chain was cut or rewritten below that entry.
 */
export function auditHeadExtension({ seq, hash }: AuditHead) {
  const value = der.sequence(der.integer(seq), der.octetString(Buffer.from(hash, 'hex')));
  return { oid: demoOids.auditHead, critical: false, value };
}

/** The audit head in a list; undefined where there is none, or none of that form. */
export function readAuditHead(crl: Pick<CrlIndex, 'extensions'>): AuditHead | undefined {
  const value = crl.extensions.find(({ oid }) => oid === demoOids.auditHead)?.value;
  if (value === undefined) return undefined;
  try {
    const reader = inside(wholeTlv(value));
    const seq = values.readBigInteger(reader.next(tags.integer), 9);
    const hash = contentOf(reader.next(tags.octetString));
    reader.close();
    return hash.length === 32 && seq >= 0n ? { seq, hash: Buffer.from(hash).toString('hex') } : undefined;
  } catch {
    return undefined;
  }
}

/** The audit head in the bytes of a list, DER or PEM; undefined where they are no list, or have none. */
export function auditHeadOfCrl(bytes: Uint8Array): AuditHead | undefined {
  const pem = /-----BEGIN X509 CRL-----([A-Za-z0-9+/=\s]+)-----END X509 CRL-----/.exec(
    bytes[0] === 0x30 ? '' : Buffer.from(bytes).toString('latin1'),
  );
  const loaded = loadCrl(pem?.[1] === undefined ? bytes : Buffer.from(pem[1], 'base64'));
  return loaded.ok ? readAuditHead(loaded.crl) : undefined;
}
