import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  createCardImage,
  type DataFile,
  demoMyNumber,
  efs,
  openCardImage,
  openOwnerSession,
} from '@madoguchi/card';
import {
  authenticationTemplate,
  citizenCaTemplate,
  demoOids,
  generateKeyPair,
  type Identity,
  issueCertificate,
  parseCertificate,
  signatureTemplate,
  softwareSigner,
} from '@madoguchi/pki';

export const benchPins = { sign: 'ABC123', auth: '1234' };

const day = 86_400_000;
const now = Date.now();
const dates = { notBefore: new Date(now - day), notAfter: new Date(now + 1000 * day) };
const identity: Identity = {
  name: '総務　太郎',
  nameSubstitution: '00000',
  address: '見本県見本市中央一丁目２番３号',
  addressSubstitution: '0'.repeat(15),
  birthDate: '1975-04-01',
  sex: 'male',
};

/** A card of a small authority, as an image; gone when the process ends. */
export async function benchCard(): Promise<{ file: string; imageKey: Uint8Array }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-card-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'bench.card');
  const imageKey = randomBytes(32);
  const cardKey = randomBytes(32);
  await createCardImage(file, {
    imageKey,
    cardKey,
    text: {
      name: identity.name,
      address: identity.address,
      birthDate: identity.birthDate,
      sex: 'male',
      myNumber: demoMyNumber(1),
    },
    expiry: '2035-04-01',
    municipality: '99201',
    authPin: benchPins.auth,
    signPin: benchPins.sign,
    textPin: benchPins.auth,
  });
  const card = await openCardImage(file, { imageKey });
  try {
    card.powerOn();
    const owner = await openOwnerSession(card.transmit, cardKey);
    for (const kind of ['signature', 'authentication'] as const) {
      const { pkcs8, publicKey } = await generateKeyPair('rsa2048');
      const signer = softwareSigner(pkcs8);
      const ca = await issueCertificate(
        citizenCaTemplate({ kind, serial: Uint8Array.of(1), publicKey, ...dates, organization: 'JPKI-DEMO' }),
        signer,
      );
      const issuer = parseCertificate(ca);
      if (!issuer.ok) throw new Error(issuer.rule);
      const { spki } = await owner.generateKeyPair(kind);
      const common = {
        serial: Uint8Array.of(2),
        publicKey: spki,
        ...dates,
        issuer: issuer.value,
        commonName: '2026010109000000000000000001',
        prefectureRomaji: 'Mihon-ken',
        municipalityRomaji: 'Mihon-shi',
      };
      const own =
        kind === 'signature'
          ? signatureTemplate({ ...common, identity, policyOid: demoOids.signature })
          : authenticationTemplate({ ...common, policyOid: demoOids.authentication });
      const { jpki } = efs;
      const places: [DataFile, DataFile] =
        kind === 'signature'
          ? [jpki.signatureCertificate, jpki.signatureCaCertificate]
          : [jpki.authenticationCertificate, jpki.authenticationCaCertificate];
      await owner.writeFile(places[0], await issueCertificate(own, signer));
      await owner.writeFile(places[1], ca);
    }
  } finally {
    await card.close();
  }
  return { file, imageKey };
}
