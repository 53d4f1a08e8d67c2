import type { Application } from '@madoguchi/procedure';
import type { Sql } from '@madoguchi/store';
import type { MatchQuestion } from '../desk/match-section.js';
import type { Lights } from '../verification/lights.js';
import type { Resident } from '../verification/residents.js';

/** What there is to decide about a look's 照合; undefined where it is good, or nobody remembers such decisions. */
export async function matchQuestion(
  sql: Sql,
  agency: string,
  lights: Lights | undefined,
  applicant: Application['applicant'] | undefined,
): Promise<MatchQuestion | undefined> {
  const record = lights?.identity.record;
  if (record === undefined || applicant === undefined || lights?.identity.state === 'good') return undefined;
  const [resident] =
    record.resident === undefined
      ? []
      : await sql<Resident[]>`select resident_id as id, name, address, birth_date as "birthDate", sex
          from agency.residents where agency = ${agency} and resident_id = ${record.resident}`;
  // Somebody was found, and nothing about them is open: what is not good is something else.
  if (record.resident !== undefined && (resident === undefined || record.differing.length === 0))
    return undefined;
  return {
    resident,
    // What was signed repeats the certificate; where it does not, the light says so.
    differing: record.differing.map(({ field }) => ({ field, certificate: applicant[field] })),
  };
}
