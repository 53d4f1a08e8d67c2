import { createHash, verify as rawVerify } from 'node:crypto';
import {
  cadesPolicy,
  createVerifier,
  importPublicKey,
  loadCrl,
  parseCertificate,
  readIdentity,
  verifySignedData,
} from '@madoguchi/pki';
import type { Submission } from './submission.js';

/** The whole of what a reception does with a submission's signature: CMS, path, CRL, identity. Throws where it is not good. */
export function fullVerification({ ca, crl, cms, content, now }: Submission): () => void {
  const loaded = loadCrl(crl);
  if (!loaded.ok) throw new Error(loaded.rule);
  const verifier = createVerifier({
    anchors: [ca],
    crls: [loaded.crl],
    signature: cadesPolicy,
    keyUsage: ['nonRepudiation'],
  });
  return () => {
    const { ok, signers } = verifier.verify({ cms, content, time: now });
    const certificate = signers[0]?.certificate;
    const identity = certificate === undefined ? undefined : readIdentity(certificate);
    if (!ok || identity?.ok !== true) throw new Error('a good submission was refused');
  };
}

/**
 * The same operations without any of the checks: the authority's signature over the certificate, the citizen's over the attributes, the
 * import of the citizen's key by the quickest way, the digests of content and certificate.
 */
export function rawOperations({ ca, leaf, cms, content }: Submission): () => void {
  const parsed = parseCertificate(leaf);
  const issuer = importPublicKey(ca.spki);
  const { signers } = verifySignedData({ cms, content });
  const [signer] = signers;
  if (!parsed.ok || !issuer.ok || signer === undefined) throw new Error('not ours');
  const { tbs, signature, spki } = parsed.value;
  const attributes = signedAttributes(cms);
  const digest = issuer.key.kind === 'p384' ? 'sha384' : 'sha256';
  const { signatureValue } = signer;
  return () => {
    createHash(digest).update(content).digest();
    createHash('sha256').update(leaf).digest();
    const key = importPublicKey(spki);
    if (!key.ok) throw new Error(key.rule);
    if (!rawVerify(digest, tbs, issuer.key.object, signature)) throw new Error('certificate');
    if (!rawVerify(digest, attributes, key.key.object, signatureValue)) throw new Error('signature');
  };
}

/** The signed attributes of a message by signCades, found by their first attribute, contentType. */
function signedAttributes(cms: Uint8Array): Uint8Array {
  const buffer = Buffer.from(cms);
  const contentType = Buffer.from('301806092a864886f70d010903', 'hex');
  const start = buffer.indexOf(contentType) - 3;
  const length = buffer[start + 2] ?? 0;
  const set = Buffer.from(buffer.subarray(start, start + 3 + length));
  set[0] = 0x31;
  return set;
}
