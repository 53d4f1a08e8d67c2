import {
  type Application,
  holds,
  markText,
  type ProcedureDefinition,
  type SignerRule,
  scopeOf,
} from '@madoguchi/procedure';
import { fill, japaneseDay, type Words } from '@madoguchi/ui/words';
import { personsOf, type TypedPerson } from '../verification/persons.js';

/** Somebody besides the applicant who must sign (共有者, 委任者). */
export interface WantedSigner {
  /** The rule's id; in a group with the number of the row: `coOwner.0`. What a relation calls `signer`. */
  readonly id: string;
  readonly rule: SignerRule;
  readonly person: TypedPerson;
  /** 共有者 1 */
  readonly label: Words;
}

/** Who must sign an application besides its applicant, as definition and answers say: nobody, one, or one for each row. */
export function wantedSigners(
  definition: ProcedureDefinition,
  { answers }: Pick<Application, 'answers'>,
): WantedSigner[] {
  const scope = scopeOf(definition, answers);
  return (definition.signers ?? [])
    .filter((rule) => holds(rule.when, scope))
    .flatMap((rule) => {
      const whose = definition.persons?.find(({ id }) => id === rule.person);
      if (whose === undefined) return [];
      return personsOf(definition, answers, whose).map((person) => ({
        id: person.row === undefined ? rule.id : `${rule.id}.${person.row}`,
        rule,
        person,
        label: person.label,
      }));
    });
}

const usualDays = 14;

/** The last day to sign, in Japan, YYYY-MM-DD: the shortest time that a rule gives counts. */
export function signBy(wanted: readonly WantedSigner[], now: Date): string {
  const days = Math.min(...wanted.map(({ rule }) => rule.days ?? usualDays));
  return japaneseDay(now, days);
}

/** 共有者 1　総務　花子 */
export function signerName({ label, person }: WantedSigner): Words {
  return fill(
    { ja: '{label}　{name}', jaEasy: '{label}　{name}', en: '{label}: {name}' },
    { label, name: markText(person.name) },
  );
}
