import { createDecipheriv } from 'node:crypto';
import { attempt, type Parsed } from '../der/fault.js';
import type { Decrypter } from '../key/software.js';
import { type CertificateOutline, outlineCertificate, pointsAt } from './certificate-outline.js';
import type { CertificateReference } from './content-info.js';
import { type Envelope, type EnvelopeRecipient, readEnvelope, TAG_LENGTH } from './envelope-format.js';
import { deriveKeyEncryptionKey, unwrapKey } from './key-agreement.js';

/** Whom an envelope is for. `reference` is absent where the way of sharing the key is not ours; `rule` then says why. */
export interface EnvelopeAddressee {
  readonly kind: EnvelopeRecipient['kind'];
  readonly reference?: CertificateReference;
  readonly rule?: string;
}

/** Reads whom an envelope is for, without any key. On bad input: a rule `cms.…` or `envelope.…` and the offset. */
export function readEnvelopeRecipients(envelope: Uint8Array): Parsed<EnvelopeAddressee[]> {
  return attempt(() =>
    readEnvelope(envelope).recipients.map((recipient) =>
      recipient.kind === 'unsupported'
        ? { kind: recipient.kind, rule: recipient.rule }
        : { kind: recipient.kind, reference: recipient.reference },
    ),
  );
}

/**
 * Opens an AuthEnvelopedData with the key of one recipient's certificate. Nothing is given out before the tag over all of it was
 * checked. Rules: `cms.…` and `envelope.…` of the format; `envelope.recipient` when it is for others, `envelope.recipient.…` when our
 * share was made in a way we refuse (PKCS#1 v1.5, X25519, another key wrap); `envelope.decrypt` when the key, the ciphertext or the tag is
 * wrong (one rule for the three: the difference would help an attacker who may try).
 * Rejects with TypeError when `certificate` is none, and with the decrypter's own error when it failed (a token is away): a
 * refusal of the input is a RangeError or an error of node:crypto and leads to `envelope.decrypt`.
 */
export async function openEnvelope(input: {
  envelope: Uint8Array;
  certificate: Uint8Array;
  decrypter: Decrypter;
}): Promise<Parsed<Uint8Array>> {
  const own = attempt(() => outlineCertificate(input.certificate));
  if (!own.ok) throw new TypeError(`The own encryption certificate cannot be read (${own.rule}).`);
  const parsed = attempt(() => readEnvelope(input.envelope));
  if (!parsed.ok) return parsed;
  const recipient = findRecipient(parsed.value.recipients, own.value);
  if (recipient.kind === 'unsupported') return { ok: false, rule: recipient.rule, offset: 0 };
  const contentKey = await unwrapContentKey(recipient, input.decrypter);
  const content = contentKey?.length === 32 ? decrypt(parsed.value, contentKey) : undefined;
  contentKey?.fill(0);
  return content === undefined
    ? { ok: false, rule: 'envelope.decrypt', offset: 0 }
    : { ok: true, value: content };
}

/** Our share; else a share we could not read, which may have been ours, with its reason; else `envelope.recipient`. */
function findRecipient(recipients: readonly EnvelopeRecipient[], own: CertificateOutline): EnvelopeRecipient {
  const mine = recipients.find(
    (recipient) => recipient.kind !== 'unsupported' && pointsAt(recipient.reference, own),
  );
  return (
    mine ??
    recipients.find(({ kind }) => kind === 'unsupported') ?? {
      kind: 'unsupported',
      rule: 'envelope.recipient',
    }
  );
}

async function unwrapContentKey(
  recipient: Exclude<EnvelopeRecipient, { kind: 'unsupported' }>,
  decrypter: Decrypter,
): Promise<Uint8Array | undefined> {
  try {
    if (recipient.kind === 'rsa') return await decrypter.decryptOaepSha256(recipient.encryptedKey);
    const secret = await decrypter.deriveSharedSecret(recipient.ephemeralKey);
    const keyEncryptionKey = deriveKeyEncryptionKey(secret, recipient.wrapAlgorithm, recipient.ukm);
    return unwrapKey(keyEncryptionKey, recipient.encryptedKey);
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

/**
 * Whether a decrypter says no to its input, as node:crypto does, or has failed itself: a token that is away must not
 * make a genuine application look forged.
 */
function isRefusal(error: unknown): boolean {
  if (error instanceof RangeError) return true;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^ERR_(OSSL|CRYPTO)/.test(code);
}

function decrypt(envelope: Envelope, contentKey: Uint8Array): Uint8Array | undefined {
  const decipher = createDecipheriv('aes-256-gcm', contentKey, envelope.nonce, { authTagLength: TAG_LENGTH });
  decipher.setAuthTag(envelope.tag);
  const parts = envelope.pieces.map((piece) => decipher.update(piece));
  try {
    parts.push(decipher.final());
  } catch {
    for (const part of parts) part.fill(0);
    return undefined;
  }
  return Buffer.concat(parts);
}
