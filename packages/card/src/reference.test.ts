import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CardSettings } from './card-settings.js';
import type { Medium } from './media.js';
import { ascii, cardInMemory, demoContent, myNumber, numberB, pins, send } from './testing/demo-card.js';

/*
 * What is known of the card's interface, row by row: applications, files with their conditions, commands with every P1 and status word.
 * A row is a section, a name, the commands since the card got power, and the last answer (hexadecimal, or a pattern).
 */
const ap = {
  jpki: '00A4040C0AD392F000260100000001',
  text: '00A4040C0AD3921000310001010408',
  visual: '00A4040C0AD3921000310001010402',
  common: '00A4040C0AD3921000310001010100',
  resident: '00A4040C0AD3921000310001010401',
  domain: '00A4040C07A0000001510000',
};
const verify = (reference: string, pin: string) =>
  `002000${reference}${pin.length.toString(16).padStart(2, '0')}${ascii(pin)}`;
const verified = {
  signature: verify('9B', pins.signature),
  authentication: verify('98', pins.authentication),
  text: verify('91', pins.text),
  textA: verify('94', myNumber),
  textB: verify('95', numberB),
  birth: verify('91', '550203'),
  visualB: verify('92', numberB),
  visualA: verify('93', myNumber),
  common: verify('9C', pins.text),
};
const readable = /9000$/;

type Row = readonly [section: string, name: string, commands: readonly string[], answer: string | RegExp];

