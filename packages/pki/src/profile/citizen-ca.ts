import { writeGeneralName } from '../certificate/general-name.js';
import type { CertificateTemplate } from '../certificate/issue.js';
import { buildName } from '../name.js';
import { altName, caTrue, crlDistributionPoint, keyUsage, subjectKey } from './extensions.js';

/** The citizens’ certificates: of the card, and of the smartphone. */
export type CitizenCertificateKind =
  | 'signature'
  | 'authentication'
  | 'phone-signature'
  | 'phone-authentication';

const units = {
  signature: { en: 'JPKI for digital signature', ja: '署名用' },
  authentication: { en: 'JPKI for user authentication', ja: '利用者証明用' },
  // How J-LIS names the smartphone class is not known: our own choice.
  'phone-signature': { en: 'JPKI for digital signature on mobile devices', ja: '移動端末設備用署名用' },
  'phone-authentication': {
    en: 'JPKI for user authentication on mobile devices',
    ja: '移動端末設備用利用者証明用',
  },
} as const;

/**
 * The self-signed authority of one kind of citizens' certificates, in the form of the J-LIS roots: no CN, the Japanese name as a
 * directory name beside the ASCII one, the place of its ARL named by its own DN, no authorityKeyIdentifier. All generations of a kind
 * share one name. The Japanese name says 見本 (sample): nothing issued here may look like production.
 */
export function citizenCaTemplate(input: {
  kind: CitizenCertificateKind;
  serial: Uint8Array;
  publicKey: Uint8Array;
  notBefore: Date;
  notAfter: Date;
  /** O of the subject, e.g. `JPKI-DEMO`. */
  organization: string;
}): CertificateTemplate {
  const unit = units[input.kind];
  const subject = buildName([
    ['C', 'JP'],
    ['O', input.organization],
    ['OU', unit.en],
    ['OU', 'Japan Agency for Local Authority Information Systems'],
  ]);
  const japanese = buildName([
    ['C', 'JP'],
    ['O', '公的個人認証サービス（見本）'],
    ['OU', `公的個人認証サービス${unit.ja}（見本）`],
    ['OU', '地方公共団体情報システム機構（見本）'],
  ]);
  return {
    serial: input.serial,
    issuer: subject,
    subject,
    notBefore: input.notBefore,
    notAfter: input.notAfter,
    publicKey: input.publicKey,
    extensions: [
      keyUsage('keyCertSign', 'cRLSign'),
      altName('subject', writeGeneralName.directory(japanese)),
      caTrue(),
      crlDistributionPoint(writeGeneralName.directory(subject)),
      subjectKey(input.publicKey),
    ],
  };
}

/**
 * The self-signed authority of one prefecture's governor, or of a bridge (2003 to 2015), in the form of the one certificate of that time
 * that is known, the bridge's of 2003. **Reconstructed**: the name says so, and so does every certificate that it issues. `units` are the
 * OUs below C=JP and O; `japanese` the same in Japanese, for the alternative name.
 */
export function governorCaTemplate(input: {
  serial: Uint8Array;
  publicKey: Uint8Array;
  notBefore: Date;
  notAfter: Date;
  organization: string;
  units: readonly string[];
  japanese: readonly string[];
}): CertificateTemplate {
  const subject = buildName([
    ['C', 'JP'],
    ['O', input.organization],
    ...input.units.map((unit): [string, string] => ['OU', unit]),
  ]);
  const japanese = buildName([
    ['C', 'JP'],
    ['O', '公的個人認証サービス（見本）'],
    ...input.japanese.map((unit): [string, string] => ['OU', unit]),
  ]);
  return {
    serial: input.serial,
    issuer: subject,
    subject,
    notBefore: input.notBefore,
    notAfter: input.notAfter,
    publicKey: input.publicKey,
    // The order of the bridge's certificate: usage, constraints, place of the ARL, name in Japanese, key.
    extensions: [
      keyUsage('keyCertSign', 'cRLSign'),
      caTrue(),
      crlDistributionPoint(writeGeneralName.directory(subject)),
      altName('subject', writeGeneralName.directory(japanese)),
      subjectKey(input.publicKey),
    ],
  };
}
