/** HTML for paper: a text is always escaped; what comes out of `html` is not escaped again. */
export class Html {
  constructor(readonly text: string) {}
}

type Piece = string | number | Html | readonly Piece[] | undefined;

function put(piece: Piece): string {
  if (piece === undefined) return '';
  if (piece instanceof Html) return piece.text;
  if (typeof piece === 'object') return piece.map(put).join('');
  return String(piece).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

export function html(strings: TemplateStringsArray, ...pieces: Piece[]): Html {
  return new Html(strings.map((text, index) => text + put(pieces[index])).join(''));
}

/** A4 as Chromium prints it: fonts and style sheet are files beside the page. */
export function sheet(title: string, css: string, body: Html): string {
  return `<!doctype html><html lang="ja"><meta charset="utf-8"><title>${put(title)}</title><style>${css}</style><body>${body.text}</body></html>`;
}
