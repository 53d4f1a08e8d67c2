import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ascii,
  cardInMemory,
  demoContent,
  myNumber,
  numberB,
  pins,
  seeded,
  send,
} from './testing/demo-card.js';
import { VirtualCard } from './virtual-card.js';

const selectJpki = '00A4040C0AD392F000260100000001';
const selectText = '00A4040C0AD3921000310001010408';
const verifyHex = (p2: string, pin: string) =>
  `002000${p2}${pin.length.toString(16).padStart(2, '0')}${ascii(pin)}`;
const verifySign = verifyHex('9B', pins.signature);
const verifyAuth = verifyHex('98', pins.authentication);
const verifyText = verifyHex('91', pins.text);

test('each command form answers with the status word of the real card', async () => {
  const forms: [string, string[], string][] = [
    ['SELECT right after reset', ['00A40000'], '6A86'],
    ['SELECT of an unknown application', ['00A4040C07A0000001510001'], '6A82'],
    ['SELECT of an unknown application that wants FCI', ['00A4040007A000000151000100'], '6A82'],
    ['SELECT without an AID', ['00A4040C'], '6700'],
    ['SELECT of the MF', ['00A4000C023F00'], '6A82'],
    ['SELECT EF with no application', ['00A4020C020001'], '6A82'],
    ['SELECT of a known EF', [selectJpki, '00A4020C020001'], '9000'],
    ['SELECT of an unknown EF', [selectJpki, '00A4020C020003'], '6A82'],
    ['SELECT EF with three bytes', [selectJpki, '00A4020C03000100'], '6700'],
    ['SELECT with another P1', [selectJpki, '00A4080C020001'], '6A86'],
    ['READ BINARY with no current file', [selectJpki, '00B0000000'], '6986'],
    ['READ BINARY with no Le', [selectJpki, '00A4020C020006', '00B00000'], '6700'],
    ['READ BINARY past the end', [selectJpki, '00A4020C020006', '00B000A001'], '6B00'],
    ['READ BINARY far past the end', [selectJpki, '00A4020C020006', '00B07FFF00'], '6B00'],
    ['READ BINARY of a PIN file', [selectJpki, '00A4020C020018', '00B0000000'], '6981'],
    ['READ BINARY of a key file by short identifier', [selectJpki, '00B0970000'], '6981'],
    ['READ BINARY of an unknown short identifier', [selectJpki, '00B0830000'], '6A82'],
    ['READ BINARY with reserved bits', [selectJpki, '00B0C10000'], '6A86'],
    ['READ BINARY of the signature certificate, no PIN', [selectJpki, '00B0810004'], '6982'],
    ['READ BINARY with an extended Le', [selectJpki, '00A4020C020006', '00B00000000100'], '6700'],
    ['READ BINARY of the last byte', [selectJpki, '00A4020C020006', '00B0009F01'], '399000'],
    ['READ BINARY across the end', [selectJpki, '00A4020C020006', '00B0009E04'], '39396282'],
    ['READ BINARY of the availability', [selectJpki, '00B0880003'], '0000009000'],
    ['READ RECORD of a transparent file', [selectJpki, '00B2013400'], '6981'],
    ['VERIFY query', [selectJpki, '00A4020C020018', '00200080'], '63C3'],
    ['VERIFY query in five bytes', [selectJpki, '00A4020C02001B', '0020008000'], '63C5'],
    ['VERIFY query by short identifier', [selectJpki, '0020009B'], '63C5'],
    ['VERIFY query after success', [selectJpki, verifyAuth, '00200098'], '63C3'],
    ['VERIFY with no current file', [selectJpki, '00200080'], '6986'],
    ['VERIFY against a data file', [selectJpki, '00A4020C020006', '00200080'], '6981'],
    ['VERIFY with P2 00', [selectJpki, '00200000'], '6A86'],
    ['VERIFY with P1 01', [selectJpki, '00200198'], '6A86'],
    ['VERIFY of an unknown reference', [selectJpki, '00200085'], '6A82'],
    ['VERIFY with Le', [selectJpki, `${verifyAuth}00`], '6700'],
    ['VERIFY with a wrong Lc', [selectJpki, '002000980531323334'], '6700'],
    ['query of the reference that is always blocked', [selectText, '00200092'], '63C0'],
    ['VERIFY of the reference that is always blocked', [selectText, '002000920431323334'], '6984'],
    ['signature without PIN', [selectJpki, '802A009704AABBCCDD00'], '6982'],
    ['signature with no key made yet', [selectJpki, verifyAuth, '802A009704AABBCCDD00'], '6A88'],
    ['signature with the other PIN', [selectJpki, verifyAuth, '802A009A04AABBCCDD00'], '6982'],
    ['signature by a PIN file', [selectJpki, verifyAuth, '802A009804AABBCCDD00'], '6981'],
    ['signature without data', [selectJpki, verifyAuth, '802A009700'], '6700'],
    ['signature without Le', [selectJpki, verifyAuth, '802A009704AABBCCDD'], '6700'],
    ['signature with a wrong Le', [selectJpki, verifyAuth, '802A009704AABBCCDD80'], '6C00'],
    ['signature of 246 bytes', [selectJpki, verifyAuth, `802A0097F6${'00'.repeat(246)}00`], '6700'],
    ['signature form 02', [selectJpki, verifyAuth, '802A029704AABBCCDD00'], '6A86'],
    ['signature with CLA 00', [selectJpki, verifyAuth, '002A009704AABBCCDD00'], '6E00'],
    ['GET CHALLENGE with P1', [selectJpki, '0084010008'], '6A86'],
    ['GET CHALLENGE without Le', [selectJpki, '00840000'], '6700'],
    ['GET DATA', [selectJpki, '00CA004200'], '6A88'],
    ['the iPhone command', [selectJpki, '80FC000000'], '6700'],
    ['secure messaging on READ BINARY', [selectJpki, '0CB0000000'], '69FC'],
    ['secure messaging on SELECT', [selectJpki, '08A4020C020006'], '6882'],
    ['chaining', [selectJpki, '1020009802313200'], '6884'],
    ['another class', [selectJpki, 'A0A40000'], '6E00'],
    ['an unknown command', [selectJpki, '00CB3FFF00'], '6D00'],
    ['no byte at all', [''], '6700'],
    ['one byte', ['00'], '6700'],
    ['three bytes', ['00A404'], '6700'],
    ['key generation without the owner', [selectJpki, '0047809700'], '6982'],
    ['writing without the owner', [selectJpki, '00D6810001FF'], '6982'],
    ['writing after VERIFY without the owner', [selectJpki, verifySign, '00D6810001FF'], '6982'],
    ['new tries without the owner', [selectJpki, verifySign, '002C039B'], '6982'],
    ['a foreign EXTERNAL AUTHENTICATE', [selectJpki, '0084000010', `0082000020${'00'.repeat(32)}`], '6300'],
    ['EXTERNAL AUTHENTICATE with no challenge', [selectJpki, `0082000020${'00'.repeat(32)}`], '6985'],
  ];
  for (const [name, commands, expected] of forms) {
    const { card } = cardInMemory();
    let answer = '';
    for (const command of commands) answer = await send(card, command);
    assert.equal(answer, expected, name);
  }
});

