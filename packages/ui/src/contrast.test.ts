import assert from 'node:assert/strict';
import { test } from 'node:test';
import { styleSheet } from './assets.js';

const css = styleSheet();
const values = new Map(
  [...css.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((m) => [m[1] ?? '', (m[2] ?? '').trim()]),
);

function colour(name: string): string {
  const value = values.get(name) ?? '';
  const link = /^var\((--[\w-]+)\)$/.exec(value);
  return link === null ? value : colour(link[1] ?? '');
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  assert.match(hex, /^#[0-9a-f]{6}$/i);
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(colour(one)), luminance(colour(other))].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const text: [string, string][] = [
  ...[
    '--text',
    '--text-quiet',
    '--link',
    '--link-hover',
    '--link-visited',
    '--key',
    '--good',
    '--check',
    '--bad',
  ].flatMap((ink): [string, string][] => [
    [ink, '--paper'],
    [ink, '--paper-soft'],
  ]),
  ['--paper', '--key'],
  ['--paper', '--key-hover'],
  ['--key-hover', '--key-soft'],
  ['--text', '--good-soft'],
  ['--good', '--good-soft'],
  ['--check', '--check-soft'],
  ['--bad', '--bad-soft'],
  ['--text', '--focus'],
  ['--text', '--color-primitive-yellow-100'],
];

test('every pair of text and ground has the contrast of WCAG AA (4.5)', () => {
  for (const [ink, ground] of text) {
    assert.ok(contrast(ink, ground) >= 4.5, `${ink} on ${ground}: ${contrast(ink, ground).toFixed(2)}`);
  }
});

test('the frames of controls stand out from the page (3.0)', () => {
  for (const line of ['--line-strong', '--key', '--bad', '--good', '--check']) {
    assert.ok(contrast(line, '--paper') >= 3, line);
  }
});
