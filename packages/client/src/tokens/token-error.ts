/** Why nothing is done for a token: the authority's rules by their names, and what this side finds. */
export type TokenRule =
  | 'token.card'
  | 'token.changed'
  | 'token.exists'
  | 'token.unknown'
  | 'token.again'
  | 'token.tooMany'
  | 'token.scheme'
  | 'token.refused'
  | 'token.unreachable'
  | 'token.answer'
  | 'token.file'
  | 'token.pins';

const known: readonly string[] = [
  'token.card',
  'token.changed',
  'token.exists',
  'token.unknown',
  'token.again',
  'token.tooMany',
  'token.scheme',
] satisfies TokenRule[];

/** The authority's rule as we know it; one that we do not know is a refusal. */
export function tokenRule(text: unknown): TokenRule {
  return typeof text === 'string' && known.includes(text) ? (text as TokenRule) : 'token.refused';
}

/** Its words are in `token-words.ts`. `detail`: for a log, never holder data. */
export class TokenError extends Error {
  readonly rule: TokenRule;

  constructor(rule: TokenRule, detail = '') {
    super(detail === '' ? rule : `${rule}: ${detail}`);
    this.name = 'TokenError';
    this.rule = rule;
  }
}