test('the signature certificate opens by the signature PIN alone, the others are free', async () => {
  const { card } = cardInMemory();
  await send(card, selectJpki);
  for (const sfi of ['82', '86', '8A', '8B'])
    assert.match(await send(card, `00B0${sfi}0004`), /^.{8}9000$/, `EF ${sfi}`);
  await send(card, verifyAuth);
  assert.equal(await send(card, '00B0810004'), '6982');
  await send(card, verifySign);
  assert.equal(await send(card, '00B0810004'), 'FFFFFFFF9000');
});

test('SELECT of an application, reset and power each take every verified PIN away', async () => {
  const { card } = cardInMemory();
  const ways: [string, () => unknown][] = [
    ['SELECT AP', () => send(card, selectJpki)],
    ['SELECT of the other AP', () => send(card, selectText)],
    ['reset', () => card.reset()],
    ['power off', () => card.powerOff()],
    ['power on', () => card.powerOn()],
  ];
  for (const [name, way] of ways) {
    await send(card, selectJpki);
    await send(card, verifySign);
    assert.match(await send(card, '00B0810001'), /9000$/);
    await way();
    await send(card, selectJpki);
    assert.equal(await send(card, '00B0810001'), '6982', name);
  }
});

test('a reset while VERIFY is on its way to the disk leaves the card locked', async () => {
  const { card } = cardInMemory();
  await send(card, selectJpki);
  const running = send(card, verifySign);
  card.execute(Buffer.from('00200098', 'hex'));
  await new Promise((resolve) => setImmediate(resolve));
  card.reset();
  await running;
  await send(card, selectJpki);
  assert.equal(await send(card, '00B0810001'), '6982');
});

test('wrong PINs count down, the last one answers 63C0, then the PIN is blocked', async () => {
  for (const blockedStatusWord of [0x6984, 0x6983] as const) {
    const { card } = cardInMemory({ blockedStatusWord });
    await send(card, selectJpki);
    const wrong = verifyHex('98', '9999');
    assert.equal(await send(card, wrong), '63C2');
    assert.equal(await send(card, verifyAuth), '9000');
    for (const expected of ['63C2', '63C1', '63C0']) assert.equal(await send(card, wrong), expected);
    const blocked = blockedStatusWord.toString(16);
    assert.equal(await send(card, wrong), blocked);
    assert.equal(await send(card, verifyAuth), blocked, 'the right PIN comes too late');
    assert.equal(await send(card, '00200098'), '63C0');
    assert.equal(await send(card, '0020009B'), '63C5', 'the other PIN is untouched');
  }
});

