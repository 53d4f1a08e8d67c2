import {
  authenticationTemplate,
  type Certificate,
  citizenCaTemplate,
  demoOids,
  type Identity,
  issueCertificate,
  signatureTemplate,
} from '@madoguchi/pki';
import { agencyWorld, basicsFor, now, party, taro } from '@madoguchi/testing';
import type { CardKeys, TestCertificates } from './test-card.js';

export { type Party, taro } from '@madoguchi/testing';

/** The moment at which the tests take place. */
export const testNow = now;

/** An agency root, the city under it with its encryption certificate, and OCSP answers for both. */
export async function agencyAuthority(hosts: string[] = ['127.0.0.1']) {
  const { root, city, encryption, ocsp: answer } = await agencyWorld({ hosts });
  const ocsp = (certificate: Certificate, at: Date, status: 'good' | { revoked: Date } = 'good') =>
    answer(certificate, status, at);
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
    const { identity = taro, dates } = options;
    const sign = signatureTemplate({
      ...basicsFor(keys.sign.spki, dates),
      ...where,
      issuer: signCa.certificate,
      identity,
      commonName,
      policyOid: demoOids.signature,
    });
    const auth = authenticationTemplate({
      ...basicsFor(keys.auth.spki, dates),
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
