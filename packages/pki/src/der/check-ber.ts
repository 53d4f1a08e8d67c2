import { attempt, fail, type Parsed } from './fault.js';
import { maximumDepth, readTlv } from './read.js';

/** Stands for the end of an element whose length is indefinite. */
const open = -1;

/**
 * Whether the buffer is exactly one BER element (X.690 section 8), well-formed all the way down: also where nobody looks. One pass, bounded
 * depth. Gives the rule that is broken otherwise.
 */
export function checkBer(bytes: Uint8Array): Parsed<true> {
  return attempt(() => {
    const ends: number[] = [];
    /** Up to where what is inside may reach. */
    const limits: number[] = [];
    const enter = (end: number, limit: number) => {
      ends.push(end);
      limits.push(limit);
    };
    let at = 0;
    do {
      const end = ends.at(-1);
      const isClosed = end === open && bytes[at] === 0 && bytes[at + 1] === 0;
      if (isClosed || at === end) {
        if (isClosed) at += 2;
        ends.pop();
        limits.pop();
        continue;
      }
      const limit = limits.at(-1) ?? bytes.length;
      const isConstructed = ((bytes[at] ?? 0) & 0x20) !== 0;
      if (isConstructed && ends.length >= maximumDepth) fail('der.depth', at);
      if (isConstructed && bytes[at + 1] === 0x80 && at + 2 <= limit) {
        enter(open, limit);
        at += 2;
        continue;
      }
      const tlv = readTlv(bytes, at, limit, 'ber');
      if (isConstructed) enter(tlv.contentEnd, tlv.contentEnd);
      at = isConstructed ? tlv.content : tlv.end;
    } while (ends.length > 0);
    if (at !== bytes.length) fail('der.trailing', at);
    return true;
  });
}
