/** What is hard about a text that shall be やさしい日本語. */
export interface EasyFault {
  kind: 'long' | 'reading' | 'double';
  /** The sentence, or the words. */
  at: string;
}

/** In characters, without furigana and without Latin letters: a command or an address is no sentence. */
export const longestEasySentence = 40;

/** Names that stand as they are written. */
const names = ['やさしい日本語', '見本市中央一丁目2番地先'];
const doubleNegation = /なく(?:は|も)な|ないことは|ないわけでは/;

/**
 * Checks a text by the guideline of 出入国在留管理庁 and 文化庁 (2020-08) as far as a rule can: short sentences, a reading beside every kanji
 * (`{漢字|かんじ}`), no double negation. `{name}` is a place for a value.
 */
export function easyFaults(text: string): EasyFault[] {
  const spoken = text.replace(/\{([^{}|]+)\|[^{}|]+\}/g, '$1').replaceAll(' ', '');
  const bare = names
    .reduce((rest, name) => rest.replace(name, ''), text)
    .replace(/\{[^{}|]+\|[^{}|]+\}/g, '')
    .replace(/\{[^{}]*\}/g, '');
  const unread = bare.match(/\p{Script=Han}+/gu) ?? [];
  return [
    ...spoken
      .split(/[。！？\n]/)
      .filter((sentence) => [...sentence.replace(/[\x20-\x7e]+/g, '')].length > longestEasySentence)
      .map((at): EasyFault => ({ kind: 'long', at })),
    ...(unread.length > 0 ? [{ kind: 'reading' as const, at: unread.join('、') }] : []),
    ...(doubleNegation.test(spoken) ? [{ kind: 'double' as const, at: spoken }] : []),
  ];
}