test('lower case, another length or other bytes cost a try: composition is no matter for VERIFY', async () => {
  const { card } = cardInMemory();
  await send(card, selectJpki);
  assert.equal(await send(card, verifyHex('9B', 'abc123')), '63C4');
  assert.equal(await send(card, verifyHex('9B', 'ABC1234')), '63C3');
  assert.equal(await send(card, '0020009B01FF'), '63C2');
  assert.equal(await send(card, verifySign), '9000');
  assert.equal(await send(card, '0020009B'), '63C5');
});

test('a wrong PIN takes back what an earlier right one had opened', async () => {
  const { card } = cardInMemory();
  await send(card, selectJpki);
  await send(card, verifySign);
  await send(card, verifyHex('9B', 'XXXXX1'));
  assert.equal(await send(card, '00B0810001'), '6982');
});

test('the try is on stable storage before the PIN is compared', async () => {
  const { card, saved } = cardInMemory();
  await send(card, selectJpki);
  await send(card, verifyAuth);
  assert.deepEqual(
    saved.map((content) => content.pins.authentication?.tries),
    [2, 3],
  );
});

test('the Text application: number A opens My Number only, number B the four items only, the PIN both', async () => {
  const { card } = cardInMemory();
  const open: [string, string, string][] = [
    [verifyText, '9000', '9000'],
    [verifyHex('94', myNumber), '9000', '6982'],
    [verifyHex('95', numberB), '6982', '9000'],
  ];
  for (const [verify, number, items] of open) {
    await send(card, selectText);
    assert.equal(await send(card, '00B0810001'), '6982');
    assert.equal(await send(card, verify), '9000');
    assert.match(await send(card, '00B0810011'), new RegExp(`${number}$`));
    assert.match(await send(card, '00B0820011'), new RegExp(`${items}$`));
  }
  await send(card, selectText);
  await send(card, verifyText);
  assert.equal(await send(card, '00B0810011'), `FF100C${ascii(myNumber)}FFFF9000`.toUpperCase());
  assert.equal(await send(card, '00B0810010'), `FF100C${ascii(myNumber)}FF9000`.toUpperCase());
  assert.equal(await send(card, '00200094'), '63CA');
});

test('a PIN is changed after VERIFY, by the rules of composition', async () => {
  const { card, saved } = cardInMemory();
  const change = (p2: string, pin: string) =>
    send(card, `002401${p2}${pin.length.toString(16).padStart(2, '0')}${ascii(pin)}`);
  await send(card, selectJpki);
  assert.equal(await change('9B', 'NEW456'), '6982');
  await send(card, verifySign);
  for (const bad of ['NEW45', 'new456', 'NEWNEW', '123456', 'AAAAAAAAAAAAAAAA1', 'NEW-456'])
    assert.equal(await change('9B', bad), '6A80', bad);
  const before = saved.length;
  assert.equal(await change('9B', 'NEW456'), '9000');
  assert.equal(saved.length, before + 1);
  await send(card, selectJpki);
  assert.equal(await send(card, verifySign), '63C4');
  assert.equal(await send(card, verifyHex('9B', 'NEW456')), '9000');
  await send(card, verifyAuth);
  assert.equal(await change('98', '12345'), '6A80');
  assert.equal(await send(card, '002400980431323334'), '6A86', 'P1 00 is another form');
  await send(card, selectText);
  await send(card, verifyHex('94', myNumber));
  assert.equal(await change('94', '123456789012'), '6985', 'number A is what it is');
});

test('when the disk fails the PIN is not compared and nothing opens', async () => {
  const broken = new VirtualCard(await demoContent(), () => Promise.reject(new Error('disk full')));
  await send(broken, selectJpki);
  for (const command of [verifyAuth, verifyHex('98', '9999'), verifyAuth, verifyAuth])
    assert.equal(await send(broken, command), '6581');
  assert.equal(await send(broken, '00200098'), '63C3');
});

test('thousands of mutated commands each get an answer of two bytes or more', async () => {
  const { card } = cardInMemory();
  const random = seeded(20261122);
  const seeds = [
    selectJpki,
    selectText,
    verifyAuth,
    verifyText,
    '00B0810000',
    '802A009704AABBCCDD00',
    '0084000010',
  ];
  for (let round = 0; round < 5000; round += 1) {
    const from = seeds[Math.floor(random() * seeds.length)] ?? selectJpki;
    const bytes = Buffer.from(from, 'hex');
    for (let n = Math.floor(random() * 4); n > 0; n -= 1)
      bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
    const cut = random() < 0.2 ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes;
    const answer = await card.execute(cut);
    assert.ok(answer.length >= 2 && answer.length <= 258, bytes.toString('hex'));
    const sw = Buffer.from(answer.subarray(-2)).toString('hex');
    assert.notEqual(sw, '6f00', cut.toString('hex'));
  }
});
