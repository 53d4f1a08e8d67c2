import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { issueCertificate } from '../certificate/issue.js';
import { buildCrl } from '../crl/build.js';
import { generateKeyPair, softwareSigner } from '../key/software.js';
import { buildName } from '../name.js';
import { demoOids } from '../oids.js';
import { agencyTemplate } from '../profile/agency.js';
import { crossTemplate, linkTemplate } from '../profile/cross.js';
import { openssl, opensslAbsent, pem, withFiles } from '../testing/outside.js';
import { list, nextUpdate, pathQuestions, thisUpdate } from '../testing/path-questions.js';
import * as world from '../testing/world.js';

const { ca, clean, verdict, short } = await pathQuestions();

suite('bridges and meshes of authorities', () => {
  test('a bridge joins authorities; a revoked bridge, a wrong policy and a short path length part them', async (t) => {
    const ministry = await world.agencyRoot('p256', 'Ministry');
    const name = buildName([
      ['C', 'JP'],
      ['O', 'JPKI-DEMO'],
      ['CN', 'Bridge'],
    ]);
    const ministryPolicy = '1.3.6.1.4.1.32473.1';
    const validity = { notBefore: world.notBefore, notAfter: world.notAfter };
    const bridge = await world.party(
      'p256',
      (publicKey) =>
        crossTemplate({
          serial: Uint8Array.of(7),
          publicKey,
          issuer: ministry.certificate,
          subject: name,
          policies: [{ oid: ministryPolicy }],
          ...validity,
        }),
      ministry.signer,
    );
    const cross = (pathLength?: number): Promise<Uint8Array> =>
      issueCertificate(
        crossTemplate({
          serial: Uint8Array.of(8),
          publicKey: ca.certificate.spki,
          issuer: bridge.certificate,
          subject: ca.certificate.subject.der,
          policies: [{ oid: ministryPolicy, mapsTo: demoOids.signature }],
          ...(pathLength === undefined ? {} : { pathLength }),
          ...validity,
        }),
        bridge.signer,
      );
    const crls = [clean, await list(ministry, [], { ca: true }), await list(bridge, [], { ca: true })];
    const input = { anchors: [ministry.der], intermediates: [await cross(), bridge.der, ca.der], crls };
    const explicit = { requireExplicitPolicy: true, initialPolicies: [ministryPolicy] };
    assert.equal(short({ ...input, ...explicit }), 'PASSED');
    assert.deepEqual(verdict({ ...input, ...explicit }).policies, [ministryPolicy]);
    assert.equal(
      short({ ...input, ...explicit, inhibitPolicyMapping: true }),
      'INDETERMINATE CERTIFICATE_CHAIN_GENERAL_FAILURE path.policy',
    );
    const revoked = [
      clean,
      crls[2] ?? clean,
      await list(ministry, [{ serial: Uint8Array.of(7), date: thisUpdate }], { ca: true }),
    ];
    assert.equal(short({ ...input, crls: revoked }), 'INDETERMINATE REVOKED_CA_NO_POE path.revoked');
    assert.equal(short({ ...input, maxDepth: 1 }), 'INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND path.depth');
    // A citizen's certificate names its issuer's self-signed twin by serial number, and openssl takes no other; this leaf does not.
    const office = await world.party(
      'p256',
      (publicKey) =>
        agencyTemplate({
          serial: Uint8Array.of(0x31),
          publicKey,
          issuer: ca.certificate,
          agencyCode: '99201',
          agencyName: '見本市',
          hosts: ['localhost'],
          crlUrl: 'http://crl.jpki-demo.example/',
          ocspUrl: 'http://ocsp.jpki-demo.example/',
          policyOid: demoOids.signature,
          ...validity,
        }),
      ca.signer,
    );
    const whole = await buildCrl(
      {
        issuer: ca.certificate.subject.der,
        issuerKeyIdentifier: ca.keyId,
        thisUpdate,
        nextUpdate,
        number: 2n,
        entries: [],
      },
      ca.signer,
    );
    const lists = [whole, ...crls.slice(1)];
    assert.equal(short({ ...input, ...explicit, leaf: office.der, crls: lists }), 'PASSED');
    const files = {
      'leaf.pem': pem(office.der),
      'root.pem': pem(ministry.der),
      'others.pem': input.intermediates
        .slice(0, 2)
        .map((der) => pem(der))
        .join(''),
      'crls.pem': lists.map((der) => pem(der, 'X509 CRL')).join(''),
    };
    await t.test('openssl passes the way over the bridge too', { skip: opensslAbsent }, () =>
      withFiles(files, (folder) => {
        const { ok, text } = openssl(
          folder,
          ...['verify', '-x509_strict', '-crl_check_all', '-attime', `${world.now.getTime() / 1000}`],
          ...['-CAfile', 'root.pem', '-untrusted', 'others.pem', '-CRLfile', 'crls.pem'],
          ...['-policy', ministryPolicy, '-explicit_policy', 'leaf.pem'],
        );
        assert.ok(ok, text);
      }),
    );
  });

  test('a mesh of cross-certificates and hundreds of useless candidates end in a verdict soon', async () => {
    const names = Array.from({ length: 8 }, (_, i) =>
      buildName([
        ['O', 'JPKI-DEMO'],
        ['CN', `Mesh ${i}`],
      ]),
    );
    const pairs = await Promise.all(names.map(() => generateKeyPair('p256')));
    const mesh: Uint8Array[] = [];
    const root = await world.agencyRoot('p256', 'Mesh 0');
    for (const [i, pair] of pairs.entries()) {
      for (const [j, other] of pairs.entries()) {
        if (i === j) continue;
        const issuer = {
          ...root.certificate,
          subject: { der: names[i] ?? root.der, rdns: [] },
          spki: pair.publicKey,
        };
        const { subjectKeyIdentifier: _, ...bare } = issuer;
        const template = crossTemplate({
          serial: Uint8Array.of(1 + 8 * i + j),
          publicKey: other.publicKey,
          issuer: bare,
          subject: names[j] ?? root.der,
          notBefore: world.notBefore,
          notAfter: world.notAfter,
        });
        mesh.push(await issueCertificate(template, softwareSigner(pair.pkcs8)));
      }
    }
    // Many false generations of one name: same name and key identifier as the true CA, another key.
    const useless: Uint8Array[] = [];
    for (let i = 0; i < 300; i++) {
      const template = linkTemplate({
        serial: Uint8Array.of(1 + (i >> 8), i & 255),
        publicKey: ca.certificate.spki,
        issuer: ca.certificate,
        notBefore: world.notBefore,
        notAfter: world.notAfter,
      });
      useless.push(await issueCertificate(template, softwareSigner(pairs[0]?.pkcs8 ?? root.pkcs8)));
    }
    assert.equal(short({ intermediates: [...useless, ...mesh] }), 'PASSED');
    const [last] = mesh;
    assert.ok(last !== undefined);
    assert.match(
      short({ leaf: last, anchors: [ca.der], intermediates: [...mesh, ...useless], crls: [] }),
      /^INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND/,
    );
  });
});
