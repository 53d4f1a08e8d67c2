import assert from 'node:assert/strict';
import { constants, createHash, createPrivateKey, createPublicKey, publicDecrypt, verify } from 'node:crypto';
import { test } from 'node:test';
import { apdu } from './apdu.js';
import { CardError } from './errors.js';
import { aids, efs } from './files.js';
import { sealImage } from './image-format.js';
import { newCardContent } from './new-card.js';
import { openOwnerSession } from './owner-session.js';
import { readBytes, readWholeFile, transmitOk } from './read-whole-file.js';
import { cardInMemory, cardKey, demoCard, demoContent, imageKey, pins, send } from './testing/demo-card.js';

const selectJpki = '00A4040C0AD392F000260100000001';

/** Looks enough like a certificate for a card: a SEQUENCE with a two-byte length. */
function element(length: number): Uint8Array {
  const bytes = new Uint8Array(length).fill(0x5a);
  bytes.set([0x30, 0x82, (length - 4) >> 8, (length - 4) & 0xff]);
  return bytes;
}

test('the owner makes a key inside, and what the card signs verifies with it', async () => {
  const { card } = cardInMemory();
  const transmit = (command: Uint8Array) => card.execute(command);
  const owner = await openOwnerSession(transmit, cardKey);
  const { algorithm, spki } = await owner.generateKeyPair('authentication');
  assert.equal(algorithm, 'rsa2048');
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  await transmitOk(transmit, apdu.selectApplication(aids.jpki), 'select');
  await transmitOk(transmit, apdu.verify(pins.authentication, efs.jpki.authenticationPin), 'verify');
  for (const length of [1, 51, 245]) {
    const input = new Uint8Array(length).fill(length);
    const signature = await transmitOk(
      transmit,
      apdu.computeSignature(input, efs.jpki.authenticationKey),
      'sign',
    );
    const back = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
    assert.deepEqual(new Uint8Array(back), input);
  }
});

test('the next card makes P-384 keys, and its signature over a SHA-384 hash verifies', async () => {
  const { card } = cardInMemory({}, await demoContent('next-card'));
  const transmit = (command: Uint8Array) => card.execute(command);
  const owner = await openOwnerSession(transmit, cardKey);
  const { algorithm, spki } = await owner.generateKeyPair('signature');
  assert.equal(algorithm, 'p384');
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  const message = Buffer.from('窓口');
  const hash = createHash('sha384').update(message).digest();
  await send(card, selectJpki);
  const sign = apdu.computeSignature(hash, efs.jpki.signatureKey);
  assert.equal(Buffer.from(await card.execute(sign)).toString('hex'), '6982');
  await transmitOk(transmit, apdu.verify(pins.signature, efs.jpki.signaturePin), 'verify');
  const seen = new Set<string>();
  for (let round = 0; round < 20; round += 1) {
    const signature = await transmitOk(transmit, sign, 'sign');
    assert.equal(signature.length, 96);
    assert.ok(verify('sha384', message, { key, dsaEncoding: 'ieee-p1363' }, signature));
    seen.add(Buffer.from(signature.subarray(0, 48)).toString('hex'));
  }
  assert.equal(seen.size, 20, 'a nonce was used twice');
  assert.equal(await send(card, '802A009A04AABBCCDD00'), '6985');
});

test('private keys exist in the sealed memory alone: not on the wire, not in the image, not in what a holder reads', async () => {
  for (const medium of ['my-number-card', 'next-card'] as const) {
    const { card, saved } = cardInMemory({}, await demoContent(medium));
    const wire: Uint8Array[] = [];
    const transmit = async (command: Uint8Array) => {
      const answer = await card.execute(command);
      wire.push(Uint8Array.from(command), answer);
      return answer;
    };
    const owner = await openOwnerSession(transmit, cardKey);
    await owner.generateKeyPair('signature');
    await owner.generateKeyPair('authentication');
    await transmitOk(transmit, apdu.selectApplication(aids.jpki), 'select');
    await transmitOk(transmit, apdu.verify(pins.signature, efs.jpki.signaturePin), 'verify');
    await transmit(apdu.computeSignature(new Uint8Array(48), efs.jpki.signatureKey));
    const last = saved.at(-1);
    assert.ok(last);
    const image = Buffer.from(sealImage(last, imageKey));
    const places = [Buffer.concat(wire), image, Buffer.concat(Object.values(last.files))];
    for (const pkcs8 of Object.values(last.keys)) {
      const jwk = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }).export({
        format: 'jwk',
      });
      for (const secret of [jwk.d, jwk.p, jwk.q, jwk.dp].filter((part) => part !== undefined)) {
        const bytes = Buffer.from(secret, 'base64url');
        for (const form of [bytes, bytes.toString('hex'), bytes.toString('base64'), secret])
          for (const place of places) assert.equal(place.indexOf(form), -1);
      }
    }
  }
});

