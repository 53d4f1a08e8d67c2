import type { Signer } from '@madoguchi/pki';
import { z } from 'zod';
import { type AgencyTrust, type SignerRule, verifyAgencySigner } from './agency-signer.js';
import { isoSeconds } from './application.js';
import { type JwsRule, openJws, signJws } from './jws.js';

/** The agency's word that an envelope has arrived (到達): it exists only when the envelope is on disk. */
export interface Receipt {
  /** 到達番号 */
  receiptNumber: string;
  /** Nonce of the request that was answered. */
  jti: string;
  /** SHA-256 of the envelope, hexadecimal. */
  envelopeSha256: string;
  /** ISO 8601, UTC, whole seconds: the moment with legal effect. */
  arrivedAt: string;
  agency: { code: string; name: string };
}

/** Why a receipt does not count; in words: explainRule. */
export type ReceiptRule =
  | JwsRule
  | SignerRule
  | 'receipt.shape'
  | 'receipt.agency'
  | 'receipt.nonce'
  | 'receipt.envelope';

const receiptSchema = z.object({
  iss: z.string(),
  receiptNumber: z.string().min(1).max(64),
  jti: z.string().max(64),
  envelopeSha256: z.string().regex(/^[0-9a-f]{64}$/),
  arrivedAt: z.string().regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/),
  agency: z.strictObject({ code: z.string().max(64), name: z.string().max(200) }),
});

/** Signs a receipt as a compact JWS of its own `typ`. */
export function createReceipt(
  receipt: Omit<Receipt, 'arrivedAt'> & { arrivedAt: Date },
  keys: { signer: Signer; chain: Uint8Array[]; ocsp?: Uint8Array | undefined },
): Promise<string> {
  const claims = { iss: receipt.agency.code, ...receipt, arrivedAt: isoSeconds(receipt.arrivedAt) };
  return signJws('madoguchi-receipt+jwt', claims, keys);
}

/**
 * Checks a receipt against what was sent: signer, agency, nonce and envelope digest. A stapled OCSP answer is judged when there
 * is one; its absence does not unmake an arrival.
 */
export function verifyReceipt(
  jws: string,
  expected: AgencyTrust & { jti: string; envelopeSha256: string; agencyCode: string },
): { ok: true; receipt: Receipt } | { ok: false; rule: ReceiptRule } {
  const opened = openJws(jws, 'madoguchi-receipt+jwt');
  if (!opened.ok) return opened;
  const signer = verifyAgencySigner(opened.chain, opened.ocsp, expected, {
    for: 'signing',
    keyUsage: ['digitalSignature'],
    revocation: 'ifStapled',
  });
  if (!signer.ok) return signer;
  const checked = receiptSchema.safeParse(opened.claims);
  if (!checked.success) return { ok: false, rule: 'receipt.shape' };
  const { iss, ...receipt } = checked.data;
  const codes = [iss, receipt.agency.code, signer.agency.code];
  if (codes.some((code) => code !== expected.agencyCode)) return { ok: false, rule: 'receipt.agency' };
  if (receipt.jti !== expected.jti) return { ok: false, rule: 'receipt.nonce' };
  if (receipt.envelopeSha256 !== expected.envelopeSha256) return { ok: false, rule: 'receipt.envelope' };
  return { ok: true, receipt };
}
