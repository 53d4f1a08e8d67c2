import { createHash } from 'node:crypto';
import { blankPicture, type Picture } from './bitmap.js';

/**
 * What stands in the place of the photograph: a drawing of hills under a sun, never a person. The same seed gives the same
 * drawing, so a test can compare it pixel by pixel.
 */
export function drawPortrait(seed: string, width = 180, height = 240): Picture {
  const random = createHash('sha256').update(`portrait ${seed}`).digest();
  const part = (index: number) => (random[index] ?? 0) / 255;
  const picture = blankPicture(width, height);
  const sun = { x: width * (0.25 + part(0) / 2), y: height * (0.2 + part(1) / 8), r: width / 8 };
  const hills = [0, 1, 2].map((index) => ({
    top: height * (0.5 + index * 0.14),
    high: height * (0.04 + part(2 + index) / 12),
    long: width / (1 + part(5 + index) * 2),
    shift: part(8 + index) * 6.28,
    grey: 150 - index * 45,
  }));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let grey = 205 + Math.floor((y * 40) / height);
      if (Math.hypot(x - sun.x, y - sun.y) < sun.r) grey = 250;
      for (const hill of hills)
        if (y > hill.top + hill.high * Math.sin((x / hill.long) * 6.28 + hill.shift)) grey = hill.grey;
      if (x < 3 || y < 3 || x >= width - 3 || y >= height - 3) grey = 30;
      picture.pixels[y * width + x] = grey;
    }
  }
  return picture;
}
