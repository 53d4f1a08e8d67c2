import { appendAudit, type Sql, type Tx } from '@madoguchi/store';
import { auditChain } from '../cases/audit-chain.js';
import { type Grant, isRole, officerPattern, type Role, roles, scopePattern } from './roles.js';

/** A role as it was given: with its scope as text. */
export interface RoleRow {
  readonly role: Role;
  readonly scope: string;
}

/** An officer as the register of an agency has them, also after their end. */
export interface OfficerRow {
  readonly officer: string;
  readonly addedAt: Date;
  /** Null while they work here. */
  readonly endedAt: Date | null;
  readonly roles: readonly RoleRow[];
  /** How many cards open the desk for them. */
  readonly cards: number;
}

/** Why an officer was not added or removed. */
export type StaffFault = 'officer' | 'roles' | 'scope' | 'unknown' | 'lastAdmin';

/**
 * Adds an officer with these roles, or gives one who is here exactly these; whoever was removed comes back. `by`: `officer:ID` or `operator`. The
 * last who manages officers of the whole agency cannot lose that: nobody could give it back.
 */
export async function addOfficer(
  sql: Sql,
  agency: string,
  input: { officer: string; roles: readonly RoleRow[]; by: string; now: Date },
): Promise<StaffFault | undefined> {
  const { officer, by, now } = input;
  if (!officerPattern.test(officer)) return 'officer';
  if (input.roles.length === 0 || input.roles.some(({ role }) => !isRole(role))) return 'roles';
  if (input.roles.some(({ scope }) => !scopePattern.test(scope))) return 'scope';
  return sql.begin(async (tx) => {
    await lockStaff(tx, agency);
    const keeps = input.roles.some(({ role, scope }) => role === 'admin' && scope === '*');
    if (!keeps && (await isLastAdmin(tx, agency, officer))) return 'lastAdmin';
    await tx`insert into agency.officers (agency, officer, added_by, added_at) values (${agency}, ${officer}, ${by}, ${now})
      on conflict (agency, officer) do update set ended_at = null`;
    await tx`delete from agency.officer_roles where agency = ${agency} and officer = ${officer}`;
    for (const { role, scope } of input.roles)
      await tx`insert into agency.officer_roles (agency, officer, role, scope)
        values (${agency}, ${officer}, ${role}, ${scope}) on conflict do nothing`;
    await appendAudit(tx, auditChain(agency), {
      at: now,
      actor: by,
      action: 'desk.officerAdded',
      subject: officer,
      detail: { roles: input.roles.map(({ role, scope }) => `${role} ${scope}`).join(', ') },
    });
    return undefined;
  });
}

/** Ends an officer: their sessions, links and cards open nothing from now on. What they did keeps their id. */
export async function removeOfficer(
  sql: Sql,
  agency: string,
  input: { officer: string; by: string; now: Date },
): Promise<StaffFault | undefined> {
  const { officer, by, now } = input;
  return sql.begin(async (tx) => {
    await lockStaff(tx, agency);
    if (await isLastAdmin(tx, agency, officer)) return 'lastAdmin';
    const ended = await tx`update agency.officers set ended_at = ${now}
      where agency = ${agency} and officer = ${officer} and ended_at is null returning 1`;
    if (ended.length === 0) return 'unknown';
    await tx`delete from agency.desk_sessions where agency = ${agency} and officer = ${officer}`;
    await tx`delete from agency.desk_links where agency = ${agency} and officer = ${officer}`;
    await tx`delete from agency.desk_cards where agency = ${agency} and officer = ${officer}`;
    await tx`update agency.cases set assigned_to = null where agency = ${agency} and assigned_to = ${officer}`;
    const entry = { at: now, actor: by, action: 'desk.officerRemoved', subject: officer };
    await appendAudit(tx, auditChain(agency), entry);
    return undefined;
  });
}

