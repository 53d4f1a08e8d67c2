import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { buildCrl, type RevokedEntry } from '../crl/build.js';
import { generateKeyPair, softwareSigner } from '../key/software.js';
import { buildName } from '../name.js';
import { demoOids } from '../oids.js';
import { agencyTemplate } from '../profile/agency.js';
import { crlDistributionPointName } from '../profile/citizen.js';
import { crossTemplate, linkTemplate } from '../profile/cross.js';
import { mutations, seeded } from '../testing/mutate.js';
import { openssl, opensslAbsent, pem, withFiles } from '../testing/outside.js';
import { randomChain } from '../testing/random-chain.js';
import * as world from '../testing/world.js';
import { validatePath } from './validate.js';

/** A chain with everything both validators need. */
interface Chain {
  name: string;
  leaf: Uint8Array;
  anchor: Uint8Array;
  intermediates: Uint8Array[];
  crls: Uint8Array[];
  /** About the root, which only openssl asks after. */
  rootLists: Uint8Array[];
  explicitPolicy?: string;
}

const validity = { notBefore: world.notBefore, notAfter: world.notAfter };
const thisUpdate = new Date('2026-05-31T00:00:00Z');
const nextUpdate = new Date('2026-06-03T00:00:00Z');

function list(
  by: world.Party,
  entries: RevokedEntry[] = [],
  scope: { distributionPoint?: Uint8Array; onlyContainsCaCerts?: boolean } = {},
): Promise<Uint8Array> {
  const { subject } = by.certificate;
  const dates = { thisUpdate, nextUpdate, number: 1n };
  return buildCrl(
    { issuer: subject.der, issuerKeyIdentifier: by.keyId, ...dates, entries, ...scope },
    by.signer,
  );
}

/** openssl looks for a list about the root as well: our authorities publish one, the ARL. */
const arl = (by: world.Party): Promise<Uint8Array> =>
  list(by, [], { distributionPoint: by.certificate.subject.der, onlyContainsCaCerts: true });

const partition = (by: world.Party, entries: RevokedEntry[] = []): Promise<Uint8Array> =>
  list(by, entries, {
    distributionPoint: crlDistributionPointName(by.certificate, 'Mihon-ken', 'Mihon-shi'),
  });

function opensslSays(chain: Chain): { ok: boolean; text: string } {
  const pems = (ders: readonly Uint8Array[], label?: string) => ders.map((der) => pem(der, label)).join('');
  const files = {
    'leaf.pem': pem(chain.leaf),
    'root.pem': pem(chain.anchor),
    'others.pem': pems(chain.intermediates),
    'crls.pem': pems([...chain.crls, ...chain.rootLists], 'X509 CRL'),
  };
  const policy =
    chain.explicitPolicy === undefined
      ? ['-policy_check', '-policy', '2.5.29.32.0']
      : ['-policy', chain.explicitPolicy, '-explicit_policy'];
  return withFiles(files, (folder) =>
    openssl(
      folder,
      ...['verify', '-crl_check_all', '-attime', `${world.now.getTime() / 1000}`, ...policy],
      ...['-CAfile', 'root.pem', ...(chain.intermediates.length > 0 ? ['-untrusted', 'others.pem'] : [])],
      ...[...(chain.crls.length + chain.rootLists.length > 0 ? ['-CRLfile', 'crls.pem'] : []), 'leaf.pem'],
    ),
  );
}

function weSay(chain: Chain): { ok: boolean; text: string } {
  const { leaf, anchor, intermediates, crls, explicitPolicy } = chain;
  const { valid, reason } = validatePath({
    leaf,
    anchors: [anchor],
    intermediates,
    crls,
    time: world.now,
    ...(explicitPolicy === undefined
      ? {}
      : { initialPolicies: [explicitPolicy], requireExplicitPolicy: true }),
  });
  return { ok: valid, text: reason };
}