test('strict mode asks for VERIFY before each signature and still lets the certificate be read', async () => {
  const { card } = cardInMemory({ verifyBeforeEachSignature: true });
  const owner = await openOwnerSession((command) => card.execute(command), cardKey);
  await owner.generateKeyPair('signature');
  await owner.writeFile(efs.jpki.signatureCertificate, element(900));
  await send(card, selectJpki);
  const verifyPin = Buffer.from(apdu.verify(pins.signature, efs.jpki.signaturePin)).toString('hex');
  const sign = '802A009A04AABBCCDD00';
  assert.equal(await send(card, verifyPin), '9000');
  assert.match(await send(card, sign), /9000$/);
  assert.equal(await send(card, sign), '6982');
  assert.match(await send(card, '00B0810004'), /9000$/);
  assert.equal(await send(card, verifyPin), '9000');
  assert.match(await send(card, sign), /9000$/);
});

test('the forms 01 to 05 of the signature, where switched on, verify as what they say', async () => {
  const { card } = cardInMemory({ signatureForms: true });
  const transmit = (command: Uint8Array) => card.execute(command);
  const owner = await openOwnerSession(transmit, cardKey);
  const { spki } = await owner.generateKeyPair('authentication');
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  await send(card, selectJpki);
  await send(card, '002000980431323334');
  const message = Buffer.from('窓口');
  const hash = createHash('sha256').update(message).digest();
  const sign = async (form: number, data: Uint8Array) => {
    const command = apdu.computeSignature(data, efs.jpki.authenticationKey);
    command[2] = form;
    return transmitOk(transmit, command, 'sign');
  };
  const bare = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, await sign(0x01, message));
  assert.deepEqual(bare, hash);
  const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  assert.ok(verify('sha256', message, key, await sign(0x02, hash)));
  assert.ok(verify('sha256', message, key, await sign(0x03, message)));
  for (let round = 0; round < 20; round += 1)
    assert.ok(verify('sha256', message, pss, await sign(0x04, hash)));
  assert.ok(verify('sha256', message, pss, await sign(0x05, message)));
  for (const [form, status] of [
    [0x02, 'conditionsOfUse'],
    [0x04, 'conditionsOfUse'],
    [0x06, 'wrongParameters'],
  ] as const)
    await assert.rejects(sign(form, message), (error: CardError) => error.status?.kind === status);
});

test('Android’s token asks for the authentication PIN before the authentication certificate', async () => {
  const content = await newCardContent({ ...demoCard, label: 'JPKIAPGPSETOKEN' });
  const { card } = cardInMemory({}, content);
  await send(card, selectJpki);
  assert.equal(await send(card, '00B08A0004'), '6982');
  await send(card, '002000980431323334');
  assert.equal(await send(card, '00B08A0004'), 'FFFFFFFF9000');
});

test('a file is written, read back by its own length, and written over by a shorter one', async () => {
  const { card } = cardInMemory();
  const transmit = (command: Uint8Array) => card.execute(command);
  const owner = await openOwnerSession(transmit, cardKey);
  for (const length of [1900, 3072, 300]) {
    await owner.writeFile(efs.jpki.authenticationCertificate, element(length));
    await transmitOk(transmit, apdu.selectApplication(aids.jpki), 'select');
    await transmitOk(transmit, apdu.selectFile(0x000a), 'select');
    assert.deepEqual(new Uint8Array(await readWholeFile(transmit)), element(length));
  }
  const whole = await readBytes(transmit, 3072);
  assert.ok(
    whole.subarray(300).every((byte) => byte === 0xff),
    'nothing of the longer file is left',
  );
});

