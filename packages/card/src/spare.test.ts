import assert from 'node:assert/strict';
import { createHash, createPublicKey, publicDecrypt, verify } from 'node:crypto';
import { test } from 'node:test';
import { apdu } from './apdu.js';
import type { CardContent } from './card-content.js';
import { publicPart, spkiOfPublicPart } from './card-keys.js';
import { CardError } from './errors.js';
import { aids, efs, fileKey, spareFiles } from './files.js';
import { activationMac, spareProof } from './owner-mac.js';
import { openOwnerSession } from './owner-session.js';
import { readWholeFile, transmitOk } from './read-whole-file.js';
import { spareSession } from './spare-session.js';
import { cardInMemory, cardKey, demoContent, pins, seeded, send } from './testing/demo-card.js';
import { VirtualCard } from './virtual-card.js';

/** Looks enough like a certificate for a card, recognised by its filler. */
function element(mark: number, length = 900): Uint8Array {
  const bytes = new Uint8Array(length).fill(mark);
  bytes.set([0x30, 0x82, (length - 4) >> 8, (length - 4) & 0xff]);
  return bytes;
}

const nonce = new Uint8Array(32).fill(5);
const old = element(0x11);
const fresh = element(0x22, 1200);
const quick = { ...(await demoContent()), medium: 'next-card' } as const;

/** A card of the next kind (its keys are quick) with a signature key and a certificate in use. */
async function issued(from: CardContent = quick) {
  const { card, saved } = cardInMemory({}, from);
  const transmit = (command: Uint8Array) => card.execute(command);
  const owner = await openOwnerSession(transmit, cardKey);
  const { spki } = await owner.generateKeyPair('signature');
  await owner.writeFile(efs.jpki.signatureCertificate, old);
  saved.length = 0;
  const unlock = async () => {
    await transmitOk(transmit, apdu.selectApplication(aids.jpki), 'select');
    await transmitOk(transmit, apdu.verify(pins.signature, efs.jpki.signaturePin), 'verify');
  };
  return { card, saved, transmit, unlock, spki, spare: spareSession(transmit, 'signature') };
}

const refusedAs = (kind: string) => (error: unknown) =>
  error instanceof CardError && error.status?.kind === kind;

async function inUse(transmit: (command: Uint8Array) => Promise<Uint8Array>): Promise<Uint8Array> {
  await transmitOk(transmit, apdu.selectFile(efs.jpki.signatureCertificate.id), 'select');
  return new Uint8Array(await readWholeFile(transmit));
}

test('a spare key signs, proves where it was made and comes into use with its certificate by the issuer’s word alone', async () => {
  const { transmit, unlock, spare, spki } = await issued();
  await unlock();
  assert.equal(await spare.look(), undefined);
  const made = await spare.generate();
  assert.notDeepEqual(made.spki, spki);
  assert.deepEqual(await spare.look(), { certificate: undefined, issuer: undefined });
  assert.deepEqual(
    new Uint8Array(await spare.prove(nonce)),
    new Uint8Array(spareProof(cardKey, 'signature', nonce, made.spki)),
  );
  const message = Buffer.from('窓口');
  const hash = createHash('sha384').update(message).digest();
  const signature = await spare.sign(hash);
  const key = createPublicKey({ key: Buffer.from(made.spki), format: 'der', type: 'spki' });
  assert.ok(verify('sha384', message, { key, dsaEncoding: 'ieee-p1363' }, signature));
  assert.deepEqual(await inUse(transmit), old, 'the old certificate stays readable');
  await spare.write(fresh, element(0x33));
  assert.deepEqual(await inUse(transmit), old);
  const found = await spare.look();
  assert.deepEqual(new Uint8Array(found?.certificate ?? []), fresh);
  const mac = activationMac(cardKey, 'signature', {
    spki: made.spki,
    certificate: fresh,
    issuer: element(0x33),
  });
  await spare.activate(mac);
  assert.deepEqual(await inUse(transmit), fresh);
  assert.equal(await spare.look(), undefined, 'nothing is left in the spare place');
  await transmitOk(transmit, apdu.selectFile(efs.jpki.signatureCaCertificate.id), 'select');
  assert.deepEqual(new Uint8Array(await readWholeFile(transmit)), element(0x33));
  const by = await transmitOk(transmit, apdu.computeSignature(hash, efs.jpki.signatureKey), 'sign');
  assert.ok(verify('sha384', message, { key, dsaEncoding: 'ieee-p1363' }, by));
  await assert.rejects(spare.activate(mac), refusedAs('referenceNotFound'));
});

test('an RSA card does the same, and keeps the authority’s certificate where none was written', async () => {
  const { transmit, unlock, spare } = await issued(await demoContent());
  await unlock();
  const made = await spare.generate();
  assert.equal(made.algorithm, 'rsa2048');
  await spare.write(fresh, undefined);
  await spare.activate(activationMac(cardKey, 'signature', { spki: made.spki, certificate: fresh }));
  const input = new Uint8Array(51).fill(3);
  const signature = await transmitOk(transmit, apdu.computeSignature(input, efs.jpki.signatureKey), 'sign');
  const key = createPublicKey({ key: Buffer.from(made.spki), format: 'der', type: 'spki' });
  assert.deepEqual(new Uint8Array(publicDecrypt(key, signature)), input);
});

