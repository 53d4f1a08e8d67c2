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
  type OcspStatus,
  ocspResponderTemplate,
  parseCertificate,
  rootTemplate,
  type Signer,
  signatureTemplate,
  softwareSigner,
} from '@madoguchi/pki';

/** A holder of a key with its certificate. */
export interface Party {
  certificate: Certificate;
  der: Uint8Array;
  signer: Signer;
  pkcs8: Uint8Array;
}

export const now = new Date('2026-11-22T01:41:00Z');
const notBefore = new Date('2026-01-01T00:00:00Z');
const notAfter = new Date('2031-01-01T00:00:00Z');

export const taro: Identity = {
  name: '総務　太郎',
  nameSubstitution: '00000',
  address: '見本県見本市中央一丁目２番３号',
  addressSubstitution: '000000000000000',
  birthDate: '1975-04-01',
  sex: 'male',
};

type Template = Parameters<typeof issueCertificate>[0];
/** What every certificate begins with. */
export interface Basics {
  serial: Uint8Array;
  publicKey: Uint8Array;
  notBefore: Date;
  notAfter: Date;
}

let serials = 1;

/** The next serial number for this key, under the world's usual dates. */
export function basicsFor(publicKey: Uint8Array, dates = { notBefore, notAfter }): Basics {
  serials += 1;
  return { serial: Uint8Array.of(1, serials >> 8, serials & 0xff), publicKey, ...dates };
}

/** A certificate that must be readable, since a test made it. */
export function parsedCertificate(der: Uint8Array): Certificate {
  const parsed = parseCertificate(der);
  if (!parsed.ok) throw new Error(parsed.rule);
  return parsed.value;
}

/** Makes a key and a certificate for it; self-signed without an issuer. */
export async function party(
  template: (basics: Basics) => Template,
  issuer?: Signer,
  kind: KeyKind = 'p256',
): Promise<Party> {
  const { pkcs8, publicKey } = await generateKeyPair(kind);
  const signer = softwareSigner(pkcs8);
  const der = await issueCertificate(template(basicsFor(publicKey)), issuer ?? signer);
  return { certificate: parsedCertificate(der), der, signer, pkcs8 };
}

const place = {
  crlUrl: 'http://crl.jpki-demo.example/agency.crl',
  ocspUrl: 'http://ocsp.jpki-demo.example/',
};
const mihon = { agencyCode: '99201', agencyName: '見本市', ...place };

/** The responder's answer about one certificate, good for an hour from `at`. */
function ocspAnswer(
  issuer: Certificate,
  responder: Party,
  certificate: Certificate,
  { status, at }: { status: OcspStatus; at: Date },
) {
  const until = new Date(at.getTime() + 3600_000);
  const answer = { certId: certificateId(certificate, issuer), status, thisUpdate: at, nextUpdate: until };
  const { issuerKeyHash: keyHash } = certificateId(responder.certificate, responder.certificate, 'sha1');
  const by = { certificate: responder.der, keyHash };
  return buildOcspResponse({ responses: [answer], producedAt: at, responder: by }, responder.signer);
}

/** An agency root with a city, its encryption certificate and an OCSP responder. */
export async function agencyWorld(
  options: { kind?: KeyKind; encryptionKind?: KeyKind; hosts?: string[] } = {},
) {
  const subject = buildName([
    ['C', 'JP'],
    ['O', 'JPKI-DEMO'],
    ['CN', 'Agency Root'],
  ]);
  const root = await party((basics) => rootTemplate({ ...basics, subject }));
  const issuer = root.certificate;
  const hosts = options.hosts ?? ['city.mihon.example', '127.0.0.1'];
  const city = await party(
    (basics) => agencyTemplate({ ...basics, ...mihon, issuer, hosts }),
    root.signer,
    options.kind,
  );
  const encryption = await party(
    (basics) => encryptionTemplate({ ...basics, ...mihon, issuer }),
    root.signer,
    options.encryptionKind,
  );
  const responder = await party((basics) => ocspResponderTemplate({ ...basics, issuer }), root.signer);
  const ocsp = (certificate: Certificate, status: OcspStatus = 'good', at = now) =>
    ocspAnswer(issuer, responder, certificate, { status, at });
  /** Another agency under the same root. */
  const neighbour = (name = '隣市', code = '99202') =>
    party(
      (basics) => encryptionTemplate({ ...basics, ...place, agencyCode: code, agencyName: name, issuer }),
      root.signer,
    );
  return { root, city, encryption, responder, ocsp, neighbour };
}

/** A citizens' authority for signatures and one citizen under it, and more on demand. */
export async function citizenWorld(identity: Identity = taro) {
  const ca = await party(
    (basics) => citizenCaTemplate({ ...basics, kind: 'signature', organization: 'JPKI-DEMO' }),
    undefined,
    'rsa2048',
  );
  let people = 0;
  /** One more citizen under the same authority. */
  const another = (who: Identity) => {
    people += 1;
    const commonName = `20260101090000000000000000${String(people).padStart(2, '0')}`;
    return party(
      (basics) =>
        signatureTemplate({
          ...basics,
          issuer: ca.certificate,
          identity: who,
          prefectureRomaji: 'Mihon-ken',
          municipalityRomaji: 'Mihon-shi',
          commonName,
          policyOid: demoOids.signature,
        }),
      ca.signer,
      'rsa2048',
    );
  };
  const citizen = await another(identity);
  return { ca, citizen, another };
}

/** An authority of authentication certificates, one holder under it with a key of `kind`, and its OCSP answers and list. */
export async function loginWorld(kind: KeyKind = 'rsa2048') {
  const ca = await party(
    (basics) => citizenCaTemplate({ ...basics, kind: 'authentication', organization: 'JPKI-DEMO' }),
    undefined,
    kind,
  );
  const issuer = ca.certificate;
  const holder = await party(
    (basics) =>
      authenticationTemplate({
        ...basics,
        issuer,
        prefectureRomaji: 'Mihon-ken',
        municipalityRomaji: 'Mihon-shi',
        commonName: '2026010109000000000000000001',
        policyOid: demoOids.authentication,
      }),
    ca.signer,
    kind,
  );
  const responder = await party((basics) => ocspResponderTemplate({ ...basics, issuer }), ca.signer);
  const ocsp = (status: OcspStatus = 'good', at = now, certificate = holder.certificate) =>
    ocspAnswer(issuer, responder, certificate, { status, at });
  return { ca, holder, ocsp };
}
