import { isRealLooking } from '@madoguchi/card';
import { type Register, words } from '@madoguchi/ui';
import type { AcceptedRequest } from './signing-session.js';

const freeText = new Set(['text', 'longText', 'name', 'kana', 'address']);

/**
 * Labels of the free text answers that hold twelve digits with a right check digit: perhaps an Individual Number (個人番号) nobody asked for.
 * Full-width digits and the usual separators count too.
 */
export function myNumberFields(request: AcceptedRequest, register: Register): string[] {
  const { definition, claims } = request;
  return definition.fields
    .filter(({ id, kind }) => freeText.has(kind) && holdsMyNumber(claims.answers[id] ?? ''))
    .map(({ label }) => words(label, register));
}

export function holdsMyNumber(text: string): boolean {
  const plain = text.normalize('NFKC');
  for (const [run] of plain.matchAll(/\d(?:[ -]?\d)*/g)) {
    const digits = run.replace(/[ -]/g, '');
    if (digits.length === 12 && isRealLooking(digits)) return true;
  }
  return false;
}
