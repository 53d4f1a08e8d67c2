import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { writeGeneralName } from '../certificate/general-name.js';
import { issueCertificate } from '../certificate/issue.js';
import type { Certificate } from '../certificate/parse.js';
import { parseCertificate } from '../certificate/parse.js';
import { verifySignedData } from '../cms/verify-signed-data.js';
import { buildCrl } from '../crl/build.js';
import { type CrlIndex, loadCrl } from '../crl/load.js';
import { checkDer } from '../der/read.js';
import { constructed, oid, sequence } from '../der/write.js';
import { importPublicKey, spkiFromRsa } from '../key/import.js';
import { generateKeyPair, type Signer, softwareSigner } from '../key/software.js';
import { buildName } from '../name.js';
import { extensionIds } from '../oids.js';
import { caTrue, keyUsage } from '../profile/extensions.js';
import * as world from '../testing/world.js';
import { type PathInput, validatePath } from './validate.js';

// What an attacker chooses costs work that is counted here, not timed: signatures verified, names compared, lists asked.

interface Pair {
  publicKey: Uint8Array;
  signer: Signer;
}

const name = (text: string): Uint8Array =>
  buildName([
    ['O', 'JPKI-DEMO'],
    ['CN', text],
  ]);

const pair = async (): Promise<Pair> => {
  const { pkcs8, publicKey } = await generateKeyPair('p256');
  return { publicKey, signer: softwareSigner(pkcs8) };
};

let serial = 0;

async function certificate(input: {
  subject: string;
  issuer: string;
  key: Pair;
  by: Pair;
  extensions?: Parameters<typeof issueCertificate>[0]['extensions'];
}): Promise<Uint8Array> {
  serial++;
  return issueCertificate(
    {
      serial: Uint8Array.of(1, serial >> 16, (serial >> 8) & 255, serial & 255),
      subject: name(input.subject),
      issuer: name(input.issuer),
      notBefore: world.notBefore,
      notAfter: world.notAfter,
      publicKey: input.key.publicKey,
      extensions: [keyUsage('keyCertSign', 'cRLSign'), caTrue(), ...(input.extensions ?? [])],
    },
    input.by.signer,
  );
}

/** Certificates whose signatures are counted when they are verified. */
function counted(ders: readonly Uint8Array[]): { certificates: Certificate[]; verified: () => number } {
  let count = 0;
  const certificates = ders.map((der) => {
    const parsed = parseCertificate(der);
    assert.ok(parsed.ok, parsed.ok ? '' : parsed.rule);
    const { signature } = parsed.value;
    return Object.defineProperty(parsed.value, 'signature', {
      get: () => {
        count++;
        return signature;
      },
    });
  });
  return { certificates, verified: () => count };
}

const ask = (input: Omit<PathInput, 'time'>): string => {
  const { valid, rule } = validatePath({ time: world.now, checkRevocation: false, ...input });
  return valid ? 'PASSED' : (rule ?? '');
};

