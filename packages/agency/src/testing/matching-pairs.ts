import { type MatchedField, type MatchInput, matchIdentity, type Rung } from '../matching/index.js';
import { addressGroups } from './matching-pairs-addresses.js';
import { dateGroups } from './matching-pairs-dates.js';
import { nameGroups } from './matching-pairs-names.js';

/** [certificate, its substitution flags, application, rung, `near` where the rung alone does not tell]. */
export type Row = readonly [string, string | undefined, string, Rung, 'near'?];

/** Pairs that stand for one rule or one thing that happens at a counter; `source` says which. */
export interface Group {
  readonly field: MatchedField;
  readonly source: string;
  readonly rows: readonly Row[];
}

export interface Pair {
  readonly field: MatchedField;
  readonly source: string;
  readonly certificate: string;
  readonly flags: string | undefined;
  readonly application: string;
  readonly rung: Rung;
  readonly verdict: 'match' | 'near' | 'mismatch';
}

export const pairs: readonly Pair[] = [...nameGroups, ...addressGroups, ...dateGroups].flatMap(
  ({ field, source, rows }) =>
    rows.map(([certificate, flags, application, rung, near]) => ({
      field,
      source,
      certificate,
      flags,
      application,
      rung,
      verdict: near ?? (rung === 'none' ? 'mismatch' : rung === 'variant' ? 'near' : 'match'),
    })),
);

const person: MatchInput['certificate'] = {
  name: '総務　太郎',
  address: '見本県見本市中央一丁目２番３号',
  birthDate: '1975-04-01',
  sex: 'male',
};

/** Compares one field. */
export function matchField(
  field: MatchedField,
  certificate: string,
  flags: string | undefined,
  application: string,
) {
  const input = {
    certificate: {
      ...person,
      [field]: certificate,
      ...(flags === undefined ? {} : { [`${field}Substitution`]: flags }),
    },
    application: { [field]: application },
  } as MatchInput;
  return matchIdentity(input)[field];
}
