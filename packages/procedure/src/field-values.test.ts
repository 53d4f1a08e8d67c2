import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Field, FieldKind } from './definition/fields.js';
import { fieldValues } from './field-values.js';

const words = { ja: 'x', jaEasy: 'x', en: 'x' };
const kinds = Object.keys(fieldValues) as FieldKind[];
const fieldOf = (kind: FieldKind): Field => ({ id: 'x', kind, label: words, required: true });
const decimal = (typed: string) => fieldValues.decimal.tidy(typed, fieldOf('decimal'));

test('the last zeros of a decimal say nothing and are left out, in whatever digits it was typed', () => {
  const pairs = [
    ['1.50', '1.5'],
    ['1.0', '1'],
    ['12.', '12'],
    ['０．０５０', '0.05'],
    ['100', '100'],
    ['1.5.0', '1.5.0'],
    ['x.0', 'x.0'],
    ['.50', '.50'],
  ];
  for (const [typed = '', tidy] of pairs) assert.equal(decimal(typed), tidy);
});

test('a form full of one sign, the longest that is taken, costs no kind of field more than its length', () => {
  const length = 300_000;
  const began = process.cpuUsage();
  for (const kind of kinds) {
    const field = fieldOf(kind);
    for (const sign of ['0', ' ', '-', '.', ',', '1,', '2026-', '漢', '￥', '\r\n'])
      for (const [before, behind] of [
        ['', ''],
        ['1.', 'x'],
      ] as const) {
        const value = fieldValues[kind].tidy(before + sign.repeat(length / sign.length) + behind, field);
        fieldValues[kind].fault(value, field);
      }
  }
  const { user, system } = process.cpuUsage(began);
  // Some seconds where everything is busy; anything that goes by the square of the length takes minutes.
  assert.ok((user + system) / 1e6 < 15, `${(user + system) / 1e6} s of processor time`);
});
