// npm run manual: from the pictures of the newcomer's journey to packages/portal/content/manual.pdf, with the list of words that stand in it; and
// the leaflets. Without a folder of pictures: the leaflets alone.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/browser.js';
import { labelsFile, type Picture } from '../support/manual-pictures.js';
import { repository } from '../support/running-city.js';
import { definitionsOf } from '../support/sample-filing.js';
import { sheet } from './html.js';
import { printLeaflets } from './leaflets.js';
import { chapters, labelsOf, manual, type Shown } from './manual.js';

const agencies = { municipal: '見本市', prefectural: '見本県', national: '見本省' } as const;
const content = path.join(repository, 'packages', 'portal', 'content');
const require = createRequire(import.meta.url);

/** Fewer shades, so that the pictures are packed small: nobody sees the difference on paper. */
async function posterize(browser: Browser, files: readonly string[]): Promise<void> {
  const page = await browser.newPage();
  for (const file of files) {
    const source = `data:image/png;base64,${readFileSync(file).toString('base64')}`;
    const made = (await page.evaluate(`(async () => {
      const image = new Image();
      image.src = ${JSON.stringify(source)};
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      const pixels = context.getImageData(0, 0, image.width, image.height);
      for (let at = 0; at < pixels.data.length; at += 1)
        if (at % 4 !== 3) pixels.data[at] = Math.round(Math.round((pixels.data[at] * 7) / 255) * (255 / 7));
      context.putImageData(pixels, 0, 0);
      const blob = await canvas.convertToBlob({ type: 'image/png' });
      const bytes = new Uint8Array(await blob.arrayBuffer());
      let text = '';
      for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
      return btoa(text);
    })()`)) as string;
    writeFileSync(file, Buffer.from(made, 'base64'));
  }
  await page.close();
}

async function print(browser: Browser, folder: string, html: string, pdf: string): Promise<void> {
  const file = path.join(folder, 'page.html');
  writeFileSync(file, html);
  const page = await browser.newPage();
  await page.goto(pathToFileURL(file).href);
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  await page.pdf({ path: pdf, preferCSSPageSize: true, printBackground: true, tagged: true, outline: true });
  await page.close();
}

/** Smaller by qpdf where there is one. */
function pack(pdf: string): void {
  try {
    execFileSync('qpdf', [
      '--recompress-flate',
      '--compression-level=9',
      '--object-streams=generate',
      '--replace-input',
      pdf,
    ]);
  } catch (error) {
    process.stderr.write(`qpdf did not pack ${pdf}: ${String(error)}\n`);
  }
}

/** On which page each chapter's heading stands, as pdftotext reads the first pass. */
function pagesOf(pdf: string, shown: readonly Shown[]): Map<string, number> {
  const sheets = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 })
    .split('\f')
    .map((text) => text.replace(/\s+/g, ''));
  const flat = (text: string) => text.replace(/\s+/g, '').replace(/　/g, '');
  const found = new Map<string, number>();
  let from = 2;
  for (const { id, title } of chapters(shown)) {
    const own = shown.find((one) => one.id === id);
    const heading = flat(own === undefined ? (title.split('　')[0] ?? title) : own.definition.title.ja);
    const mark = own === undefined ? undefined : `${flat(own.agency)}${heading}`;
    const at = sheets.findIndex(
      (text, index) =>
        index >= from &&
        (mark === undefined ? /^第.部/.test(text) && text.includes(heading) : text.startsWith(mark)),
    );
    if (at < 0) throw new Error(`the heading ${heading} is not found`);
    found.set(id, at + 1);
    from = at;
  }
  return found;
}

async function main(folder: string): Promise<void> {
  const css = readFileSync(path.join(repository, 'test', 'src', 'print', 'print.css'), 'utf8');
  mkdirSync(path.join(folder, 'fonts'), { recursive: true });
  for (const weight of ['400Regular', '700Bold']) {
    const font = `@expo-google-fonts/biz-udpgothic/${weight}/BIZUDPGothic_${weight}.ttf`;
    copyFileSync(require.resolve(font), path.join(folder, 'fonts', path.basename(font)));
  }
  const taken = readFileSync(path.join(folder, 'pictures.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Picture & { id: string });
  const pictures = new Map(
    taken.map((picture) => [picture.id, { ...picture, src: path.basename(picture.file) }]),
  );
  const procedures = (['municipal', 'prefectural', 'national'] as const).flatMap((level) =>
    definitionsOf(level).map(
      (definition): Shown => ({
        id: `${level}-${definition.id}`,
        agency: agencies[level],
        definition,
      }),
    ),
  );
  const browser = await launchChromium();
  try {
    await posterize(
      browser,
      taken.map(({ file }) => file),
    );
    const now = new Date();
    const edition = `${now.getFullYear()}年${now.getMonth() + 1}月`;
    const pdf = path.join(content, 'manual.pdf');
    let pages = new Map<string, number>();
    // Twice: the contents name pages that are known only when the first is printed.
    for (let pass = 0; pass < 2; pass += 1) {
      const body = manual({ procedures, pictures, pages, edition });
      await print(browser, folder, sheet('公的個人認証 利用者マニュアル', css, body), pdf);
      pages = pagesOf(pdf, procedures);
    }
    pack(pdf);
    const labels = {
      ...Object.fromEntries(
        taken
          .filter(({ labels }) => labels.length > 0)
          .map(({ id, labels }) => [id, labels.map(({ text }) => text)]),
      ),
      ...Object.fromEntries(procedures.map(({ id, definition }) => [id, labelsOf(definition)])),
    };
    writeFileSync(labelsFile, `${JSON.stringify(labels, null, 2)}\n`);
    record('manual.pdf');
  } finally {
    await browser.close();
  }
}

/** Into `printed.json`, from which the portal knows when a file was made and how long it is. */
function record(name: string, more: { words?: string } = {}): void {
  const list = path.join(content, 'printed.json');
  const known = JSON.parse(readFileSync(list, 'utf8')) as Record<string, object>;
  const file = path.join(content, name);
  const pages = Number(execFileSync('qpdf', ['--show-npages', file], { encoding: 'utf8' }));
  const made = { ...known, [name]: { day: new Date().toISOString().slice(0, 10), pages, ...more } };
  writeFileSync(list, `${JSON.stringify(made, null, 2)}\n`);
  process.stdout.write(`${file}: ${(statSync(file).size / 1e6).toFixed(1)} MB, ${pages} pages\n`);
}

async function leaflets(): Promise<void> {
  const browser = await launchChromium();
  try {
    for (const { name, words } of await printLeaflets(browser, content)) {
      pack(path.join(content, name));
      record(name, { words });
    }
  } finally {
    await browser.close();
  }
}

const [folder] = process.argv.slice(2);
if (folder !== undefined) await main(path.resolve(folder));
await leaflets();