const rows: readonly Row[] = [
  ['1', 'JPKI AP', [ap.jpki], '9000'],
  ['1', 'Text AP', [ap.text], '9000'],
  ['1', 'Visual AP', [ap.visual], '9000'],
  ['1', 'Common AP', [ap.common], '9000'],
  ['1', 'Resident-register AP', [ap.resident], '9000'],
  ['1', 'GlobalPlatform ISD', [ap.domain], '9000'],
  ['1', 'any other AID', ['00A4040C0AD3921000310001010409'], '6A82'],
  ['1', 'a part of an AID', ['00A4040C09D39210003100010104'], '6A82'],
  ['1', 'MF by 3F00', ['00A4000C023F00'], '6A82'],
  ['1', '00 A4 00 00 right after reset', ['00A40000'], '6A86'],
  ['1', '00 A4 00 00 later changes nothing', [ap.jpki, '00A40000', '00B0860001'], '4A9000'],

  ['2.1', 'EF 0001 without PIN', [ap.jpki, '00B0810001'], '6982'],
  ['2.1', 'EF 0001 after the authentication PIN', [ap.jpki, verified.authentication, '00B0810001'], '6982'],
  ['2.1', 'EF 0001 after the signature password', [ap.jpki, verified.signature, '00B0810001'], readable],
  ['2.1', 'EF 0002', [ap.jpki, '00B0820001'], readable],
  ['2.1', 'EF 0006, 160 bytes', [ap.jpki, '00B08600A0'], /^.{320}9000$/],
  ['2.1', 'EF 0008, 3 bytes', [ap.jpki, '00B0880004'], '0000006282'],
  ['2.1', 'EF 0009, protected', [ap.jpki, verified.signature, verified.authentication, '00B0890001'], '6982'],
  ['2.1', 'EF 000A', [ap.jpki, '00B08A0001'], readable],
  ['2.1', 'EF 000B', [ap.jpki, '00B08B0001'], readable],
  ['2.1', 'EF 0016, a key reference', [ap.jpki, '00A4020C020016', '00B0000001'], '6981'],
  ['2.1', 'EF 0017 is no file to read', [ap.jpki, '00B0970001'], '6981'],
  ['2.1', 'EF 0018: 3 tries', [ap.jpki, '00200098'], '63C3'],
  ['2.1', 'EF 001A is no file to read', [ap.jpki, '00B09A0001'], '6981'],
  ['2.1', 'EF 001B: 5 tries', [ap.jpki, '0020009B'], '63C5'],
  ['2.1', 'identifiers without meaning are not there', [ap.jpki, '00A4020C020005'], '6A82'],

  ['3.1', 'EF 0001 without PIN', [ap.text, '00B0810011'], '6982'],
  ['3.1', 'EF 0001 after the PIN', [ap.text, verified.text, '00B0810011'], /^FF100C.*FFFF9000$/],
  ['3.1', 'EF 0001 after number A', [ap.text, verified.textA, '00B0810011'], readable],
  ['3.1', 'EF 0001 after number B', [ap.text, verified.textB, '00B0810011'], '6982'],
  ['3.1', 'EF 0001 as WebUSB reads it, 16 bytes', [ap.text, verified.text, '00B0810010'], /^FF100C.*FF9000$/],
  ['3.1', 'EF 0002 after the PIN', [ap.text, verified.text, '00B0820002'], 'FF209000'],
  ['3.1', 'EF 0002 after number A', [ap.text, verified.textA, '00B0820002'], '6982'],
  ['3.1', 'EF 0002 after number B', [ap.text, verified.textB, '00B0820002'], 'FF209000'],
  ['3.1', 'EF 0003 without PIN', [ap.text, '00B0830002'], '6982'],
  ['3.1', 'EF 0003 after the PIN', [ap.text, verified.text, '00B0830002'], 'FF309000'],
  ['3.1', 'EF 0003 after number A', [ap.text, verified.textA, '00B0830002'], 'FF309000'],
  ['3.1', 'EF 0003 after number B', [ap.text, verified.textB, '00B0830002'], 'FF309000'],
  ['3.1', 'EF 0004, CV certificate', [ap.text, '00B0840002'], '7F219000'],
  ['3.1', 'EF 0005, AP basic information', [ap.text, '00B0850002'], 'FF409000'],
  ['3.1', 'EF 0006, key for the session key', [ap.text, '00B0860001'], 'A19000'],
  ['3.1', 'EF 0007, signed public key', [ap.text, verified.text, '00B0870002'], 'FF509000'],
  ['3.1', 'EF 0008, sixteen FF', [ap.text, '00B0880010'], `${'FF'.repeat(16)}9000`],
  ['3.1', 'EF 0011: 3 tries', [ap.text, '00200091'], '63C3'],
  ['3.1', 'EF 0012 is always blocked: query', [ap.text, '00200092'], '63C0'],
  ['3.1', 'EF 0012 is always blocked: VERIFY', [ap.text, '002000920431323334'], '6984'],
  ['3.1', 'EF 0013, a key', [ap.text, '00A4020C020013', '00B0000001'], '6981'],
  ['3.1', 'number A is 0014 here', [ap.text, verified.textA], '9000'],
  ['3.1', 'number B is 0015 here', [ap.text, verified.textB], '9000'],

  ['4.1', 'EF 0001 without the birth key', [ap.visual, '00B0810002'], '6982'],
  ['4.1', 'EF 0001 after the birth key', [ap.visual, verified.birth, '00B0810002'], 'FF109000'],
  ['4.1', 'EF 0001 after number A', [ap.visual, verified.visualA, '00B0810002'], '6982'],
  ['4.1', 'EF 0002 after the birth key', [ap.visual, verified.birth, '00B0820002'], '6982'],
  ['4.1', 'EF 0002 after number A', [ap.visual, verified.visualA, '00B0820002'], 'FF209000'],
  ['4.1', 'EF 0002 after number B', [ap.visual, verified.visualB, '00B0820002'], 'FF209000'],
  ['4.1', 'EF 0003, basic information', [ap.visual, '00B0830002'], 'FF309000'],
  ['4.1', 'EF 0004, CV certificate', [ap.visual, '00B0840002'], '7F219000'],
  ['4.1', 'EF 0005 after number B', [ap.visual, verified.visualB, '00B0850002'], '6982'],
  ['4.1', 'EF 0005 after number A', [ap.visual, verified.visualA, '00B0850002'], 'FF409000'],
  ['4.1', 'EF 0006, sixteen FF', [ap.visual, '00B0860010'], `${'FF'.repeat(16)}9000`],
  ['4.1', 'EF 0011 takes the birth key', [ap.visual, verified.birth], '9000'],
  ['4.1', 'the trap: number A against 0012 is wrong', [ap.visual, verify('92', myNumber)], '63C9'],
  ['4.1', 'the trap: number B against 0013 is wrong', [ap.visual, verify('93', numberB)], '63C9'],

  ['5', 'Common AP EF 0001 by READ RECORD', [ap.common, '00B2010C00'], /^011C(3[0-9]){28}9000$/],
  ['5', 'Common AP EF 0001 after SELECT', [ap.common, '00A4020C020001', '00B2010400'], /^011C.{56}9000$/],
  ['5', 'Common AP EF 0001 is not transparent', [ap.common, '00B0810001'], '6981'],
  ['5', 'Common AP: no second record', [ap.common, '00B2020C00'], '6A83'],
  ['5', 'Common AP EF 0002, key reference', [ap.common, '00B2011400'], /^.{36}9000$/],
  ['5', 'Common AP INTERNAL AUTHENTICATE', [ap.common, '0088009904AABBCCDD00'], /^.{512}9000$/],
  ['5', 'Common AP PIN', [ap.common, verified.common], '9000'],
  ['5', 'Resident-register AP EF 0002', [ap.resident, '00B2011400'], /^.{36}9000$/],
  ['5', 'Resident-register AP PIN: 3 tries', [ap.resident, '0020009C'], '63C3'],
  ['5', 'CHANGE KEY without VERIFY', [ap.resident, '8032009C0435363738'], '6982'],
  ['5', 'CHANGE KEY', [ap.resident, verified.common, '8032009C0435363738'], '9000'],
  [
    '5',
    'CHANGE KEY by the current EF',
    [ap.resident, '00A4020C02001C', verified.common, '803200800435363738', verify('80', '5678')],
    '9000',
  ],
  ['5', 'CHANGE REFERENCE DATA is not theirs', [ap.resident, verified.common, '0024019C0435363738'], '6985'],
  ['5', 'CHANGE KEY is not JPKI’s', [ap.jpki, verified.authentication, '803200980435363738'], '6985'],
  ['5', 'GET DATA 0042', ['00CA004200'], /^.{32}9000$/],
  ['5', 'GET DATA 0045', ['00CA004500'], readable],
  ['5', 'GET DATA 0066', ['00CA006600'], /^73.*9000$/],
  ['5', 'GET DATA 00F0, municipality', ['00CA00F000'], `${ascii('99201')}9000`],
  ['5', 'GET DATA 00F2, expiry', ['00CA00F200'], `${ascii('20350203')}9000`],
  ['5', 'GET DATA 00F7', ['00CA00F700'], /^.{32}9000$/],
  ['5', 'GET DATA 00F8 with a short Le', ['00CA00F800'], '6700'],
  ['5', 'GET DATA 00F8 with an extended Le', ['00CA00F8000000'], /^5F4E820129.*9000$/],
  ['5', 'GET DATA 7F21', ['00CA7F21000000'], /^5F4E820129.*9000$/],
  ['5', 'GET DATA 5F51, contact ATR without TS', ['00CA5F5100'], 'E000FF8131FE45149000'],
  ['5', 'GET DATA of another tag', ['00CA00F300'], '6A88'],
  ['5', 'GET DATA inside an application', [ap.jpki, '00CA004200'], '6A88'],
  ['5', 'GET DATA after the ISD', [ap.jpki, ap.domain, '00CA004200'], /^.{32}9000$/],

  ['6', 'SELECT AP forgets PIN and current EF', [ap.jpki, verified.signature, ap.jpki, '00B0810001'], '6982'],
  ['6', 'SELECT AP: no current EF', [ap.jpki, '00A4020C020006', ap.jpki, '00B0000001'], '6986'],
  [
    '6',
    'the verified state survives SELECT EF',
    [ap.jpki, verified.signature, '00A4020C020002', '00B0810001'],
    readable,
  ],
  ['6', 'SELECT EF, unknown id', [ap.jpki, '00A4020C020003'], '6A82'],
  ['6', 'SELECT EF, other P1', [ap.jpki, '00A4030C020002'], '6A86'],
  ['6', 'READ BINARY with a 15-bit offset', [ap.jpki, '00A4020C020006', '00B0009F01'], '399000'],
  ['6', 'READ BINARY by short id makes the EF current', [ap.jpki, '00B0860001', '00B0000101'], '509000'],
  ['6', 'READ BINARY, Le 00 is 256', [ap.jpki, '00A4020C020002', '00B0000000'], /^.{512}9000$/],
  ['6', 'READ BINARY past the end', [ap.jpki, '00A4020C020006', '00B000A001'], '6B00'],
  ['6', 'READ RECORD of a transparent EF', [ap.jpki, '00B2013400'], '6981'],
  ['6', 'VERIFY of the selected PIN EF', [ap.jpki, '00A4020C020018', verify('80', '1234')], '9000'],
  ['6', 'VERIFY by short id', [ap.jpki, verified.authentication], '9000'],
  ['6', 'query in 4 bytes', [ap.jpki, '00A4020C020018', '00200080'], '63C3'],
  ['6', 'query in 5 bytes', [ap.jpki, '00A4020C020018', '0020008000'], '63C3'],
  ['6', 'query when verified', [ap.jpki, verified.authentication, '00200098'], '63C3'],
  ['6', 'CHANGE REFERENCE DATA without VERIFY', [ap.jpki, '0024019804313131'.concat('31')], '6982'],
  [
    '6',
    'CHANGE REFERENCE DATA',
    [ap.jpki, verified.authentication, '002401980431313131', verify('98', '1111')],
    '9000',
  ],
  ['6', 'signature without VERIFY', [ap.jpki, '802A009704AABBCCDD00'], '6982'],
  ['6', 'card authenticity, Text AP', [ap.text, '802A000004AABBCCDD00'], /^.{512}9000$/],
  ['6', 'card authenticity, Visual AP', [ap.visual, '802A000004AABBCCDD00'], /^.{512}9000$/],
  ['6', 'card authenticity, not in JPKI', [ap.jpki, '802A000004AABBCCDD00'], '6A86'],
  ['6', 'GET CHALLENGE, 1 byte', [ap.jpki, '0084000001'], /^..9000$/],
  ['6', 'GET CHALLENGE, 256 bytes', [ap.jpki, '0084000000'], /^.{512}9000$/],
  ['6', 'GET CHALLENGE, before any application', ['0084000010'], /^.{32}9000$/],
  ['6', 'GET CHALLENGE, extended', ['00840000000010'], '6985'],
  ['6', 'secure messaging, SELECT', [ap.jpki, '0CA4020C020006'], '6882'],
  ['6', 'secure messaging, READ BINARY', [ap.jpki, '08B0860001'], '69FC'],
  ['6', 'secure messaging, VERIFY', [ap.jpki, '0C2000980431323334'], '69FC'],
  ['6', 'SET SESSION KEY, Text AP without PIN', [ap.text, '80AE000001AA'], '6982'],
  ['6', 'SET SESSION KEY, Text AP: not built', [ap.text, verified.text, '80AE000001AA'], '6A81'],
  ['6', 'SET SESSION KEY, Common AP', [ap.common, '80AE000001AA'], '66F1'],
  ['6', 'SET SESSION KEY, Visual AP', [ap.visual, '80AE000001AA'], '66F1'],
  ['6', 'SET SESSION KEY, JPKI AP', [ap.jpki, '80AE000001AA'], '6982'],
  ['6', 'check of a CV certificate', [ap.jpki, '80A2000001AA'], '6A86'],
  ['6', 'our extension without its session', [ap.jpki, '0047809700'], '6982'],

  ['6.1', 'P1 01 to 05 are off', [ap.jpki, verified.authentication, '802A019704AABBCCDD00'], '6A86'],
  ['6.1', 'P1 06', [ap.jpki, verified.authentication, '802A069704AABBCCDD00'], '6A86'],
  ['6.1', 'no data', [ap.jpki, verified.authentication, '802A009700'], '6700'],
  ['6.1', '246 bytes', [ap.jpki, verified.authentication, `802A0097F6${'00'.repeat(246)}00`], '6700'],

  ['6.3', 'a wrong PIN', [ap.jpki, verify('98', '9999')], '63C2'],
  ['6.3', 'the last wrong try', [ap.jpki, ...Array<string>(3).fill(verify('98', '9999'))], '63C0'],
  [
    '6.3',
    'query when blocked',
    [ap.jpki, ...Array<string>(3).fill(verify('98', '9999')), '00200098'],
    '63C0',
  ],
  ['6.3', 'VERIFY when blocked', [ap.jpki, ...Array<string>(4).fill(verify('98', '9999'))], '6984'],
  ['6.3', 'wrong length', [ap.jpki, '00A4020C0100'], '6700'],
  ['6.3', 'unknown INS', [ap.jpki, '00C0000000'], '6D00'],
  ['6.3', 'unknown CLA', ['A0A40000'], '6E00'],
  ['6.3', 'end of file before Le', [ap.jpki, '00B08600FF'], /6282$/],

  ['6.4', 'lower case burns a try', [ap.jpki, verify('9B', 'abc123')], '63C4'],
  [
    '6.4',
    'success gives the tries back',
    [ap.jpki, verify('98', '9999'), verified.authentication, '00200098'],
    '63C3',
  ],
  ['6.4', 'one VERIFY lasts', [ap.jpki, verified.signature, '802A009A04AABBCCDD00', '00B0810001'], readable],
  ['6.4', 'composition is no matter for VERIFY', [ap.jpki, verify('9B', 'A')], '63C4'],

  ['2', 'the iPhone’s command on a card', [ap.jpki, '80FC0000'], '6700'],
];

