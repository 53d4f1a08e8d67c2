import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import { loadCrl } from '../crl/load.js';
import { writeTime } from '../der/time.js';
import { bitString, explicit, integer, nullValue, octetString, oid, sequence } from '../der/write.js';
import { signatureSchemes } from '../key/algorithm.js';
import { generateKeyPair, softwareSigner } from '../key/software.js';
import { buildName } from '../name.js';
import { parseOcspRequest } from '../ocsp/request.js';
import { verifyOcspResponse } from '../ocsp/verify.js';
import { mutations } from '../testing/mutate.js';
import { pkitsAbsent, vectorsFolder } from '../testing/outside.js';
import * as world from '../testing/world.js';
import { issueCertificate } from './issue.js';
import { parseCertificate, serialHex } from './parse.js';

const algorithm = signatureSchemes['ecdsa-sha256'].identifier;

suite('certificates', () => {
  let key: Uint8Array;
  before(async () => {
    key = (await generateKeyPair('p256')).publicKey;
  });

  const extension = (id: string, value: Uint8Array, ...critical: Uint8Array[]): Uint8Array =>
    sequence(oid(id), ...critical, octetString(value));
  const usage = extension('2.5.29.15', Uint8Array.of(3, 2, 7, 0x80));

  /** The rule that a certificate with this oddity breaks. */
  function rule(
    odd: {
      version?: Uint8Array | undefined;
      serial?: Uint8Array;
      inner?: Uint8Array;
      notAfter?: Uint8Array;
      extensions?: Uint8Array[];
      behind?: Uint8Array;
    } = {},
  ): string {
    const name = buildName([['CN', 'x']]);
    const list = odd.extensions ?? [usage];
    const tbs = sequence(
      'version' in odd ? odd.version : explicit(0, integer(2)),
      odd.serial ?? integer(1),
      odd.inner ?? algorithm,
      name,
      sequence(writeTime(world.notBefore), odd.notAfter ?? writeTime(world.notAfter)),
      name,
      key,
      odd.extensions === undefined || list.length >= 0 ? explicit(3, sequence(...list)) : undefined,
    );
    const der = sequence(tbs, algorithm, bitString(Uint8Array.of(0)), odd.behind);
    const result = parseCertificate(der);
    return result.ok ? 'accepted' : result.rule;
  }

  test('each departure from RFC 5280 and DER has its own name', () => {
    assert.equal(rule(), 'accepted');
    assert.equal(rule({ behind: nullValue() }), 'der.trailing');
    assert.equal(rule({ version: undefined }), 'certificate.extensions.version');
    assert.equal(rule({ version: explicit(0, integer(0)) }), 'certificate.version');
    assert.equal(rule({ version: explicit(0, integer(3)) }), 'certificate.version');
    assert.equal(rule({ serial: integer(-1) }), 'accepted');
    assert.equal(rule({ serial: integer(Buffer.alloc(20, 0x7f)) }), 'accepted');
    assert.equal(rule({ serial: integer(Buffer.alloc(21, 0x7f)) }), 'certificate.serial.length');
    assert.equal(rule({ serial: Uint8Array.of(2, 2, 0, 1) }), 'der.integer.minimal');
    assert.equal(
      rule({ inner: signatureSchemes['ecdsa-sha384'].identifier }),
      'certificate.algorithm.differs',
    );
    assert.equal(rule({ extensions: [] }), 'extension.none');
    assert.equal(rule({ extensions: [usage, usage] }), 'extension.twice');
    assert.equal(
      rule({ extensions: [extension('2.5.29.15', Uint8Array.of(3, 2, 7, 0x80), Uint8Array.of(1, 1, 0))] }),
      'extension.critical.default',
    );
    assert.equal(
      rule({ extensions: [extension('2.5.29.15', Uint8Array.of(3, 2, 7, 0x80), Uint8Array.of(1, 1, 1))] }),
      'der.boolean',
    );
    assert.equal(
      rule({ extensions: [extension('2.5.29.15', Uint8Array.of(3, 2, 6, 0x80))] }),
      'der.bits.trailing',
    );
    assert.equal(rule({ extensions: [extension('2.5.29.15', Uint8Array.of(3, 1, 0))] }), 'keyUsage.none');
    assert.equal(
      rule({ extensions: [extension('2.5.29.19', sequence(Uint8Array.of(1, 1, 0)))] }),
      'basicConstraints.default',
    );
    assert.equal(rule({ extensions: [extension('2.5.29.17', sequence())] }), 'der.truncated');
    const minutes = Uint8Array.of(0x17, 11, ...Buffer.from('2606010000Z'));
    assert.equal(rule({ notAfter: minutes }), 'der.time.form');
    const early = Uint8Array.of(0x18, 15, ...Buffer.from('20310401145959Z'));
    assert.equal(rule({ notAfter: early }), 'accepted');
  });

  test('an offset inside an extension counts from the start of the certificate', async () => {
    const party = await world.citizenCa('signature', 'p256');
    const bad = Uint8Array.from(party.der);
    const at = Buffer.from(bad).indexOf(Buffer.from('0603551d0f0101ff0404030201', 'hex'));
    assert.ok(at > 0);
    bad[at + 10] = 0x04;
    const result = parseCertificate(bad);
    assert.deepEqual(result, { ok: false, rule: 'keyUsage.form', offset: at + 10 });
  });

  test('a serial number prints as openssl prints it', () => {
    assert.equal(serialHex({ serial: Uint8Array.of(0, 0xff) }), 'FF');
    assert.equal(serialHex({ serial: Uint8Array.of(1, 0x32, 0xc4, 0xab) }), '0132C4AB');
    assert.equal(serialHex({ serial: Uint8Array.of(0) }), '00');
  });

  test('a template that cannot be a certificate is not signed', async () => {
    const { pkcs8, publicKey } = await generateKeyPair('p256');
    const name = buildName([['CN', 'x']]);
    const template = {
      serial: Uint8Array.of(1),
      issuer: name,
      subject: name,
      notBefore: world.notBefore,
      notAfter: world.notAfter,
      publicKey,
      extensions: [],
    };
    const signer = softwareSigner(pkcs8);
    assert.ok(parseCertificate(await issueCertificate(template, signer)).ok);
    await assert.rejects(issueCertificate({ ...template, serial: Uint8Array.of(0) }, signer), RangeError);
    await assert.rejects(issueCertificate({ ...template, serial: Buffer.alloc(21, 1) }, signer), RangeError);
    await assert.rejects(issueCertificate({ ...template, notAfter: new Date(0) }, signer), RangeError);
  });

  test('damaged certificates get a verdict', async () => {
    const ca = await world.citizenCa('signature', 'p256');
    const { der } = await world.citizen(ca, Uint8Array.of(5), 'p256');
    for (const damaged of mutations(der, 5000)) parseCertificate(damaged);
  });

  test('odd certificates, lists and OCSP messages of other people get a verdict', {
    skip: pkitsAbsent,
  }, () => {
    const folder = path.join(vectorsFolder, 'x509');
    let count = 0;
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(pem|der|crt|crl)$/.test(entry.name) || entry.parentPath.includes('PKITS'))
        continue;
      const bytes = readFileSync(path.join(entry.parentPath, entry.name));
      const blocks = [...bytes.toString('latin1').matchAll(/-----BEGIN [^-]+-----([^-]+)-----END/g)];
      const ders = blocks.length === 0 ? [bytes] : blocks.map(([, body = '']) => Buffer.from(body, 'base64'));
      for (const der of ders) {
        count++;
        parseCertificate(der);
        loadCrl(der);
        parseOcspRequest(der);
        verifyOcspResponse({ response: der, certificate: der, issuer: der, time: world.now });
      }
    }
    assert.ok(count > 80, `${count}`);
  });
});
