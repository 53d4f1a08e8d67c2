import { askedWords, folded, likeness } from './folded.js';

/** Something that can be found: how it is called, what people say when they mean it, and the rest of its text. */
export interface Findable {
  titles: readonly string[];
  keywords: readonly string[];
  text: readonly string[];
}

/** The same, folded once. */
export interface Indexed {
  titles: string[];
  keywords: string[];
  text: string;
}

export function indexed({ titles, keywords, text }: Findable): Indexed {
  return { titles: titles.map(folded), keywords: keywords.map(folded), text: folded(text.join(' ')) };
}

/** Below this a likeness is chance. */
const enoughLike = 0.5;

/** A kanji is a word (車); one kana or letter is not. */
function meaningful(keyword: string): boolean {
  return keyword.length > 1 || /\p{Script=Han}/u.test(keyword);
}

/** What people call it weighs more than how it is described; a whole sentence is understood by the keywords that stand in it. */
function wordScore(word: string, { titles, keywords, text }: Indexed): number {
  if (keywords.includes(word)) return 12;
  if (titles.some((title) => title.includes(word))) return word.length > 1 ? 10 : 4;
  if (keywords.some((keyword) => keyword.includes(word))) return 8;
  if (text.includes(word)) return 4;
  const inside = keywords.filter((keyword) => meaningful(keyword) && word.includes(keyword));
  if (inside.length > 0)
    return 5 + Math.min(4, inside.length + Math.max(...inside.map(({ length }) => length)) / 4);
  if (word.length < (/^[\x20-\x7e]+$/.test(word) ? 5 : 3) || /\d/.test(word)) return 0;
  const like = Math.max(...[...titles, ...keywords].map((one) => likeness(word, one)), 0);
  return like >= enoughLike ? like * 3 : 0;
}

/** An item that is meant, and how surely: 8 and more a word is a name or a keyword of it. */
export interface Scored<Item> {
  item: Item;
  score: number;
}

/**
 * Those that are meant by `query`, the best first; equal ones keep their order. Every word has to be found; when nothing has them all, those
 * with at least one. The score is that of a word on average. Undefined for an empty query.
 */
export function scored<Item>(
  items: readonly { item: Item; index: Indexed }[],
  query: string,
): Scored<Item>[] | undefined {
  const wanted = askedWords(query);
  if (wanted.length === 0) return undefined;
  const all = items.map(({ item, index }) => {
    const scores = wanted.map((word) => wordScore(word, index));
    const whole = scores.every((score) => score > 0);
    return { item, whole, score: scores.reduce((a, b) => a + b, 0) / wanted.length };
  });
  const whole = all.filter((one) => one.whole);
  return (whole.length > 0 ? whole : all.filter(({ score }) => score > 0)).sort((a, b) => b.score - a.score);
}

/** The items alone. */
export function ranked<Item>(
  items: readonly { item: Item; index: Indexed }[],
  query: string,
): Item[] | undefined {
  return scored(items, query)?.map(({ item }) => item);
}
