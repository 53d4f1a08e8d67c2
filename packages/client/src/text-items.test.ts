import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseTextItems } from './text-items.js';

function tlv(tag: number, value: Buffer): Buffer {
  const length = value.length < 0x80 ? [value.length] : [0x82, value.length >> 8, value.length & 0xff];
  return Buffer.concat([Buffer.of(tag >> 8, tag & 0xff, ...length), value]);
}

function template(address: string, sex = '2'): Buffer {
  return tlv(
    0xff20,
    Buffer.concat([
      tlv(0xdf21, Buffer.alloc(8)),
      tlv(0xdf22, Buffer.from('総務　花子')),
      tlv(0xdf23, Buffer.from(address)),
      tlv(0xdf24, Buffer.from('19800229')),
      tlv(0xdf25, Buffer.from(sex)),
    ]),
  );
}

describe('the four items of the input-support application', () => {
  it('are read, also with a long address and filler behind', () => {
    const address = '見本県見本市中央'.repeat(12);
    const parsed = parseTextItems(Buffer.concat([template(address), Buffer.alloc(20, 0xff)]));
    assert.deepEqual(parsed, {
      ok: true,
      value: { name: '総務　花子', address, birthDate: '1980-02-29', sex: 'female' },
    });
  });

  it('of a sex that the table does not know is unknown, whatever the card writes', () => {
    for (const sex of ['3', '', 'constructor']) {
      const parsed = parseTextItems(template('見本県見本市中央', sex));
      assert.equal(parsed.ok && parsed.value.sex, 'unknown', sex);
    }
  });

  it('name the rule that failed', () => {
    assert.equal(parseTextItems(new Uint8Array()).ok, false);
    const twice = tlv(0xff20, Buffer.concat([tlv(0xdf22, Buffer.of(1)), tlv(0xdf22, Buffer.of(1))]));
    assert.deepEqual(parseTextItems(twice), { ok: false, rule: 'text.twice', offset: 7 });
  });

  it('never throw and never hang on changed bytes', () => {
    const good = template('見本県見本市中央一丁目2番3号');
    let seed = 1;
    const random = (below: number) => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    for (let round = 0; round < 3000; round += 1) {
      const bytes = Buffer.from(good.subarray(0, random(4) === 0 ? random(good.length) : good.length));
      for (let change = 0; change <= random(4) && bytes.length > 0; change += 1)
        bytes[random(bytes.length)] = random(256);
      const parsed = parseTextItems(bytes);
      if (!parsed.ok) assert.match(parsed.rule, /^text\./);
    }
  });
});
