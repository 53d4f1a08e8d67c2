import {
  agencyTemplate,
  authenticationTemplate,
  buildName,
  buildOcspResponse,
  type Certificate,
  certificateId,
  citizenCaTemplate,
  demoOids,
  encryptionTemplate,
  generateKeyPair,
  type Identity,
  issueCertificate,
  type KeyKind,
  ocspResponderTemplate,
  parseCertificate,
  rootTemplate,
  type Signer,
  signatureTemplate,
  softwareSigner,
  spkiFromRsa,
} from '@madoguchi/pki';
import type { CardKeys, TestCertificates } from './test-card.js';

/** A key with its certificate. */
export interface Party {
  certificate: Certificate;
  der: Uint8Array;
  signer: Signer;
  pkcs8: Uint8Array;
}

/** The moment at which the tests take place. */
export const testNow = new Date('2026-11-22T01:41:00Z');

export const taro: Identity = {
  name: '総務　太郎',
  nameSubstitution: '00000',
  address: '見本県見本市中央一丁目２番３号',
  addressSubstitution: '000000000000000',
  birthDate: '1975-04-01',
  sex: 'male',
};

type Template = Parameters<typeof issueCertificate>[0];
interface Basics {
  serial: Uint8Array;
  publicKey: Uint8Array;
  notBefore: Date;
  notAfter: Date;
}

const years = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2031-01-01T00:00:00Z') };
let serials = 1;

function basics(publicKey: Uint8Array, dates = years): Basics {
  serials += 1;
  return { serial: Uint8Array.of(1, serials >> 8, serials & 0xff), publicKey, ...dates };
}

function parsed(der: Uint8Array): Certificate {
  const certificate = parseCertificate(der);
  if (!certificate.ok) throw new Error(certificate.rule);
  return certificate.value;
}

async function party(
  template: (basics: Basics) => Template,
  issuer?: Signer,
  kind: KeyKind = 'p256',
): Promise<Party> {
  const { pkcs8, publicKey } = await generateKeyPair(kind);
  const signer = softwareSigner(pkcs8);
  const der = await issueCertificate(template(basics(publicKey)), issuer ?? signer);
  return { certificate: parsed(der), der, signer, pkcs8 };
}

const place = {
  crlUrl: 'http://crl.jpki-demo.example/agency.crl',
  ocspUrl: 'http://ocsp.jpki-demo.example/',
};

/** An agency root, the city under it with its encryption certificate, and OCSP answers for both. */
export async function agencyAuthority(hosts: string[] = ['127.0.0.1']) {
  const subject = buildName([
    ['C', 'JP'],
    ['O', 'JPKI-DEMO'],
    ['CN', '見本 行政機関認証局'],
  ]);
  const root = await party((b) => rootTemplate({ ...b, subject }));
  const issuer = root.certificate;
  const mihon = { agencyCode: '99201', agencyName: '見本市', issuer, ...place };
  const city = await party((b) => agencyTemplate({ ...b, ...mihon, hosts }), root.signer);
  const encryption = await party((b) => encryptionTemplate({ ...b, ...mihon }), root.signer);
  const responder = await party((b) => ocspResponderTemplate({ ...b, issuer }), root.signer);
  const keyHash = certificateId(responder.certificate, responder.certificate, 'sha1').issuerKeyHash;
  const ocsp = (certificate: Certificate, at: Date, status: 'good' | { revoked: Date } = 'good') =>
    buildOcspResponse(
      {
        responses: [
          {
            certId: certificateId(certificate, issuer),
            status,
            thisUpdate: at,
            nextUpdate: new Date(at.getTime() + 3600_000),
          },
        ],
        producedAt: at,
        responder: { certificate: responder.der, keyHash },
      },
      responder.signer,
    );
  return { root, city, encryption, ocsp };
}

/** The two citizens' authorities, and what they write on a card. */
export async function citizenAuthority(organization = 'JPKI-DEMO') {
  const ca = (kind: 'signature' | 'authentication') =>
    party((b) => citizenCaTemplate({ ...b, kind, organization }), undefined, 'rsa2048');
  const signCa = await ca('signature');
  const authCa = await ca('authentication');
  const where = { prefectureRomaji: 'Mihon-ken', municipalityRomaji: 'Mihon-shi' };
  const commonName = '2026010109000000000000000001';

  const issue = async (
    keys: CardKeys,
    options: { identity?: Identity; dates?: { notBefore: Date; notAfter: Date } } = {},
  ): Promise<TestCertificates> => {
    const { identity = taro, dates = years } = options;
    const sign = signatureTemplate({
      ...basics(spkiFromRsa(keys.sign.modulus, keys.sign.exponent), dates),
      ...where,
      issuer: signCa.certificate,
      identity,
      commonName,
      policyOid: demoOids.signature,
    });
    const auth = authenticationTemplate({
      ...basics(spkiFromRsa(keys.auth.modulus, keys.auth.exponent), dates),
      ...where,
      issuer: authCa.certificate,
      commonName,
      policyOid: demoOids.authentication,
    });
    return {
      sign: await issueCertificate(sign, signCa.signer),
      auth: await issueCertificate(auth, authCa.signer),
      signCa: signCa.der,
      authCa: authCa.der,
    };
  };
  /** A citizen's signature certificate with a key in software: to show that it cannot sign requests. */
  const citizen = () =>
    party(
      (b) =>
        signatureTemplate({
          ...b,
          ...where,
          issuer: signCa.certificate,
          identity: taro,
          commonName,
          policyOid: demoOids.signature,
        }),
      signCa.signer,
      'rsa2048',
    );
  return { signCa, authCa, issue, citizen };
}
