export { matchKana } from './kana.js';
export { loadVariants, VariantTableError } from './load-variants.js';
export { type MatchedField, type MatchInput, matchIdentity } from './match.js';
export { type FieldMatch, ownRowMark, type Rung } from './reasons.js';
export type { Sex } from './sex.js';
export { parseVariantFile, type VariantFault, type VariantKind, type VariantRow } from './variant-file.js';
export { type Variants, variantsOf } from './variants.js';
