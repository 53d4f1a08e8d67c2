import assert from 'node:assert/strict';
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { test } from 'node:test';
import { spkiOfPublicPart } from './card-keys.js';
import { demoKeyIds, encodePublicKey, makeFaceIssuer } from './cv-certificate.js';
import { type DataFile, efs, fileKey } from './files.js';
import { newCardContent } from './new-card.js';
import { cardInMemory, demoCard, demoContent, send } from './testing/demo-card.js';
import { readElement, readElements } from './tlv.js';

const issuer = await makeFaceIssuer();
const content = await newCardContent({ ...demoCard, faceIssuer: issuer });
const sha256 = (...parts: readonly Uint8Array[]) =>
  createHash('sha256').update(Buffer.concat(parts)).digest();

/** The elements of a template by tag, each with header; `value` without. */
function parts(file: DataFile | Uint8Array, tag: number) {
  const bytes = file instanceof Uint8Array ? file : (content.files[fileKey(file)] ?? new Uint8Array());
  const outer = readElement(bytes, 0, bytes.length);
  assert.equal(outer?.tag, tag);
  const found = new Map<number, { whole: Buffer; value: Buffer; at: number }>();
  let at = outer?.start ?? 0;
  for (const element of readElements(bytes, at, outer?.end ?? 0)) {
    const whole = Buffer.from(bytes.subarray(at, element.end));
    found.set(element.tag, { whole, value: Buffer.from(bytes.subarray(element.start, element.end)), at });
    at = element.end;
  }
  return (wanted: number) => {
    const part = found.get(wanted);
    assert.ok(part, wanted.toString(16));
    return part;
  };
}

/** Key from `90 03 010001 91 820100 n`. */
function keyOf(bytes: Uint8Array): KeyObject {
  const [exponent, modulus] = readElements(bytes, 0, bytes.length);
  assert.deepEqual([exponent?.tag, modulus?.tag], [0x90, 0x91]);
  assert.equal(Buffer.from(bytes.subarray(exponent?.start, exponent?.end)).toString('hex'), '010001');
  const made = spkiOfPublicPart(bytes.subarray(modulus?.start, modulus?.end));
  return createPublicKey({ key: Buffer.from(made?.spki ?? []), format: 'der', type: 'spki' });
}

/** The signer's key, after its certificate was verified under the root. */
function certifiedKey(file: DataFile, authority: Uint8Array): KeyObject {
  const certificate = parts(file, 0x7f21);
  const body = certificate(0x5f4e).value;
  assert.equal(body.length, 297);
  assert.deepEqual(body.subarray(0, 16), Buffer.from(authority));
  assert.match(body.toString('latin1', 16, 23), /^9920100$/);
  const root = keyOf(encodePublicKey(issuer.rootKey));
  assert.ok(verify('sha256', body, root, certificate(0x5f37).value));
  return keyOf(body.subarray(32));
}

test('the integrity record of the Text AP has the hashes of the two files and a signature by the certified key', () => {
  const signer = certifiedKey(efs.text.cvCertificate, demoKeyIds.text);
  const record = parts(efs.text.integrity, 0xff30);
  const physical = content.files[fileKey(efs.text.myNumber)] ?? new Uint8Array();
  assert.equal(physical.length, 17, 'two bytes of filler are hashed too');
  assert.deepEqual(record(0xdf31).value, sha256(physical));
  const items = parts(efs.text.basicItems, 0xff20);
  const behindOffsets = [0xdf22, 0xdf23, 0xdf24, 0xdf25].map((tag) => items(tag).whole);
  assert.deepEqual(record(0xdf32).value, sha256(...behindOffsets));
  const signed = Buffer.concat([record(0xdf31).whole, record(0xdf32).whole]);
  assert.ok(verify('sha256', signed, signer, record(0xdf33).value));
});

test('the Text AP’s basic information and signed key have their forms, and the card signs with that key', async () => {
  const signer = certifiedKey(efs.text.cvCertificate, demoKeyIds.text);
  const information = parts(efs.text.basicInformation, 0xff40);
  assert.equal(information(0xdf41).value.toString('hex'), '01030e01');
  assert.equal(information(0xdf42).value.length, 16);
  assert.equal(information(0xdf43).value.length, 128);
  const signedKey = parts(efs.text.signedPublicKey, 0xff50);
  assert.ok(verify('sha256', signedKey(0xdf51).whole, signer, signedKey(0xdf52).value));
  await provesItself('00A4040C0AD3921000310001010408', keyOf(signedKey(0xdf51).value));
});

/** 80 2A 00 00 over a DigestInfo verifies under the key in the record. */
async function provesItself(select: string, key: KeyObject): Promise<void> {
  const { card } = cardInMemory({}, content);
  await send(card, select);
  const challenge = Buffer.from('a challenge');
  const info = `3031300d060960864801650304020105000420${sha256(challenge).toString('hex')}`;
  const answer = await send(card, `802A000033${info}00`);
  assert.ok(answer.endsWith('9000'));
  assert.ok(verify('sha256', challenge, key, Buffer.from(answer.slice(0, -4), 'hex')));
}

test('the age record holds the birth date, the card’s key and a signature over both', async () => {
  const signer = certifiedKey(efs.visual.cvCertificate, demoKeyIds.visual);
  const record = parts(efs.visual.ageRecord, 0xff10);
  assert.equal(record(0xdf11).value.toString(), '19800203');
  const signed = Buffer.concat([record(0xdf11).whole, record(0xdf12).whole]);
  assert.ok(verify('sha256', signed, signer, record(0xdf13).value));
  await provesItself('00A4040C0AD3921000310001010402', keyOf(record(0xdf12).value));
});

