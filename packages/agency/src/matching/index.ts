export { type FieldMatch, type MatchedField, type MatchInput, matchIdentity, type Rung } from './match.js';
export { type Sex, sexInWords, sexTable } from './sex.js';
