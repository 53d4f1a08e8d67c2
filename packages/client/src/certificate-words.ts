import { createHash } from 'node:crypto';
import {
  type Certificate,
  demoOids,
  type GeneralName,
  importPublicKey,
  type KeyUsage,
  nameToString,
  readIdentity,
  serialHex,
} from '@madoguchi/pki/certificates';
import { fill, formatDate, type Text, type Words } from '@madoguchi/ui/words';
import { daysLeft } from './certificate-end.js';
import { w } from './three-words.js';

/** One field of a certificate, for people. */
export interface CertificateRow {
  label: Words;
  value: Text;
}

const labels = {
  kind: w('種類', '{種類|しゅるい}', 'Kind'),
  name: w('氏名', '{名前|なまえ}', 'Name'),
  address: w('住所', '{住所|じゅうしょ}', 'Address'),
  birth: w('生年月日', '{生年月日|せいねんがっぴ}', 'Date of birth'),
  sex: w('性別', '{性別|せいべつ}', 'Sex'),
  substitution: w('代替文字', '{代替文字|だいたいもじ}', 'Substituted characters'),
  subject: w('証明書の名義', '{証明書|しょうめいしょ}の {名前|なまえ}', 'Subject'),
  issuer: w('発行者', '{発行者|はっこうしゃ}', 'Issuer'),
  serial: w('発行の番号', '{番号|ばんごう}', 'Serial number'),
  period: w('有効期間', '{有効期間|ゆうこうきかん}', 'Valid'),
  key: w('公開鍵', '{公開鍵|こうかいかぎ}', 'Public key'),
  usage: w('鍵の用途', '{鍵|かぎ}の つかいかた', 'Key usage'),
  policy: w('証明書ポリシー', 'ポリシー', 'Policy'),
  crl: w('失効リストの置き場所', '{失効|しっこう}リスト', 'Revocation list'),
  ocsp: w('失効を答える所（OCSP）', '{失効|しっこう}を {答|こた}える {所|ところ}', 'Responder (OCSP)'),
  algorithm: w('署名の方式', '{署名|しょめい}の {方法|ほうほう}', 'Signed with'),
  fingerprint: w('指紋（SHA-256）', 'SHA-256', 'SHA-256 fingerprint'),
} as const;

const kinds = {
  sign: w('署名用電子証明書', '{署名用電子証明書|しょめいようでんししょうめいしょ}', 'signature certificate'),
  auth: w(
    '利用者証明用電子証明書',
    '{利用者証明用電子証明書|りようしゃしょうめいようでんししょうめいしょ}',
    'user authentication certificate',
  ),
  authority: w(
    '認証局の証明書',
    '{認証局|にんしょうきょく}の {証明書|しょうめいしょ}',
    'certificate of an authority',
  ),
  other: w('証明書', '{証明書|しょうめいしょ}', 'certificate'),
} as const;

const usages: Record<KeyUsage, Words> = {
  digitalSignature: w('デジタル署名・認証', '{署名|しょめい}・{認証|にんしょう}', 'digital signature'),
  nonRepudiation: w('否認防止（電子署名）', '{電子署名|でんししょめい}', 'non-repudiation'),
  keyEncipherment: w('鍵の暗号化', '{鍵|かぎ}の {暗号化|あんごうか}', 'key encipherment'),
  dataEncipherment: w('データの暗号化', 'データの {暗号化|あんごうか}', 'data encipherment'),
  keyAgreement: w('鍵の共有', '{鍵|かぎ}の {共同|きょうどう}', 'key agreement'),
  keyCertSign: w('証明書への署名', '{証明書|しょうめいしょ}を {出|だ}す', 'signing certificates'),
  cRLSign: w('失効リストへの署名', '{失効|しっこう}リストを {出|だ}す', 'signing revocation lists'),
  encipherOnly: w('暗号化のみ', '{暗号化|あんごうか}だけ', 'encipher only'),
  decipherOnly: w('復号のみ', 'もどす だけ', 'decipher only'),
};

const sexes = {
  male: w('男', '{男|おとこ}', 'male'),
  female: w('女', '{女|おんな}', 'female'),
  other: w('その他', 'その{他|ほか}', 'other'),
  unknown: w('不明', '{不明|ふめい}', 'unknown'),
} as const;

const none = w('なし', 'ありません', 'none');
const period = w(
  '{from} から {to} まで（あと {days} 日）',
  '{from} から {to} まで（あと {days} {日|にち}）',
  '{from} to {to} (days left: {days})',
);
const periodOver = w(
  '{from} から {to} まで（切れています）',
  '{from} から {to} まで（{終|お}わりました）',
  '{from} to {to} (expired)',
);

