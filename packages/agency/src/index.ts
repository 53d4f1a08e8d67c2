export {
  type FieldMatch,
  type MatchedField,
  type MatchInput,
  matchIdentity,
  type Rung,
  type Sex,
} from './matching/index.js';
