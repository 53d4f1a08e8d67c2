/**
 * Why a renewal does not go on: the authority's rules by their names (`renewal.…`), and three of this side: nobody answers, the answer does
 * not fit, the card cannot do it.
 */
export type RenewalRule =
  | 'renewal.early'
  | 'renewal.revoked'
  | 'renewal.expired'
  | 'renewal.changed'
  | 'renewal.gone'
  | 'renewal.guardian'
  | 'renewal.unknown'
  | 'renewal.card'
  | 'renewal.cardEnds'
  | 'renewal.again'
  | 'renewal.tooMany'
  | 'renewal.refused'
  | 'renewal.unreachable'
  | 'renewal.answer'
  | 'renewal.notOffered';

const known: readonly string[] = [
  'renewal.early',
  'renewal.revoked',
  'renewal.expired',
  'renewal.changed',
  'renewal.gone',
  'renewal.guardian',
  'renewal.unknown',
  'renewal.card',
  'renewal.cardEnds',
  'renewal.again',
  'renewal.tooMany',
] satisfies RenewalRule[];

/** The authority's rule as we know it; one that we do not know is a refusal. */
export function renewalRule(text: unknown): RenewalRule {
  return typeof text === 'string' && known.includes(text) ? (text as RenewalRule) : 'renewal.refused';
}

/** Its words are in `renewal-words.ts`. `detail`: for a log, never holder data. */
export class RenewalError extends Error {
  readonly rule: RenewalRule;

  constructor(rule: RenewalRule, detail = '') {
    super(detail === '' ? rule : `${rule}: ${detail}`);
    this.name = 'RenewalError';
    this.rule = rule;
  }
}
