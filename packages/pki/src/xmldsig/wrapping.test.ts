// Signed documents taken apart and put together at random: whatever still verifies hands back what was signed, and nothing else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeded } from '../testing/mutate.js';
import { claimedTime, egov, signedXml, taxDocument } from '../testing/xml-world.js';
import { parseXml } from '../xml/read.js';
import { descendants } from '../xml/tree.js';
import { verifyXmlSignatures } from './verify.js';

const attached = Buffer.from('添付の中身\r\n');
const files = new Map([['添付.txt', attached]]);
const file = { name: '添付.txt', bytes: attached };
const xades = { signingTime: claimedTime };
const samples = await Promise.all([
  signedXml({ document: taxDocument }),
  signedXml({ document: taxDocument, xades }),
  signedXml({ ...egov, files: [file] }),
  signedXml({ ...egov, xades }),
  signedXml({ document: Buffer.from('<r><a Id="a"><b>1</b></a><c Id="c">2</c></r>'), element: 'a' }),
]);

/** One random change of the structure: an element moved, copied, wrapped, emptied, renamed, or its identifier given to another. */
function rearranged(text: string, random: () => number): string {
  const parsed = parseXml(Buffer.from(text));
  if (!parsed.ok) return text;
  const elements = [...descendants(parsed.value.root)];
  const below = (n: number): number => Math.floor(random() * n);
  const pick = () => elements[below(elements.length)] ?? parsed.value.root;
  const [one, two] = [pick(), pick()];
  const piece = text.slice(one.start, one.end);
  const put = (at: number, what: string, from = text) => from.slice(0, at) + what + from.slice(at);
  const without = text.slice(0, one.start) + text.slice(one.end);
  switch (below(7)) {
    case 0: // moved
      return put(
        two.start > one.start ? Math.max(one.start, two.start - piece.length) : two.start,
        piece,
        without,
      );
    case 1: // copied beside another
      return put(two.end, piece);
    case 2: // copied into another
      return put(two.contentEnd, piece);
    case 3: // wrapped
      return `${text.slice(0, one.start)}<w>${piece}</w>${text.slice(one.end)}`;
    case 4: // its text changed in a copy before it
      return put(one.start, piece.replace(/>([^<]+)</, '>9<'));
    case 5: // renamed identifiers
      return text.replace(/ (?:Id|ID|id)="([^"]*)"/, (all, id: string) =>
        below(2) === 0 ? all : ` Id="${id}"`,
      );
    default: // gone
      return without;
  }
}

const partsOf = (text: string | Uint8Array): string[] | undefined => {
  const result = verifyXmlSignatures({ document: Buffer.from(text), files });
  return result.ok
    ? result.signers.flatMap(({ signed }) =>
        signed.map(({ kind, bytes }) => `${kind} ${Buffer.from(bytes).toString()}`),
      )
    : undefined;
};

test('what still verifies after any rearrangement is what was signed', () => {
  let accepted = 0;
  let refused = 0;
  for (const [index, sample] of samples.entries()) {
    const honest = partsOf(sample);
    assert.ok(honest !== undefined && honest.length > 0);
    const random = seeded(20 + index);
    for (let n = 0; n < 1500; n++) {
      let text = String(sample);
      for (let times = 1 + Math.floor(random() * 3); times > 0; times--) text = rearranged(text, random);
      const parts = partsOf(text);
      if (parts === undefined) {
        refused += 1;
        continue;
      }
      accepted += 1;
      // A second copy of the same signature may stand there: it says the same.
      assert.deepEqual([...new Set(parts)], [...new Set(honest)], text);
    }
  }
  assert.ok(refused > 5000 && accepted > 50, `${refused} refused, ${accepted} accepted`);
});
