/** Certificates, lists and requests as plain data: every field under its own name, byte strings in hexadecimal. */
import { createHash, createPublicKey } from 'node:crypto';
import {
  attributeTypes,
  type Certificate,
  type DistributionPoint,
  extensionIds,
  type GeneralName,
  identityItems,
  importPublicKey,
  keyPurposes,
  nameToString,
  nameValues,
  readIdentity,
  serialHex,
} from '@madoguchi/pki/certificates';

/** What a certificate is for, as far as it says. */
export type CertificateRole =
  | 'citizen-signature'
  | 'citizen-authentication'
  | 'authority'
  | 'time-stamping'
  | 'ocsp-responder'
  | 'encryption'
  | 'signing'
  | 'other';

export function roleOf(certificate: Certificate): CertificateRole {
  const { extKeyUsage = [], keyUsage = [], basicConstraints } = certificate;
  if (basicConstraints?.ca === true) return 'authority';
  if (readIdentity(certificate) !== undefined) return 'citizen-signature';
  if (extKeyUsage.includes(keyPurposes.timeStamping)) return 'time-stamping';
  if (extKeyUsage.includes(keyPurposes.ocspSigning)) return 'ocsp-responder';
  if (nameValues(certificate.issuer, attributeTypes.organizationalUnit).some(isUserAuthentication))
    return 'citizen-authentication';
  if (keyUsage.includes('keyEncipherment') || keyUsage.includes('keyAgreement')) return 'encryption';
  return keyUsage.includes('digitalSignature') || keyUsage.includes('nonRepudiation') ? 'signing' : 'other';
}

/** The organisational unit of the authentication authority (reference: certificate profile of J-LIS). */
const isUserAuthentication = (unit: string) => /user authentication/i.test(unit);

export function certificateDocument(certificate: Certificate): Record<string, unknown> {
  const identity = readIdentity(certificate);
  const { policyConstraints, nameConstraints } = certificate;
  return {
    kind: 'certificate',
    role: roleOf(certificate),
    version: certificate.version,
    serial: serialHex(certificate),
    issuer: nameToString(certificate.issuer),
    subject: nameToString(certificate.subject),
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    signatureAlgorithm: certificate.signatureAlgorithm ?? null,
    key: keyDocument(certificate.spki),
    keyUsage: certificate.keyUsage ?? null,
    extKeyUsage: certificate.extKeyUsage ?? null,
    basicConstraints: certificate.basicConstraints ?? null,
    policies: certificate.policies?.map((policy) => policy.oid) ?? null,
    policyMappings: certificate.policyMappings ?? null,
    policyConstraints: policyConstraints ?? null,
    inhibitAnyPolicy: certificate.inhibitAnyPolicy ?? null,
    nameConstraints:
      nameConstraints === undefined
        ? null
        : {
            permitted: nameConstraints.permitted.map(({ base }) => generalName(base)),
            excluded: nameConstraints.excluded.map(({ base }) => generalName(base)),
          },
    subjectKeyIdentifier: hex(certificate.subjectKeyIdentifier),
    authorityKeyIdentifier: hex(certificate.authorityKeyIdentifier?.keyIdentifier),
    subjectAltNames: certificate.subjectAltNames?.map(generalName) ?? null,
    issuerAltNames: certificate.issuerAltNames?.map(generalName) ?? null,
    crlDistributionPoints: certificate.crlDistributionPoints?.map(distributionPoint) ?? null,
    freshestCrl: certificate.freshestCrl?.map(distributionPoint) ?? null,
    authorityInfoAccess:
      certificate.authorityInfoAccess?.map(({ method, location }) => ({
        method,
        location: generalName(location),
      })) ?? null,
    identity: identity === undefined ? null : identity.ok ? identity.value : { fault: identity.rule },
    extensions: certificate.extensions.map(extensionDocument),
    signature: hex(certificate.signature),
    sha256: createHash('sha256').update(certificate.der).digest('hex'),
    sha1: createHash('sha1').update(certificate.der).digest('hex'),
  };
}

const names = new Map<string, string>(Object.entries(extensionIds).map(([name, oid]) => [oid, name]));

export function extensionDocument({ oid, critical, value }: Certificate['extensions'][number]) {
  return { oid, name: names.get(oid) ?? null, critical, value: hex(value) };
}

/** Kind and size of a public key; where it is none of ours, what the system's library says, and else the rule it breaks. */
export function keyDocument(spki: Uint8Array): Record<string, unknown> {
  const sha256 = createHash('sha256').update(spki).digest('hex');
  const read = importPublicKey(spki, { minimumRsaBits: 512, maximumRsaBits: 16384 });
  if (read.ok) return { kind: read.key.kind, bits: read.key.bits, sha256 };
  return { kind: otherKind(spki) ?? 'unknown', fault: read.rule, sha256 };
}

function otherKind(spki: Uint8Array): string | undefined {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }).asymmetricKeyType;
  } catch {
    return undefined;
  }
}

const items = new Map<string, string>(Object.entries(identityItems).map(([name, oid]) => [oid, name]));

export function generalName(name: GeneralName): string {
  switch (name.kind) {
    case 'otherName':
      return `otherName ${items.get(name.type) ?? name.type}`;
    case 'directoryName':
      return `directoryName ${nameToString(name.name)}`;
    case 'iPAddress':
      return `iPAddress ${ipText(name.octets)}`;
    case 'registeredID':
      return `registeredID ${name.oid}`;
    case 'x400Address':
    case 'ediPartyName':
      return `${name.kind} ${hex(name.der)}`;
    default:
      return `${name.kind} ${name.value}`;
  }
}

/** An address, or in name constraints an address with its mask. */
function ipText(octets: Uint8Array): string {
  if (octets.length === 4) return octets.join('.');
  if (octets.length === 8) return `${octets.subarray(0, 4).join('.')}/${octets.subarray(4).join('.')}`;
  const groups = Buffer.from(octets).toString('hex').match(/.{4}/g) ?? [];
  return octets.length === 16
    ? groups.join(':')
    : `${groups.slice(0, 8).join(':')}/${groups.slice(8).join(':')}`;
}

export function distributionPoint({ name, reasons, crlIssuer }: DistributionPoint): string {
  const place =
    name === undefined
      ? ''
      : 'fullName' in name
        ? name.fullName.map(generalName).join(' | ')
        : `relativeName ${name.relativeName.map(({ type, value }) => `${type}=${value}`).join('+')}`;
  const only = reasons === undefined ? '' : ` (reasons ${[...reasons].join(', ')})`;
  const by = crlIssuer === undefined ? '' : ` (issued by ${crlIssuer.map(generalName).join(', ')})`;
  return `${place}${only}${by}`.trim();
}

export function hex(bytes: Uint8Array | undefined): string | null {
  return bytes === undefined ? null : Buffer.from(bytes).toString('hex');
}
