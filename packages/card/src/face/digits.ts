import { blankPicture, type Picture } from './bitmap.js';

/** Digits of 5 by 9 pixels, row by row from the top, five bits a row. */
const shapes: readonly (readonly number[])[] = [
  [14, 17, 17, 19, 21, 25, 17, 17, 14],
  [4, 12, 20, 4, 4, 4, 4, 4, 31],
  [14, 17, 1, 1, 2, 4, 8, 16, 31],
  [14, 17, 1, 1, 6, 1, 1, 17, 14],
  [2, 6, 6, 10, 10, 18, 31, 2, 2],
  [31, 16, 16, 30, 17, 1, 1, 17, 14],
  [6, 8, 16, 16, 30, 17, 17, 17, 14],
  [31, 1, 1, 2, 2, 4, 4, 8, 8],
  [14, 17, 17, 17, 14, 17, 17, 17, 14],
  [14, 17, 17, 17, 15, 1, 1, 2, 12],
];

/** Digits in cells of 6 by 12 pixels: 72×12 for a My Number and 24×12 for a security code, the sizes seen on cards. */
export function drawDigits(digits: string): Picture {
  const picture = blankPicture(digits.length * 6, 12);
  for (const [index, digit] of [...digits].entries()) {
    for (const [row, bits] of (shapes[Number(digit)] ?? []).entries()) {
      for (let column = 0; column < 5; column += 1) {
        const at = (row + 1) * picture.width + index * 6 + column;
        if (bits & (0x10 >> column)) picture.pixels[at] = 0;
      }
    }
  }
  return picture;
}
