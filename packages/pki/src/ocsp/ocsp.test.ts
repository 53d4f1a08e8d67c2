import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { importPublicKey } from '../key/import.js';
import { verifySignature } from '../key/verify.js';
import { mutations } from '../testing/mutate.js';
import { openssl, opensslAbsent, pem, withFiles } from '../testing/outside.js';
import * as world from '../testing/world.js';
import { certificateId } from './certificate-id.js';
import { quickOcspRequest } from './quick-request.js';
import { buildHolderOcspRequest, buildOcspRequest, parseOcspRequest, readWholeRequest } from './request.js';
import { buildOcspResponse, type OcspStatus, ocspError } from './response.js';
import { verifyOcspResponse } from './verify.js';

const thisUpdate = new Date('2026-05-31T23:59:00Z');
const nextUpdate = new Date('2026-06-01T01:00:00Z');
const nonce = Buffer.alloc(32, 7);

suite('OCSP', () => {
  let ca: world.Party;
  let holder: world.Party;
  let delegate: world.Party;
  before(async () => {
    ca = await world.citizenCa('authentication', 'p256');
    holder = await world.login(ca, Uint8Array.of(0x77), 'p256');
    delegate = await world.responder(ca);
  });

  async function answer(
    status: OcspStatus,
    options: {
      by?: world.Party;
      enclose?: boolean;
      nonce?: Uint8Array;
      hash?: 'sha1' | 'sha256';
      about?: world.Party;
      next?: Date | false;
    } = {},
  ): Promise<Uint8Array> {
    const by = options.by ?? delegate;
    const certId = certificateId((options.about ?? holder).certificate, ca.certificate, options.hash);
    const next = options.next ?? nextUpdate;
    return buildOcspResponse(
      {
        responses: [{ certId, status, thisUpdate, ...(next === false ? {} : { nextUpdate: next }) }],
        producedAt: thisUpdate,
        ...(options.nonce === undefined ? {} : { nonce: options.nonce }),
        responder: { keyHash: by.keyId, ...(options.enclose === false ? {} : { certificate: by.der }) },
      },
      by.signer,
    );
  }
  const verdict = (response: Uint8Array, more: Partial<Parameters<typeof verifyOcspResponse>[0]> = {}) =>
    verifyOcspResponse({ response, certificate: holder.der, issuer: ca.der, time: world.now, ...more });
  const rule = (
    response: Uint8Array,
    more: Partial<Parameters<typeof verifyOcspResponse>[0]> = {},
  ): string => {
    const result = verdict(response, more);
    return result.ok ? result.status : result.rule;
  };

  test('the quick reader takes the usual requests, and whatever it takes the full one reads alike', () => {
    const request = (size: number) =>
      buildOcspRequest({
        certificate: holder.der,
        issuer: ca.der,
        ...(size === 0 ? {} : { nonce: Buffer.alloc(size, 9) }),
      });
    for (const size of [0, 1, 16, 32]) assert.ok(quickOcspRequest(request(size)), `${size} octets of nonce`);
    let taken = 0;
    for (const size of [0, 16]) {
      for (const damaged of mutations(request(size), 6000)) {
        const quick = quickOcspRequest(damaged);
        if (quick === undefined) continue;
        taken++;
        assert.deepEqual(readWholeRequest(damaged), { ok: true, value: quick });
      }
    }
    assert.ok(taken > 1000, `${taken} taken`);
  });

  test('a request comes back as it was asked, with either digest', () => {
    for (const hashAlgorithm of ['sha1', 'sha256'] as const) {
      const der = buildOcspRequest({ certificate: holder.der, issuer: ca.der, nonce, hashAlgorithm });
      const read = parseOcspRequest(der);
      assert.ok(read.ok);
      assert.deepEqual(read.value.requests, [
        certificateId(holder.certificate, ca.certificate, hashAlgorithm),
      ]);
      assert.deepEqual(Buffer.from(read.value.nonce ?? []), nonce);
    }
    const long = parseOcspRequest(
      buildOcspRequest({ certificate: holder.der, issuer: ca.der, nonce: Buffer.alloc(129) }),
    );
    assert.ok(!long.ok && long.rule === 'ocsp.nonce');
  });

  test('good, unknown and revoked are three different answers', async () => {
    assert.equal(rule(await answer('good')), 'good');
    assert.equal(rule(await answer('unknown')), 'unknown');
    const revoked = new Date('2026-03-01T00:00:00Z');
    const result = verdict(await answer({ revoked, reason: 'keyCompromise' }, { hash: 'sha256' }));
    assert.ok(result.ok && result.status === 'revoked' && result.reason === 'keyCompromise');
    assert.deepEqual(result.revokedAt, revoked);
    assert.equal(rule(await answer('good', { by: ca })), 'good');
    assert.equal(rule(await answer('good', { enclose: false }), { knownResponders: [delegate.der] }), 'good');
  });

  test('only the issuer, or a responder it certified itself for this, may answer', async () => {
    const stranger = await world.citizenCa('authentication', 'p256', 2);
    assert.equal(
      rule(await answer('good', { by: await world.responder(stranger) })),
      'ocsp.responder.issuer',
    );
    assert.equal(
      rule(await answer('good', { by: await world.login(ca, Uint8Array.of(5), 'p256') })),
      'ocsp.responder.purpose',
    );
    assert.equal(rule(await answer('good', { by: holder })), 'ocsp.responder.self');
    assert.equal(rule(await answer('good', { enclose: false })), 'ocsp.responder.absent');
    assert.equal(
      rule(await answer('good'), { time: new Date('2031-04-02T00:00:00Z') }),
      'ocsp.responder.validity',
    );
    assert.equal(rule(await answer('good', { about: delegate })), 'ocsp.certId.other');
    const forged = Buffer.from(await answer('good', { by: ca, enclose: false }));
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
    assert.equal(rule(forged), 'ocsp.signature');
  });

  test('an answer must be fresh and carry the nonce that was sent', async () => {
    const good = await answer('good', { nonce });
    assert.equal(rule(good, { nonce }), 'good');
    assert.equal(rule(good, { nonce: Buffer.alloc(32, 8) }), 'ocsp.nonce.differs');
    assert.equal(rule(await answer('good'), { nonce }), 'ocsp.nonce.absent');
    assert.equal(rule(good, { time: new Date('2026-06-02T00:00:00Z') }), 'ocsp.time.stale');
    assert.equal(rule(good, { time: new Date('2026-05-01T00:00:00Z') }), 'ocsp.time.future');
    assert.equal(rule(good, { time: new Date('2026-06-01T00:30:00Z'), maxAgeMs: 60_000 }), 'ocsp.time.stale');
    const open = await answer('good', { next: false });
    assert.equal(rule(open), 'ocsp.time.noNextUpdate');
    assert.equal(rule(open, { maxAgeMs: 600_000 }), 'good');
    assert.equal(rule(ocspError('tryLater')), 'ocsp.status.tryLater');
  });

  test('answers about other certificates may stand beside the one, two about it may not', async () => {
    const of = (party: world.Party, status: OcspStatus) => ({
      certId: certificateId(party.certificate, ca.certificate),
      status,
      thisUpdate,
      nextUpdate,
    });
    const several = (...responses: ReturnType<typeof of>[]) =>
      buildOcspResponse(
        {
          responses,
          producedAt: thisUpdate,
          responder: { keyHash: delegate.keyId, certificate: delegate.der },
        },
        delegate.signer,
      );
    const other = of(delegate, { revoked: thisUpdate });
    assert.equal(rule(await several(other, of(holder, 'good'))), 'good');
    assert.equal(rule(await several(of(holder, { revoked: thisUpdate }), of(delegate, 'good'))), 'revoked');
    assert.equal(rule(await several(of(holder, 'good'), of(holder, 'good'))), 'ocsp.answers.twice');
    assert.equal(rule(await several(other)), 'ocsp.certId.other');
  });

  test('openssl ocsp asks us and understands the answer', { skip: opensslAbsent }, async () => {
    const files = { 'ca.pem': pem(ca.der), 'leaf.pem': pem(holder.der) };
    const request = withFiles(files, (folder) => {
      const made = openssl(folder, 'ocsp', '-issuer', 'ca.pem', '-cert', 'leaf.pem', '-reqout', '-');
      assert.ok(made.ok, made.text);
      return made.stdout;
    });
    const read = parseOcspRequest(request);
    assert.ok(read.ok, read.ok ? '' : read.rule);
    assert.deepEqual(read.value.requests, [certificateId(holder.certificate, ca.certificate)]);
    assert.equal(read.value.nonce?.length, 16);
    const response = await answer('good', { nonce: read.value.nonce ?? Buffer.alloc(0) });
    withFiles({ ...files, 'request.der': request, 'response.der': response }, (folder) => {
      const at = [
        '-CAfile',
        'ca.pem',
        '-attime',
        `${world.now.getTime() / 1000}`,
        '-validity_period',
        '4000000000',
      ];
      const nonces = openssl(folder, 'ocsp', '-reqin', 'request.der', '-respin', 'response.der', ...at);
      assert.ok(nonces.ok && nonces.text.includes('Response verify OK'), nonces.text);
      const about = ['-issuer', 'ca.pem', '-cert', 'leaf.pem', '-no_nonce'];
      const { ok, text } = openssl(folder, 'ocsp', '-respin', 'response.der', ...about, ...at);
      assert.ok(ok && text.includes('Response verify OK') && text.includes('leaf.pem: good'), text);
    });
  });

  test('a request that the holder signed is read by openssl, and its signature fits what was asked', {
    skip: opensslAbsent,
  }, async () => {
    const asked = { certificate: holder.der, issuer: ca.der, nonce };
    const request = await buildHolderOcspRequest(asked, holder.signer);
    const read = parseOcspRequest(request);
    assert.ok(read.ok && read.value.signature);
    assert.deepEqual(read.value.requests, [certificateId(holder.certificate, ca.certificate)]);
    const { tbs, algorithm, signature } = read.value.signature;
    const imported = importPublicKey(holder.certificate.spki);
    assert.ok(imported.ok && verifySignature(algorithm, imported.key, tbs, signature));
    const unsigned = parseOcspRequest(buildOcspRequest(asked));
    assert.ok(unsigned.ok && unsigned.value.signature === undefined);
    const files = {
      'request.der': request,
      'tbs.der': tbs,
      signature: signature,
      'leaf.pem': pem(holder.der),
    };
    withFiles(files, (folder) => {
      const { text } = openssl(folder, 'ocsp', '-reqin', 'request.der', '-req_text');
      assert.match(text, /Requestor Name: DirName:/);
      assert.match(text, /Signature Algorithm: [\s\S]*BEGIN CERTIFICATE/);
      const key = openssl(folder, 'x509', '-in', 'leaf.pem', '-pubkey', '-noout', '-out', 'leaf.key');
      assert.ok(key.ok, key.text);
      const fits = openssl(folder, 'dgst', '-verify', 'leaf.key', '-signature', 'signature', 'tbs.der');
      assert.ok(fits.ok && fits.text.includes('Verified OK'), fits.text);
    });
  });

  test('damaged requests and responses get a verdict', async () => {
    const asked = { certificate: holder.der, issuer: ca.der, nonce };
    for (const request of [buildOcspRequest(asked), await buildHolderOcspRequest(asked, holder.signer)])
      for (const damaged of mutations(request, 3000)) parseOcspRequest(damaged);
    const response = await answer({ revoked: thisUpdate, reason: 'superseded' }, { nonce });
    let accepted = 0;
    for (const damaged of mutations(response, 3000)) {
      if (verdict(damaged, { nonce }).ok && Buffer.compare(damaged, response) !== 0) {
        accepted++;
      }
    }
    assert.equal(accepted, 0);
  });
});
