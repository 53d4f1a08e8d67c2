import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { TestAuthority } from '../testing/authority.js';
import { changed, type RenewalRoom, renewalRoom } from '../testing/renewal-room.js';
import { renewingCard, spkiOf } from '../testing/renewing.js';

let room: RenewalRoom;
let authority: TestAuthority;
before(async () => {
  room = await renewalRoom();
  authority = room.authority;
});
after(() => authority.close());

test('the authority dies at each step of making and of exchanging: the old certificate is good, and the next attempt ends well', async () => {
  const holder = await renewingCard(authority, 0);
  const side = holder.authentication;
  const { id } = holder.resident;
  const valid = async () =>
    (await authority.ca.list({ resident: id, profile: 'authentication' })).filter(
      ({ status, state }) => status === 'valid' && state === 'delivered',
    );
  const [old] = await valid();
  for (const lost of ['reserved', 'linted', 'intended', 'signed', 'issued'] as const) {
    const { cms, publicKey } = await side.request(await room.nonce());
    authority.onStep = (step) => {
      if (step === lost) throw new Error('power lost');
    };
    assert.ok((await room.post(cms)).status >= 500, lost);
    authority.onStep = () => undefined;
    assert.deepEqual(
      (await valid()).map(({ alias }) => alias),
      [old?.alias],
      lost,
    );
    const same = await room.ruleOf(room.post((await side.request(await room.nonce(), publicKey)).cms));
    assert.equal(same, lost === 'issued' ? 'good' : 'renewal.again', lost);
  }
  const { certificate } = await room.newCertificate((await side.request(await room.nonce())).cms);
  const confirmation = await side.confirmation(certificate);
  authority.onStep = (step) => {
    if (step === 'revoked') throw new Error('power lost');
  };
  // The commit stands, whether or not the answer left.
  await room.post(confirmation, '/confirm');
  const mac = await room.activation(confirmation);
  const counts = async () => {
    const inUse = spkiOf(await side.inUse());
    const all = await Promise.all((await valid()).map(({ alias }) => authority.ca.show({ alias })));
    return all.some((one) => Buffer.from(spkiOf(one?.certificate ?? inUse)).equals(inUse));
  };
  assert.ok(await counts(), 'before the card changed over, the old one counts');
  await side.unlock();
  await side.spare.activate(mac);
  assert.deepEqual(await side.inUse(), new Uint8Array(certificate));
  assert.ok(await counts(), 'and after it the new one');
  const word = await side.cms(certificate, changed, side.byOld);
  // Power lost between the ledger's commit and the answer.
  await room.post(word, '/done');
  authority.onStep = () => undefined;
  assert.equal((await room.post(word, '/done')).status, 200);
  assert.ok(await counts());
  const [now, ...others] = await valid();
  assert.deepEqual(others, []);
  assert.notEqual(now?.alias, old?.alias);
  await holder.card.close();
});

test('the card’s word never came: at the end of the overlap the old one is superseded; an old key that still signs ends the new one, a new key that signs the old one', async () => {
  const begin = async (index: number) => {
    const holder = await renewingCard(authority, index);
    const side = holder.signature;
    const { certificate } = await room.newCertificate((await side.request(await room.nonce())).cms);
    const mac = await room.activation(await side.confirmation(certificate));
    return { holder, side, certificate, mac, id: holder.resident.id };
  };
  const [left, kept, changedOver] = [await begin(1), await begin(2), await begin(3)];

  // Written over in its spare place: the old key is in use, it says so over a fresh nonce, and the first new certificate is given up.
  await room.newCertificate((await kept.side.request(await room.nonce())).cms);
  assert.deepEqual(await room.statuses(kept.id, 'signature'), [
    'issued valid',
    'delivered unspecified',
    'delivered valid',
  ]);
  // Changed over, and nobody heard it: the next request is by the new key.
  await changedOver.side.unlock();
  await changedOver.side.spare.activate(changedOver.mac);
  await room.newCertificate((await changedOver.side.request(await room.nonce())).cms);
  assert.deepEqual(await room.statuses(changedOver.id, 'signature'), [
    'issued valid',
    'delivered valid',
    'delivered superseded',
  ]);

  await authority.ca.publishDue();
  assert.deepEqual(await room.statuses(left.id, 'signature'), ['delivered valid', 'delivered valid']);
  authority.now = new Date(authority.now.getTime() + 24 * 3600_000);
  await authority.ca.publishDue();
  assert.deepEqual(await room.statuses(left.id, 'signature'), ['delivered valid', 'delivered superseded']);
  // The new one still waits in the card, and the authority's word for it is given authority.
  const mac = await room.activation(await left.side.confirmation(left.certificate));
  await left.side.unlock();
  await left.side.spare.activate(mac);
  assert.deepEqual(await left.side.inUse(), new Uint8Array(left.certificate));
  assert.equal((await authority.ca.verifyAudit()).ok, true);
  for (const { holder } of [left, kept, changedOver]) await holder.card.close();
});
