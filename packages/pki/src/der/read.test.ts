import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mutations } from '../testing/mutate.js';
import { attempt } from './fault.js';
import { bytesOf, checkDer, contentOf, inside, maximumDepth, Reader, wholeTlv } from './read.js';
import { tags } from './tags.js';
import { readTime, writeGeneralizedTime, writeTime } from './time.js';
import {
  readBigInteger,
  readBitString,
  readBoolean,
  readInteger,
  readNamedBits,
  readOctetPieces,
  readOid,
  readSmallInteger,
  readString,
} from './values.js';
import * as w from './write.js';

const hex = (text: string): Uint8Array => Buffer.from(text.replace(/ /g, ''), 'hex');
const ruleOf = (text: string, read: (tlv: ReturnType<typeof wholeTlv>) => unknown): string => {
  const result = attempt(() => read(wholeTlv(hex(text))));
  return result.ok ? 'accepted' : result.rule;
};

test('lengths must be definite, minimal and inside their parent', () => {
  const rule = (text: string): string => {
    const result = checkDer(hex(text));
    return result.ok ? 'accepted' : result.rule;
  };
  assert.equal(rule('30 03 02 01 05'), 'accepted');
  assert.equal(rule('30 81 03 02 01 05'), 'der.length.minimal');
  assert.equal(rule('30 82 00 03 02 01 05'), 'der.length.minimal');
  assert.equal(rule('30 80 02 01 05 00 00'), 'der.length.indefinite');
  assert.equal(rule('30 03 02 02 05'), 'der.length.beyond');
  assert.equal(rule('30 04 02 01 05'), 'der.length.beyond');
  assert.equal(rule('30 03 02 01 05 00'), 'der.trailing');
  assert.equal(rule('1f 81 01 00'), 'der.tag.high');
  assert.equal(rule('30 85 01 00 00 00 00'), 'der.length.long');
  assert.equal(rule('24 03 04 01 05'), 'der.constructed');
  assert.equal(rule(''), 'der.truncated');
  assert.equal(rule('30'), 'der.truncated');
});

test('nesting stops at the limit and says where', () => {
  let deep: Uint8Array = w.integer(1);
  for (let i = 0; i < maximumDepth; i++) deep = w.sequence(deep);
  assert.ok(checkDer(deep).ok);
  for (let i = 0; i < 5000; i++) deep = w.sequence(deep);
  const result = checkDer(deep);
  assert.ok(!result.ok && result.rule === 'der.depth');
  const walked = attempt(() => {
    let reader = new Reader(deep);
    while (reader.peek() === tags.sequence) reader = reader.sequence();
  });
  assert.ok(!walked.ok && walked.rule === 'der.depth');
});

test('values are held to DER', () => {
  assert.equal(ruleOf('01 01 ff', readBoolean), 'accepted');
  assert.equal(ruleOf('01 01 01', readBoolean), 'der.boolean');
  assert.equal(ruleOf('01 02 00 00', readBoolean), 'der.boolean');
  assert.equal(ruleOf('02 00', readInteger), 'der.integer.empty');
  assert.equal(ruleOf('02 02 00 7f', readInteger), 'der.integer.minimal');
  assert.equal(ruleOf('02 02 ff 80', readInteger), 'der.integer.minimal');
  assert.equal(ruleOf('02 02 00 ff', readInteger), 'accepted');
  assert.equal(ruleOf('03 02 08 00', readBitString), 'der.bits.unused');
  assert.equal(ruleOf('03 02 01 01', readBitString), 'der.bits.unused');
  assert.equal(ruleOf('03 00', readBitString), 'der.bits.unused');
  assert.equal(ruleOf('03 01 01', readBitString), 'der.bits.unused');
  assert.equal(ruleOf('03 02 05 80', readNamedBits), 'der.bits.trailing');
  assert.equal(ruleOf('06 00', readOid), 'der.oid.length');
  assert.equal(ruleOf('06 02 80 01', readOid), 'der.oid.padding');
  assert.equal(ruleOf('06 02 2a 83', readOid), 'der.oid.truncated');
  assert.equal(ruleOf('0c 02 c0 80', readString), 'der.string.utf8');
  assert.equal(ruleOf('1e 02 d8 00', readString), 'der.string.bmp');
  assert.equal(ruleOf('1c 04 00 11 00 00', readString), 'der.string.universal');
  assert.equal(ruleOf('13 01 80', readString), 'der.string.ascii');
});

