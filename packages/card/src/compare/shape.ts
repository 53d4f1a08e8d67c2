import { type StatusWord, splitResponse } from '../status-words.js';
import { readElement, readElements } from '../tlv.js';

/**
 * What may be told of an answer: its status word, how much data came (a class of lengths, never the length), and which tags of our own
 * tables stand in it. No byte of a value ever gets in here, so a report made of shapes can be given to anybody.
 */
export interface Shape {
  /** Four hexadecimal digits; `none` when the card gave no answer. */
  readonly sw: string;
  readonly data: LengthClass;
  /** Known tags, nested ones in braces: `FF40{DF41 DF42 DF43}`. Absent where no template is expected. */
  readonly tags?: string;
}

type LengthClass = '0' | '1–16' | '17–64' | '65–256' | '257–1024' | '1025–4096' | '4097 –';

const classes: readonly (readonly [number, LengthClass])[] = [
  [0, '0'],
  [16, '1–16'],
  [64, '17–64'],
  [256, '65–256'],
  [1024, '257–1024'],
  [4096, '1025–4096'],
];

function lengthClass(length: number): LengthClass {
  return classes.find(([most]) => length <= most)?.[1] ?? '4097 –';
}

/** Tags of the card's templates. A byte that is none of them may be anything, so it is told as `?`. */
const templates = new Set([0xff10, 0xff20, 0xff30, 0xff40, 0xff50, 0x7f21, 0xa1, 0x73, 0x30]);
const inner = new Set([
  ...[0xdf11, 0xdf12, 0xdf13],
  ...Array.from({ length: 10 }, (_, index) => 0xdf21 + index),
  ...Array.from({ length: 5 }, (_, index) => 0xdf31 + index),
  ...[0xdf41, 0xdf42, 0xdf43, 0xdf51, 0xdf52, 0x5f4e, 0x5f37, 0x90, 0x91, 0x01],
]);

const hex = (tag: number) => tag.toString(16).toUpperCase().padStart(2, '0');

/** The tags of a file that should hold a template, or the inside of one (GET DATA gives CV certificates without their 7F21). */
function tagsOf(bytes: Uint8Array): string {
  // Read in part: what is missing is taken for zeros, which start no element.
  const whole = Buffer.concat([bytes, Buffer.alloc(0x10000)]);
  const outer = readElement(whole, 0, whole.length);
  if (outer === undefined) return '?';
  if (inner.has(outer.tag)) return namesOf(whole, 0, bytes.length);
  if (!templates.has(outer.tag)) return '?';
  // A certificate's inside is the authority's; its outer SEQUENCE says enough.
  if (outer.tag === 0x30) return '30';
  return `${hex(outer.tag)}{${namesOf(whole.subarray(0, outer.end), outer.start, outer.end)}}`;
}

function namesOf(bytes: Uint8Array, start: number, end: number): string {
  return readElements(bytes, start, end)
    .map(({ tag }) => (inner.has(tag) ? hex(tag) : '?'))
    .join(' ');
}

/** The shape of one answer. `template`: name the tags too. */
export function shapeOf(response: Uint8Array, template: boolean): Shape {
  const answer = splitResponse(response);
  if (answer === undefined) return { sw: 'none', data: '0' };
  const { data, status } = answer;
  const tags = template && data.length > 0 ? { tags: tagsOf(data) } : {};
  return { sw: statusHex(status), data: lengthClass(data.length), ...tags };
}

function statusHex({ sw }: StatusWord): string {
  return sw.toString(16).toUpperCase().padStart(4, '0');
}
