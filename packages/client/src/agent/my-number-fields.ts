import { isRealLooking } from '@madoguchi/card';
import { isGroup } from '@madoguchi/procedure';
import { type Register, words } from '@madoguchi/ui';
import type { AcceptedRequest } from './signing-session.js';

const freeText = new Set(['text', 'longText', 'name', 'kana', 'address']);

/**
 * Labels of the free text answers that hold twelve digits with a right check digit: perhaps an Individual Number (個人番号) nobody asked for.
 * Full-width digits and the usual separators count too.
 */
export function myNumberFields(request: AcceptedRequest, register: Register): string[] {
  const { definition, claims } = request;
  const answered = Object.entries(claims.answers);
  return definition.fields
    .flatMap((entry) =>
      isGroup(entry)
        ? entry.fields.map((field) => ({ field, isOf: (name: string) => isInRows(entry.id, field.id, name) }))
        : [{ field: entry, isOf: (name: string) => name === entry.id }],
    )
    .filter(
      ({ field, isOf }) =>
        freeText.has(field.kind) && answered.some(([name, value]) => isOf(name) && holdsMyNumber(value)),
    )
    .map(({ field }) => words(field.label, register));
}

function isInRows(group: string, field: string, name: string): boolean {
  return name.startsWith(`${group}.`) && name.endsWith(`.${field}`);
}

export function holdsMyNumber(text: string): boolean {
  const plain = text.normalize('NFKC');
  for (const [run] of plain.matchAll(/\d(?:[ -]?\d)*/g)) {
    const digits = run.replace(/[ -]/g, '');
    if (digits.length === 12 && isRealLooking(digits)) return true;
  }
  return false;
}