/** Every field of a certificate in words, in the order a holder asks for them. Fields that it does not have are left out. */
export function certificateRows(certificate: Certificate, now: Date): CertificateRow[] {
  const rows: (CertificateRow | undefined)[] = [
    { label: labels.kind, value: kinds[kindOf(certificate)] },
    ...identityRows(certificate),
    { label: labels.subject, value: nameToString(certificate.subject) },
    { label: labels.issuer, value: nameToString(certificate.issuer) },
    { label: labels.serial, value: serialHex(certificate) },
    { label: labels.period, value: periodOf(certificate, now) },
    { label: labels.key, value: keyOf(certificate) },
    row(labels.usage, joined((certificate.keyUsage ?? []).map((usage) => usages[usage]))),
    row(labels.policy, certificate.policies?.map(({ oid }) => oid).join(', ')),
    row(labels.crl, certificate.crlDistributionPoints?.flatMap(placesOf).join('; ')),
    row(labels.ocsp, responders(certificate).join(', ')),
    row(labels.algorithm, certificate.signatureAlgorithm),
    { label: labels.fingerprint, value: fingerprint(certificate.der) },
  ];
  return rows.filter((one) => one !== undefined);
}

function row(label: Words, value: Text | undefined): CertificateRow | undefined {
  return value === undefined || value === '' ? undefined : { label, value };
}

function joined(list: readonly Words[]): Words | undefined {
  if (list.length === 0) return undefined;
  const all = (register: keyof Words, mark: string) => list.map((one) => one[register]).join(mark);
  return { ja: all('ja', '、'), jaEasy: all('jaEasy', '、'), en: all('en', ', ') };
}

function kindOf(certificate: Certificate): keyof typeof kinds {
  if (certificate.basicConstraints?.ca === true) return 'authority';
  if (readIdentity(certificate) !== undefined) return 'sign';
  const policies = certificate.policies?.map(({ oid }) => oid) ?? [];
  // JPKI: …20 is the policy of signature, …30 that of authentication certificates (certificates.md); ours follow that.
  const isAuth = policies.some(
    (oid) => oid === demoOids.authentication || /^1\.2\.392\.200149\.8\.5\.1\.3\./.test(oid),
  );
  return isAuth ? 'auth' : 'other';
}

function identityRows(certificate: Certificate): CertificateRow[] {
  const identity = readIdentity(certificate);
  if (identity === undefined || !identity.ok) return [];
  const { name, address, birthDate, sex, nameSubstitution, addressSubstitution } = identity.value;
  const replaced = [...marked(name, nameSubstitution), ...marked(address, addressSubstitution)].join(' ');
  return [
    { label: labels.name, value: name },
    { label: labels.address, value: address },
    { label: labels.birth, value: birthDate },
    { label: labels.sex, value: sexes[sex] },
    { label: labels.substitution, value: replaced === '' ? none : replaced },
  ];
}

/** The characters whose flag says that another one stands in the resident record. */
function marked(text: string, flags: string | undefined): string[] {
  return [...text].filter((_, index) => flags?.[index] === '1');
}

function periodOf({ notBefore, notAfter }: Certificate, now: Date): Words {
  const day = (date: Date) => w(formatDate(date, 'ja'), formatDate(date, 'jaEasy'), formatDate(date, 'en'));
  const days = daysLeft(notAfter, now);
  return fill(days < 0 ? periodOver : period, { from: day(notBefore), to: day(notAfter), days });
}

function keyOf({ spki }: Certificate): string {
  // Short keys are named too: this is for reading, not for trusting.
  const imported = importPublicKey(spki, { minimumRsaBits: 1024 });
  return imported.ok ? `${imported.key.kind === 'rsa' ? 'RSA' : 'EC'} ${imported.key.bits}` : '—';
}

function placesOf({ name }: NonNullable<Certificate['crlDistributionPoints']>[number]): string[] {
  return name !== undefined && 'fullName' in name ? name.fullName.map(generalName) : [];
}

function generalName(name: GeneralName): string {
  if (name.kind === 'directoryName') return nameToString(name.name);
  return 'value' in name && typeof name.value === 'string' ? name.value : '—';
}

/** id-ad-ocsp, RFC 5280 4.2.2.1. */
const ocspMethod = '1.3.6.1.5.5.7.48.1';

function responders(certificate: Certificate): string[] {
  const list = certificate.authorityInfoAccess ?? [];
  return list.flatMap(({ method, location }) => (method === ocspMethod ? [generalName(location)] : []));
}

function fingerprint(der: Uint8Array): string {
  const hex = createHash('sha256').update(der).digest('hex').toUpperCase();
  return hex.replace(/(..)(?=.)/g, '$1:');
}
