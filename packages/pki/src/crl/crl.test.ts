import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import { writeExtension } from '../certificate/issue.js';
import { parseCertificate } from '../certificate/parse.js';
import { writeTime } from '../der/time.js';
import { bitString, enumerated, explicit, integer, octetString, oid, sequence } from '../der/write.js';
import { signatureSchemes } from '../key/algorithm.js';
import { buildName } from '../name.js';
import { crlDistributionPointName } from '../profile/citizen.js';
import { mutations, seeded } from '../testing/mutate.js';
import { openssl, opensslAbsent, pem, pkitsAbsent, pkitsFolder, withFiles } from '../testing/outside.js';
import * as world from '../testing/world.js';
import { buildCrl, type RevokedEntry } from './build.js';
import { type CrlIndex, loadCrl } from './load.js';
import type { RevocationReason } from './reason.js';
import { crlSpeaksFor } from './speaks-for.js';

const thisUpdate = new Date('2026-05-31T00:00:00Z');
const nextUpdate = new Date('2026-06-03T00:00:00Z');

function loaded(der: Uint8Array): CrlIndex {
  const result = loadCrl(der);
  assert.ok(result.ok, result.ok ? '' : `${result.rule} at ${result.offset}`);
  return result.crl;
}

/** A CRL whose signature is nonsense, from entries given as DER. */
function unsigned(entries: Uint8Array[], extensions: Uint8Array[] = []): Uint8Array {
  const algorithm = signatureSchemes['ecdsa-sha256'].identifier;
  return sequence(
    sequence(
      integer(1),
      algorithm,
      buildName([['CN', 'x']]),
      writeTime(thisUpdate),
      writeTime(nextUpdate),
      sequence(...entries),
      extensions.length === 0 ? undefined : explicit(0, sequence(...extensions)),
    ),
    algorithm,
    bitString(Uint8Array.of(0)),
  );
}

const reasonOf = (code: number): Uint8Array =>
  writeExtension({ oid: '2.5.29.21', critical: false, value: enumerated(code) });
const entry = (serial: Uint8Array, day: number, ...extensions: Uint8Array[]): Uint8Array =>
  sequence(
    integer(serial),
    writeTime(new Date(Date.UTC(2026, 0, day))),
    extensions.length === 0 ? undefined : sequence(...extensions),
  );