test('nothing of it without the PIN of that very key; the other key’s PIN opens nothing', async () => {
  const { card, unlock, spare } = await issued();
  await unlock();
  await spare.generate();
  for (const pin of [undefined, '0020009804' + '31323334']) {
    await send(card, '00A4040C0AD392F000260100000001');
    if (pin !== undefined) assert.equal(await send(card, pin), '9000');
    assert.equal(await send(card, '0047829A00'), '6982');
    assert.equal(await send(card, `0047839A20${'05'.repeat(32)}20`), '6982');
    assert.equal(await send(card, `0044009A20${'00'.repeat(32)}`), '6982');
    await send(card, '00A4020C020101');
    assert.equal(await send(card, '00D6000001FF'), '6982');
    assert.equal(await send(card, '00B0000004'), '6982');
    await send(card, '00A4020C02011A');
    assert.equal(await send(card, `802A008030${'00'.repeat(48)}00`), '6982');
  }
});

test('the holder’s PIN writes the spare place and nothing else', async () => {
  const { card, unlock, spare, transmit } = await issued();
  await unlock();
  await spare.generate();
  await send(card, '00A4020C020101');
  assert.equal(await send(card, '00D6810001FF'), '6982', 'by the short identifier of the certificate in use');
  await send(card, '00A4020C020001');
  assert.equal(await send(card, '00D6000001FF'), '6982');
  await send(card, '00A4020C02010A');
  assert.deepEqual(await inUse(transmit), old);
});

test('another certificate, another key, another card’s word: refused, and the old ones stay in use', async () => {
  const { card, unlock, spare, transmit, spki } = await issued();
  await unlock();
  const made = await spare.generate();
  await assert.rejects(
    spare.activate(activationMac(cardKey, 'signature', { spki: made.spki, certificate: fresh })),
    refusedAs('referenceNotFound'),
    'nothing was written',
  );
  await spare.write(fresh, undefined);
  for (const mac of [
    activationMac(cardKey, 'signature', { spki: made.spki, certificate: old }),
    activationMac(cardKey, 'signature', { spki, certificate: fresh }),
    activationMac(cardKey, 'authentication', { spki: made.spki, certificate: fresh }),
    activationMac(cardKey, 'signature', { spki: made.spki, certificate: fresh, issuer: old }),
    activationMac(new Uint8Array(32), 'signature', { spki: made.spki, certificate: fresh }),
  ])
    await assert.rejects(spare.activate(mac), refusedAs('wrongValue'));
  assert.equal(await send(card, `0044019A20${'00'.repeat(32)}`), '6A86');
  assert.equal(await send(card, '0044009A04AABBCCDD'), '6700');
  assert.deepEqual(await inUse(transmit), old);
});

test('without a spare key the card does not know the files; a new key of the issuer takes the spare away', async () => {
  const { card, unlock, spare, transmit } = await issued();
  await unlock();
  for (const id of ['0101', '0102', '010A', '010B', '0117', '011A'])
    assert.equal(await send(card, `00A4020C02${id}`), '6A82');
  await spare.generate();
  assert.equal(await send(card, '00A4020C02011A'), '9000');
  assert.equal(await send(card, '00A4020C020117'), '6A82', 'the other key has none');
  const owner = await openOwnerSession(transmit, cardKey);
  await owner.generateKeyPair('signature');
  await unlock();
  assert.equal(await spare.look(), undefined);
});

test('cut off after any write, the certificate in use is whole and fits its key, and the renewal goes on', async () => {
  const { saved, unlock, spare, spki } = await issued();
  await unlock();
  const made = await spare.generate();
  await spare.write(fresh, undefined);
  const mac = activationMac(cardKey, 'signature', { spki: made.spki, certificate: fresh });
  await spare.activate(mac);
  const file = fileKey(efs.jpki.signatureCertificate);
  assert.ok(saved.length > 10, 'each write is one step');
  for (const [step, content] of saved.entries()) {
    const bytes = content.files[file] ?? new Uint8Array(0);
    const key = content.keys.signature;
    assert.ok(key);
    const isOld = Buffer.from(bytes.subarray(0, old.length)).equals(old);
    const isNew = Buffer.from(bytes.subarray(0, fresh.length)).equals(fresh);
    assert.ok(isOld || isNew, `step ${step}`);
    assert.deepEqual(spkiOfPublicPart(publicPart(key))?.spki, isOld ? spki : made.spki, `step ${step}`);
    if (isNew) continue;
    const card = new VirtualCard(content, async () => undefined);
    const transmit = (command: Uint8Array) => card.execute(command);
    await transmitOk(transmit, apdu.selectApplication(aids.jpki), 'select');
    await transmitOk(transmit, apdu.verify(pins.signature, efs.jpki.signaturePin), 'verify');
    const again = spareSession(transmit, 'signature');
    if ((await again.look()) === undefined) continue;
    await again.write(fresh, undefined);
    await again.activate(mac);
    assert.deepEqual(await inUse(transmit), fresh, `step ${step}`);
  }
});

test('hostile commands to the spare place get a status word and change nothing in use', async () => {
  const { card, unlock, spare, saved } = await issued();
  await unlock();
  await spare.generate();
  await spare.write(fresh, undefined);
  const random = seeded(20);
  const heads = ['004782', '004783', '004400', '00D600', '00A402', '802A00', '00D681', '004780'];
  const { certificate } = spareFiles.signature;
  for (let round = 0; round < 400; round += 1) {
    const head = Buffer.from(heads[Math.floor(random() * heads.length)] ?? '', 'hex');
    const length = Math.floor(random() * 40);
    const tail = Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
    const p2 = [0x9a, 0x97, 0x80, 0x0c][Math.floor(random() * 4)] ?? 0;
    const answer = await card.execute(Buffer.concat([head, Buffer.from([p2, length]), tail]));
    assert.ok(answer.length >= 2);
  }
  const last = saved.at(-1);
  assert.ok(last !== undefined && fileKey(certificate) === 'jpki/0101');
  assert.deepEqual(
    Buffer.from(last.files[fileKey(efs.jpki.signatureCertificate)] ?? []).subarray(0, old.length),
    Buffer.from(old),
  );
});
