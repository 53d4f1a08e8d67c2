/** The comparison of the four items with a register, and its table of character forms. Loads neither database nor web server. */
export {
  type FieldMatch,
  loadVariants,
  type MatchedField,
  type MatchInput,
  matchIdentity,
  type Variants,
  VariantTableError,
} from '../matching/index.js';
