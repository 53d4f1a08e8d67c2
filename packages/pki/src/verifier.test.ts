import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { signCades } from './cms/sign-cades.js';
import { cadesPolicy, verifySignedData } from './cms/verify-signed-data.js';
import { buildCrl } from './crl/build.js';
import { generateKeyPair, softwareSigner } from './key/software.js';
import { type PathInput, validatePath } from './path/validate.js';
import { createPathValidator, type PathQuestion, type PathSettings } from './path/validator.js';
import { crlDistributionPointName } from './profile/citizen.js';
import { readIdentity } from './profile/identity.js';
import { mutations, seeded } from './testing/mutate.js';
import { pkitsAbsent } from './testing/outside.js';
import { listedInput, pkitsCases, pkitsFiles, pkitsMessages, pkitsTime, wholePool } from './testing/pkits.js';
import { randomChain } from './testing/random-chain.js';
import * as world from './testing/world.js';
import { createVerifier } from './verifier.js';

/** Settings and question apart, as a validator takes them. */
function split(input: PathInput): { settings: PathSettings; question: PathQuestion } {
  const { leaf, time, revocationTime, ocspResponses, ...settings } = input;
  return {
    settings,
    question: {
      leaf,
      time,
      ...(revocationTime === undefined ? {} : { revocationTime }),
      ...(ocspResponses === undefined ? {} : { ocspResponses }),
    },
  };
}

suite('a validator for many questions answers as validatePath does', { skip: pkitsAbsent }, () => {
  test('for every PKITS case with its own path, asked twice', () => {
    const files = pkitsFiles();
    for (const each of pkitsCases) {
      const input = listedInput(each, files);
      const { settings, question } = split(input);
      const validator = createPathValidator(settings);
      const right = validatePath(input);
      assert.deepEqual(validator.validate(question), right, each.id);
      assert.deepEqual(validator.validate(question), right, each.id);
    }
  });

  test('for every certificate of PKITS at several times by one validator that knows the whole suite, in two orders', () => {
    const files = pkitsFiles();
    const pool = wholePool(files);
    const anchor = files.certificates.get('TrustAnchorRootCertificate.crt');
    assert.ok(anchor !== undefined);
    const settings = { anchors: [anchor], ...pool };
    const validator = createPathValidator(settings);
    const times = [pkitsTime, new Date('2009-06-01T00:00:00Z'), new Date('2031-06-01T00:00:00Z')];
    const questions = [...files.certificates.values()].flatMap((leaf, index) =>
      times.slice(0, index % 8 === 0 ? 3 : 1).map((time) => ({ leaf, time })),
    );
    const right = questions.map((question) => validatePath({ ...settings, ...question }));
    const forward = questions.map((question) => validator.validate(question));
    const backward = [...questions].reverse().map((question) => validator.validate(question));
    assert.deepEqual(forward, right);
    assert.deepEqual(backward.reverse(), right);
  });

  test('for a leaf that is itself one of the intermediates, as bytes and taken apart', () => {
    const files = pkitsFiles();
    const pool = wholePool(files);
    const anchor = files.certificates.get('TrustAnchorRootCertificate.crt');
    assert.ok(anchor !== undefined);
    const validator = createPathValidator({ anchors: [anchor], ...pool });
    for (const leaf of pool.intermediates.slice(0, 60)) {
      if (leaf instanceof Uint8Array) continue;
      const right = validatePath({ leaf: leaf.der, anchors: [anchor], ...pool, time: pkitsTime });
      assert.deepEqual(validator.validate({ leaf, time: pkitsTime }), right);
      assert.deepEqual(validator.validate({ leaf: leaf.der, time: pkitsTime }), right);
    }
  });

  test('for every PKITS message, as verifySignedData and validatePath answer', () => {
    const anchor = pkitsFiles().certificates.get('TrustAnchorRootCertificate.crt');
    assert.ok(anchor !== undefined);
    const verifier = createVerifier({ anchors: [anchor] });
    for (const { name, cms, content } of pkitsMessages()) {
      const found = verifier.verify({ cms, content, time: pkitsTime });
      const signature = verifySignedData({ cms, content });
      assert.deepEqual(found.signature, signature, name);
      const leaf = signature.signers[0]?.certificate;
      assert.ok(leaf !== undefined);
      const { certificates, crls } = signature;
      const path = validatePath({
        leaf,
        intermediates: certificates,
        anchors: [anchor],
        crls,
        time: pkitsTime,
      });
      assert.deepEqual(found.signers[0]?.path, path, name);
      assert.equal(found.ok, signature.ok && path.valid, name);
    }
  });
});

