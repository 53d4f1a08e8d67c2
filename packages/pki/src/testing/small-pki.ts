import { issueCertificate } from '../certificate/issue.js';
import { boolean, namedBits, octetString, sequence } from '../der/write.js';
import type { SignatureAlgorithm } from '../key/algorithm.js';
import { keyIdentifier } from '../key/digest.js';
import { generateKeyPair, type KeyKind, type Signer, softwareSigner } from '../key/software.js';
import { buildName } from '../name.js';
import { extensionIds } from '../oids.js';

/** A certificate with its key, for tests. */
export interface Holder {
  readonly certificate: Uint8Array;
  readonly pkcs8: Uint8Array;
  readonly signer: Signer;
  readonly name: Uint8Array;
}

export const testNotBefore = new Date('2026-01-01T00:00:00Z');
export const testNotAfter = new Date('2030-12-31T14:59:59Z');

const DIGITAL_SIGNATURE = 0;
const NON_REPUDIATION = 1;
const KEY_ENCIPHERMENT = 2;
const KEY_AGREEMENT = 4;
const KEY_CERT_SIGN = 5;
const CRL_SIGN = 6;

const keyUsage = (...bits: number[]) => ({
  oid: extensionIds.keyUsage,
  critical: true,
  value: namedBits(bits),
});

/** A root with its own certificate. */
export async function testRoot(kind: KeyKind = 'p256', commonName = 'Test root'): Promise<Holder> {
  const { pkcs8, publicKey } = await generateKeyPair(kind);
  const name = buildName([
    ['C', 'JP'],
    ['O', 'JPKI-DEMO'],
    ['CN', commonName],
  ]);
  const signer = softwareSigner(pkcs8);
  const certificate = await issueCertificate(
    {
      serial: Uint8Array.of(1),
      issuer: name,
      subject: name,
      notBefore: testNotBefore,
      notAfter: testNotAfter,
      publicKey,
      extensions: [
        {
          oid: extensionIds.subjectKeyIdentifier,
          critical: false,
          value: octetString(keyIdentifier(publicKey)),
        },
        { oid: extensionIds.basicConstraints, critical: true, value: sequence(boolean(true)) },
        keyUsage(KEY_CERT_SIGN, CRL_SIGN),
      ],
    },
    signer,
  );
  return { certificate, pkcs8, signer, name };
}

/** A leaf under the root: for signing by default, or for encryption. */
export async function testLeaf(
  root: Holder,
  options: {
    kind?: KeyKind;
    serial?: number;
    commonName?: string;
    algorithm?: SignatureAlgorithm;
    encryption?: boolean;
    pkcs8?: { pkcs8: Uint8Array; publicKey: Uint8Array };
  } = {},
): Promise<Holder> {
  const kind = options.kind ?? 'p256';
  const { pkcs8, publicKey } = options.pkcs8 ?? (await generateKeyPair(kind));
  const name = buildName([
    ['C', 'JP'],
    ['O', 'JPKI-DEMO'],
    ['CN', options.commonName ?? '総務太郎'],
  ]);
  const usage = kind.startsWith('rsa') ? KEY_ENCIPHERMENT : KEY_AGREEMENT;
  const certificate = await issueCertificate(
    {
      serial: Uint8Array.of(options.serial ?? 200),
      issuer: root.name,
      subject: name,
      notBefore: testNotBefore,
      notAfter: testNotAfter,
      publicKey,
      extensions: [
        {
          oid: extensionIds.subjectKeyIdentifier,
          critical: false,
          value: octetString(keyIdentifier(publicKey)),
        },
        options.encryption ? keyUsage(usage) : keyUsage(DIGITAL_SIGNATURE, NON_REPUDIATION),
      ],
    },
    root.signer,
  );
  return { certificate, pkcs8, signer: softwareSigner(pkcs8, options.algorithm), name };
}