async function last(commands: readonly string[], settings: Partial<CardSettings> = {}, medium?: Medium) {
  const { card } = cardInMemory(settings, medium === undefined ? undefined : await demoContent(medium));
  let answer = '';
  for (const command of commands) answer = await send(card, command);
  return answer;
}

function check(answer: string, expected: string | RegExp, name: string): void {
  if (typeof expected === 'string') assert.equal(answer, expected.toUpperCase(), name);
  else assert.match(answer, expected, name);
}

for (const section of new Set(rows.map(([number]) => number))) {
  test(`the card does what section ${section} of its description says, row by row`, async () => {
    for (const [, name, commands, expected] of rows.filter(([number]) => number === section))
      check(await last(commands), expected, `${section} ${name}`);
  });
}

test('what sources disagree on can be switched, one setting at a time', async () => {
  const blocked = [ap.jpki, ...Array<string>(4).fill(verify('98', '9999'))];
  const twice = [ap.jpki, verify('98', '9999'), verified.authentication, '00200098'];
  const changed: readonly [Partial<CardSettings>, readonly string[], string | RegExp][] = [
    [{ blockedStatusWord: 0x6983 }, blocked, '6983'],
    [{ numberTries: 'unlimited' }, [ap.text, verify('94', '000000000000')], '6300'],
    [{ numberTries: 'unlimited' }, [ap.text, '00200094'], '6300'],
    [{ numberTries: 'unlimited' }, [ap.text, verified.textA], '9000'],
    [{ numberTries: 'unlimited' }, [ap.jpki, '00200098'], '63C3'],
    [{ successRestoresTries: false }, twice, '63C2'],
    [{ endOfFileStatusWord: 0x9000 }, [ap.jpki, '00B08600FF'], /^.{320}9000$/],
    [{ signatureForms: true }, [ap.jpki, verified.authentication, '802A029704AABBCCDD00'], '6A88'],
    [
      { signaturePasswordMixed: false },
      [ap.jpki, verified.signature, `0024019B06${ascii('NEWNEW')}`],
      '9000',
    ],
    [{ authenticationCertificateNeedsPin: true }, [ap.jpki, '00B08A0001'], '6982'],
    [{ atr: '3BC5FF8131FB458073C6010000' }, ['00CA5F5100'], 'C5FF8131FB458073C60100009000'],
  ];
  for (const [settings, commands, expected] of changed)
    check(await last(commands, settings), expected, JSON.stringify(settings));
});

