/**
 * Pictures for the manual (利用者マニュアル), taken by the journeys themselves: what is to be pressed or read carries a number, and its words go into
 * a list. Every run holds the list of the committed manual against the page; `npm run manual` takes the pictures anew.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { repository } from './running-city.js';

interface Label {
  text: string;
  /** Upper left corner, in parts of the picture's width and height (0 to 1). */
  x: number;
  y: number;
}

export interface Picture {
  file: string;
  width: number;
  height: number;
  labels: Label[];
}

/** What is committed: the words that stand beside the pictures, by picture. */
type ManualLabels = Record<string, string[]>;

export const manualFolder = process.env.MADOGUCHI_MANUAL;
export const labelsFile = path.join(repository, 'packages', 'portal', 'content', 'manual-labels.json');

const committed: ManualLabels = existsSync(labelsFile)
  ? (JSON.parse(readFileSync(labelsFile, 'utf8')) as ManualLabels)
  : {};

const wordsOf = async (control: Locator) =>
  (
    (await control.evaluate(
      (element: {
        textContent: string | null;
        labels?: ArrayLike<{ textContent: string | null }> | null;
      }) => {
        const text = element.textContent?.trim();
        return text === '' || text === undefined ? (element.labels?.[0]?.textContent ?? '') : text;
      },
    )) as string
  )
    .replace(/\s+/g, ' ')
    // The number of this very application.
    .replace(/\d{4}-\d{7}$/, '')
    .trim();

/** How much of a page is in the picture: from its head, or `above` the highest of the numbered things, down to a little below the lowest. */
const below = 56;
const least = 420;

/** At a moment of a journey: the numbered things in the order of their numbers. */
export async function look(id: string, page: Page, controls: readonly Locator[], above = 600): Promise<void> {
  const texts = await Promise.all(controls.map((control) => wordsOf(control.first())));
  if (manualFolder === undefined) {
    assert.deepEqual(texts, committed[id], `the manual’s picture ${id}: npm run manual`);
    return;
  }
  await page.setViewportSize({ width: 760, height: 900 });
  await page.evaluate('scrollTo(0, 0)');
  const boxes = await Promise.all(controls.map((control) => control.first().boundingBox()));
  const { width } = page.viewportSize() ?? { width: 0 };
  const bottoms = boxes.map((box) => (box === null ? 0 : box.y + box.height + below));
  const top = Math.max(0, Math.min(...boxes.map((box) => box?.y ?? 0)) - above);
  const height = Math.max(least, ...bottoms) - top;
  const file = path.join(manualFolder, `${id}.png`);
  mkdirSync(manualFolder, { recursive: true });
  await page.screenshot({ path: file, fullPage: true, clip: { x: 0, y: top, width, height } });
  const labels = texts.map((text, index) => {
    const box = boxes[index] ?? { x: 0, y: 0, width: 0, height: 0 };
    return { text, x: box.x / width, y: (box.y - top) / height };
  });
  keep(id, { file, width, height, labels });
}

/** One line a picture: several journeys may run one after the other. */
function keep(id: string, picture: Picture): void {
  if (manualFolder === undefined) return;
  const file = path.join(manualFolder, 'pictures.jsonl');
  writeFileSync(file, `${JSON.stringify({ id, ...picture })}\n`, { flag: 'a' });
}

/** The main part of a long page in pieces of about one height, none higher than `most`, cut between its questions. Only for the manual. */
export async function lookInPieces(id: string, page: Page, most = 620): Promise<void> {
  if (manualFolder === undefined) return;
  mkdirSync(manualFolder, { recursive: true });
  await page.setViewportSize({ width: 440, height: 900 });
  const { top, bottom, cuts } = (await page.evaluate(`(() => {
    document.activeElement?.blur();
    scrollTo(0, 0);
    const main = document.querySelector('main');
    // What stands before the first question (or the application) is on every page; so are the buttons below the application.
    const paper = main.querySelector('.agent-paper');
    const start = paper ?? main.querySelector('.step-head, form .field, form .group') ?? main;
    const area = start.getBoundingClientRect();
    const end = paper ?? [...main.querySelectorAll('.button-row')].filter((row) => row.offsetHeight > 0).at(-1);
    const cuts = [...main.querySelectorAll('.field, .group-row, .group-label, .total, .notice, .summary-list, .summary-row, .card, h1, h2, p, .button-row')]
      .filter((element) => element.offsetHeight > 0)
      .filter((element) => element.closest('.field, .notice, .total, .confirmation') === element || element.closest('.field, .notice, .total, .confirmation') === null)
      .filter((element) => !element.matches('.group-row'))
      .map((element) => element.getBoundingClientRect().bottom + 8)
      .sort((a, b) => a - b);
    return { top: area.top, bottom: (end ?? main).getBoundingClientRect().bottom + 16, cuts };
  })()`)) as { top: number; bottom: number; cuts: number[] };
  const { width } = page.viewportSize() ?? { width: 0 };
  let from = Math.max(0, top - 8);
  for (let number = 1; from < bottom - 60 && number < 30; number += 1) {
    const fitting = cuts.filter((cut) => cut > from + 80 && cut <= from + most && cut < bottom);
    const even = from + (bottom - from) / Math.ceil((bottom - from) / most);
    const nearest = fitting.sort((a, b) => Math.abs(a - even) - Math.abs(b - even))[0];
    const to = bottom - from <= most ? bottom : (nearest ?? from + most);
    const piece = `${id}-${number}`;
    const file = path.join(manualFolder, `${piece}.png`);
    await page.screenshot({ path: file, fullPage: true, clip: { x: 0, y: from, width, height: to - from } });
    keep(piece, { file, width, height: to - from, labels: [] });
    from = to;
  }
}
