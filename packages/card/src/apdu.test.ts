import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apdu } from './apdu.js';
import { numberB } from './eras.js';
import { CardError } from './errors.js';
import { aids, efs } from './files.js';
import { readWholeFile } from './read-whole-file.js';
import { splitResponse, statusWord } from './status-words.js';
import { seeded } from './testing/demo-card.js';
import { encodeBasicItems } from './text-files.js';
import { encodeTokenInformation } from './token-information.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();

test('each factory gives the bytes that go over the wire', () => {
  const expected: [Uint8Array, string][] = [
    [apdu.selectApplication(aids.jpki), '00A4040C0AD392F000260100000001'],
    [apdu.selectFile(0x001b), '00A4020C02001B'],
    [apdu.readBinary(0, 256), '00B0000000'],
    [apdu.readBinary(0x0104, 7), '00B0010407'],
    [apdu.readBinaryShort(1, 0, 4), '00B0810004'],
    [apdu.verify('ABC123'), '0020008006414243313233'],
    [apdu.verify('1234', efs.jpki.authenticationPin), '002000980431323334'],
    [apdu.verifyQuery(), '00200080'],
    [apdu.verifyQuery(efs.jpki.signaturePin), '0020009B'],
    [apdu.changeReferenceData('5678'), '002401800435363738'],
    [apdu.computeSignature(Uint8Array.of(1, 2)), '802A008002010200'],
    [apdu.computeSignature(Uint8Array.of(1), efs.jpki.signatureKey), '802A009A010100'],
    [apdu.getChallenge(16), '0084000010'],
    [apdu.generateKeyPair(efs.jpki.authenticationKey), '0047809700'],
    [apdu.updateBinary(255, Uint8Array.of(9)), '00D600FF0109'],
    [apdu.resetRetryCounter(efs.text.textPin), '002C0391'],
    [apdu.resetRetryCounter(efs.text.textPin, '1111'), '002C02910431313131'],
  ];
  for (const [command, bytes] of expected) assert.equal(hex(command), bytes);
});

test('a broken precondition is the caller’s mistake and never shows the PIN', () => {
  const mistakes = [
    () => apdu.verify(''),
    () => apdu.verify('SECRETSECRETSECRET'),
    () => apdu.readBinary(0x8000, 1),
    () => apdu.readBinary(0, 0),
    () => apdu.readBinary(0, 257),
    () => apdu.readBinaryShort(31, 0, 1),
    () => apdu.readBinaryShort(1, 256, 1),
    () => apdu.selectFile(-1),
    () => apdu.selectApplication(new Uint8Array(4)),
    () => apdu.computeSignature(new Uint8Array(246)),
    () => apdu.computeSignature(new Uint8Array(0)),
    () => apdu.getChallenge(0),
    () => apdu.updateBinary(0, new Uint8Array(256)),
  ];
  for (const mistake of mistakes)
    assert.throws(mistake, (error) => error instanceof RangeError && !error.message.includes('SECRET'));
});

test('status words become values, and both words for a blocked PIN the same one', () => {
  assert.deepEqual(statusWord(0x63c2), { kind: 'wrongPin', tries: 2, sw: 0x63c2 });
  assert.equal(statusWord(0x6983).kind, 'blocked');
  assert.equal(statusWord(0x6984).kind, 'blocked');
  assert.deepEqual(statusWord(0x6c00), { kind: 'wrongLe', le: 256, sw: 0x6c00 });
  assert.equal(statusWord(0x1234).kind, 'other');
  assert.equal(splitResponse(Uint8Array.of(0x90)), undefined);
  assert.equal(hex(splitResponse(Uint8Array.of(1, 2, 0x90, 0))?.data ?? new Uint8Array(0)), '0102');
});

