/** A certificate in words, for `card cert --text` and `cert show`. */
import { type Certificate, nameToString, parseCertificate, readIdentity, serialHex } from '@madoguchi/pki';
import { type Register, words } from '@madoguchi/ui';
import { CommandError } from '../cli/command.js';
import { derValues } from '../cli/input.js';
import { say } from '../cli/language.js';

export function toPem(der: Uint8Array): string {
  const base64 = Buffer.from(der)
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')
    .trimEnd();
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
}

/** DER or PEM, as files come. */
export function fromPemOrDer(bytes: Uint8Array): Uint8Array {
  return derValues(bytes, ['CERTIFICATE'])[0] ?? bytes;
}

/** Ends the command when these bytes are no certificate. */
export function parsed(der: Uint8Array): Certificate {
  const result = parseCertificate(der);
  if (!result.ok) {
    throw new CommandError('no', `This is not a certificate: ${result.rule} at byte ${result.offset}.`);
  }
  return result.value;
}

/** Every field as plain data; byte strings in hexadecimal. */
export function certificateDocument(der: Uint8Array): Record<string, unknown> {
  const certificate = parsed(der);
  const identity = readIdentity(certificate);
  return {
    version: certificate.version,
    serial: serialHex(certificate),
    issuer: nameToString(certificate.issuer),
    subject: nameToString(certificate.subject),
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    signatureAlgorithm: certificate.signatureAlgorithm ?? null,
    keyUsage: certificate.keyUsage ?? null,
    extKeyUsage: certificate.extKeyUsage ?? null,
    basicConstraints: certificate.basicConstraints ?? null,
    policies: certificate.policies?.map((policy) => policy.oid) ?? null,
    subjectKeyIdentifier: hex(certificate.subjectKeyIdentifier),
    authorityKeyIdentifier: hex(certificate.authorityKeyIdentifier?.keyIdentifier),
    identity: identity === undefined ? null : identity.ok ? identity.value : { fault: identity.rule },
    extensions: certificate.extensions.map(({ oid, critical, value }) => ({
      oid,
      critical,
      value: hex(value),
    })),
  };
}

function hex(bytes: Uint8Array | undefined): string | null {
  return bytes === undefined ? null : Buffer.from(bytes).toString('hex');
}

/** In words first, as a holder reads it; then every field by its own name, for whoever compares. */
export async function certificateLines(der: Uint8Array, register: Register, now: Date): Promise<string[]> {
  // Only now: the help of small commands loads no agent.
  const { certificateRows, endWarning } = await import('@madoguchi/client');
  const certificate = parsed(der);
  const rows = certificateRows(certificate, now).map(
    ({ label, value }) => `${say(label, register)}: ${words(value, register)}`,
  );
  const warning = endWarning(certificate.notAfter, now);
  return [...rows, ...(warning === undefined ? [] : [`▲ ${say(warning, register)}`]), '', ...fieldLines(der)];
}

function fieldLines(der: Uint8Array): string[] {
  const { identity: _, ...document } = certificateDocument(der);
  const line = (value: unknown): string =>
    value === null ? '—' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return Object.entries(document).flatMap(([key, value]) =>
    key === 'extensions' && Array.isArray(value)
      ? ['extensions', ...value.map((each: unknown) => `  ${line(each)}`)]
      : [`${key.padEnd(24)} ${line(value)}`],
  );
}