test('a file half written reads as empty, and a new key takes the old certificate away', async () => {
  const { card } = cardInMemory();
  let budget = Number.POSITIVE_INFINITY;
  const transmit = async (command: Uint8Array) => {
    if (command[1] === 0xd6 && budget-- <= 0) throw new Error('the reader was pulled');
    return card.execute(command);
  };
  const owner = await openOwnerSession(transmit, cardKey);
  await owner.generateKeyPair('signature');
  await owner.writeFile(efs.jpki.signatureCertificate, element(1500));
  await send(card, selectJpki);
  assert.equal(await send(card, '00B0880003'), '8F00009000');
  budget = 5;
  await assert.rejects(owner.writeFile(efs.jpki.signatureCertificate, element(1600)), /pulled/);
  await send(card, selectJpki);
  assert.equal(await send(card, '00B0880003'), '0000009000');
  budget = Number.POSITIVE_INFINITY;
  await owner.writeFile(efs.jpki.signatureCertificate, element(1600));
  await owner.generateKeyPair('signature');
  await send(card, selectJpki);
  assert.equal(await send(card, '00B0880003'), '0000009000');
});

test('the owner unblocks and sets PINs in both applications', async () => {
  const { card } = cardInMemory();
  const owner = await openOwnerSession((command) => card.execute(command), cardKey);
  await send(card, selectJpki);
  for (let n = 0; n < 4; n += 1) await send(card, '002000980439393939');
  assert.equal(await send(card, '00200098'), '63C0');
  await owner.resetRetryCounter('authentication');
  await send(card, selectJpki);
  assert.equal(await send(card, '002000980431323334'), '9000');
  await owner.setPin('text', '0000');
  await send(card, '00A4040C0AD3921000310001010408');
  assert.equal(await send(card, '002000910430303030'), '9000');
  await assert.rejects(
    owner.setPin('signature', 'abc123'),
    (error: CardError) => error.status?.kind === 'wrongData',
  );
});

test('the owner cannot write what is not the issuer’s: My Number, token information, availability', async () => {
  const { card } = cardInMemory();
  const owner = await openOwnerSession((command) => card.execute(command), cardKey);
  for (const file of [efs.text.myNumber, efs.jpki.tokenInformation, efs.jpki.availability])
    await assert.rejects(
      owner.writeFile(file, new Uint8Array(3)),
      (error: CardError) => error.status?.kind === 'securityStatus',
    );
});

test('a foreign key opens nothing, and the rights end with each method', async () => {
  const { card } = cardInMemory();
  const transmit = (command: Uint8Array) => card.execute(command);
  await assert.rejects(
    openOwnerSession(transmit, new Uint8Array(32)),
    (error) => error instanceof CardError && error.status?.kind === 'wrongValue',
  );
  const owner = await openOwnerSession(transmit, cardKey);
  await owner.generateKeyPair('signature');
  assert.equal(await send(card, '0047809A00'), '6982');
  assert.equal(await send(card, '00D6810001FF'), '6982');
});

test('a recorded EXTERNAL AUTHENTICATE does not open a second session', async () => {
  const { card } = cardInMemory();
  const recorded: Uint8Array[] = [];
  await openOwnerSession(async (command) => {
    if (command[1] === 0x82) recorded.push(command);
    return card.execute(command);
  }, cardKey);
  await send(card, selectJpki);
  await send(card, '0084000010');
  const again = await card.execute(recorded[0] ?? new Uint8Array(0));
  assert.equal(Buffer.from(again).toString('hex'), '6300');
});

test('a modulus changed on its way from the card is noticed', async () => {
  const { card } = cardInMemory();
  const owner = await openOwnerSession(async (command) => {
    const answer = await card.execute(command);
    if (command[1] === 0x47 && command[2] === 0x80) answer[5] = (answer[5] ?? 0) ^ 1;
    return answer;
  }, cardKey);
  await assert.rejects(owner.generateKeyPair('signature'), (error: CardError) => error.code === 'badAnswer');
});
