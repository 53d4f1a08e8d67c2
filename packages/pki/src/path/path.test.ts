import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { issueCertificate } from '../certificate/issue.js';
import type { RevokedEntry } from '../crl/build.js';
import { loadCrl } from '../crl/load.js';
import { crlSpeaksFor } from '../crl/speaks-for.js';
import { generateKeyPair, softwareSigner } from '../key/software.js';
import { buildName } from '../name.js';
import { certificateId } from '../ocsp/certificate-id.js';
import { buildOcspResponse, type OcspStatus } from '../ocsp/response.js';
import { demoOids, extensionIds, keyPurposes } from '../oids.js';
import { linkTemplate } from '../profile/cross.js';
import { mutations } from '../testing/mutate.js';
import { pem } from '../testing/outside.js';
import { list, nextUpdate, pathQuestions, serial, thisUpdate } from '../testing/path-questions.js';
import * as world from '../testing/world.js';
import { validatePath } from './validate.js';

const { ca, holder, clean, verdict, short } = await pathQuestions();

suite('path validation', () => {
  test('a citizen with a clean CRL passes, under the policy of the signature certificate', () => {
    const result = verdict({
      requireExplicitPolicy: true,
      initialPolicies: [demoOids.signature],
      keyUsage: ['nonRepudiation'],
    });
    // The anchor's policies do not count, so the leaf's own policy is the result.
    assert.equal(result.indication, 'PASSED', result.reason);
    assert.deepEqual(result.policies, [demoOids.signature]);
    assert.deepEqual(
      result.path.map((der) => Buffer.from(der)),
      [holder.der, ca.der].map((der) => Buffer.from(der)),
    );
  });

  test('what is demanded of the leaf must be said in it', () => {
    assert.equal(
      short({ keyUsage: ['keyAgreement'] }),
      'INDETERMINATE CHAIN_CONSTRAINTS_FAILURE path.keyUsage',
    );
    assert.equal(
      short({ extKeyUsage: [keyPurposes.timeStamping] }),
      'INDETERMINATE CHAIN_CONSTRAINTS_FAILURE path.extKeyUsage',
    );
    assert.equal(
      short({ requireExplicitPolicy: true, initialPolicies: [demoOids.agency] }),
      'INDETERMINATE CHAIN_CONSTRAINTS_FAILURE path.policy',
    );
  });

  test('revoked, held and unknown are told apart; all of them are INDETERMINATE without proof of when', async () => {
    const entry = (reason: RevokedEntry['reason']): RevokedEntry[] => [
      { serial, date: new Date('2026-05-30T00:00:00Z'), ...(reason === undefined ? {} : { reason }) },
    ];
    const revoked = await list(ca, entry('keyCompromise'));
    assert.equal(short({ crls: [revoked] }), 'INDETERMINATE REVOKED_NO_POE path.revoked');
    const held = await list(ca, entry('certificateHold'));
    assert.equal(short({ crls: [held] }), 'INDETERMINATE REVOKED_NO_POE path.revoked');
    assert.equal(short({ crls: [held], hold: 'tryLater' }), 'INDETERMINATE TRY_LATER path.hold');
    const unknown = 'INDETERMINATE TRY_LATER path.revocation.unknown';
    assert.equal(short({ crls: [] }), unknown);
    assert.equal(short({ crls: [], checkRevocation: false }), 'PASSED');
    assert.equal(short({ crls: [await list(ca, [], { city: 'Tonari-shi' })] }), unknown);
    assert.equal(
      short({ crls: [await list(ca, [], { nextUpdate: new Date('2026-05-31T12:00:00Z') })] }),
      unknown,
    );
    const late = await list(ca, [], { thisUpdate: new Date('2026-06-02T00:00:00Z') });
    assert.equal(short({ crls: [late] }), unknown);
    const damaged = Uint8Array.from(clean);
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
    assert.equal(short({ crls: [damaged] }), unknown);
    // The newest list in scope decides, whatever the order.
    const newer = await list(ca, entry('superseded'), { thisUpdate: new Date('2026-05-31T12:00:00Z') });
    assert.equal(short({ crls: [clean, newer] }), 'INDETERMINATE REVOKED_NO_POE path.revoked');
    assert.equal(short({ crls: [newer, clean] }), 'INDETERMINATE REVOKED_NO_POE path.revoked');
  });

  test('a list made after arrival clears what was revoked only afterwards', async () => {
    const afterwards = await list(ca, [{ serial, date: new Date('2026-06-01T12:00:00Z') }], {
      thisUpdate: new Date('2026-06-02T00:00:00Z'),
    });
    const revocationTime = new Date('2026-06-02T06:00:00Z');
    assert.equal(short({ crls: [afterwards], revocationTime }), 'PASSED');
    const time = new Date('2026-06-01T13:00:00Z');
    assert.equal(
      short({ crls: [afterwards], time, revocationTime }),
      'INDETERMINATE REVOKED_NO_POE path.revoked',
    );
  });

  test('an expired certificate is out of bounds, with or without word that it was not revoked', async () => {
    const time = new Date('2031-04-02T00:00:00Z');
    assert.equal(short({ time }), 'INDETERMINATE OUT_OF_BOUNDS_NO_POE path.expired');
    // A list made after the expiry says nothing about the expired.
    const after = {
      thisUpdate: new Date('2031-04-01T20:00:00Z'),
      nextUpdate: new Date('2031-04-03T00:00:00Z'),
    };
    assert.equal(
      short({ time, crls: [await list(ca, [], after)] }),
      'INDETERMINATE OUT_OF_BOUNDS_NO_POE path.expired',
    );
    const before = {
      thisUpdate: new Date('2031-04-01T12:00:00Z'),
      nextUpdate: new Date('2031-04-03T00:00:00Z'),
    };
    assert.equal(
      short({ time, crls: [await list(ca, [], before)] }),
      'INDETERMINATE OUT_OF_BOUNDS_NOT_REVOKED path.expired',
    );
    const revoked = await list(ca, [{ serial, date: thisUpdate }], before);
    assert.equal(short({ time, crls: [revoked] }), 'INDETERMINATE REVOKED_NO_POE path.revoked');
    const early = new Date('2025-12-31T00:00:00Z');
    assert.equal(
      short({ time: early, anchorsAreKeysOnly: true }),
      'INDETERMINATE OUT_OF_BOUNDS_NO_POE path.notYetValid',
    );
    assert.equal(
      short({ time: early }),
      'INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND_NO_POE path.anchor.validity',
    );
  });

  test('the empty CRL of a new generation does not clear a certificate of the old one', async () => {
    const next = await world.citizenCa('signature', 'p256', 2);
    const empty = await list(next);
    const own = await list(ca, [{ serial, date: thisUpdate, reason: 'keyCompromise' }]);
    const unknown = 'INDETERMINATE TRY_LATER path.revocation.unknown';
    assert.equal(short({ anchors: [ca.der, next.der], crls: [empty] }), unknown);
    assert.equal(
      short({ anchors: [next.der, ca.der], crls: [empty, own] }),
      'INDETERMINATE REVOKED_NO_POE path.revoked',
    );
    assert.equal(short({ anchors: [ca.der], intermediates: [next.der], crls: [empty] }), unknown);
    // With a link certificate the new key stands under the old anchor, and RFC 5280 takes its CRL; who asks for more uses crlSpeaksFor.
    const link = await issueCertificate(
      linkTemplate({
        serial: Uint8Array.of(9),
        publicKey: next.certificate.spki,
        issuer: ca.certificate,
        notBefore: world.notBefore,
        notAfter: world.notAfter,
      }),
      ca.signer,
    );
    const arl = await list(ca, [], { ca: true });
    assert.equal(short({ anchors: [ca.der], intermediates: [link], crls: [empty, arl] }), 'PASSED');
    assert.equal(short({ anchors: [ca.der], intermediates: [link], crls: [empty] }), unknown);
    // Even then the certificate's own key speaks first, also where its list is the older one.
    const newer = await list(next, [], { thisUpdate: new Date('2026-05-31T20:00:00Z') });
    for (const crls of [
      [newer, own, arl],
      [own, newer, arl],
    ]) {
      assert.equal(
        short({ anchors: [ca.der], intermediates: [link], crls }),
        'INDETERMINATE REVOKED_NO_POE path.revoked',
      );
    }
    const loaded = loadCrl(empty);
    assert.ok(loaded.ok && !crlSpeaksFor(loaded.crl, holder.certificate, ca.certificate));
  });

  test('the right issuer among generations of one name is found by key, in any order', async () => {
    const others = await Promise.all([2, 3, 4].map((each) => world.citizenCa('signature', 'p256', each)));
    for (const anchors of [
      [ca, ...others],
      [...others, ca],
    ]) {
      assert.equal(short({ anchors: anchors.map(({ der }) => der) }), 'PASSED');
    }
    assert.equal(
      short({ anchors: others.map(({ der }) => der) }),
      'INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND path.issuer.key',
    );
    assert.equal(short({ anchors: [] }), 'INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND path.issuer.unknown');
  });

  test('OCSP clears and condemns; unknown does neither', async () => {
    const delegate = await world.responder(ca);
    const answer = (status: OcspStatus): Promise<Uint8Array> =>
      buildOcspResponse(
        {
          responses: [
            { certId: certificateId(holder.certificate, ca.certificate), status, thisUpdate, nextUpdate },
          ],
          producedAt: thisUpdate,
          responder: { certificate: delegate.der, keyHash: delegate.keyId },
        },
        delegate.signer,
      );
    const good = await answer('good');
    const unknown = await answer('unknown');
    const revoked = await answer({ revoked: thisUpdate, reason: 'superseded' });
    assert.equal(short({ crls: [], ocspResponses: [good] }), 'PASSED');
    assert.equal(
      short({ crls: [], ocspResponses: [unknown] }),
      'INDETERMINATE TRY_LATER path.revocation.unknown',
    );
    assert.equal(short({ crls: [clean], ocspResponses: [unknown] }), 'PASSED');
    assert.equal(
      short({ crls: [clean], ocspResponses: [good, revoked] }),
      'INDETERMINATE REVOKED_NO_POE path.revoked',
    );
    const listed = await list(ca, [{ serial, date: thisUpdate }]);
    assert.equal(
      short({ crls: [listed], ocspResponses: [good] }),
      'INDETERMINATE REVOKED_NO_POE path.revoked',
    );
  });

  test('old algorithms and short keys are refused unless the caller asks for them', async () => {
    const { pkcs8, publicKey } = await generateKeyPair('rsa2048');
    const old = await issueCertificate(
      { ...(await template(publicKey)), issuer: ca.certificate.subject.der },
      softwareSigner(pkcs8, 'rsa-sha1'),
    );
    const root = await issueCertificate(
      {
        ...(await template(publicKey)),
        subject: ca.certificate.subject.der,
        issuer: ca.certificate.subject.der,
        extensions: [],
      },
      softwareSigner(pkcs8),
    );
    const input = { leaf: old, anchors: [root], checkRevocation: false };
    assert.equal(short(input), 'INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE path.algorithm');
    assert.equal(short({ ...input, crypto: { sha1: true } }), 'PASSED');
    assert.equal(
      short({ ...input, crypto: { sha1: true, keys: { minimumRsaBits: 3072 } } }),
      'INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE path.key',
    );
  });

  async function template(publicKey: Uint8Array) {
    return {
      serial: Uint8Array.of(1),
      publicKey,
      subject: buildName([['CN', 'old']]),
      notBefore: world.notBefore,
      notAfter: world.notAfter,
      extensions: [{ oid: extensionIds.keyUsage, critical: true, value: Uint8Array.of(3, 2, 7, 0x80) }],
    };
  }

  test('an unknown critical extension is refused, an unknown other one is not', async () => {
    for (const critical of [true, false]) {
      const { publicKey } = await generateKeyPair('p256');
      const strange = { oid: '1.3.6.1.4.1.32473.7', critical, value: Uint8Array.of(5, 0) };
      const leaf = await issueCertificate(
        { ...(await template(publicKey)), issuer: ca.certificate.subject.der, extensions: [strange] },
        ca.signer,
      );
      assert.equal(
        short({ leaf, checkRevocation: false }),
        critical ? 'INDETERMINATE CERTIFICATE_CHAIN_GENERAL_FAILURE path.critical' : 'PASSED',
      );
    }
  });

  test('damaged input never passes and never throws; misuse does throw', () => {
    for (const leaf of mutations(holder.der, 1500)) {
      const result = validatePath({ leaf, anchors: [ca.der], crls: [clean], time: world.now });
      assert.ok(!result.valid || Buffer.compare(leaf, holder.der) === 0);
    }
    for (const crl of mutations(clean, 700)) {
      if (Buffer.compare(crl, clean) === 0) continue;
      assert.ok(!validatePath({ leaf: holder.der, anchors: [ca.der], crls: [crl], time: world.now }).valid);
    }
    for (const anchor of mutations(ca.der, 300)) {
      validatePath({
        leaf: holder.der,
        anchors: [anchor],
        intermediates: [anchor],
        crls: [clean],
        time: world.now,
      });
    }
    const format = verdict({ leaf: Uint8Array.of(0x30, 0) });
    assert.deepEqual([format.indication, format.subIndication], ['FAILED', 'FORMAT_FAILURE']);
    assert.throws(() => verdict({ time: new Date('no date') }), TypeError);
    const asPem = Buffer.from(pem(holder.der));
    assert.equal(verdict({ leaf: asPem }).rule, 'der.pem');
    assert.deepEqual(loadCrl(asPem), { ok: false, rule: 'der.pem', offset: 0 });
    assert.throws(() => verdict({ anchors: [Buffer.from(pem(ca.der))] }), /PEM/);
    assert.throws(() => verdict({ leaf: 'text' as unknown as Uint8Array }), TypeError);
  });
});
