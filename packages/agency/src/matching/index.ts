export { matchKana } from './kana.js';
export { loadVariants, VariantTableError } from './load-variants.js';
export { type MatchedField, type MatchInput, matchIdentity } from './match.js';
export type { FieldMatch, Rung } from './reasons.js';
export type { Sex } from './sex.js';
export type { Variants } from './variants.js';
