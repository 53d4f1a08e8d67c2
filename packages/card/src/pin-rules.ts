import type { PinName } from './files.js';

/** Which rule a proposed PIN breaks. */
export type PinRule = 'pin.length' | 'pin.characters' | 'pin.composition';

interface PinKind {
  readonly tries: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly characters: RegExp;
  /** Letters and digits, at least one of each. */
  readonly mixed: boolean;
  /** False for the numbers A and B: they are what they are. */
  readonly changeable: boolean;
}

const digits = /^[0-9]+$/;

const fourDigits: PinKind = {
  tries: 3,
  minimum: 4,
  maximum: 4,
  characters: digits,
  mixed: false,
  changeable: true,
};
const number = (length: number): PinKind => ({
  tries: 10,
  minimum: length,
  maximum: length,
  characters: digits,
  mixed: false,
  changeable: false,
});

/** Lengths and tries as the municipalities announce them. The tries of the numbers are a setting of the card. */
export const pinKinds: Readonly<Record<PinName, PinKind>> = {
  signature: { tries: 5, minimum: 6, maximum: 16, characters: /^[0-9A-Z]+$/, mixed: true, changeable: true },
  authentication: fourDigits,
  text: fourDigits,
  numberA: number(12),
  numberB: number(14),
  visualBirth: number(6),
  visualNumberA: number(12),
  visualNumberB: number(14),
  common: fourDigits,
  resident: fourDigits,
};

/**
 * May this PIN be set? Applies when a PIN is set or changed, never at VERIFY: the card compares whatever comes.
 * The signature password needs at least one letter and one digit (unless `mixed` is false), upper case. Octets are ASCII and are never
 * joined to a text, which nobody could zero.
 */
export function checkNewPin(
  name: PinName,
  pin: string | Uint8Array,
  mixed = true,
): { ok: true } | { ok: false; rule: PinRule } {
  const kind = pinKinds[name];
  if (pin.length < kind.minimum || pin.length > kind.maximum) return { ok: false, rule: 'pin.length' };
  const signs = Array.from<string | number, string>(pin, (sign) =>
    typeof sign === 'number' ? String.fromCharCode(sign) : sign,
  );
  const has = (what: RegExp) => signs.some((sign) => what.test(sign));
  if (!signs.every((sign) => kind.characters.test(sign))) return { ok: false, rule: 'pin.characters' };
  if (mixed && kind.mixed && !(has(/[A-Z]/) && has(/[0-9]/))) return { ok: false, rule: 'pin.composition' };
  return { ok: true };
}