suite('CRLs', () => {
  let ca: world.Party;
  let place: Uint8Array;
  before(async () => {
    ca = await world.citizenCa('signature', 'p256');
    place = crlDistributionPointName(ca.certificate, 'Mihon-ken', 'Mihon-shi');
  });
  const build = (entries: Iterable<RevokedEntry>, issuer = ca): Promise<Uint8Array> =>
    buildCrl(
      {
        issuer: issuer.certificate.subject.der,
        issuerKeyIdentifier: issuer.keyId,
        thisUpdate,
        nextUpdate,
        number: 7n,
        distributionPoint: place,
        entries,
      },
      issuer.signer,
    );

  test('what is written is found again, by serial number, with reason and date', async () => {
    const date = new Date('2026-05-30T12:34:56Z');
    const crl = loaded(
      await build([
        { serial: Uint8Array.of(5), date, reason: 'superseded' },
        { serial: Uint8Array.of(0x80), date },
        { serial: Uint8Array.of(0xff, 0xff, 0xff, 0xff), date, reason: 'certificateHold' },
        { serial: Buffer.from('0102030405060708', 'hex'), date, reason: 'keyCompromise' },
        {
          serial: Buffer.from('7fffffffffffffffffffffffffffffffffffff01', 'hex'),
          date,
          reason: 'cACompromise',
        },
      ]),
    );
    assert.equal(crl.size, 5);
    assert.equal(crl.number, 7n);
    assert.deepEqual(crl.lookup(Uint8Array.of(5)), { reason: 'superseded', date });
    assert.deepEqual(crl.lookup(Uint8Array.of(0, 0x80)), { reason: 'unspecified', date });
    assert.equal(crl.lookup(Uint8Array.of(0x80)), undefined);
    assert.equal(crl.lookup(Buffer.from('00ffffffff', 'hex'))?.reason, 'certificateHold');
    assert.equal(crl.lookup(Buffer.from('0102030405060708', 'hex'))?.reason, 'keyCompromise');
    assert.equal(crl.lookup(Buffer.from('0102030405060709', 'hex')), undefined);
    assert.equal(
      crl.lookup(Buffer.from('7fffffffffffffffffffffffffffffffffffff01', 'hex'))?.reason,
      'cACompromise',
    );
    assert.equal(crl.lookup(Buffer.from('7fffffffffffffffffffffffffffffffffffff02', 'hex')), undefined);
    assert.ok(crl.verify(ca.certificate.spki));
    assert.ok(!crl.verify((await world.citizenCa('signature', 'p256')).certificate.spki));
    assert.deepEqual(Buffer.from(crl.distributionPoint ?? []), Buffer.from(place));
    assert.deepEqual(crl.authorityKeyIdentifier, ca.keyId);
  });

  test('a table of many lengths agrees with a map', () => {
    const random = seeded(5);
    const expected = new Map<string, { reason: RevocationReason; day: number }>();
    const entries: Uint8Array[] = [];
    for (let i = 0; i < 4000; i++) {
      const serial = Uint8Array.from({ length: 1 + Math.floor(random() * 12) }, () =>
        Math.floor(random() * 256),
      );
      const negative = random() < 0.05;
      const content = negative ? Uint8Array.of(0x80, ...serial) : Uint8Array.of(0, ...serial);
      const der = integer(content);
      const hex = Buffer.from(der.subarray(2)).toString('hex');
      const day = 1 + Math.floor(random() * 140);
      if (expected.has(hex)) continue;
      expected.set(hex, { reason: 'keyCompromise', day });
      // Every seventh entry has a long form that the quick path must not take.
      const long =
        i % 7 === 0
          ? [writeExtension({ oid: '1.2.3', critical: false, value: octetString(Buffer.alloc(140)) })]
          : [];
      entries.push(entry(content, day, reasonOf(1), ...long));
    }
    const crl = loaded(unsigned(entries));
    assert.equal(crl.size, entries.length);
    for (const [hex, { reason, day }] of expected) {
      assert.deepEqual(crl.lookup(Buffer.from(hex, 'hex')), {
        reason,
        date: new Date(Date.UTC(2026, 0, day)),
      });
    }
    for (let i = 0; i < 2000; i++) {
      const content = Uint8Array.from({ length: 1 + Math.floor(random() * 9) }, () =>
        Math.floor(random() * 256),
      );
      const minimal = integer(content).subarray(2);
      assert.equal(crl.lookup(minimal) !== undefined, expected.has(Buffer.from(minimal).toString('hex')));
    }
  });

  test('dates that do not exist are refused wherever they stand, and the last days of months are not', () => {
    const dated = (day: string): Uint8Array =>
      unsigned([sequence(integer(5), Uint8Array.of(0x17, 13, ...Buffer.from(`${day}120000Z`)))]);
    for (const day of ['240229', '250228', '250131', '250430', '251231', '250930', '251130', '250630']) {
      const found = loaded(dated(day)).lookup(Uint8Array.of(5));
      assert.equal(found?.date.toISOString().slice(2, 10).replaceAll('-', ''), day);
    }
    for (const day of [
      '250229',
      '250230',
      '250431',
      '250631',
      '250931',
      '251131',
      '250132',
      '251301',
      '250100',
      '250015',
    ]) {
      const result = loadCrl(dated(day));
      assert.ok(!result.ok && result.rule === 'der.time.range', day);
    }
  });

  test('FF is minus one and 00FF is 255', () => {
    const crl = loaded(unsigned([entry(Uint8Array.of(0xff), 1)]));
    assert.ok(crl.lookup(Uint8Array.of(0xff)));
    assert.equal(crl.lookup(Uint8Array.of(0, 0xff)), undefined);
  });

  test('the same serial number twice: the earliest date, then the gravest reason, in any order and of any length', () => {
    for (const serial of [
      Uint8Array.of(1),
      Buffer.from('0102030405', 'hex'),
      Buffer.from('01020304050607080910', 'hex'),
    ]) {
      const entries = [
        entry(serial, 9, reasonOf(2)),
        entry(serial, 3, reasonOf(5)),
        entry(serial, 3, reasonOf(1)),
        entry(serial, 3, reasonOf(4)),
        entry(Uint8Array.of(2), 1),
      ];
      for (const list of [entries, [...entries].reverse()]) {
        const found = loaded(unsigned(list)).lookup(serial);
        assert.deepEqual(found, { reason: 'keyCompromise', date: new Date(Date.UTC(2026, 0, 3)) });
      }
    }
  });

  test('a hundred thousand entries of one serial number are not slow', () => {
    const one = entry(Buffer.from('0102030405', 'hex'), 3, reasonOf(1));
    const crl = loaded(unsigned(Array.from({ length: 100_000 }, () => one)));
    assert.equal(crl.size, 100_000);
    assert.ok(crl.lookup(Buffer.from('0102030405', 'hex')));
  });

  test('an unknown critical extension, in the CRL or in any entry, makes it unusable', () => {
    const strange = writeExtension({ oid: '1.2.3.4', critical: true, value: integer(1) });
    const rule = (der: Uint8Array): string => {
      const result = loadCrl(der);
      return result.ok ? 'usable' : result.rule;
    };
    assert.equal(rule(unsigned([entry(Uint8Array.of(1), 1)], [strange])), 'crl.extension.critical');
    assert.equal(
      rule(unsigned([entry(Uint8Array.of(1), 1), entry(Uint8Array.of(2), 1, strange)])),
      'crl.entry.extension.critical',
    );
    assert.equal(rule(unsigned([])), 'crl.entries.empty');
    assert.equal(rule(unsigned([entry(Uint8Array.of(1), 1, reasonOf(7))])), 'crl.entry.reason');
    assert.equal(rule(unsigned([sequence(oid('1.2.3'))])), 'crl.entry.serial');
  });

  test('openssl reads and verifies a CRL of ours', { skip: opensslAbsent }, async () => {
    const der = await build([
      { serial: Uint8Array.of(0x12, 0x34), date: thisUpdate, reason: 'affiliationChanged' },
      { serial: Uint8Array.of(0xfe), date: thisUpdate },
    ]);
    withFiles({ 'a.crl': der, 'ca.pem': pem(ca.der) }, (folder) => {
      const { ok, text } = openssl(
        folder,
        'crl',
        '-inform',
        'DER',
        '-in',
        'a.crl',
        '-CAfile',
        'ca.pem',
        '-noout',
        '-text',
      );
      assert.ok(ok && text.includes('verify OK'), text);
      for (const words of [
        'Serial Number: 1234',
        'Serial Number: FE',
        'Affiliation Changed',
        'Issuing Distribution Point: critical',
      ]) {
        assert.ok(text.includes(words), words);
      }
    });
  });

  test('openssl clears and refuses citizens by their CRL', { skip: opensslAbsent }, async () => {
    const good = await world.citizen(ca, Uint8Array.of(0x10), 'p256');
    const bad = await world.citizen(ca, Uint8Array.of(0x11), 'p256');
    const crl = await build([{ serial: Uint8Array.of(0x11), date: thisUpdate, reason: 'keyCompromise' }]);
    const arl = await buildCrl(
      {
        issuer: ca.certificate.subject.der,
        issuerKeyIdentifier: ca.keyId,
        thisUpdate,
        nextUpdate,
        number: 1n,
        distributionPoint: ca.certificate.subject.der,
        onlyContainsCaCerts: true,
        entries: [],
      },
      ca.signer,
    );
    const files = {
      'crl.pem': pem(crl, 'X509 CRL') + pem(arl, 'X509 CRL'),
      'ca.pem': pem(ca.der),
      'good.pem': pem(good.der),
      'bad.pem': pem(bad.der),
    };
    withFiles(files, (folder) => {
      for (const check of ['-crl_check', '-crl_check_all']) {
        const verify = (file: string) =>
          openssl(
            folder,
            'verify',
            '-x509_strict',
            check,
            '-attime',
            `${world.now.getTime() / 1000}`,
            '-CAfile',
            'ca.pem',
            '-CRLfile',
            'crl.pem',
            file,
          );
        const first = verify('good.pem');
        assert.ok(first.ok, first.text);
        const second = verify('bad.pem');
        assert.ok(!second.ok && second.text.includes('certificate revoked'), second.text);
      }
    });
  });

  test('the CRL of another generation, or of another partition, does not speak for a certificate', async () => {
    const next = await world.citizenCa('signature', 'p256', 2);
    const holder = (await world.citizen(ca, Uint8Array.of(0x10), 'p256')).certificate;
    const own = loaded(await build([]));
    assert.ok(crlSpeaksFor(own, holder, ca.certificate));
    const other = loaded(await build([], next));
    assert.deepEqual(Buffer.from(other.distributionPoint ?? []), Buffer.from(own.distributionPoint ?? []));
    assert.ok(!crlSpeaksFor(other, holder, ca.certificate));
    assert.ok(!crlSpeaksFor(other, holder, next.certificate));
    place = crlDistributionPointName(ca.certificate, 'Mihon-ken', 'Tonari-shi');
    assert.ok(!crlSpeaksFor(loaded(await build([])), holder, ca.certificate));
  });

  test('damaged CRLs get a verdict', async () => {
    const der = await build([
      { serial: Uint8Array.of(5), date: thisUpdate, reason: 'superseded' },
      { serial: Buffer.from('0102030405060708', 'hex'), date: thisUpdate },
      { serial: Buffer.alloc(20, 0x55), date: thisUpdate },
    ]);
    for (const damaged of mutations(der, 4000)) {
      const result = loadCrl(damaged);
      if (!result.ok) continue;
      result.crl.lookup(Uint8Array.of(5));
      result.crl.lookup(Buffer.from('0102030405060708', 'hex'));
      result.crl.lookup(Buffer.alloc(20, 0x55));
    }
  });

  test('all certificates and CRLs of NIST PKITS are read, but for those damaged on purpose', {
    skip: pkitsAbsent,
  }, () => {
    const odd: string[] = [];
    const certificates = path.join(pkitsFolder, 'certs');
    for (const file of readdirSync(certificates)) {
      const result = parseCertificate(readFileSync(path.join(certificates, file)));
      if (!result.ok) odd.push(`${file} ${result.rule}`);
    }
    // Two certificates that the suite damaged on purpose: their signatures end within an octet.
    assert.deepEqual(odd, [
      'BadSignedCACert.crt der.bits.octets',
      'InvalidDSASignatureTest6EE.crt der.bits.octets',
    ]);
    const refused: string[] = [];
    for (const file of readdirSync(path.join(pkitsFolder, 'crls'))) {
      const result = loadCrl(readFileSync(path.join(pkitsFolder, 'crls', file)));
      if (!result.ok) refused.push(`${file} ${result.rule}`);
    }
    assert.deepEqual(refused, [
      'BadCRLSignatureCACRL.crl der.bits.octets',
      'UnknownCRLEntryExtensionCACRL.crl crl.entry.extension.critical',
      'UnknownCRLExtensionCACRL.crl crl.extension.critical',
    ]);
  });
});
