import {
  type Answers,
  type Application,
  isGroup,
  type PersonRule,
  type ProcedureDefinition,
  rowNumbers,
  type Words,
} from '@madoguchi/procedure';
import { fill } from '@madoguchi/ui/words';
import {
  type FieldMatch,
  type MatchedField,
  matchIdentity,
  matchKana,
  type Variants,
} from '../matching/index.js';
import type { LightCheck } from './lights.js';
import type { Resident, ResidentRegister } from './residents.js';
import { identityWords, lightWords } from './words.js';

/** A person who was typed into the application. */
export interface TypedPerson {
  /** What the definition calls them: 配偶者, 子 2. */
  readonly label: Words;
  /** In a group: the number of their row, from 0. */
  readonly row: number | undefined;
  readonly name: string;
  readonly kana: string | undefined;
  readonly address: string | undefined;
  readonly birthDate: string | undefined;
}

/**
 * The people whom the definition wants compared with the agency's record (`persons`, against `record`), as they stand in the answers: one for each
 * row of a group. Somebody without a name was not typed.
 */
export function typedPersons(
  definition: ProcedureDefinition,
  { answers }: Pick<Application, 'answers'>,
): TypedPerson[] {
  return (definition.persons ?? [])
    .filter(({ against }) => against === 'record')
    .flatMap((rule) => personsOf(definition, answers, rule));
}

/** The people of one rule, as they stand in the answers. */
export function personsOf(
  definition: ProcedureDefinition,
  answers: Answers,
  rule: PersonRule,
): TypedPerson[] {
  const read = (name: string | undefined) =>
    name !== undefined && Object.hasOwn(answers, name) ? answers[name] : undefined;
  const group = definition.fields.find(({ id }) => id === rule.group);
  const rows = group !== undefined && isGroup(group) ? rowNumbers(answers, group) : undefined;
  return (rows ?? [undefined]).flatMap((row) => {
    const named = (field: string | undefined) =>
      read(field === undefined || row === undefined ? field : `${rule.group}.${row}.${field}`);
    const name = named(rule.name);
    if (name === undefined) return [];
    const label =
      row === undefined || group === undefined || !isGroup(group)
        ? rule.label
        : fill(group.row, { number: row + 1 });
    return [
      {
        ...{ label, row, name },
        kana: named(rule.kana),
        address: named(rule.address),
        birthDate: named(rule.birthDate),
      },
    ];
  });
}

/**
 * Compares typed people with the agency's record: looked up by their date of birth, then by the ladder of 照合. Nobody is found without a date of
 * birth, and people may be registered elsewhere: both are for a person to judge, never wrong by themselves. No register, no checks.
 */
export async function personChecks(
  persons: readonly TypedPerson[],
  register: ResidentRegister | undefined,
  variants: Variants | undefined,
): Promise<LightCheck[]> {
  if (persons.length === 0 || register === undefined || !(await register.hasRecords())) return [];
  const checks: LightCheck[] = [];
  for (const person of persons) {
    if (person.birthDate === undefined) {
      checks.push({ label: person.label, state: 'check', detail: lightWords.personWithoutBirth });
      continue;
    }
    const found = (await register.bornOn(person.birthDate))
      .map((resident) => compare(resident, person, variants))
      .filter((fields) => fields[0]?.state !== 'bad')
      .sort((a, b) => weigh(a) - weigh(b))[0];
    if (found === undefined) {
      checks.push({ label: person.label, state: 'check', detail: lightWords.personNotRegistered });
      continue;
    }
    for (const { field, state, reason } of found)
      checks.push({
        label: fill(lightWords.personField, {
          person: person.label,
          field: field === 'kana' ? lightWords.kana : identityWords.fields[field],
        }),
        // What differs about somebody else is a question, not a lie: records and forms are written at different times.
        state: state === 'bad' ? 'check' : state,
        detail: reason,
      });
  }
  return checks;
}

interface Compared {
  readonly field: MatchedField | 'kana';
  readonly state: 'good' | 'check' | 'bad';
  readonly reason: string;
}

/** The name first; the reading where both sides give one. */
function compare(resident: Resident, person: TypedPerson, variants: Variants | undefined): Compared[] {
  const { name, kana, address } = person;
  const application = { name, ...(address === undefined ? {} : { address }) };
  const found = matchIdentity({ certificate: resident, application }, variants);
  const fields: MatchedField[] = address === undefined ? ['name'] : ['name', 'address'];
  const results: [Compared['field'], FieldMatch][] = fields.map((field) => [field, found[field]]);
  if (kana !== undefined && resident.kana) results.splice(1, 0, ['kana', matchKana(resident.kana, kana)]);
  return results.map(([field, { verdict, reason }]) => ({
    field,
    state: verdict === 'match' ? 'good' : verdict === 'mismatch' ? 'bad' : 'check',
    reason,
  }));
}

function weigh(fields: readonly Compared[]): number {
  return fields.reduce((sum, { state }) => sum + { good: 0, check: 1, bad: 3 }[state], 0);
}
