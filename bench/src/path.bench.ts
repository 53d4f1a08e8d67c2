// How much does validating a citizen's path cost beyond the signature it must verify anyway?
import { verify } from 'node:crypto';
import {
  buildCrl,
  citizenCaTemplate,
  crlDistributionPointName,
  demoOids,
  generateKeyPair,
  type Identity,
  importPublicKey,
  issueCertificate,
  type KeyKind,
  keyIdentifier,
  loadCrl,
  parseCertificate,
  signatureTemplate,
  softwareSigner,
  validatePath,
} from '@madoguchi/pki';
import { best, type Row, report } from './report.js';

const now = new Date();
const day = 86_400_000;
const notBefore = new Date(now.getTime() - day);
const notAfter = new Date(now.getTime() + 3650 * day);
const place = { prefectureRomaji: 'Mihon-ken', municipalityRomaji: 'Mihon-shi' };
const identity: Identity = {
  name: '総務　太郎',
  nameSubstitution: '00000',
  address: '見本県見本市見本町一丁目２番３号',
  addressSubstitution: '0000000000000000',
  birthDate: '1975-04-01',
  sex: 'male',
};
const rounds = 2000;

const rows: Row[] = [];
for (const kind of ['rsa2048', 'p384'] satisfies KeyKind[]) {
  const root = await generateKeyPair(kind);
  const signer = softwareSigner(root.pkcs8);
  const ca = await issueCertificate(
    citizenCaTemplate({
      kind: 'signature',
      serial: Uint8Array.of(1),
      publicKey: root.publicKey,
      notBefore,
      notAfter,
      organization: 'JPKI-DEMO',
    }),
    signer,
  );
  const issuer = parseCertificate(ca);
  if (!issuer.ok) throw new Error(issuer.rule);
  const { publicKey } = await generateKeyPair(kind);
  const leaf = await issueCertificate(
    signatureTemplate({
      serial: Uint8Array.of(1, 2, 3, 4),
      publicKey,
      issuer: issuer.value,
      identity,
      ...place,
      commonName: '2026010109000000000000000001',
      notBefore,
      notAfter,
      policyOid: demoOids.signature,
    }),
    signer,
  );
  const list = await buildCrl(
    {
      issuer: issuer.value.subject.der,
      issuerKeyIdentifier: keyIdentifier(root.publicKey),
      thisUpdate: notBefore,
      nextUpdate: notAfter,
      number: 1n,
      distributionPoint: crlDistributionPointName(issuer.value, 'Mihon-ken', 'Mihon-shi'),
      entries: Array.from({ length: 10_000 }, (_, i) => ({
        serial: Uint8Array.of(9, i >> 16, (i >> 8) & 255, i & 255),
        date: notBefore,
      })),
    },
    signer,
  );
  const loaded = loadCrl(list);
  const parsed = parseCertificate(leaf);
  const key = importPublicKey(root.publicKey);
  if (!loaded.ok || !parsed.ok || !key.ok) throw new Error('not ours');
  loaded.crl.verify(root.publicKey);
  const digest = kind === 'rsa2048' ? 'sha256' : 'sha384';
  const n = kind === 'rsa2048' ? rounds : rounds / 10;
  const raw = best(5, () => {
    for (let i = 0; i < n; i++) verify(digest, parsed.value.tbs, key.key.object, parsed.value.signature);
  });
  const full = best(5, () => {
    for (let i = 0; i < n; i++) {
      const { valid, reason } = validatePath({
        leaf,
        anchors: [issuer.value],
        crls: [loaded.crl],
        time: now,
      });
      if (!valid) throw new Error(reason);
    }
  });
  rows.push({
    what: `validate a citizen's path, ${kind}, CRL of 10 000 already loaded`,
    value: (1000 * n) / full,
    unit: '/s',
    yardstick: `raw verifications ${((1000 * n) / raw).toFixed(0)}/s`,
    ratio: raw / full,
  });
}
report('path', rows);
