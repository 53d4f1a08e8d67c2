import type { KeyName } from '@madoguchi/card';
import {
  authenticationTemplate,
  type Certificate,
  citizenCaTemplate,
  demoOids,
  generateKeyPair,
  type Identity,
  issueCertificate,
  parseCertificate,
  type Signer,
  signatureTemplate,
  softwareSigner,
} from '@madoguchi/pki';
import type { TestIssuer } from './issued-card.js';

const day = 86_400_000;

const longAddress: Identity = {
  name: '総務　太郎',
  nameSubstitution: '00000',
  address: `見本県見本市${'中央１丁目'.repeat(38)}`,
  addressSubstitution: '0'.repeat(196),
  birthDate: '1980-02-03',
  sex: 'male',
};

/** Our own authority: certificates in the JPKI profile, by default with an address as long as they come. */
export function profileIssuer(now: Date, identity: Identity = longAddress): TestIssuer {
  const authorities = new Map<KeyName, { certificate: Certificate; signer: Signer }>();
  const validity = {
    notBefore: new Date(now.getTime() - day),
    notAfter: new Date(now.getTime() + 365 * day),
  };
  return {
    async authority(name) {
      const pair = await generateKeyPair('rsa2048');
      const signer = softwareSigner(pair.pkcs8);
      const template = citizenCaTemplate({
        kind: name,
        serial: Uint8Array.of(1),
        publicKey: pair.publicKey,
        organization: 'JPKI-DEMO',
        ...validity,
      });
      const der = await issueCertificate(template, signer);
      const parsed = parseCertificate(der);
      if (!parsed.ok) throw new Error(parsed.rule);
      authorities.set(name, { certificate: parsed.value, signer });
      return der;
    },
    async certify(name, spki) {
      const authority = authorities.get(name);
      if (authority === undefined) throw new Error('make the authority first');
      const common = {
        serial: Uint8Array.of(2),
        publicKey: spki,
        issuer: authority.certificate,
        commonName: '20261122103000000MIHON99201',
        prefectureRomaji: 'Mihon-ken',
        municipalityRomaji: 'Mihon-shi',
        ...validity,
      };
      const template =
        name === 'authentication'
          ? authenticationTemplate({ ...common, policyOid: demoOids.authentication })
          : signatureTemplate({
              ...common,
              policyOid: demoOids.signature,
              identity,
            });
      return issueCertificate(template, authority.signer);
    },
  };
}
