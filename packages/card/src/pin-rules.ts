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

/** Lengths and tries as the municipalities announce them; 10 tries for numbers A and B is commonly quoted. */
export const pinKinds: Readonly<Record<PinName, PinKind>> = {
  signature: { tries: 5, minimum: 6, maximum: 16, characters: /^[0-9A-Z]+$/, mixed: true, changeable: true },
  authentication: { tries: 3, minimum: 4, maximum: 4, characters: digits, mixed: false, changeable: true },
  text: { tries: 3, minimum: 4, maximum: 4, characters: digits, mixed: false, changeable: true },
  numberA: { tries: 10, minimum: 12, maximum: 12, characters: digits, mixed: false, changeable: false },
  numberB: { tries: 10, minimum: 14, maximum: 14, characters: digits, mixed: false, changeable: false },
};

/**
 * May this PIN be set? Applies when a PIN is set or changed, never at VERIFY: the card compares whatever comes.
 * The signature password needs at least one letter and one digit, upper case.
 */
export function checkNewPin(name: PinName, pin: string): { ok: true } | { ok: false; rule: PinRule } {
  const kind = pinKinds[name];
  if (pin.length < kind.minimum || pin.length > kind.maximum) return { ok: false, rule: 'pin.length' };
  if (!kind.characters.test(pin)) return { ok: false, rule: 'pin.characters' };
  if (kind.mixed && !(/[A-Z]/.test(pin) && /[0-9]/.test(pin))) return { ok: false, rule: 'pin.composition' };
  return { ok: true };
}
