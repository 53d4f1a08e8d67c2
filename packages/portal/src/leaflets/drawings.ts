/** Drawings of the printed matter as SVG, in the portal's colours; made of shapes only, so that they print at any size. */

const chip = (x: number, y: number, k = 1) =>
  `<g transform="translate(${x} ${y}) scale(${k})"><rect width="28" height="24" rx="4" fill="#ffd43d" stroke="#1a1a1a" stroke-width="2.500"/><path d="M0 12h10m8 0h10M10 0v24m8-24v24" stroke="#1a1a1a" stroke-width="1.500" fill="none"/></g>`;

const face = (x: number, y: number) =>
  `<g transform="translate(${x} ${y})"><rect width="30" height="36" rx="3" fill="#d9e6ff"/><circle cx="15" cy="14" r="7" fill="#7aa2f7"/><path d="M4 36c0-10 5-14 11-14s11 4 11 14z" fill="#7aa2f7"/></g>`;

const lines = (x: number, y: number, widths: readonly number[]) =>
  widths
    .map(
      (width, index) =>
        `<path d="M${x} ${y + index * 10}h${width}" stroke="#aab" stroke-width="4" stroke-linecap="round"/>`,
    )
    .join('');

const cardBody = `<rect width="150" height="94" rx="9" fill="#fff" stroke="#1a1a1a" stroke-width="3"/>${face(14, 16)}${lines(56, 22, [76, 58, 66])}${chip(106, 58)}`;

const card = `<svg viewBox="-4 -4 158 102" role="img" aria-label="">${cardBody}</svg>`;

const reader = `<svg viewBox="0 0 170 120" role="img" aria-label=""><g transform="translate(46 4) scale(.52)">${cardBody}</g><rect x="12" y="46" width="146" height="58" rx="12" fill="#e8f1fe" stroke="#0017c1" stroke-width="3.500"/><path d="M38 60h94" stroke="#0017c1" stroke-width="5" stroke-linecap="round"/><circle cx="140" cy="88" r="4" fill="#0017c1"/><path d="M12 78H2" stroke="#0017c1" stroke-width="4" stroke-linecap="round"/></svg>`;

const screen = (inside: string) =>
  `<rect width="180" height="116" rx="8" fill="#fff" stroke="#1a1a1a" stroke-width="3"/><rect x="10" y="10" width="160" height="96" rx="3" fill="#f4f7ff"/>${inside}<path d="M-22 116h224l-12 16a6 6 0 0 1-5 2H-5a6 6 0 0 1-5-2z" fill="#e3e6ef" stroke="#1a1a1a" stroke-width="3" stroke-linejoin="round"/>`;

const client = `<svg viewBox="-30 -6 244 150" role="img" aria-label=""><g>${screen(`<rect x="26" y="26" width="128" height="64" rx="5" fill="#fff" stroke="#0017c1" stroke-width="2.500"/>${lines(38, 42, [70, 90])}<rect x="38" y="66" width="56" height="15" rx="4" fill="#0017c1"/>`)}</g></svg>`;

/** Card, computer, office: the way of an application. */
const journey = `<svg viewBox="0 0 560 250" role="img" aria-label=""><g fill="none" stroke="#ffd43d" stroke-width="5" stroke-linecap="round" stroke-dasharray="1 13"><path d="M128 176C150 120 168 112 196 116"/><path d="M398 104C420 84 430 84 446 96"/></g><g transform="translate(8 140)">${cardBody}</g><g transform="translate(208 56)">${screen(`${lines(26, 30, [80, 110, 96])}<rect x="26" y="66" width="128" height="24" rx="5" fill="#0017c1"/><path d="M66 78h48" stroke="#fff" stroke-width="5" stroke-linecap="round"/>`)}</g><g transform="translate(430 92)" stroke="#1a1a1a" stroke-width="3" stroke-linejoin="round"><path d="M0 40 60 4l60 36z" fill="#ffd43d"/><path d="M6 40h108v92H6z" fill="#fff"/><path d="M24 52v70M46 52v70M74 52v70M96 52v70" stroke="#0017c1" stroke-width="7" stroke-linecap="round"/><path d="M-2 132h124" stroke-width="6"/></g></svg>`;

const drawings = { card, reader, client, journey };
export type Drawing = keyof typeof drawings;

/** One of them, with what is read aloud in its place. */
export function drawing(name: Drawing, label: string): string {
  const said = label.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return drawings[name].replace('aria-label=""', () => `aria-label="${said}"`);
}
