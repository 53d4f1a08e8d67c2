import { type Certificate, readIdentity } from '@madoguchi/pki';
import { type ApplicantIdentity, explainRule } from '@madoguchi/procedure';
import type { Words } from '@madoguchi/ui';
import { type MatchedField, matchIdentity, type Variants } from '../matching/index.js';
import type { MandateStanding } from '../signers/mandate.js';
import { texts } from '../signers/texts.js';
import type { IdentityFinding } from './identity.js';
import { identityLight, type Light, type LightCheck, worst } from './lights.js';
import type { TypedPerson } from './persons.js';
import { comparisonLabels, lightWords } from './words.js';

export type CosignerFault = 'cosign.person' | 'cosign.samePerson' | 'cosign.mandate';

/** Who cosigned: the light of 照合, and why the signature does not count where it cannot be theirs. */
export interface ComparedCosigner {
  readonly light: Light;
  readonly fault: CosignerFault | undefined;
}

const mandateState: Record<MandateStanding, LightCheck['state']> = {
  good: 'good',
  over: 'check',
  revoked: 'bad',
  other: 'bad',
};
const mandateWords: Record<MandateStanding, Words> = {
  good: texts.mandateGood,
  over: texts.mandateOver,
  revoked: texts.mandateRevokedLight,
  other: explainRule('cosign.mandate').what,
};

/**
 * Compares the certificate of a co-signature with the person who was typed into the application (`against: signature`), by the ladder of 照合. Another name or date of
 * birth is another person; an address may be old on one side, which an officer judges. `others`: who has signed already; nobody signs for two.
 */
export function compareCosigner(
  finding: IdentityFinding,
  signer: Certificate | undefined,
  typed: TypedPerson,
  others: readonly ApplicantIdentity[],
  variants: Variants | undefined,
  /** What was found of a mandate, where that is what they sign. */
  mandate?: MandateStanding,
): ComparedCosigner {
  const own = identityLight(finding);
  const read = signer === undefined ? undefined : readIdentity(signer);
  if (read === undefined || !read.ok) return { light: own, fault: 'cosign.person' };
  const certificate = read.value;
  const { name, address, birthDate } = typed;
  const application = {
    name,
    ...(address === undefined ? {} : { address }),
    ...(birthDate === undefined ? {} : { birthDate }),
  };
  const found = matchIdentity({ certificate, application }, variants);
  const isOther = found.name.verdict === 'mismatch' || found.birthDate.verdict === 'mismatch';
  const checks = typedChecks(typed, found);
  if (mandate !== undefined)
    checks.push({
      label: texts.mandate,
      state: mandateState[mandate],
      detail: mandateWords[mandate],
    });
  const theirs = worst(checks.map(({ state }) => state));
  const sentence = (): Words => {
    if (isOther) return lightWords.cosignerOther;
    if (mandate === 'revoked' || mandate === 'over') return mandateWords[mandate];
    if (own.state !== 'good') return own.sentence;
    return theirs === 'good' ? lightWords.cosignerGood : lightWords.cosignerToJudge;
  };
  const fault = (): CosignerFault | undefined => {
    if (mandate === 'other') return 'cosign.mandate';
    if (isOther || own.state === 'bad') return 'cosign.person';
    return others.some((other) => isSame(certificate, other)) ? 'cosign.samePerson' : undefined;
  };
  return {
    light: {
      state: worst([own.state, theirs]),
      sentence: sentence(),
      checks: [...checks, ...own.checks],
    },
    fault: fault(),
  };
}

/** A line for each thing that was typed of the person; only the address may differ without being somebody else's. */
function typedChecks(
  { address, birthDate }: TypedPerson,
  found: ReturnType<typeof matchIdentity>,
): LightCheck[] {
  const fields: MatchedField[] = ['name'];
  if (address !== undefined) fields.push('address');
  if (birthDate !== undefined) fields.push('birthDate');
  return fields.map((field): LightCheck => {
    const { verdict, reason } = found[field];
    const differs = field === 'address' ? 'check' : 'bad';
    return {
      label: comparisonLabels.typed[field],
      state: verdict === 'match' ? 'good' : verdict === 'mismatch' ? differs : 'check',
      detail: reason,
    };
  });
}

function isSame(
  certificate: Parameters<typeof matchIdentity>[0]['certificate'],
  other: ApplicantIdentity,
): boolean {
  const { name, birthDate, address, sex } = matchIdentity({ certificate, application: other });
  return [name, birthDate, address, sex].every(({ verdict }) => verdict === 'match');
}
