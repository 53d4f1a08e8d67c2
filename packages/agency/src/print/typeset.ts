import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { markText } from '@madoguchi/procedure';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { fontCoverage } from './font-coverage.js';

const fontFiles = [
  '@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf',
  '@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf',
  '@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
  '@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf',
];

interface Press {
  compiler: NodeCompiler;
  canDraw: (codePoint: number) => boolean;
}

/** One for each folder of templates: a compiler reads below its workspace only. */
const presses = new Map<string, Press>();

/** Fonts and compiler are loaded at the first document: they cost a tenth of a second and some memory. */
function openPress(workspace: string): Press {
  const known = presses.get(workspace);
  if (known !== undefined) return known;
  const resolve = createRequire(import.meta.url).resolve;
  const fonts = fontFiles.map((file) => readFileSync(resolve(file)));
  const coverages = [fonts[0], fonts[2]].map((font) => fontCoverage(font ?? Buffer.alloc(0)));
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: fonts }] });
  const press = { compiler, canDraw: (codePoint: number) => coverages.some((covers) => covers(codePoint)) };
  presses.set(workspace, press);
  return press;
}

/**
 * Sets a Typst template as PDF/A-2a (tagged, archival). All text goes in as data, JSON under `data`, with `date` as six numbers (UTC); none of it
 * is ever Typst source. A character that no font can draw, which PDF/A forbids, becomes a visible mark with its code point: a document
 * never fails for a character. The same template, data and time give the same octets.
 */
export function typeset(template: string, data: object, createdAt: Date): Uint8Array {
  const { compiler, canDraw } = openPress(path.dirname(template));
  const at = (from: number, to: number) => Number(createdAt.toISOString().slice(from, to));
  const date = [at(0, 4), at(5, 7), at(8, 10), at(11, 13), at(14, 16), at(17, 19)];
  const written = JSON.stringify({ ...data, date }, (_key, value: unknown) =>
    typeof value === 'string' ? drawable(value, canDraw) : value,
  );
  return compiler.pdf(
    { mainFilePath: template, inputs: { data: written } },
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
