/** A certificate, list or request in words, for `card cert --text` and `cert show`. */
import { type Certificate, parseCertificate, readIdentity } from '@madoguchi/pki/certificates';
import { markText } from '@madoguchi/procedure/basics';
import { type Register, words } from '@madoguchi/ui/words';
import { CommandError } from '../cli/command.js';
import { derValues } from '../cli/input.js';
import { say } from '../cli/language.js';
import { certificateDocument, roleOf } from './certificate-view.js';
import { fieldLabels, identityLabels, purposeWords, roleWords, usageWords } from './certificate-words.js';

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

/** Flags of substitution, position by position: which characters stand for another one. */
function flagged(text: string, flags: string): string {
  const stands = [...text].filter((_, index) => flags[index] === '1');
  return stands.length === 0 ? 'なし (none)' : `${flags}  「${stands.join('」「')}」`;
}

function identityLines(certificate: Certificate): string[] {
  const identity = readIdentity(certificate);
  if (identity === undefined) return [];
  if (!identity.ok) return ['', `基本4情報 (the four items): cannot be read, ${identity.rule}`];
  const { value } = identity;
  const shown = {
    ...value,
    nameSubstitution: flagged(value.name, value.nameSubstitution),
    addressSubstitution: flagged(value.address, value.addressSubstitution),
  };
  return [
    '',
    '基本4情報 (the four items of identity)',
    ...Object.entries(identityLabels).map(
      ([key, label]) => `  ${label}: ${shown[key as keyof typeof identityLabels] || '—'}`,
    ),
  ];
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
  const { role: _, kind: __, identity: ___, ...fields } = certificateDocument(certificate);
  return [
    roleWords[roleOf(certificate)],
    ...rows,
    ...(warning === undefined ? [] : [`▲ ${say(warning, register)}`]),
    '',
    ...documentLines(fields),
    ...identityLines(certificate),
  ].map(seen);
}

/** One line a field, label in both languages; absent fields are left out. */
export function documentLines(fields: Record<string, unknown>): string[] {
  return Object.entries(fields).flatMap(([key, value]) => {
    if (value === null || value === undefined) return [];
    const label = `${key.padEnd(22)} ${fieldLabels[key] ?? ''}`.trimEnd();
    const lines = linesOf(key, value);
    const [first = ''] = lines;
    return lines.length === 1 ? [`${label}: ${first}`] : [`${label}:`, ...lines.map((line) => `    ${line}`)];
  });
}

function linesOf(key: string, value: unknown): string[] {
  if (Array.isArray(value)) {
    const items: unknown[] = value;
    if (key === 'extensions') return items.map(extensionLine);
    const each = items.map((item) => wordsOf(key, item));
    return key === 'keyUsage' || key === 'policies' ? [each.join(', ')] : each;
  }
  return [wordsOf(key, value)];
}

function wordsOf(key: string, value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .filter(([, inner]) => inner !== null && inner !== undefined && inner !== false)
      .map(([name, inner]) => `${name} ${Array.isArray(inner) ? inner.join(', ') : String(inner)}`)
      .join('; ');
  }
  const text = String(value);
  if (key === 'keyUsage') return `${text} ${usageWords[text] ?? ''}`.trimEnd();
  if (key === 'extKeyUsage') return `${text} ${purposeWords[text] ?? ''}`.trimEnd();
  return text;
}

function extensionLine(extension: unknown): string {
  const { oid, name, critical, value } = extension as {
    oid: string;
    name: string | null;
    critical: boolean;
    value: string;
  };
  const unknown = name === null ? `: ${value.length > 64 ? `${value.slice(0, 64)}…` : value}` : '';
  return `${oid} ${name ?? '?'}${critical ? ' 必須 (critical)' : ''}${unknown}`;
}

/** What a file says is shown as text: nothing in it may move the cursor or turn the letters. */
export const seen = (line: string): string => markText(line).replaceAll('\n', '〔U+000A〕');
