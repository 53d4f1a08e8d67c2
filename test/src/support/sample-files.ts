/** Files that are what their names say: the page looks at them before the signature, and the desk after. */
import { readFileSync } from 'node:fs';

const paper = readFileSync(
  new URL('../../../packages/portal/content/leaflet-counters-en.pdf', import.meta.url),
);

/** A whole PDF; `padding`: so many octets of a comment that shrinks to almost nothing when packed, as a bomb would. */
export function samplePaper(padding = 0): Buffer {
  if (padding === 0) return paper;
  const end = paper.subarray(paper.lastIndexOf('startxref'));
  return Buffer.concat([paper, Buffer.from('\n%'), Buffer.alloc(padding, 'x'), Buffer.from('\n'), end]);
}

/** The head of a JPEG of 16 by 16, then some octets of its own. */
export function samplePhoto(content: string): Buffer {
  return Buffer.concat([
    Buffer.from('ffd8ffe000104a46494600010100000100010000ffc000110800100010030111', 'hex'),
    Buffer.from(content.padEnd(20, '.')),
  ]);
}
