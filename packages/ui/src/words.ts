/** One text in three registers: plain official Japanese, やさしい日本語 (easy Japanese), English. A missing one does not compile. */
export interface Words {
  ja: string;
  jaEasy: string;
  en: string;
}

export type Register = keyof Words;

export const registers: readonly Register[] = ['ja', 'jaEasy', 'en'];

/** What a component shows: catalogue words, or a string that is the same in every register (a name, a number). */
export type Text = Words | string;

/** A piece of catalogue text: `reading` is set where the catalogue wrote `{漢字|かんじ}`; empty: this has no furigana, whatever it is. */
interface Segment {
  text: string;
  reading?: string;
}

const marks = /\{\{|\{([^{}|]+)\|([^{}|]*)\}/g;

/** Cuts catalogue text at its furigana marks; `{{` stands for a literal brace. */
export function segments(text: string): Segment[] {
  const found: Segment[] = [];
  let plainText = '';
  let position = 0;
  for (const match of text.matchAll(marks)) {
    plainText += text.slice(position, match.index);
    position = match.index + match[0].length;
    const [, base, reading] = match;
    if (base === undefined || reading === undefined) {
      plainText += '{';
      continue;
    }
    if (plainText !== '') found.push({ text: plainText });
    plainText = '';
    found.push({ text: base, reading });
  }
  plainText += text.slice(position);
  if (plainText !== '') found.push({ text: plainText });
  return found;
}

/** The text of one register without furigana: for titles, attributes, PDF and logs. A string comes back unchanged. */
export function words(text: Text, register: Register): string {
  if (typeof text === 'string') return text;
  return segments(text[register])
    .map((segment) => segment.text)
    .join('');
}

/** Braces are no marks, and kanji (a name) get no reading that nobody gave. */
function asData(value: string): string {
  return value.replaceAll('{', '{{').replace(/[\p{Script=Han}々]+/gu, '{$&|}');
}

/**
 * Puts values into the places `{name}` of a text, in all registers. A value is data: a brace in it is never read as a mark.
 * A place without a value stays as it is, so that the fault is seen.
 */
export function fill(text: Words, values: Record<string, Text | number>): Words {
  const put = (register: Register) =>
    text[register].replace(/(?<!\{)\{([A-Za-z]\w*)\}/g, (place, name: string) => {
      const value = values[name];
      if (value === undefined) return place;
      return typeof value === 'object' ? value[register] : asData(String(value));
    });
  return { ja: put('ja'), jaEasy: put('jaEasy'), en: put('en') };
}

/** True for a string or catalogue words; false for an element. */
export function isText(value: unknown): value is Text {
  return typeof value === 'string' || (typeof value === 'object' && value !== null && 'jaEasy' in value);
}
