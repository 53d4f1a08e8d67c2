import { blankPicture, type Picture } from './bitmap.js';
import type { Font, OutlinePoint } from './truetype.js';

type Edge = readonly [x0: number, y0: number, x1: number, y1: number];

/** Straight edges of a contour; a quadratic curve becomes as many as a letter of this size needs. */
const stepsPerCurve = 4;

function edgesOf(contour: readonly OutlinePoint[]): Edge[] {
  const edges: Edge[] = [];
  const first = contour[0];
  const last = contour.at(-1);
  if (first === undefined || last === undefined) return edges;
  const middle = (a: OutlinePoint, b: OutlinePoint): OutlinePoint => ({
    x: (a.x + b.x) / 2,
    y: (a.y + b.y) / 2,
    onCurve: true,
  });
  const start = first.onCurve ? first : last.onCurve ? last : middle(first, last);
  let from = start;
  let control: OutlinePoint | undefined;
  const draw = (to: OutlinePoint) => {
    const steer = control;
    const steps = steer === undefined ? 1 : stepsPerCurve;
    let [x, y] = [from.x, from.y];
    for (let step = 1; step <= steps; step += 1) {
      const t = step / steps;
      const at = (a: number, b: number, c: number) => (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t * t * c;
      const nextX = steer === undefined ? to.x : at(from.x, steer.x, to.x);
      const nextY = steer === undefined ? to.y : at(from.y, steer.y, to.y);
      edges.push([x, y, nextX, nextY]);
      [x, y] = [nextX, nextY];
    }
    from = to;
    control = undefined;
  };
  for (const point of contour) {
    if (point === start) continue;
    if (!point.onCurve) {
      if (control !== undefined) draw(middle(control, point));
      control = point;
    } else draw(point);
  }
  draw(start);
  return edges;
}

/** Fills by the non-zero rule (TrueType), one sample at the middle of each pixel. Edges in pixels, y downwards. */
function fill(picture: Picture, edges: readonly Edge[]): void {
  for (let row = 0; row < picture.height; row += 1) {
    const y = row + 0.5;
    const crossings = edges
      .filter(([, y0, , y1]) => y0 <= y !== y1 <= y)
      .map(([x0, y0, x1, y1]) => ({ x: x0 + ((y - y0) * (x1 - x0)) / (y1 - y0), way: y1 > y0 ? 1 : -1 }))
      .sort((a, b) => a.x - b.x);
    let winding = 0;
    for (const [index, { x, way }] of crossings.entries()) {
      winding += way;
      const next = crossings[index + 1];
      if (winding === 0 || next === undefined) continue;
      const from = Math.max(0, Math.ceil(x - 0.5));
      const to = Math.min(picture.width, Math.ceil(next.x - 0.5));
      if (from < to) picture.pixels.fill(0, row * picture.width + from, row * picture.width + to);
    }
  }
}

/** Text in lines of at most `perLine` characters, black on white; `size`: pixels of an em. Longer text makes more lines. */
export function drawText(font: Font, text: string, size: number, perLine: number): Picture {
  const characters = [...text];
  const lines: string[][] = [];
  for (let at = 0; at < characters.length; at += perLine) lines.push(characters.slice(at, at + perLine));
  if (lines.length === 0) lines.push([' ']);
  const scale = size / font.unitsPerEm;
  const widths = lines.map((line) =>
    line.reduce((sum, each) => sum + font.advance(font.glyph(each.codePointAt(0) ?? 0)), 0),
  );
  const height = Math.ceil((font.ascent - font.descent) * scale);
  const width = Math.ceil((Math.max(...widths) * scale) / 8) * 8;
  const picture = blankPicture(Math.max(width, 8), height * lines.length);
  const edges: Edge[] = [];
  for (const [index, line] of lines.entries()) {
    const base = index * height + font.ascent * scale;
    let pen = 0;
    for (const character of line) {
      const glyph = font.glyph(character.codePointAt(0) ?? 0);
      for (const contour of font.outline(glyph))
        for (const [x0, y0, x1, y1] of edgesOf(contour))
          edges.push([pen + x0 * scale, base - y0 * scale, pen + x1 * scale, base - y1 * scale]);
      pen += font.advance(glyph) * scale;
    }
  }
  fill(picture, edges);
  return picture;
}
