import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type Certificate, type Identity, parseCertificate, readIdentity } from '@madoguchi/pki';
import { eraDate, formatDate } from '@madoguchi/ui';
import type { Ca } from '../ca.js';
import { findMunicipality } from '../places.js';
import type { CertificateRecord } from '../queries.js';
import { sexWords } from './act-words.js';
import type { Act } from './acts.js';
import { telephone } from './words.js';

/** Sets a Typst template as PDF; all text goes in as data. */
export type Typeset = (template: string, data: object, createdAt: Date) => Uint8Array;

const template = fileURLToPath(new URL('../../assets/certificate-copy.typ', import.meta.url));

/**
 * 電子証明書の写し: what stands in the certificates of one act, and the fingerprints of their authorities, by which the holder can check who
 * issued them. The serial number (発行の番号) is left out: it must reach verifiers only, and paper wanders. Undefined without certificates.
 */
export async function certificateCopy(
  ca: Ca,
  typeset: Typeset,
  act: Pick<Act, 'municipality' | 'issue'>,
): Promise<Uint8Array | undefined> {
  if (act.issue === undefined) return undefined;
  const authorities = await ca.authorities();
  const records = await ca.list({ municipality: act.municipality, issue: act.issue });
  const parts: object[] = [];
  const fingerprints: object[] = [];
  for (const kind of ['signature', 'authentication'] as const) {
    const record = heldOf(records, kind);
    const der = record === undefined ? undefined : (await ca.show({ alias: record.alias }))?.certificate;
    const parsed = der === undefined ? undefined : parseCertificate(der);
    if (record === undefined || parsed === undefined || !parsed.ok) continue;
    const identity = identityIn(parsed.value);
    parts.push({
      title: kind === 'signature' ? '署名用電子証明書' : '利用者証明用電子証明書',
      rows: [
        ...(identity === undefined ? [] : identityRows(identity)),
        ['発行年月日', plain(formatDate(parsed.value.notBefore, 'ja', { time: true }))],
        ['有効期間の満了日', plain(formatDate(parsed.value.notAfter, 'ja', { time: true }))],
      ],
      note: hasSubstitutes(identity) ? '下線の字は、住民票の字を置き換えた代替文字です。' : '',
    });
    const issuer = authorities.find(({ id }) => id === record.authority);
    if (issuer === undefined) continue;
    const print = createHash('sha256').update(issuer.certificate.der).digest('hex').toUpperCase();
    fingerprints.push({
      name: `${kind === 'signature' ? '署名用' : '利用者証明用'}（${issuer.id}）`,
      lines: [grouped(print.slice(0, 32)), grouped(print.slice(32))],
    });
  }
  if (parts.length === 0) return undefined;
  const now = ca.context.clock();
  return typeset(
    template,
    {
      title: '電子証明書の写し',
      office: `${findMunicipality(act.municipality)?.name ?? ''}長`,
      made: formatDate(now, 'ja', { time: true }),
      parts,
      fingerprints,
      lost: `カードやパスワードをなくしたとき、他人に知られたときは、24時間いつでも、電話 ${telephone} に一時停止を届け出てください。`,
    },
    now,
  );
}

/** What the card holds: handed over, and of those the valid one; an online renewal that was begun and not ended has made newer ones. */
export function heldOf(
  records: readonly CertificateRecord[],
  kind: 'signature' | 'authentication',
): CertificateRecord | undefined {
  const own = records.filter(({ profile, state }) => profile === kind && state === 'delivered');
  return own.find(({ status }) => status === 'valid') ?? own[0];
}

/** A piece of a row, and whether it is printed as a substitute. */
type Run = readonly [text: string, isSubstitute: boolean];

const plain = (text: string): Run[] => [[text, false]];

function identityIn(certificate: Certificate): Identity | undefined {
  const read = readIdentity(certificate);
  return read?.ok ? read.value : undefined;
}

function identityRows(identity: Identity): [string, Run[]][] {
  return [
    ['氏名', runs(identity.name, identity.nameSubstitution)],
    ['住所', runs(identity.address, identity.addressSubstitution)],
    ['生年月日', plain(eraDate(identity.birthDate))],
    ['性別', plain(sexWords[identity.sex].ja)],
  ];
}

/** Each character by itself where one is flagged, so that it can be underlined. */
function runs(text: string, flags: string | undefined): Run[] {
  if (flags?.includes('1') !== true) return plain(text);
  return [...text].map((sign, index): Run => [sign, flags[index] === '1']);
}

const hasSubstitutes = (identity: Identity | undefined): boolean =>
  `${identity?.nameSubstitution ?? ''}${identity?.addressSubstitution ?? ''}`.includes('1');

const grouped = (hex: string) => hex.replace(/(.{4})(?=.)/g, '$1 ');
