export { type FieldMatch, type MatchedField, type MatchInput, matchIdentity, type Rung } from './match.js';
export type { Sex } from './sex.js';
