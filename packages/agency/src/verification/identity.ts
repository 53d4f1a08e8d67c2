import { type Certificate, type Identity, readIdentity } from '@madoguchi/pki';
import type { Application, IdentityItem } from '@madoguchi/procedure';
import { type FieldMatch, type MatchedField, matchIdentity, type Variants } from '../matching/index.js';
import type { Resident, ResidentRegister } from './residents.js';

export interface ComparedField {
  readonly field: MatchedField;
  readonly state: 'good' | 'check' | 'bad';
  readonly result: FieldMatch;
}

interface Comparison {
  /** What the certificate was compared with. */
  readonly against: 'application' | 'record' | 'earlier';
  readonly fields: readonly ComparedField[];
}

export type IdentityFinding =
  | { readonly kind: 'noSigner' | 'noIdentity' }
  | {
      readonly kind: 'compared';
      /** First the application, then the first submission of a corrected case, then the agency's record where there is one. */
      readonly comparisons: readonly Comparison[];
      readonly register: 'found' | 'notFound' | 'absent';
    };

/**
 * Compares the certificate's 基本4情報 with what was signed (it must be the very same) and with the agency's record of that person.
 * `items`: what the procedure wants compared. `earlier`: the applicant of the submission that this one corrects, who must be the same person; the address
 * may have changed.
 */
export async function compareIdentity(
  signer: Certificate | undefined,
  applicant: Application['applicant'] | undefined,
  items: readonly IdentityItem[],
  register: ResidentRegister | undefined,
  variants: Variants | undefined,
  earlier?: Application['applicant'],
): Promise<IdentityFinding> {
  if (signer === undefined) return { kind: 'noSigner' };
  const read = readIdentity(signer);
  if (read === undefined || !read.ok) return { kind: 'noIdentity' };
  const identity = read.value;
  // All four: the application copies the certificate, so that any difference is a lie or a defect.
  const comparisons: Comparison[] =
    applicant === undefined
      ? []
      : [
          {
            against: 'application',
            fields: compare(identity, applicant, ['name', 'address', 'birthDate', 'sex'], variants),
          },
        ];
  if (earlier !== undefined)
    comparisons.push({
      against: 'earlier',
      fields: compare(identity, earlier, ['name', 'birthDate'], variants),
    });
  if (register === undefined || !(await register.hasRecords())) {
    return { kind: 'compared', comparisons, register: 'absent' };
  }
  const best = bestOf(identity, await register.bornOn(identity.birthDate), items, variants);
  if (best === undefined) return { kind: 'compared', comparisons, register: 'notFound' };
  return {
    kind: 'compared',
    comparisons: [...comparisons, { against: 'record', fields: best }],
    register: 'found',
  };
}

function compare(
  identity: Identity,
  other: Omit<Resident, 'id'>,
  items: readonly MatchedField[],
  variants: Variants | undefined,
): ComparedField[] {
  const { name, address, birthDate, sex } = other;
  const application = { name, address, birthDate, sex };
  const found = matchIdentity({ certificate: identity, application }, variants);
  return items.map((field) => {
    const result = found[field];
    return {
      field,
      result,
      state: result.verdict === 'match' ? 'good' : result.verdict === 'mismatch' ? 'bad' : 'check',
    };
  });
}

/** Of those born that day, the one whose name fits; then the one whose other items fit best. */
function bestOf(
  identity: Identity,
  residents: readonly Resident[],
  items: readonly MatchedField[],
  variants: Variants | undefined,
): ComparedField[] | undefined {
  const weight: Record<ComparedField['state'], number> = { good: 0, check: 1, bad: 3 };
  const candidates = residents
    .map((resident) => ({
      name: compare(identity, resident, ['name'], variants)[0]?.state ?? 'bad',
      fields: compare(identity, resident, items, variants),
    }))
    .filter(({ name }) => name !== 'bad')
    .map(({ name, fields }) => ({
      fields,
      cost: fields.reduce((sum, field) => sum + weight[field.state], weight[name]),
    }))
    .sort((a, b) => a.cost - b.cost);
  return candidates[0]?.fields;
}