/** Where nobody was ever registered the first one, `desk`, has every role: the one who then registers the others. */
export async function ensureFirstOfficer(sql: Sql, agency: string, now: Date): Promise<void> {
  await sql.begin(async (tx) => {
    await lockStaff(tx, agency);
    const made = await tx`insert into agency.officers (agency, officer, added_by, added_at)
      select ${agency}, 'desk', 'system', ${now}
      where not exists (select 1 from agency.officers where agency = ${agency}) returning 1`;
    if (made.length === 0) return;
    await tx`insert into agency.officer_roles (agency, officer, role)
      select ${agency}, 'desk', role from unnest(${[...roles]}::text[]) as role`;
    const entry = { at: now, actor: 'system', action: 'desk.officerAdded', subject: 'desk' };
    await appendAudit(tx, auditChain(agency), { ...entry, detail: { roles: roles.join(', ') } });
  });
}

/** All who are or were officers of an agency, by their id. */
export async function listOfficers(sql: Sql, agency: string): Promise<OfficerRow[]> {
  return sql<OfficerRow[]>`select o.officer, o.added_at as "addedAt", o.ended_at as "endedAt",
      coalesce((select json_agg(json_build_object('role', r.role, 'scope', r.scope) order by r.role, r.scope)
        from agency.officer_roles r where r.agency = o.agency and r.officer = o.officer), '[]') as roles,
      (select count(*)::int from agency.desk_cards c where c.agency = o.agency and c.officer = o.officer) as cards
    from agency.officers o where o.agency = ${agency} order by o.officer`;
}

/** What an officer may do now; undefined for whoever is not, or no longer, an officer here. */
export async function grantsOf(sql: Sql, agency: string, officer: string): Promise<Grant[] | undefined> {
  const [here] = await sql`select 1 from agency.officers
    where agency = ${agency} and officer = ${officer} and ended_at is null`;
  if (here === undefined) return undefined;
  const rows = await sql<{ role: string; scope: string; department: string[] }[]>`select role, scope,
      array(select procedure_id from agency.departments d
        where d.agency = r.agency and r.scope = 'department:' || d.department) as department
    from agency.officer_roles r where agency = ${agency} and officer = ${officer}`;
  return rows.flatMap(({ role, scope, department }): Grant[] => {
    // A role of a later version is none here.
    if (!isRole(role)) return [];
    if (scope === '*') return [{ role, procedures: 'all' }];
    if (scope.startsWith('office:')) return [{ role, procedures: [], offices: [scope.slice(7)] }];
    return [{ role, procedures: scope.startsWith('procedure:') ? [scope.slice(10)] : department }];
  });
}

/** Says which procedures a department examines; none: it is no longer one. */
export async function setDepartment(
  sql: Sql,
  agency: string,
  input: { department: string; procedures: readonly string[]; by: string; now: Date },
): Promise<StaffFault | undefined> {
  const { department, procedures, by, now } = input;
  if (!scopePattern.test(`department:${department}`)) return 'scope';
  if (procedures.some((id) => !scopePattern.test(`procedure:${id}`))) return 'scope';
  await sql.begin(async (tx) => {
    await tx`delete from agency.departments where agency = ${agency} and department = ${department}`;
    for (const id of procedures)
      await tx`insert into agency.departments (agency, department, procedure_id)
        values (${agency}, ${department}, ${id}) on conflict do nothing`;
    const entry = { at: now, actor: by, action: 'desk.departmentSet', subject: department };
    await appendAudit(tx, auditChain(agency), { ...entry, detail: { procedures: procedures.join(', ') } });
  });
  return undefined;
}

/** The departments of an agency with the procedures that each examines (their ids, sorted). */
export async function listDepartments(
  sql: Sql,
  agency: string,
): Promise<{ department: string; procedures: string[] }[]> {
  return sql`select department, array_agg(procedure_id order by procedure_id) as procedures
    from agency.departments where agency = ${agency} group by department order by department`;
}

async function lockStaff(tx: Tx, agency: string): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtext(${`agency.officers ${agency}`}))`;
}

async function isLastAdmin(tx: Tx, agency: string, officer: string): Promise<boolean> {
  const admins = await tx<{ officer: string }[]>`select distinct r.officer from agency.officer_roles r
    join agency.officers o on o.agency = r.agency and o.officer = r.officer
    where r.agency = ${agency} and r.role = 'admin' and r.scope = '*' and o.ended_at is null`;
  return admins.length === 1 && admins[0]?.officer === officer;
}