suite('work that an attacker chooses is bounded', () => {
  let pairs: Pair[];
  let stranger: Uint8Array;
  before(async () => {
    pairs = await Promise.all(Array.from({ length: 8 }, pair));
    stranger = (await world.agencyRoot('p256', 'Nobody')).der;
  });
  const at = (index: number): Pair => pairs[index % pairs.length] ?? (pairs[0] as Pair);

  test('authorities that certify each other in a ring end the search', async () => {
    const ring = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        certificate({ subject: `Ring ${i}`, issuer: `Ring ${(i + 1) % 40}`, key: at(i), by: at(i + 1) }),
      ),
    );
    const leaf = await certificate({ subject: 'leaf', issuer: 'Ring 0', key: at(3), by: at(0) });
    const { certificates, verified } = counted(ring);
    assert.match(ask({ leaf, intermediates: certificates, anchors: [stranger] }), /^path\./);
    assert.ok(verified() <= ring.length, `${verified()}`);
  });

  test('a full mesh of authorities: each signature once, whatever the number of ways', async () => {
    const size = 24;
    const mesh: Uint8Array[] = [];
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        if (i !== j)
          mesh.push(await certificate({ subject: `Mesh ${i}`, issuer: `Mesh ${j}`, key: at(i), by: at(j) }));
      }
    }
    const leaf = await certificate({ subject: 'leaf', issuer: 'Mesh 0', key: at(1), by: at(0) });
    const { certificates, verified } = counted(mesh);
    assert.equal(ask({ leaf, intermediates: certificates, anchors: [stranger] }), 'path.work');
    assert.ok(verified() <= mesh.length, `${verified()} of ${mesh.length}`);
  });

  test('four thousand certificates of one name with another key: a thousand signatures, then no more', async () => {
    const wrong = pairs.slice(1);
    const useless: Uint8Array[] = [];
    for (let i = 0; i < 4000; i++) {
      useless.push(
        await certificate({
          subject: 'CA',
          issuer: 'Root',
          key: at(i),
          by: wrong[i % wrong.length] ?? at(1),
        }),
      );
    }
    const root = await certificate({ subject: 'Root', issuer: 'Root', key: at(0), by: at(0) });
    const leaf = await certificate({ subject: 'leaf', issuer: 'CA', key: at(2), by: at(0) });
    const { certificates, verified } = counted(useless);
    assert.match(ask({ leaf, intermediates: certificates, anchors: [root] }), /^path\./);
    assert.ok(verified() <= 1000, `${verified()}`);
  });

  test('lists with false signatures by the thousand', async () => {
    const ca = await world.agencyRoot('p256', 'Lists');
    const holder = await world.agency(ca);
    const der = await buildCrl(
      {
        issuer: ca.certificate.subject.der,
        issuerKeyIdentifier: ca.keyId,
        thisUpdate: new Date('2026-05-31T00:00:00Z'),
        nextUpdate: new Date('2026-06-03T00:00:00Z'),
        number: 1n,
        entries: [],
      },
      at(0).signer,
    );
    const loaded = loadCrl(der);
    assert.ok(loaded.ok);
    let asked = 0;
    const crls = Array.from(
      { length: 5000 },
      (): CrlIndex => ({
        ...loaded.crl,
        verifyWith: (key) => {
          asked++;
          return loaded.crl.verifyWith(key);
        },
      }),
    );
    const rule = ask({ leaf: holder.der, anchors: [ca.der], crls, checkRevocation: true });
    assert.equal(rule, 'path.revocation.unknown');
    assert.ok(asked <= 1000, `${asked}`);
  });

  test('names against constraints: the product is charged, and too much of it is a no', async () => {
    const hosts = (count: number, text: (i: number) => string): Uint8Array[] =>
      Array.from({ length: count }, (_, i) => writeGeneralName.dns(text(i)));
    const subtrees = hosts(900, (i) => `${i}.example.jp`).map((each) => sequence(each));
    const constraints = {
      oid: extensionIds.nameConstraints,
      critical: true,
      value: sequence(constructed(0xa1, subtrees)),
    };
    const names = {
      oid: extensionIds.subjectAltName,
      critical: false,
      value: sequence(...hosts(1900, (i) => `h${i}.example.org`)),
    };
    const root = await certificate({ subject: 'Root', issuer: 'Root', key: at(0), by: at(0) });
    const intermediates: Uint8Array[] = [];
    for (let i = 0; i < 3; i++) {
      const issuer = i === 0 ? 'Root' : `CA ${i - 1}`;
      intermediates.push(
        await certificate({
          subject: `CA ${i}`,
          issuer,
          key: at(i + 1),
          by: at(i),
          extensions: [constraints],
        }),
      );
    }
    const leaf = await certificate({
      subject: 'leaf',
      issuer: 'CA 2',
      key: at(5),
      by: at(3),
      extensions: [names],
    });
    assert.equal(ask({ leaf, intermediates, anchors: [root] }), 'path.nameConstraints.work');
  });

  test('thirty policies, each mapped to all thirty, on ten levels', async () => {
    const ids = Array.from({ length: 30 }, (_, i) => `1.3.6.1.4.1.32473.${i + 1}`);
    const policies = {
      oid: extensionIds.certificatePolicies,
      critical: false,
      value: sequence(...ids.map((id) => sequence(oid(id)))),
    };
    const mappings = {
      oid: extensionIds.policyMappings,
      critical: false,
      value: sequence(...ids.flatMap((a) => ids.map((b) => sequence(oid(a), oid(b))))),
    };
    const root = await certificate({ subject: 'Root', issuer: 'Root', key: at(0), by: at(0) });
    const intermediates: Uint8Array[] = [];
    for (let i = 0; i < 10; i++) {
      const issuer = i === 0 ? 'Root' : `CA ${i - 1}`;
      intermediates.push(
        await certificate({
          subject: `CA ${i}`,
          issuer,
          key: at(i + 1),
          by: at(i),
          extensions: [policies, mappings],
        }),
      );
    }
    const leaf = await certificate({
      subject: 'leaf',
      issuer: 'CA 9',
      key: at(3),
      by: at(10),
      extensions: [policies],
    });
    const { valid, policies: held } = validatePath({
      leaf,
      intermediates,
      anchors: [root],
      time: world.now,
      checkRevocation: false,
      requireExplicitPolicy: true,
    });
    assert.ok(valid);
    assert.deepEqual(held, [...ids].sort());
  });

  test('a hundred thousand names, keys that cost, and structures without bottom are refused before work begins', async () => {
    const names = Array.from({ length: 100_000 }, (_, i) => writeGeneralName.dns(`${i}`));
    const altNames = (all: Uint8Array[]) => ({
      oid: extensionIds.subjectAltName,
      critical: false,
      value: constructed(0x30, all),
    });
    const many = await certificate({
      subject: 'a',
      issuer: 'b',
      key: at(0),
      by: at(0),
      extensions: [altNames(names)],
    });
    assert.equal(ask({ leaf: many, anchors: [stranger] }), 'generalName.count');
    const more = await certificate({
      subject: 'a',
      issuer: 'b',
      key: at(0),
      by: at(0),
      extensions: [altNames([...names, ...names])],
    });
    assert.equal(ask({ leaf: more, anchors: [stranger] }), 'certificate.size');

    const modulus = Buffer.alloc(256, 0xff);
    const costly = { ...at(0), publicKey: spkiFromRsa(modulus, Buffer.alloc(255, 0xff)) };
    assert.equal(importPublicKey(costly.publicKey).ok, false);
    const heavy = await certificate({ subject: 'CA', issuer: 'Root', key: costly, by: at(0) });
    const root = await certificate({ subject: 'Root', issuer: 'Root', key: at(0), by: at(0) });
    const below = await certificate({ subject: 'leaf', issuer: 'CA', key: at(1), by: at(1) });
    const { certificates, verified } = counted([heavy]);
    assert.equal(ask({ leaf: below, intermediates: certificates, anchors: [root] }), 'path.issuer.weak');
    assert.equal(verified(), 0);
    assert.equal(ask({ leaf: heavy, anchors: [root] }), 'path.key');

    let deep: Uint8Array = new Uint8Array();
    for (let i = 0; i < 400; i++) deep = sequence(deep);
    const checked = checkDer(deep);
    assert.equal(checked.ok ? '' : checked.rule, 'der.depth');
    const bottomless = Buffer.alloc(200_000, Buffer.from('3080', 'hex'));
    assert.equal(verifySignedData({ cms: bottomless }).fault?.rule, 'der.depth');
  });

  test('an indirect list that changes its issuer at every entry is one pass and one map', async () => {
    const count = 20_000;
    const time = Buffer.from('170d3236303533303030303030305a', 'hex');
    const issuers = Array.from({ length: 50 }, (_, i) => {
      const directory = constructed(0xa4, [name(`Issuer ${i}`)]);
      const extension = sequence(
        oid(extensionIds.certificateIssuer),
        Buffer.from('0101ff', 'hex'),
        constructed(0x04, [sequence(directory)]),
      );
      return sequence(extension);
    });
    const entries = Array.from({ length: count }, (_, i) =>
      sequence(
        Buffer.from([2, 4, 0x10, i >> 16, (i >> 8) & 255, i & 255]),
        time,
        issuers[i % issuers.length],
      ),
    );
    const algorithm = Buffer.from('300a06082a8648ce3d040302', 'hex');
    const point = sequence(Buffer.from('8401ff', 'hex'));
    const scope = sequence(
      oid(extensionIds.issuingDistributionPoint),
      Buffer.from('0101ff', 'hex'),
      constructed(0x04, [point]),
    );
    const tbs = sequence(
      Buffer.from('020101', 'hex'),
      algorithm,
      name('Lists'),
      time,
      time,
      sequence(...entries),
      constructed(0xa0, [sequence(scope)]),
    );
    const loaded = loadCrl(sequence(tbs, algorithm, Buffer.from('030100', 'hex')));
    assert.ok(loaded.ok, loaded.ok ? '' : loaded.rule);
    assert.equal(loaded.crl.size, count);
    const mine = Uint8Array.of(0x10, 0, 0, 7);
    assert.equal(loaded.crl.lookup(mine, name('Issuer 7'))?.reason, 'unspecified');
    assert.equal(loaded.crl.lookup(mine, name('Issuer 8')), undefined);
    assert.equal(loaded.crl.lookup(mine), undefined);
  });
});
