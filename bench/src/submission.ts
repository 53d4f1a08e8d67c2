import { randomBytes } from 'node:crypto';
import {
  buildCrl,
  type Certificate,
  citizenCaTemplate,
  crlDistributionPointName,
  demoOids,
  generateKeyPair,
  type Identity,
  issueCertificate,
  type KeyKind,
  keyIdentifier,
  parseCertificate,
  type Signer,
  signatureTemplate,
  signCades,
  softwareSigner,
} from '@madoguchi/pki';

const day = 86_400_000;

const identity: Identity = {
  name: '総務　太郎',
  nameSubstitution: '00000',
  address: '見本県見本市見本町一丁目２番３号',
  addressSubstitution: '0000000000000000',
  birthDate: '1975-04-01',
  sex: 'male',
};

/** An authority, one citizen, and what the citizen signed: what the benches verify. */
export interface Submission {
  now: Date;
  ca: Certificate;
  caSigner: Signer;
  /** The citizen's certificate, DER. */
  leaf: Uint8Array;
  signer: Signer;
  /** The citizen's key. */
  pkcs8: Uint8Array;
  /** The CRL of the citizen's partition with `revoked` entries, DER; the citizen is not among them. */
  crl: Uint8Array;
  content: Buffer;
  /** CAdES B-B, detached. */
  cms: Uint8Array;
}

export async function makeSubmission(
  kind: KeyKind,
  options: { bytes: number; revoked: number },
): Promise<Submission> {
  const now = new Date();
  const validity = {
    notBefore: new Date(now.getTime() - day),
    notAfter: new Date(now.getTime() + 3650 * day),
  };
  const root = await generateKeyPair(kind);
  const caSigner = softwareSigner(root.pkcs8);
  const ca = parsed(
    await issueCertificate(
      citizenCaTemplate({
        ...validity,
        kind: 'signature',
        serial: Uint8Array.of(1),
        publicKey: root.publicKey,
        organization: 'JPKI-DEMO',
      }),
      caSigner,
    ),
  );
  const holder = await generateKeyPair(kind);
  const signer = softwareSigner(holder.pkcs8);
  const leaf = await issueCertificate(
    signatureTemplate({
      ...validity,
      serial: Uint8Array.of(1, 2, 3, 4),
      publicKey: holder.publicKey,
      issuer: ca,
      identity,
      prefectureRomaji: 'Mihon-ken',
      municipalityRomaji: 'Mihon-shi',
      commonName: '2026010109000000000000000001',
      policyOid: demoOids.signature,
    }),
    caSigner,
  );
  const crl = await buildCrl(
    {
      issuer: ca.subject.der,
      issuerKeyIdentifier: keyIdentifier(root.publicKey),
      thisUpdate: validity.notBefore,
      nextUpdate: validity.notAfter,
      number: 1n,
      distributionPoint: crlDistributionPointName(ca, 'Mihon-ken', 'Mihon-shi'),
      entries: Array.from({ length: options.revoked }, (_, i) => ({
        serial: Uint8Array.of(9, i >> 16, (i >> 8) & 255, i & 255),
        date: validity.notBefore,
      })),
    },
    caSigner,
  );
  const content = randomBytes(options.bytes);
  const cms = await signCades({
    content,
    detached: true,
    signerCertificate: leaf,
    signingTime: now,
    algorithm: signer.algorithm,
    sign: (bytes) => signer.sign(bytes),
  });
  return { now, ca, caSigner, leaf, signer, pkcs8: holder.pkcs8, crl, content, cms };
}

function parsed(der: Uint8Array): Certificate {
  const result = parseCertificate(der);
  if (!result.ok) throw new Error(result.rule);
  return result.value;
}
