import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { markText } from '@madoguchi/procedure';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { fontCoverage } from './font-coverage.js';

/** What stands on the printed receipt, already in the reader's register. */
export interface ReceiptText {
  lang: 'ja' | 'en';
  title: string;
  agency: string;
  sentence: string;
  rows: { label: string; value: string }[];
  parts: { title: string; text: string }[];
  foot: string;
}

const fontFiles = [
  '@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf',
  '@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf',
  '@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
  '@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf',
];
const template = fileURLToPath(new URL('../../assets/receipt.typ', import.meta.url));

interface Press {
  compiler: NodeCompiler;
  canDraw: (codePoint: number) => boolean;
}

let press: Press | undefined;

/** Fonts and compiler are loaded at the first receipt: they cost a tenth of a second and some memory. */
function openPress(): Press {
  if (press) return press;
  const resolve = createRequire(import.meta.url).resolve;
  const fonts = fontFiles.map((file) => readFileSync(resolve(file)));
  const coverages = [fonts[0], fonts[2]].map((font) => fontCoverage(font ?? Buffer.alloc(0)));
  const compiler = NodeCompiler.create({
    workspace: path.dirname(template),
    fontArgs: [{ fontBlobs: fonts }],
  });
  press = { compiler, canDraw: (codePoint) => coverages.some((covers) => covers(codePoint)) };
  return press;
}

/**
 * The receipt as PDF/A-2a (tagged, archival). All text goes in as data. A character that no font can draw, which PDF/A forbids,
 * becomes a visible mark with its code point: a receipt never fails for a character.
 */
export function receiptPdf(text: ReceiptText, createdAt: Date): Uint8Array {
  const { compiler, canDraw } = openPress();
  const at = (from: number, to: number) => Number(createdAt.toISOString().slice(from, to));
  const date = [at(0, 4), at(5, 7), at(8, 10), at(11, 13), at(14, 16), at(17, 19)];
  const data = JSON.stringify({ ...text, date }, (_key, value: unknown) =>
    typeof value === 'string' ? drawable(value, canDraw) : value,
  );
  return compiler.pdf(
    { mainFilePath: template, inputs: { data } },
    { pdfStandard: 'a-2a', creationTimestamp: Math.floor(createdAt.getTime() / 1000) },
  );
}

function drawable(text: string, canDraw: (codePoint: number) => boolean): string {
  return [...markText(text)]
    .map((character) => {
      const code = character.codePointAt(0) ?? 0;
      if (character === '\n' || canDraw(code) || isVariation(code)) return character;
      return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
    })
    .join('');
}

/** A variation selector without a glyph of its own leaves the base character as it is. */
function isVariation(code: number): boolean {
  return (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef);
}
