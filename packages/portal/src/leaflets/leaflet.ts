import type { Words } from '@madoguchi/ui';
import type { Drawing } from './drawings.js';

/** How the points of a list are marked. */
export type Mark = 'dot' | 'box' | 'no' | 'number';

/** A piece of a leaflet. In its texts `**…**` stands out: the words of a button, what matters most. */
export type Block =
  | { kind: 'lead'; text: Words }
  | { kind: 'things'; things: readonly { drawing: Drawing; name: Words; note: Words }[] }
  | { kind: 'key'; label: Words; value: Words; note: Words }
  | { kind: 'ways'; title: Words; ways: readonly { title: Words; steps: readonly Words[] }[]; done: Words }
  | { kind: 'points'; title: Words; mark: Mark; points: readonly Words[] }
  | { kind: 'answers'; title: Words; answers: readonly { asked: Words; answer: Words }[] }
  | { kind: 'note'; lines: readonly Words[] }
  | { kind: 'text'; title: Words; text: Words };

/** A leaflet (リーフレット): a page to read, and one sheet of A4, printed on both sides. */
export interface Leaflet {
  id: string;
  forWhom: Words;
  title: Words;
  /** What it is, beside its name in a list. */
  note: Words;
  picture: boolean;
  front: readonly Block[];
  back: readonly Block[];
}