suite('a verifier', () => {
  const serial = Uint8Array.of(0x21);
  let ca: world.Party;
  let holder: world.Party;
  let crl: Uint8Array;
  let cms: Uint8Array;
  const content = Buffer.from('申請');
  before(async () => {
    ca = await world.citizenCa('signature', 'p256');
    holder = await world.citizen(ca, serial, 'p256');
    crl = await list([]);
    cms = await signCades({
      content,
      detached: true,
      signerCertificate: holder.der,
      certificates: [ca.der],
      signingTime: world.now,
      algorithm: holder.signer.algorithm,
      sign: (bytes) => holder.signer.sign(bytes),
    });
  });
  const list = (revoked: Uint8Array[]): Promise<Uint8Array> =>
    buildCrl(
      {
        issuer: ca.certificate.subject.der,
        issuerKeyIdentifier: ca.keyId,
        thisUpdate: new Date('2026-05-31T00:00:00Z'),
        nextUpdate: new Date('2026-06-03T00:00:00Z'),
        number: 1n,
        distributionPoint: crlDistributionPointName(ca.certificate, 'Mihon-ken', 'Mihon-shi'),
        entries: revoked.map((each) => ({ serial: each, date: new Date('2026-05-30T00:00:00Z') })),
      },
      ca.signer,
    );

  test('goes from the message to the identity in one call', async () => {
    const verifier = createVerifier({
      anchors: [ca.der],
      crls: [crl],
      signature: cadesPolicy,
      keyUsage: ['nonRepudiation'],
    });
    const found = verifier.verify({ cms, content, time: world.now });
    assert.ok(found.ok);
    const [signer] = found.signers;
    assert.ok(signer?.certificate !== undefined && signer.path?.valid === true);
    assert.equal(signer.path.path.length, 2);
    const identity = readIdentity(signer.certificate);
    assert.ok(identity?.ok && identity.value.name === world.taro.name);
    assert.equal(verifier.verify({ cms, content: Buffer.from('別の'), time: world.now }).ok, false);
    assert.equal(verifier.verify({ cms, content, time: new Date('2027-06-01T00:00:00Z') }).ok, false);
    const revoked = createVerifier({
      anchors: [ca.der],
      crls: [await list([serial])],
      signature: cadesPolicy,
    });
    const bad = revoked.verify({ cms, content, time: world.now });
    assert.equal(bad.signature.ok, true);
    assert.equal(bad.signers[0]?.path?.subIndication, 'REVOKED_NO_POE');
  });

  test('shares a key with the path only where both accept the same keys', () => {
    const settings = { anchors: [ca.der], crls: [crl] };
    const strict = createVerifier({ ...settings, crypto: { keys: { exponent65537: true } } });
    assert.ok(strict.verify({ cms, content, time: world.now }).ok);
  });

  test('says of damaged messages what the two functions say, and never throws', () => {
    const verifier = createVerifier({ anchors: [ca.der], crls: [crl] });
    for (const damaged of mutations(cms, 400, 5)) {
      const found = verifier.verify({ cms: damaged, content, time: world.now });
      const signature = verifySignedData({ cms: damaged, content });
      assert.deepEqual(found.signature, signature);
      const leaf = signature.signers[0]?.certificate;
      if (leaf === undefined) continue;
      const path = validatePath({
        leaf,
        intermediates: signature.certificates,
        anchors: [ca.der],
        crls: [crl, ...signature.crls],
        ocspResponses: signature.ocspResponses,
        time: world.now,
      });
      assert.deepEqual(found.signers[0]?.path, path);
    }
  });

  test('of random authorities answers as validatePath, all of them known at once', async () => {
    const random = seeded(11);
    const pairs = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const { pkcs8, publicKey } = await generateKeyPair('p256');
        return { publicKey, signer: softwareSigner(pkcs8) };
      }),
    );
    const chains = [];
    for (let i = 0; i < 60; i++) chains.push(await randomChain(pairs, random, world.now));
    const settings = {
      anchors: chains.map(({ anchor }) => anchor),
      intermediates: chains.flatMap(({ intermediates }) => intermediates),
      crls: chains.flatMap(({ crls }) => crls),
    };
    const verifier = createVerifier(settings);
    let valid = 0;
    for (const { leaf } of [...chains, ...chains.reverse()]) {
      const right = validatePath({ ...settings, leaf, time: world.now });
      assert.deepEqual(verifier.validate({ leaf, time: world.now }), right);
      if (right.valid) valid++;
    }
    assert.ok(valid > 0 && valid < 120, `${valid}`);
  });

  test('is told at once when it is misused', () => {
    assert.throws(() => createVerifier({ anchors: ['root' as unknown as Uint8Array] }), TypeError);
    const verifier = createVerifier({ anchors: [ca.der] });
    assert.throws(() => verifier.validate({ leaf: holder.der, time: new Date('x') }), TypeError);
  });
});
