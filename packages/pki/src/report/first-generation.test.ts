// The cards of 2004 to 2015: RSA-1024 and SHA-1. What they signed is verified under a policy that says so, while it was sound.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { issueCertificate } from '../certificate/issue.js';
import { buildCrl } from '../crl/build.js';
import { keyIdentifier } from '../key/digest.js';
import { softwareSigner } from '../key/software.js';
import { demoOids } from '../oids.js';
import { crlDistributionPointName, signatureTemplate } from '../profile/citizen.js';
import { citizenCaTemplate } from '../profile/citizen-ca.js';
import { outcome, source } from '../testing/long-term.js';
import { openssl, opensslAbsent, pem, withFiles } from '../testing/outside.js';
import { skipWithout } from '../testing/programs.js';
import { parsed, place, taro } from '../testing/world.js';
import { xmlsecSign } from '../testing/xmlsec.js';
import { canonicalMethods, dsigNamespace, envelopedTransform } from '../xmldsig/algorithms.js';
import { evaluate } from './evaluate.js';
import { type GatherInput, gatherEvidence } from './gather.js';
import { parsePolicy } from './parse-policy.js';
import { citizenSignaturePolicy } from './policy.js';

const signedAt = new Date('2012-03-01T01:00:00Z');
const years = { notBefore: new Date('2010-04-01T00:00:00Z'), notAfter: new Date('2013-03-31T14:59:59Z') };

function sha1Key(modulusLength: number) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength, publicExponent: 65537 });
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  return { pkcs8, spki, signer: softwareSigner(pkcs8, 'rsa-sha1') };
}

const caKey = sha1Key(2048);
const caCertificate = await issueCertificate(
  citizenCaTemplate({
    kind: 'signature',
    serial: Uint8Array.of(1),
    publicKey: caKey.spki,
    organization: 'JPKI-DEMO',
    ...years,
    notAfter: new Date('2018-03-31T14:59:59Z'),
  }),
  caKey.signer,
);
const ca = parsed(caCertificate);
const card = sha1Key(1024);
const certificate = await issueCertificate(
  signatureTemplate({
    serial: Uint8Array.of(0x01, 0x23),
    publicKey: card.spki,
    issuer: ca,
    identity: taro,
    ...place,
    ...years,
    commonName: '2010040109000000000000000001',
    policyOid: demoOids.signature,
  }),
  caKey.signer,
);
const list = source(
  await buildCrl(
    {
      issuer: ca.subject.der,
      issuerKeyIdentifier: keyIdentifier(caKey.spki),
      thisUpdate: new Date('2012-03-01T00:00:00Z'),
      nextUpdate: new Date('2012-03-02T12:00:00Z'),
      number: 1n,
      distributionPoint: crlDistributionPointName(ca, place.prefectureRomaji, place.municipalityRomaji),
      onlyContainsUserCerts: true,
      entries: [],
    },
    caKey.signer,
  ),
);

const content = Buffer.from('平成24年の申請\n');
const cms = () =>
  withFiles(
    {
      'content.txt': content,
      'key.pem': pem(card.pkcs8, 'PRIVATE KEY'),
      'certificate.pem': pem(certificate),
    },
    (folder) => {
      const words =
        'cms -sign -binary -nodetach -md sha1 -in content.txt -signer certificate.pem -inkey key.pem -outform DER -out out.der';
      const run = openssl(folder, ...words.split(' '));
      assert.ok(run.ok, run.text);
      return readFileSync(path.join(folder, 'out.der'));
    },
  );
const xml = () =>
  xmlsecSign(
    `<申請><氏名>総務　太郎</氏名><Signature xmlns="${dsigNamespace}"><SignedInfo>` +
      `<CanonicalizationMethod Algorithm="${canonicalMethods['c14n-1.0']}"/><SignatureMethod Algorithm="${dsigNamespace}rsa-sha1"/>` +
      `<Reference URI=""><Transforms><Transform Algorithm="${envelopedTransform}"/></Transforms>` +
      `<DigestMethod Algorithm="${dsigNamespace}sha1"/><DigestValue/></Reference></SignedInfo><SignatureValue/>` +
      '<KeyInfo><X509Data/></KeyInfo></Signature></申請>',
    { pkcs8: card.pkcs8, der: certificate },
  );

const file = new URL('../../policies/citizen-2008.json', import.meta.url);
const read = parsePolicy(JSON.parse(readFileSync(file, 'utf8')));
assert.ok(read.ok);
const policy2008 = { ...read.policy, demo: true };
const today = new Date('2026-06-01T00:00:00Z');

function judge(
  signed: { cms: Uint8Array } | { xml: Uint8Array },
  rules: typeof policy2008,
  arrivalTime?: Date,
) {
  const input = {
    policy: rules.id,
    anchors: [caCertificate],
    revocation: [list],
    time: today,
    ...(arrivalTime === undefined ? {} : { arrivalTime }),
    ...signed,
  } as GatherInput;
  return outcome(evaluate(gatherEvidence(input), rules, today));
}

const kinds = [
  ['CMS made by openssl', opensslAbsent, () => ({ cms: cms() })],
  ['XML signed by xmlsec1', skipWithout('xmlsec1', '--version'), () => ({ xml: xml() })],
] as const;

for (const [name, skip, make] of kinds) {
  test(`${name} with RSA-1024 and SHA-1 counts under the policy of 2008 while it was sound, and under no other`, {
    skip,
  }, () => {
    const signed = make();
    assert.equal(judge(signed, policy2008, signedAt), 'TOTAL_PASSED');
    assert.match(
      judge(signed, { ...citizenSignaturePolicy, demo: true, requireSigningCertificate: false }, signedAt),
      /^INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE/,
    );
    // Without a proof that it is as old as it says, it could have been made today.
    assert.match(judge(signed, policy2008), /^INDETERMINATE (CRYPTO_CONSTRAINTS_FAILURE|OUT_OF_BOUNDS)/);
    assert.match(
      judge(signed, policy2008, new Date('2015-06-01T00:00:00Z')),
      /^INDETERMINATE (CRYPTO_CONSTRAINTS_FAILURE|OUT_OF_BOUNDS)/,
    );
  });
}
