import { type Certificate, type Identity, readIdentity } from '@madoguchi/pki';
import type { Application, IdentityItem } from '@madoguchi/procedure';
import type { Agreement, LinkBasis, ResidentLinks } from '../links/resident-links.js';
import { type FieldMatch, type MatchedField, matchIdentity, type Variants } from '../matching/index.js';
import type { Resident, ResidentRegister } from './residents.js';

export interface ComparedField {
  readonly field: MatchedField;
  readonly state: 'good' | 'check' | 'bad';
  readonly result: FieldMatch;
  /** An officer decided that these two values are the same person's. */
  readonly agreed?: Agreement;
}

/** Whose record the certificate was compared with, by ids and digests only. */
export interface RecordFinding {
  /** See `certificateName`. */
  readonly certificate: string;
  /** Number of the resident; undefined where nobody was found. */
  readonly resident: string | undefined;
  /** The certificate was known to be this resident's. */
  readonly basis: LinkBasis | undefined;
  /** What is not good by itself, to be decided by an officer. */
  readonly differing: readonly { readonly field: MatchedField; readonly pair: string }[];
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
      readonly register: 'found' | 'notFound' | 'absent' | 'others';
      /** Absent where the agency remembers nothing between certificates and residents. */
      readonly record?: RecordFinding;
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
  const { links } = register;
  const known = await links?.know(signer);
  const { best, others } = known?.linked
    ? { best: candidateOf(identity, known.linked.resident, items, variants), others: 0 }
    : bestOf(identity, await register.bornOn(identity.birthDate), items, variants, known?.others);
  const found = {
    certificate: known?.name ?? '',
    resident: best?.resident.id,
    basis: known?.linked?.basis,
  };
  if (best === undefined) {
    const record = links && { record: { ...found, differing: [] } };
    return { kind: 'compared', comparisons, register: others > 0 ? 'others' : 'notFound', ...record };
  }
  const { fields, differing } = await decidedBefore(identity, best, links, found.certificate);
  return {
    kind: 'compared',
    comparisons: [...comparisons, { against: 'record', fields }],
    register: 'found',
    ...(links && { record: { ...found, differing } }),
  };
}

/** What an officer has decided about these very values counts; what is still open has a name, so that it can be decided. */
async function decidedBefore(
  identity: Identity,
  { resident, fields }: Candidate,
  links: ResidentLinks | undefined,
  certificate: string,
): Promise<{ fields: readonly ComparedField[]; differing: RecordFinding['differing'] }> {
  if (links === undefined) return { fields, differing: [] };
  const named = fields.map((one) => ({
    ...one,
    pair:
      one.state === 'good'
        ? ''
        : links.pairOf({ field: one.field, certificate: identity[one.field], record: resident[one.field] }),
  }));
  const open = named.filter(({ state }) => state !== 'good');
  const agreements = await links.agreed(
    certificate,
    resident.id,
    open.map(({ pair }) => pair),
  );
  return {
    fields: named.map(({ pair, ...one }) => {
      const agreed = agreements.get(pair);
      return agreed === undefined ? one : { ...one, state: 'good', agreed };
    }),
    differing: open.map(({ field, pair }) => ({ field, pair })),
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

interface Candidate {
  readonly resident: Resident;
  readonly fields: readonly ComparedField[];
}

function candidateOf(
  identity: Identity,
  resident: Resident,
  items: readonly MatchedField[],
  variants: Variants | undefined,
): Candidate {
  return { resident, fields: compare(identity, resident, items, variants) };
}

/** Of those born that day, the one whose name fits; then the one whose other items fit best. `known`: decided to be somebody else. */
function bestOf(
  identity: Identity,
  residents: readonly Resident[],
  items: readonly MatchedField[],
  variants: Variants | undefined,
  known: ReadonlySet<string> = new Set(),
): { best: Candidate | undefined; others: number } {
  const weight: Record<ComparedField['state'], number> = { good: 0, check: 1, bad: 3 };
  const candidates = residents
    .map((resident) => ({
      name: compare(identity, resident, ['name'], variants)[0]?.state ?? 'bad',
      candidate: candidateOf(identity, resident, items, variants),
    }))
    .filter(({ name }) => name !== 'bad')
    .map(({ name, candidate }) => ({
      candidate,
      cost: candidate.fields.reduce((sum, field) => sum + weight[field.state], weight[name]),
    }))
    .sort((a, b) => a.cost - b.cost);
  const free = candidates.filter(({ candidate }) => !known.has(candidate.resident.id));
  return { best: free[0]?.candidate, others: candidates.length - free.length };
}
