/** An agency's own keys and certificates: sealed keys in the key store, certificates as files beside them. */
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { AgencyKeys } from '@madoguchi/agency';
import type { Ca } from '@madoguchi/ca';
import { generateKeyPair, parseCertificate, softwareSigner } from '@madoguchi/pki/certificates';
import { type Keystore, writeFileAtomically } from '@madoguchi/store';
import { type DecryptionKeys, decryptionKeys } from './decryption-keys.js';

/** Certificates are asked for anew this long before they end. */
const renewBeforeMs = 30 * 24 * 3600_000;

interface AgencyIdentity {
  code: string;
  name: string;
  hosts: readonly string[];
}

type Use = 'agency';

/** Loads the agency's keys; on the first start makes them and has the authority certify them. */
export async function agencyKeys(input: {
  ca: Ca;
  keystore: Keystore;
  folder: string;
  agency: AgencyIdentity;
  clock: () => Date;
  onFault?: ((error: unknown) => void) | undefined;
}): Promise<{ keys: AgencyKeys; decryption: DecryptionKeys }> {
  const signing = await certified(input, 'agency');
  const decryption = await decryptionKeys(input, renewBeforeMs);
  const keys: AgencyKeys = {
    signer: softwareSigner(signing.pkcs8),
    signerChain: [signing.certificate],
    get encryptionCertificate() {
      return decryption.current().certificate;
    },
    get decrypter() {
      return decryption.current().decrypter;
    },
    allDecryption: () => decryption.all(),
    secret: input.keystore.derive(`agency:${input.agency.code}`),
  };
  return { keys, decryption };
}

function certified(
  input: { ca: Ca; keystore: Keystore; folder: string; agency: AgencyIdentity; clock: () => Date },
  use: Use,
): Promise<CertifiedKey> {
  const { folder, agency } = input;
  return certifiedKey({
    ...input,
    use,
    keyName: `agency.${agency.code}.${use}`,
    file: path.join(folder, agency.code, `${use}.cer`),
  });
}

interface CertifiedKey {
  pkcs8: Uint8Array;
  certificate: Uint8Array;
}

/** A key of an office and its certificate: made and certified where they are not there or end soon. */
export async function certifiedKey(input: {
  ca: Ca;
  keystore: Keystore;
  agency: AgencyIdentity;
  use: Use;
  /** The key's name in the key store, and where its certificate lies. */
  keyName: string;
  file: string;
  clock: () => Date;
}): Promise<CertifiedKey> {
  const { ca, keystore, agency, clock, use, keyName, file } = input;
  const kept = await keystore.get(keyName);
  const certificate = await readFile(file).catch(() => undefined);
  if (kept !== undefined && certificate !== undefined && isCurrent(certificate, clock())) {
    return { pkcs8: kept, certificate };
  }
  const pair = await generateKeyPair('p256');
  const names = { agencyCode: agency.code, agencyName: agency.name };
  const issued = await ca.issue({ publicKey: pair.publicKey, profile: use, hosts: agency.hosts, ...names });
  await mkdir(path.dirname(file), { recursive: true });
  // The key first: a certificate without its key would be taken for current.
  await keystore.put(keyName, pair.pkcs8);
  await writeFileAtomically(file, issued.certificate);
  return { pkcs8: pair.pkcs8, certificate: issued.certificate };
}

function isCurrent(der: Uint8Array, now: Date): boolean {
  const certificate = parseCertificate(der);
  return certificate.ok && certificate.value.notAfter.getTime() - now.getTime() > renewBeforeMs;
}