test('each medium has its label, its applications and its rules', async () => {
  const label = '00B0860020';
  const rowsOf: readonly [Medium, string, readonly string[], string | RegExp][] = [
    ['my-number-card', 'label', [ap.jpki, label], new RegExp(`^${ascii('JPKIAPICCTOKEN2 ')}`, 'i')],
    ['jukicard', 'label', [ap.jpki, label], new RegExp(`^${ascii('JPKIAPICCTOKEN ')}`, 'i')],
    ['jukicard', 'no Text AP', [ap.text], '6A82'],
    ['jukicard', 'resident-register AP', [ap.resident], '9000'],
    ['android', 'label', [ap.jpki, label], new RegExp(`^${ascii('JPKIAPGPSETOKEN ')}`, 'i')],
    ['android', 'certificate without PIN', [ap.jpki, '00B08A0001'], '6982'],
    ['android', 'certificate with PIN', [ap.jpki, verified.authentication, '00B08A0001'], readable],
    ['android', 'no Text AP', [ap.text], '6A82'],
    ['android', 'no objects of an issuer', ['00CA004200'], '6A88'],
    ['iphone', 'label', [ap.jpki, label], new RegExp(`^${ascii('JPKIAPIOSTOKEN ')}`, 'i')],
    ['iphone', 'its command', [ap.jpki, '80FC0000'], '9000'],
    ['iphone', 'certificate without PIN', [ap.jpki, '00B08A0001'], readable],
    ['next-card', 'two applications', [ap.visual], '6A82'],
    ['next-card', 'the text PIN is the authentication PIN', [ap.text, verify('91', '1234')], '9000'],
    ['next-card', 'and has the same tries', [ap.text, verify('91', '9999'), ap.jpki, '00200098'], '63C2'],
    [
      'next-card',
      'and changes with it',
      [ap.text, verify('91', '1234'), '0024019104'.concat(ascii('7777')), ap.jpki, verify('98', '7777')],
      '9000',
    ],
  ];
  for (const [medium, name, commands, expected] of rowsOf)
    check(await last(commands, {}, medium), expected, `${medium}: ${name}`);
});