test('the face record: offsets, images, expiry, and one signature over three hashes that leaves the last two out', () => {
  const signer = certifiedKey(efs.visual.cvCertificate, demoKeyIds.visual);
  const face = parts(efs.visual.faceRecord, 0xff20);
  const tags = [0xdf22, 0xdf23, 0xdf24, 0xdf25, 0xdf26, 0xdf27, 0xdf28, 0xdf29, 0xdf2a];
  const offsets = face(0xdf21).value;
  assert.deepEqual(
    tags.map((_, index) => offsets.readUInt16BE(index * 2)),
    tags.map((tag) => face(tag).at),
  );
  assert.equal(face(0xdf22).value.toString(), '19800203');
  assert.equal(face(0xdf23).value.toString(), '1');
  assert.equal(face(0xdf29).value.toString(), '20350203');
  const whole = (...wanted: number[]) => wanted.map((tag) => face(tag).whole);
  const hashes = [
    sha256(...whole(0xdf22, 0xdf23, 0xdf24)),
    sha256(...whole(0xdf25, 0xdf26)),
    sha256(...whole(0xdf27)),
  ];
  assert.ok(verify('sha256', Buffer.concat(hashes), signer, face(0xdf28).value));
  assert.deepEqual(size(face(0xdf2a).value), [24, 12]);
});

test('the image of My Number is 72 by 12 and signed with the card’s key beside it', () => {
  const signer = certifiedKey(efs.visual.cvCertificate, demoKeyIds.visual);
  const record = parts(efs.visual.myNumberImage, 0xff40);
  assert.deepEqual(size(record(0xdf41).value), [72, 12]);
  const signed = Buffer.concat([record(0xdf41).whole, record(0xdf42).whole]);
  assert.ok(verify('sha256', signed, signer, record(0xdf43).value));
  assert.deepEqual(record(0xdf42).value, parts(efs.visual.ageRecord, 0xff10)(0xdf12).value);
});

/** Width and height of a PNG of one bit. */
function size(png: Buffer): [number, number] {
  assert.equal(png.toString('hex', 0, 8), '89504e470d0a1a0a');
  assert.equal(png.readUInt16BE(24), 0x0100, 'one bit, grey');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

test('the basic information of the Visual AP has the municipality and a sealed verification number', () => {
  const information = parts(efs.visual.basicInformation, 0xff30);
  assert.equal(information(0xdf31).value.length, 4);
  assert.equal(information(0xdf32).value.length, 16);
  assert.equal(information(0xdf33).value.length, 1);
  assert.equal(information(0xdf34).value.toString(), '99201');
  assert.equal(information(0xdf35).value.length, 272);
});

test('the chain of GET DATA verifies from our root to the key of the Visual AP', async () => {
  const { card } = cardInMemory({}, content);
  const get = async (tag: string) => {
    const answer = await send(card, `00CA${tag}000000`);
    const bytes = Buffer.from(answer.slice(0, -4), 'hex');
    const [body, signature] = readElements(bytes, 0, bytes.length);
    return {
      body: bytes.subarray(body?.start, body?.end),
      signature: bytes.subarray(signature?.start, signature?.end),
    };
  };
  const upper = await get('00F8');
  const lower = await get('7F21');
  assert.ok(verify('sha256', upper.body, keyOf(encodePublicKey(issuer.rootKey)), upper.signature));
  assert.deepEqual(lower.body.subarray(0, 16), upper.body.subarray(16, 32));
  assert.ok(verify('sha256', lower.body, keyOf(upper.body.subarray(32)), lower.signature));
});

test('filler and birth digits are settings of a card that is made', async () => {
  const made = await newCardContent({
    ...demoCard,
    faceIssuer: issuer,
    settings: { filler: 0x00, birthDigits: 'gregorian' },
  });
  const items = made.files[fileKey(efs.text.basicItems)];
  assert.equal(items?.at(-1), 0x00);
  const { card } = cardInMemory({}, made);
  await send(card, '00A4040C0AD3921000310001010402');
  const birth = (digits: string) => `0020009106${Buffer.from(digits).toString('hex')}`;
  assert.equal(await send(card, birth('550203')), '63C9');
  assert.equal(await send(card, birth('800203')), '9000');
});

test('no key of ours is named like one of a production or a test card', async () => {
  for (const id of Object.values(demoKeyIds)) assert.equal(Buffer.from(id).toString('latin1', 0, 1), '9');
});

test('the card’s own keys differ from card to card, and none stands in a file', async () => {
  const other = await newCardContent(demoCard);
  const names = ['textSigning', 'visualSigning', 'commonAuthentication'] as const;
  const keys = [content, other].flatMap((each) => names.map((name) => each.keys[name]));
  assert.equal(new Set(keys.map((key) => Buffer.from(key ?? []).toString('hex'))).size, 6);
  const open = Buffer.concat([...Object.values(content.files), ...Object.values(content.objects)]);
  for (const key of Object.values(content.keys)) {
    const secret = Buffer.from(key).subarray(300, 340);
    assert.equal(open.indexOf(secret), -1);
  }
  assert.equal(Object.keys((await demoContent('android')).files).length, 1);
});
