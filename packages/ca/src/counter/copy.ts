import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { parseCertificate, readIdentity } from '@madoguchi/pki';
import { eraDate, formatDate } from '@madoguchi/ui';
import type { Ca } from '../ca.js';
import { findMunicipality } from '../places.js';
import { sexWords } from './act-words.js';
import type { Act } from './acts.js';

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
    const record = records.find(({ profile }) => profile === kind);
    const der = record === undefined ? undefined : (await ca.show({ alias: record.alias }))?.certificate;
    const parsed = der === undefined ? undefined : parseCertificate(der);
    if (record === undefined || parsed === undefined || !parsed.ok) continue;
    const read = readIdentity(parsed.value);
    const identity = read?.ok ? read.value : undefined;
    const rows = [
      ...(identity !== undefined
        ? [
            ['氏名', identity.name],
            ['住所', identity.address],
            ['生年月日', eraDate(identity.birthDate)],
            ['性別', sexWords[identity.sex].ja],
          ]
        : []),
      ['発行年月日', formatDate(parsed.value.notBefore, 'ja', { time: true })],
      ['有効期間の満了日', formatDate(parsed.value.notAfter, 'ja', { time: true })],
    ];
    const substituted =
      identity !== undefined && `${identity.nameSubstitution}${identity.addressSubstitution}`.includes('1');
    parts.push({
      title: kind === 'signature' ? '署名用電子証明書' : '利用者証明用電子証明書',
      rows,
      note: substituted ? '氏名または住所に、住民票の文字を置き換えた代替文字があります。' : '',
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
    },
    now,
  );
}

const grouped = (hex: string) => hex.replace(/(.{4})(?=.)/g, '$1 ');
