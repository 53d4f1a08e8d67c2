import { header } from '../der/write.js';
import { seeded } from './mutate.js';

/** A DER element as something that can be taken apart and put together again. */
interface Node {
  tag: number;
  /** Elements inside; undefined where the content is plain octets. */
  children: Node[] | undefined;
  content: Uint8Array;
}

const deepest = 24;

/** The elements of a stretch of octets; undefined where it is not a whole number of them. */
function parse(bytes: Uint8Array, depth: number): Node[] | undefined {
  const nodes: Node[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at] ?? 0;
    const first = bytes[at + 1];
    if (first === undefined || (tag & 0x1f) === 0x1f || first === 0x80 || first > 0x83) return undefined;
    let length = first;
    let content = at + 2;
    if (first > 0x80) {
      length = 0;
      for (let i = 0; i < first - 0x80; i++) length = length * 256 + (bytes[content++] ?? 0);
    }
    if (content + length > bytes.length) return undefined;
    nodes.push(node(tag, bytes.subarray(content, content + length), depth));
    at = content + length;
  }
  return nodes;
}

function node(tag: number, content: Uint8Array, depth: number): Node {
  // Strings that hold DER (extensions, keys, tokens) are taken apart as well.
  const holds = (tag & 0x20) !== 0 || (tag === 0x04 && content.length > 2);
  const children = holds && depth < deepest ? parse(content, depth + 1) : undefined;
  return { tag, children, content };
}

function write({ tag, children, content }: Node): Uint8Array {
  const body = children === undefined ? content : Buffer.concat(children.map(write));
  return Buffer.concat([header(tag, body.length), body]);
}

function collect(nodes: Node[], into: { list: Node[]; index: number }[]): typeof into {
  for (const [index, each] of nodes.entries()) {
    into.push({ list: nodes, index });
    if (each.children !== undefined) collect(each.children, into);
  }
  return into;
}

const largestMutant = 1 << 16;

/**
 * Copies of a DER structure with elements exchanged, repeated, removed, moved, wrapped, retagged or filled with other content, and all lengths
 * around them right again: damage that gets past the outer layers. Elements also come from `donors`. What is not DER gives nothing.
 */
export function* structuralMutations(
  bytes: Uint8Array,
  count: number,
  seed: number,
  donors: readonly Uint8Array[] = [],
): Generator<Uint8Array> {
  const random = seeded(seed);
  const below = (n: number): number => Math.floor(random() * n);
  if (parse(bytes, 0) === undefined) return;
  for (let made = 0; made < count; made++) {
    const tree = parse(bytes, 0) ?? [];
    for (let times = 1 + below(3); times > 0; times--) {
      const places = collect(tree, []);
      const place = places[below(places.length)];
      const chosen = place?.list[place.index];
      if (place === undefined || chosen === undefined) break;
      const donor = parse(donors[below(donors.length)] ?? bytes, 0) ?? [];
      const gifts = collect(donor, []);
      const gift = gifts[below(gifts.length)];
      const given = gift?.list[gift.index] ?? chosen;
      switch (below(9)) {
        case 0:
          place.list.splice(place.index, 1);
          break;
        case 1:
          place.list.splice(
            place.index,
            0,
            ...new Array<Node>(1 + below(below(8) === 0 ? 400 : 3)).fill(chosen),
          );
          break;
        case 2:
          place.list[place.index] = given;
          break;
        case 3:
          place.list.splice(below(place.list.length + 1), 0, given);
          break;
        case 4:
          place.list[place.index] = { ...chosen, tag: below(256) };
          break;
        case 5:
          for (let depth = 1 + below(40); depth > 0; depth--) {
            place.list[place.index] = {
              tag: [0x30, 0x31, 0xa0, 0x04][below(4)] ?? 0x30,
              children: [place.list[place.index] ?? chosen],
              content: new Uint8Array(),
            };
          }
          break;
        case 6:
          place.list[place.index] = {
            tag: chosen.tag,
            children: undefined,
            content: Buffer.alloc(below(300), below(256)),
          };
          break;
        case 7:
          place.list.sort(() => random() - 0.5);
          break;
        default: {
          const content = Uint8Array.from(chosen.content);
          if (content.length > 0) content[below(content.length)] = below(256);
          place.list[place.index] = { tag: chosen.tag, children: undefined, content };
        }
      }
    }
    const mutant = Buffer.concat(tree.map(write));
    if (mutant.length <= largestMutant) yield mutant;
  }
}