suite('openssl and we agree', { skip: opensslAbsent }, () => {
  const chains: Chain[] = [];
  let ca: world.Party;
  before(async () => {
    // Three generations of the signature CA under one name, with the keys of yesterday, today and tomorrow.
    for (const [index, key] of (['rsa2048', 'p256', 'p384'] as const).entries()) {
      const root = await world.citizenCa('signature', key, index + 1);
      if (key === 'p256') ca = root;
      const login = await world.citizenCa('authentication', key, index + 1);
      const one = (
        name: string,
        party: world.Party,
        by: world.Party,
        crls: Uint8Array[],
        rootLists: Uint8Array[] = [],
      ): Chain => ({
        name: `${name}, ${key}`,
        leaf: party.der,
        anchor: by.der,
        intermediates: [],
        crls,
        rootLists,
      });
      chains.push(
        one(
          'citizen, signature',
          await world.citizen(root, Uint8Array.of(0x21), key),
          root,
          [await partition(root)],
          [await arl(root)],
        ),
        one(
          'citizen, authentication',
          await world.login(login, Uint8Array.of(0x22), key),
          login,
          [await partition(login)],
          [await arl(login)],
        ),
      );
      const agencies = await world.agencyRoot(key);
      const lists = [await list(agencies)];
      chains.push(
        one('agency', await world.agency(agencies, key), agencies, lists),
        one('encryption', await world.encryption(agencies, 'p256'), agencies, lists),
        one('time stamps', await world.tsa(agencies, key), agencies, lists),
        one('responder', await world.responder(agencies, key), agencies, lists),
      );
    }
    chains.push(...(await bridgeAndLink(ca)));
  });

  test('about every chain our authorities can make', () => {
    for (const chain of chains) {
      assert.deepEqual([weSay(chain).ok, opensslSays(chain).ok], [true, true], chain.name);
    }
  });

  test('about none of them once its certificate is revoked, its list is gone or the root is another', async () => {
    const stranger = await world.citizenCa('signature', 'p256', 9);
    const revoked = await partition(ca, [{ serial: Uint8Array.of(0x21), date: thisUpdate }]);
    const [chain] = chains.filter(({ anchor }) => anchor === ca.der);
    assert.ok(chain !== undefined);
    for (const spoiled of [
      { ...chain, crls: [revoked] },
      { ...chain, crls: [] },
      { ...chain, anchor: stranger.der },
    ]) {
      assert.deepEqual([weSay(spoiled).ok, opensslSays(spoiled).ok], [false, false]);
    }
  });

  test('about damage: what openssl refuses we never accept, what we accept it accepts', () => {
    const random = seeded(20_26);
    const stricter: string[] = [];
    for (const [index, chain] of chains.entries()) {
      for (let round = 0; round < 4; round++) {
        const spoiled = damage(chain, random, 100 * index + round);
        const ours = weSay(spoiled);
        if (ours.ok) assert.ok(opensslSays(spoiled).ok, `${chain.name}: only we accept`);
        else if (opensslSays(spoiled).ok) stricter.push(`${chain.name}: ${ours.text}`);
      }
    }
    // Where we are stricter the reason would have to be listed here.
    assert.deepEqual(stricter, []);
  });

  test('about random authorities, lists and policies, well signed but put together at random', async () => {
    const random = seeded(7);
    const pairs = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const { pkcs8, publicKey } = await generateKeyPair('p256');
        return { publicKey, signer: softwareSigner(pkcs8) };
      }),
    );
    let accepted = 0;
    for (let round = 0; round < 150; round++) {
      const chain = {
        name: `random chain ${round}`,
        rootLists: [],
        ...(await randomChain(pairs, random, world.now)),
      };
      const [ours, theirs] = [weSay(chain), opensslSays(chain)];
      assert.equal(ours.ok, theirs.ok, `${chain.name}: ${chain.features}\n${ours.text}\n${theirs.text}`);
      if (ours.ok) accepted++;
    }
    assert.ok(accepted > 20 && accepted < 130, `${accepted}`);
  });
});

/** Through a bridge with mapped policies, and from the old key of an authority to its new one. */
async function bridgeAndLink(ca: world.Party): Promise<Chain[]> {
  const ministry = await world.agencyRoot('p256', 'Ministry');
  const name = buildName([
    ['C', 'JP'],
    ['O', 'JPKI-DEMO'],
    ['CN', 'Bridge'],
  ]);
  const ministryPolicy = '1.3.6.1.4.1.32473.1';
  const bridge = await world.party(
    'p256',
    (publicKey) =>
      crossTemplate({
        ...validity,
        serial: Uint8Array.of(7),
        publicKey,
        issuer: ministry.certificate,
        subject: name,
        policies: [{ oid: ministryPolicy }],
      }),
    ministry.signer,
  );
  const cross = await world.party(
    'p256',
    () =>
      crossTemplate({
        ...validity,
        serial: Uint8Array.of(8),
        publicKey: ca.certificate.spki,
        issuer: bridge.certificate,
        subject: ca.certificate.subject.der,
        policies: [{ oid: ministryPolicy, mapsTo: demoOids.signature }],
      }),
    bridge.signer,
  );
  const office = (issuer: world.Party): Promise<world.Party> =>
    world.party(
      'p256',
      (publicKey) =>
        agencyTemplate({
          ...validity,
          serial: Uint8Array.of(0x31),
          publicKey,
          issuer: issuer.certificate,
          agencyCode: '99201',
          agencyName: '見本市',
          hosts: ['localhost'],
          crlUrl: 'http://crl.jpki-demo.example/',
          ocspUrl: 'http://ocsp.jpki-demo.example/',
          policyOid: demoOids.signature,
        }),
      issuer.signer,
    );
  const next = await world.citizenCa('signature', 'p384', 4);
  const link = await world.party(
    'p256',
    () =>
      linkTemplate({
        ...validity,
        serial: Uint8Array.of(9),
        publicKey: next.certificate.spki,
        issuer: ca.certificate,
      }),
    ca.signer,
  );
  return [
    {
      name: 'bridge',
      leaf: (await office(ca)).der,
      anchor: ministry.der,
      intermediates: [bridge.der, cross.der],
      crls: [await list(ca), await arl(ministry), await arl(bridge)],
      rootLists: [],
      explicitPolicy: ministryPolicy,
    },
    {
      name: 'link',
      leaf: (await office(next)).der,
      anchor: ca.der,
      intermediates: [link.der],
      crls: [await list(ca), await list(next)],
      rootLists: [],
    },
  ];
}

/** One certificate or list of a chain damaged; the anchor's signature is nobody's business, so its own bytes stay. */
function damage(chain: Chain, random: () => number, seed: number): Chain {
  const hurt = (bytes: Uint8Array): Uint8Array => [...mutations(bytes, 1, seed)][0] ?? bytes;
  const at = Math.floor(random() * (1 + chain.intermediates.length + chain.crls.length));
  const replace = (all: Uint8Array[], index: number): Uint8Array[] =>
    all.map((each, i) => (i === index ? hurt(each) : each));
  if (at === 0) return { ...chain, leaf: hurt(chain.leaf) };
  if (at <= chain.intermediates.length)
    return { ...chain, intermediates: replace(chain.intermediates, at - 1) };
  return { ...chain, crls: replace(chain.crls, at - 1 - chain.intermediates.length) };
}