test('a whole file is read from cards that end short, correct Le, or hold nothing', async () => {
  const element = Buffer.concat([Buffer.from('3082012C', 'hex'), Buffer.alloc(300, 0x11)]);
  const card = (style: 'short' | 'correct' | 'filled') => async (command: Uint8Array) => {
    const file = style === 'filled' ? Buffer.concat([element, Buffer.alloc(99, 0)]) : element;
    const offset = ((command[2] ?? 0) << 8) | (command[3] ?? 0);
    const le = command[4] || 256;
    const rest = file.subarray(offset, offset + le);
    if (style === 'correct' && rest.length < le) return Uint8Array.of(0x6c, rest.length);
    return Buffer.concat([rest, Buffer.from(rest.length < le ? '6282' : '9000', 'hex')]);
  };
  for (const style of ['short', 'correct', 'filled'] as const)
    assert.deepEqual(Buffer.from(await readWholeFile(card(style))), element, style);
  for (const bad of [
    '6982',
    '9000',
    'FFFFFFFFFFFFFF9000',
    '308330000000009000',
    '00000000000000009000',
    '90',
    '',
  ])
    await assert.rejects(
      readWholeFile(async () => Buffer.from(bad, 'hex')),
      { name: 'CardError' },
      bad,
    );
});

test('whatever a card answers, reading a file ends with its bytes or with a CardError', async () => {
  const random = seeded(77);
  const byte = () => Math.floor(random() * 256);
  const statuses = ['9000', '9000', '9000', '6282', '6C10', '6B00', '6982', '90'];
  for (let round = 0; round < 2000; round += 1) {
    const head = Buffer.from(['3082', '3081', '30', 'FF2082', 'FF20', '1FFFFF', ''][byte() % 7] ?? '', 'hex');
    let sent = 0;
    const transmit = async (command: Uint8Array) => {
      sent += 1;
      const wanted = random() < 0.9 ? command[4] || 256 : byte();
      const body =
        sent === 1 ? Buffer.concat([head, Buffer.alloc(wanted, byte() % 12)]) : Buffer.alloc(wanted, 1);
      const status = Buffer.from(statuses[byte() % (sent < 3 ? 3 : 8)] ?? '9000', 'hex');
      return Buffer.concat([body.subarray(0, wanted), status]);
    };
    try {
      assert.ok((await readWholeFile(transmit)).length <= 0x7fff);
    } catch (error) {
      assert.ok(error instanceof CardError, String(error));
    }
  }
});

test('the four items are written with their offsets, also with lengths of two and three bytes', () => {
  for (const address of ['見本市', '見'.repeat(60), '見'.repeat(200)]) {
    const file = Buffer.from(
      encodeBasicItems({ name: '総務　太郎', address, birthDate: '1980-02-00', sex: 'unknown' }),
    );
    assert.equal(file.readUInt16BE(0), 0xff20);
    const start = file.indexOf(Buffer.from('DF2108', 'hex'));
    const tags = [0, 1, 2, 3].map((n) => file.readUInt16BE(file.readUInt16BE(start + 3 + n * 2)));
    assert.deepEqual(tags, [0xdf22, 0xdf23, 0xdf24, 0xdf25]);
    assert.ok(file.includes(address));
    assert.ok(file.toString('latin1').endsWith('19800200\xdf\x25\x010'));
  }
});

test('number B is birth in the years of its era, expiry year, security code', () => {
  assert.equal(numberB('1980-02-03', '2035', '1111'), '55020320351111');
  assert.equal(numberB('1989-01-07', '2035', '1111'), '64010720351111');
  assert.equal(numberB('1989-01-08', '2035', '1111'), '01010820351111');
  assert.equal(numberB('2019-05-01', '2035', '0000'), '01050120350000');
});

test('token information is a CK_TOKEN_INFO of 160 bytes', () => {
  const file = Buffer.from(encodeTokenInformation('JPKIAPICCTOKEN2', '0011223344556677'));
  assert.equal(file.length, 160);
  assert.equal(file.toString('latin1', 0, 32).trimEnd(), 'JPKIAPICCTOKEN2');
  assert.equal(file.readUInt32BE(96), 0x40d);
  assert.equal(file.readUInt32BE(116), 16);
  assert.equal(file.toString('latin1', 140), '03019999999999999999');
});
