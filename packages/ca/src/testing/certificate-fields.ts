import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Certificate, parseCertificate } from '@madoguchi/pki';
import { openssl } from './authority.js';

/** What stands in a certificate, without what differs from one to the next: key identifiers, serial numbers of issuers. */
export interface Fields {
  readonly version: string;
  /** A number of one octet itself, of any other how many octets it has; it is positive. */
  readonly serial: string;
  readonly algorithm: string;
  readonly key: string;
  readonly issuer: string;
  readonly subject: string;
  /** How many years lie between the two times, or how many birthdays, and the end's time of day. */
  readonly life: string;
  /** In order; `!` behind the name: critical. */
  readonly extensions: readonly string[];
}

export function certificateOf(der: Uint8Array): Certificate {
  const parsed = parseCertificate(der);
  assert.ok(parsed.ok);
  return parsed.value;
}

/** As `openssl x509` prints them. `birthday` (MM-DD): the life is counted in birthdays. */
export function fieldsOf(dir: string, der: Uint8Array, birthday?: string): Fields {
  const file = path.join(dir, 'certificate.der');
  writeFileSync(file, der);
  const form = ['-nameopt', 'oneline,utf8,-esc_msb,show_type', '-certopt', 'no_sigdump'];
  const { output } = openssl('x509', '-inform', 'DER', '-in', file, '-noout', '-text', ...form);
  const one = (pattern: RegExp) => pattern.exec(output)?.[1]?.trim() ?? '';
  const typed = (text: string) => text.replaceAll('PRINTABLESTRING:', 'P:').replaceAll('UTF8STRING:', '');
  const ends = [one(/Not Before: (.*)/), one(/Not After : (.*)/)].map((text) => new Date(text));
  const times = openssl('asn1parse', '-inform', 'DER', '-in', file).output.match(/UTCTIME|GENERALIZEDTIME/g);
  assert.deepEqual(times?.slice(0, 2), ['UTCTIME', 'UTCTIME']);
  const [, list = ''] = output.split(/X509v3 extensions:\n/);
  const extensions: string[] = [];
  for (const line of list.split('\n')) {
    const head = /^ {12}(\S.*?): ?(critical)?$/.exec(line);
    const body = line.trim();
    if (head !== null) extensions.push(`${head[1]?.replace('X509v3 ', '')}${head[2] ? '!' : ''}:`);
    else if (body !== '' && extensions.length > 0) extensions.push(`${extensions.pop()} ${neutral(body)}`);
  }
  const number = openssl('x509', '-inform', 'DER', '-in', file, '-noout', '-serial')
    .output.trim()
    .replace('serial=', '');
  assert.match(number, /^[0-9A-F]+$/);
  return {
    version: one(/Version: (\d)/),
    serial: number.length === 2 ? number : `${number.length / 2} octets`,
    algorithm: one(/Signature Algorithm: (\S+)/),
    key: `${one(/Public Key Algorithm: (\S+)/)} ${one(/Public-Key: \((\d+) bit\)/)} ${one(/(?:Exponent: |ASN1 OID: )(\S+)/)}`,
    issuer: typed(one(/Issuer: (.*)/)),
    subject: typed(one(/Subject: (.*)/)),
    life: `${spanOf(ends, birthday)}, ${one(/Not After : \w+ +\d+ (\S+)/)}`,
    extensions,
  };
}

const dayMs = 86_400_000;
const inJapan = (time: Date) => new Date(time.getTime() + 9 * 3_600_000).toISOString().slice(0, 10);

/** Birthdays (MM-DD) after the day of issue up to the last day, both in Japan; without one, years. */
function spanOf(
  [begin = new Date(0), end = new Date(0)]: readonly Date[],
  birthday: string | undefined,
): string {
  if (birthday === undefined)
    return `${Math.round((end.getTime() - begin.getTime()) / (365.25 * dayMs))} years`;
  let count = 0;
  for (let time = begin.getTime() + dayMs; time <= end.getTime(); time += dayMs)
    if (inJapan(new Date(time)).endsWith(birthday)) count++;
  return inJapan(end).endsWith(birthday) ? `birthday ${count}` : `no birthday, ${count} before`;
}

/** Japanese directory names are cut by OpenSSL's short form: they are compared from the certificate itself. */
const neutral = (text: string) =>
  text
    .replace(/(?:[0-9A-F]{2}:){19}[0-9A-F]{2}/, 'ID')
    .replace(/^serial:.*/, 'serial')
    .replace(/DirName:\/C=JP\/O=\\x.*/, 'JAPANESE');
