/** Furigana marks are for pages; a terminal shows the word alone. */
export function plain(text: string): string {
  return text.replace(/\{([^|{}]*)\|[^{}]*\}/g, '$1');
}