test('integers, identifiers and bits survive writing and reading', () => {
  for (const value of [0, 1, -1, 127, 128, -128, -129, 255, 256, 65537, 2 ** 40, -(2 ** 40)]) {
    assert.equal(readSmallInteger(wholeTlv(w.integer(value))), value);
    assert.equal(readBigInteger(wholeTlv(w.integer(value))), BigInt(value));
  }
  assert.deepEqual(Buffer.from(w.unsignedInteger(hex('00 00 80'))), Buffer.from(hex('02 02 00 80')));
  assert.deepEqual(Buffer.from(w.integer(hex('ff ff 80'))), Buffer.from(hex('02 01 80')));
  for (const dotted of [
    '1.2.392.200149.8.5.5.1',
    '2.5.29.15',
    '0.9.2342',
    '2.999.1',
    '2.25.329800735698586629295641978511506172918',
  ]) {
    assert.equal(readOid(wholeTlv(w.oid(dotted))), dotted);
  }
  assert.deepEqual(
    Buffer.from(w.oid('1.2.392.200149.8.5.5.1')),
    Buffer.from(hex('06 0a 2a 83 08 8c 9b 55 08 05 05 01')),
  );
  assert.deepEqual(Buffer.from(w.namedBits([0, 1])), Buffer.from(hex('03 02 06 c0')));
  assert.deepEqual([...readNamedBits(wholeTlv(w.namedBits([0, 8])))], [0, 8]);
  assert.throws(() => w.oid('1.40.1'), RangeError);
  assert.equal(w.header(tags.sequence, 0x80).length, 3);
  assert.deepEqual(Buffer.from(w.header(tags.sequence, 70000)), Buffer.from(hex('30 83 01 11 70')));
});

test('times have seconds and Z, and turn into GeneralizedTime in 2050', () => {
  const utc = (text: string): string =>
    ruleOf(`17 ${text.length.toString(16).padStart(2, '0')} ${Buffer.from(text).toString('hex')}`, readTime);
  assert.equal(utc('260601000000Z'), 'accepted');
  assert.equal(utc('2606010000Z'), 'der.time.form');
  assert.equal(utc('260601000000+0900'), 'der.time.form');
  assert.equal(utc('260231000000Z'), 'der.time.range');
  assert.equal(utc('260601240000Z'), 'der.time.range');
  assert.equal(
    readTime(wholeTlv(hex(`170d${Buffer.from('500101000000Z').toString('hex')}`))).getUTCFullYear(),
    1950,
  );
  const late = new Date('2050-01-01T00:00:00Z');
  assert.equal(writeTime(late)[0], tags.generalizedTime);
  assert.equal(writeTime(new Date(late.getTime() - 1000))[0], tags.utcTime);
  assert.deepEqual(readTime(wholeTlv(writeTime(late))), late);
  const fraction = hex(`1812${Buffer.from('20260601000000.25Z').toString('hex')}`);
  assert.equal(attempt(() => readTime(wholeTlv(fraction))).ok, false);
  assert.equal(readTime(wholeTlv(fraction), { fraction: true }).getUTCMilliseconds(), 250);
  const early = new Date('0050-01-01T00:00:00Z');
  assert.deepEqual(readTime(wholeTlv(writeGeneralizedTime(early))), early);
});

test('the outer layers of a message may be BER, and only there', () => {
  // SEQUENCE (indefinite) { OCTET STRING (constructed, indefinite) { "ab", constructed { "c" } }, INTEGER 5 in long form }
  const streamed = hex('30 80 24 80 04 02 61 62 24 03 04 01 63 00 00 02 81 01 05 00 00');
  const reader = new Reader(streamed, 0, streamed.length, 'ber').sequence();
  const pieces = readOctetPieces(reader, reader.next());
  assert.equal(Buffer.concat(pieces).toString(), 'abc');
  assert.equal(readSmallInteger(reader.next(tags.integer)), 5);
  reader.close();
  const strict = checkDer(streamed);
  assert.ok(!strict.ok && strict.rule === 'der.length.indefinite');
  const element = wholeTlv(streamed, 'ber');
  assert.equal(element.end, streamed.length);
  const again = attempt(() => inside(element).next());
  assert.ok(!again.ok && again.rule === 'der.length.indefinite');
  const open = attempt(() => wholeTlv(hex('30 80 02 01 05'), 'ber'));
  assert.ok(!open.ok && open.rule === 'ber.length.indefinite.open');
});

test('a thousand open indefinite lengths end in a refusal, quickly', () => {
  const bomb = Buffer.alloc(200_000);
  for (let i = 0; i < bomb.length; i += 2) bomb.writeUInt16BE(0x3080, i);
  const result = attempt(() => wholeTlv(bomb, 'ber'));
  assert.ok(!result.ok && result.rule === 'der.depth');
});

test('nothing damaged makes the reader throw anything but its own fault', () => {
  const sample = w.sequence(
    w.oid('1.2.840.113549.1.1.11'),
    w.sequence(w.integer(5), w.utf8String('総務太郎'), w.namedBits([1]), w.boolean(true)),
    w.explicit(0, w.octetString(Buffer.alloc(200, 7))),
    writeTime(new Date('2026-06-01T00:00:00Z')),
  );
  const readAll = (reader: Reader): void => {
    while (reader.more) {
      const tlv = reader.next();
      if ((tlv.tag & 0x20) !== 0) readAll(reader.inside(tlv));
      else {
        for (const read of [readString, readOid, readInteger, readNamedBits, readBoolean, readTime])
          attempt(() => read(tlv));
        assert.ok(contentOf(tlv).length <= bytesOf(tlv).length);
      }
    }
  };
  for (const encoding of ['der', 'ber'] as const) {
    for (const damaged of mutations(sample, 3000)) {
      attempt(() => readAll(new Reader(damaged, 0, damaged.length, encoding)));
      checkDer(damaged);
    }
  }
});
