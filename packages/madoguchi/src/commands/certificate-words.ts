import { keyPurposes } from '@madoguchi/pki/certificates';
import type { CertificateRole } from './certificate-view.js';

/** What a certificate is for, in one line. */
export const roleWords: Record<CertificateRole, string> = {
  'citizen-signature': '署名用電子証明書 (signature certificate of a citizen)',
  'citizen-authentication': '利用者証明用電子証明書 (authentication certificate of a citizen)',
  authority: '認証局の証明書 (certificate of an authority)',
  'time-stamping': 'タイムスタンプ局の証明書 (time-stamping authority)',
  'ocsp-responder': 'OCSPレスポンダの証明書 (OCSP responder)',
  encryption: '暗号化用の証明書 (certificate for encryption)',
  signing: '署名用の証明書 (certificate for signing)',
  other: '電子証明書 (certificate)',
};

/** The fields of certificates, lists and requests, in Japanese beside their own names. */
export const fieldLabels: Readonly<Record<string, string>> = {
  version: '版',
  serial: 'シリアル番号',
  issuer: '発行者',
  subject: '主体者',
  notBefore: '有効期間の開始',
  notAfter: '有効期間の終了',
  signatureAlgorithm: '署名方式',
  key: '公開鍵',
  keyUsage: '鍵の使い道',
  extKeyUsage: '用途',
  basicConstraints: '認証局か',
  policies: '証明書ポリシー',
  policyMappings: 'ポリシーの対応',
  policyConstraints: 'ポリシーの制約',
  inhibitAnyPolicy: '任意ポリシーの禁止',
  nameConstraints: '名前の制約',
  subjectKeyIdentifier: '主体者の鍵識別子',
  authorityKeyIdentifier: '発行者の鍵識別子',
  subjectAltNames: '主体者の別名',
  issuerAltNames: '発行者の別名',
  crlDistributionPoints: '失効リストの場所',
  freshestCrl: '差分リストの場所',
  authorityInfoAccess: '発行者の情報',
  extensions: '拡張領域',
  signature: '署名値',
  sha256: '指紋（SHA-256）',
  sha1: '指紋（SHA-1）',
  thisUpdate: '発行日時',
  nextUpdate: '次回発行',
  number: 'リストの番号',
  deltaBase: '差分の基になる番号',
  entries: '失効の件数',
  scope: 'リストの範囲',
  expiredCertsOnCrl: '期限切れを残す時点',
  proven: '秘密鍵を持つことの証明',
};

/** Key usages (RFC 5280 4.2.1.3). */
export const usageWords: Readonly<Record<string, string>> = {
  digitalSignature: '電子署名',
  nonRepudiation: '否認防止',
  keyEncipherment: '鍵の暗号化',
  dataEncipherment: 'データの暗号化',
  keyAgreement: '鍵合意',
  keyCertSign: '証明書への署名',
  cRLSign: '失効リストへの署名',
  encipherOnly: '暗号化のみ',
  decipherOnly: '復号のみ',
};

/** Purposes (RFC 5280 4.2.1.12; RFC 9336). */
export const purposeWords: Readonly<Record<string, string>> = {
  [keyPurposes.any]: 'any すべて',
  [keyPurposes.serverAuth]: 'serverAuth サーバー',
  [keyPurposes.clientAuth]: 'clientAuth クライアント',
  [keyPurposes.emailProtection]: 'emailProtection 電子メール',
  [keyPurposes.timeStamping]: 'timeStamping タイムスタンプ',
  [keyPurposes.ocspSigning]: 'OCSPSigning OCSPの回答',
  [keyPurposes.documentSigning]: 'documentSigning 文書への署名',
};

export const identityLabels = {
  name: '氏名 (name)',
  nameSubstitution: '氏名の代替文字 (substitute characters)',
  address: '住所 (address)',
  addressSubstitution: '住所の代替文字 (substitute characters)',
  birthDate: '生年月日 (date of birth)',
  sex: '性別 (sex)',
} as const;
