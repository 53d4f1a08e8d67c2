/** What a journey leaves behind for people: journals and documents under test/artifacts (not in git), and pictures where they are wished for. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { Journal } from './activations.js';
import { repository } from './running-city.js';

const folder = path.join(repository, 'test', 'artifacts');

export function saveArtifact(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

/**
 * Keeps the journal, and holds it against what the portal's `/figures` tells everybody (`content/counted`): a journey that is told there must be
 * what was counted now. `UPDATE_FIGURES=1` writes it anew.
 */
export function saveJournal(name: string, journal: Journal, more: object = {}): void {
  const content = { ...more, activations: journal.activations(), fields: journal.fields() };
  saveArtifact(path.join('journals', `${name}.json`), `${JSON.stringify(content, null, 2)}\n`);
  const file = path.join(repository, 'packages', 'portal', 'content', 'counted', `${name}.json`);
  const counted = {
    day: new Date().toISOString().slice(0, 10),
    pressed: content.activations.map(({ target }) => /“(.*)”$/s.exec(target)?.[1] ?? target),
    fields: content.fields.length,
  };
  if (process.env.UPDATE_FIGURES === '1' && isTold(name)) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(counted, null, 2)}\n`);
  }
  if (!existsSync(file)) return;
  const { day: _, ...told } = JSON.parse(readFileSync(file, 'utf8')) as typeof counted;
  const { day: __, ...now } = counted;
  assert.deepEqual(now, told, 'what the portal’s /figures says');
}

/** True for the journeys that the portal's figures name. */
function isTold(name: string): boolean {
  const file = path.join(repository, 'packages', 'portal', 'content', 'activations.json');
  const { journeys } = JSON.parse(readFileSync(file, 'utf8')) as { journeys: { journal: string }[] };
  return journeys.some(({ journal }) => journal === name);
}

export const desktop = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };

/** Nothing stands out of the page at its width: only a box that scrolls by itself may be wider. */
export async function assertFits(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    interface Box {
      scrollWidth: number;
      clientWidth: number;
      className: string;
      tagName: string;
      textContent: string | null;
      closest(selector: string): object | null;
    }
    const { document } = globalThis as unknown as {
      document: { documentElement: Box; querySelectorAll(selector: string): Iterable<Box> };
    };
    const { scrollWidth, clientWidth } = document.documentElement;
    const own = scrollWidth > clientWidth ? [`the page is ${scrollWidth} wide`] : [];
    const boxes = [...document.querySelectorAll('dd, dt, p, li, h1, h2, td, th, .notice, .button')];
    const standing = boxes.filter(
      (box) =>
        box.clientWidth > 0 && box.scrollWidth > box.clientWidth + 1 && box.closest('.table-box') === null,
    );
    return [...own, ...standing.map((box) => `${box.tagName} “${box.textContent?.trim().slice(0, 60)}”`)];
  });
  if (wide.length > 0) throw new Error(`${page.url()} does not fit: ${wide.join('; ')}`);
}

/**
 * The whole page as it is now, as NAME.png in the folder that MADOGUCHI_PICTURES names. For people alone, nothing is checked on it: a run that
 * nobody looks at takes none, each costs a third of a second of processor time and more.
 */
export async function keepPicture(name: string, page: Page): Promise<void> {
  const pictures = process.env.MADOGUCHI_PICTURES;
  if (pictures !== undefined)
    await page.screenshot({ fullPage: true, path: path.join(pictures, `${name}.png`) });
}

/** The page fits a desk and a phone; pictures of both. Give the context `deviceScaleFactor: 2`. */
export async function takePictures(name: string, page: Page): Promise<void> {
  const before = page.viewportSize() ?? desktop;
  for (const [width, viewport] of Object.entries({ desktop, phone })) {
    await page.setViewportSize(viewport);
    await assertFits(page);
    await keepPicture(`${name}-${width}`, page);
  }
  await page.setViewportSize(before);
}
