import { addOfficer, createDeskLink, type LoadedProcedure, listOfficers } from '@madoguchi/agency';
import type { Sql } from '@madoguchi/store';
import { words } from '@madoguchi/ui';

/** An office that decides its parts of one-stop applications (ワンストップ), with an officer of its own at the desk of the agency that receives them. */
export interface OfficeDesk {
  /** Id, as in the roles' scope `office:ID`: police. */
  office: string;
  /** As the citizen reads it: 見本警察署. */
  name: string;
  /** police-1: sees and decides this office's parts, and nothing else. */
  officer: string;
  /** An address that opens the desk for this officer once. */
  desk: string;
}

interface Place {
  sql: Sql;
  agency: Parameters<typeof createDeskLink>[0]['agency'];
  procedures: readonly LoadedProcedure[];
  clock: () => Date;
}

/**
 * The offices that an agency's definitions name, each with an officer who may examine and decide its parts. An officer whom the operator has removed or given other roles
 * stays as they are. The agency's own first officer must be there before: who comes first has every role.
 */
export async function officeDesks({ sql, agency, procedures, clock }: Place): Promise<OfficeDesk[]> {
  const offices = new Map<string, string>();
  for (const { definition } of procedures)
    for (const part of definition.parts ?? []) {
      const office = part.office ?? part.id;
      if (!offices.has(office)) offices.set(office, words(part.authority, 'ja'));
    }
  const known = await listOfficers(sql, agency.code);
  const desks: OfficeDesk[] = [];
  for (const [office, name] of offices) {
    const officer = `${office}-1`;
    const found = known.find((one) => one.officer === officer);
    if (found !== undefined && found.endedAt !== null) continue;
    const scope = `office:${office}`;
    const roles = [
      { role: 'examiner', scope },
      { role: 'approver', scope },
    ] as const;
    if (found === undefined)
      await addOfficer(sql, agency.code, { officer, roles, by: 'operator', now: clock() });
    desks.push({ office, name, officer, desk: await createDeskLink({ sql, agency, now: clock(), officer }) });
  }
  return desks;
}
