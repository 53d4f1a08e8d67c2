import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Font, openFont } from './truetype.js';

let font: Font | undefined;

/** The typeface of the images: BIZ UDPGothic, in which the receipts are set too. Read at the first card that is made. */
export function faceFont(): Font {
  const file = '@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf';
  font ??= openFont(readFileSync(createRequire(import.meta.url).resolve(file)));
  return font;
}
