import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { missing, openssl, type TestAuthority, writePem } from '../testing/authority.js';
import { changed, type RenewalRoom, renewalRoom } from '../testing/renewal-room.js';
import { renewingCard, spkiOf } from '../testing/renewing.js';

const skip = missing('openssl');
/** Another word than the one that counts. */
const nothing = Buffer.from('madoguchi-renewal-done-2');

let room: RenewalRoom;
let authority: TestAuthority;
before(async () => {
  room = await renewalRoom();
  authority = room.authority;
});
after(() => authority.close());

for (const kind of ['signature', 'authentication'] as const)
  test(`the ${kind} certificate: new key in the card, written, read back, put into use; the old one is superseded at the card’s word; what is sent again gets the same answer`, {
    skip,
  }, async () => {
    const holder = await renewingCard(authority, kind === 'signature' ? 0 : 1);
    const side = holder[kind];
    const { id } = holder.resident;
    const old = await side.inUse();
    const { cms, publicKey } = await side.request(await room.nonce());
    const { certificate, issuer } = await room.newCertificate(cms);
    assert.deepEqual(Buffer.from(spkiOf(certificate)), Buffer.from(publicKey));
    assert.deepEqual(await room.statuses(id, kind), ['issued valid', 'delivered valid']);
    assert.deepEqual(Buffer.from((await room.newCertificate(cms)).certificate), Buffer.from(certificate));

    const confirmation = await side.confirmation(certificate);
    const mac = await room.activation(confirmation);
    const both = ['delivered valid', 'delivered valid'];
    assert.deepEqual(await room.statuses(id, kind), both, 'whichever the card holds, counts');
    assert.deepEqual(await side.inUse(), old, 'until the card has it, the old one stays');
    assert.deepEqual(await room.activation(confirmation), mac, 'a lost answer is given again');
    await side.unlock();
    await side.spare.activate(mac);
    assert.deepEqual(await side.inUse(), new Uint8Array(certificate));
    assert.deepEqual(await room.statuses(id, kind), both);
    const word = await side.cms(certificate, changed, side.byOld);
    assert.equal(await room.ruleOf(room.post(word, '/done')), 'good');
    assert.deepEqual(await room.statuses(id, kind), ['delivered valid', 'delivered superseded']);
    assert.equal(await room.ruleOf(room.post(word, '/done')), 'good', 'told again, nothing more happens');
    assert.equal(
      await room.ruleOf(room.post(await side.cms(certificate, nothing, side.byOld), '/done')),
      'renewal.form',
    );

    const root = await writePem(path.join(authority.dir, 'root.pem'), 'CERTIFICATE', [issuer]);
    const leaf = await writePem(path.join(authority.dir, 'leaf.pem'), 'CERTIFICATE', [certificate]);
    const verified = openssl('verify', '-CAfile', root, '-ignore_critical', leaf);
    assert.equal(verified.code, 0, verified.output);
    const other = kind === 'signature' ? 'authentication' : 'signature';
    assert.deepEqual(
      await room.statuses(id, other),
      ['delivered valid'],
      'the other certificate is untouched',
    );
    assert.equal((await authority.ca.verifyAudit()).ok, true);
    await holder.card.close();
  });

test('lost on the way: the same key gets the same certificate; a new key ends the earlier attempt; what lapsed asks for a new key', async () => {
  const holder = await renewingCard(authority, 2);
  const side = holder.signature;
  const { id } = holder.resident;
  const first = await side.request(await room.nonce());
  const { certificate } = await room.newCertificate(first.cms);
  const again = await side.request(await room.nonce(), first.publicKey);
  assert.deepEqual(Buffer.from((await room.newCertificate(again.cms)).certificate), Buffer.from(certificate));

  const second = await side.request(await room.nonce());
  const fresh = await room.newCertificate(second.cms);
  assert.deepEqual(await room.statuses(id, 'signature'), [
    'issued valid',
    'issued unspecified',
    'delivered valid',
  ]);
  assert.equal(await room.ruleOf(room.post(first.cms)), 'renewal.again');

  await authority.ca.recover(-1000);
  assert.equal(
    await room.ruleOf(room.post(await side.confirmation(fresh.certificate), '/confirm')),
    'renewal.again',
  );
  assert.deepEqual(await room.statuses(id, 'signature'), [
    'issued unspecified',
    'issued unspecified',
    'delivered valid',
  ]);
  const third = await side.request(await room.nonce());
  const mac = await room.activation(
    await side.confirmation((await room.newCertificate(third.cms)).certificate),
  );
  await side.unlock();
  await side.spare.activate(mac);
  await holder.card.close();
});

test('hostile bytes get a verdict on both paths', async () => {
  const holder = await renewingCard(authority, 8);
  const { cms } = await holder.signature.request(await room.nonce());
  const good = await room.newCertificate(cms);
  const confirmation = await holder.signature.confirmation(good.certificate);
  for (const [body, step] of [
    [cms, ''],
    [confirmation, '/confirm'],
  ] as const)
    for (let at = 0; at < body.length; at += 97) {
      const bad = Uint8Array.from(body);
      bad[at] = (bad[at] ?? 0) ^ 0x41;
      const answer = await room.post(bad, step);
      assert.ok(answer.status < 500, `octet ${at}`);
    }
  assert.equal((await room.post(new Uint8Array(0))).status, 403);
  assert.equal((await room.post(new Uint8Array(0), '/confirm')).status, 403);
  assert.equal((await room.app.request('/renewal', { method: 'POST', body: 'x' })).status, 415);
  assert.equal((await room.post(new Uint8Array(64 * 1024))).status, 413);
  await holder.card.close();
});
