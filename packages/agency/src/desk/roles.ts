/** What somebody may do at the desk, as data: roles, their acts, and how far each grant reaches. Pure. */

/** 受付, 審査, 決裁, 監査, 管理. */
export const roles = ['reception', 'examiner', 'approver', 'auditor', 'admin'] as const;
export type Role = (typeof roles)[number];

/**
 * `view` a case with its answers and attachments · `note` · `assign` to oneself · `recheck` · `match`: decide a near match · `correct`: ask for a
 * correction · `propose` a decision · `decide`: accept or reject · `evidence`: export it · `export` lists to core systems · `figures` · `audit`: see the chain ·
 * `connect`: keys and addresses of core systems · `staff`: officers and their roles ·
 * `variants`: propose rows of the table of character forms · `confirmVariants`: put them in force, and end them.
 */
export type Act =
  | 'view'
  | 'note'
  | 'assign'
  | 'recheck'
  | 'match'
  | 'correct'
  | 'propose'
  | 'decide'
  | 'evidence'
  | 'export'
  | 'figures'
  | 'audit'
  | 'connect'
  | 'staff'
  | 'variants'
  | 'confirmVariants';

/** Reading with write access to nothing is what an auditor needs; who manages accounts sees no application. */
export const actsOf: Record<Role, readonly Act[]> = {
  reception: ['view', 'note', 'assign', 'recheck', 'correct', 'figures'],
  examiner: [
    ...(['view', 'note', 'assign', 'recheck', 'match', 'correct', 'propose', 'evidence', 'figures'] as const),
    'variants',
  ],
  approver: [
    ...(['view', 'note', 'assign', 'recheck', 'match', 'correct', 'propose', 'decide'] as const),
    ...(['evidence', 'export', 'figures', 'variants', 'confirmVariants'] as const),
  ],
  auditor: ['view', 'evidence', 'figures', 'audit'],
  admin: ['figures', 'audit', 'connect', 'staff'],
};

/** One role of an officer, and over which procedures it reaches; or over an office's parts of one-stop applications only, whatever the procedure. */
export interface Grant {
  readonly role: Role;
  readonly procedures: 'all' | readonly string[];
  readonly offices?: readonly string[];
}

/**
 * May somebody with these grants do this? `procedure`: of the case it is about, null where the case names none (only who has the whole agency sees
 * it); left out where the act is about no case.
 */
export function may(grants: readonly Grant[], act: Act, procedure?: string | null): boolean {
  return grants.some(({ role, procedures }) => {
    if (!actsOf[role].includes(act)) return false;
    if (procedures === 'all' || procedure === undefined) return true;
    return procedure !== null && procedures.includes(procedure);
  });
}

/** The procedures over which these grants allow an act. */
export function reach(grants: readonly Grant[], act: Act): 'all' | string[] {
  const found = grants.filter(({ role }) => actsOf[role].includes(act));
  if (found.some(({ procedures }) => procedures === 'all')) return 'all';
  return [...new Set(found.flatMap(({ procedures }) => (procedures === 'all' ? [] : procedures)))];
}

/** May somebody with these grants do this with an office's part of a one-stop application? Whoever has the procedure has all its parts. */
export function mayPart(
  grants: readonly Grant[],
  act: Act,
  { procedure, office }: { procedure: string | null; office: string },
): boolean {
  return (
    may(grants, act, procedure) ||
    grants.some(({ role, offices }) => actsOf[role].includes(act) && offices?.includes(office) === true)
  );
}

/** Over which parts these grants allow an act: all of some procedures, and those of some offices. */
export interface OfficeReach {
  readonly procedures: 'all' | readonly string[];
  readonly offices: readonly string[];
}

export function reachParts(grants: readonly Grant[], act: Act): OfficeReach {
  const offices = grants.flatMap((grant) => (actsOf[grant.role].includes(act) ? (grant.offices ?? []) : []));
  return { procedures: reach(grants, act), offices: [...new Set(offices)] };
}

/** How far a role reaches, as it is stored: `*`, `department:ID`, `procedure:ID` or `office:ID`. */
export const scopePattern = /^(\*|(department|procedure|office):[a-z0-9][a-z0-9-]{0,63})$/;
/** Ids of officers: they stand in the audit chain, so they are no names. */
export const officerPattern = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** Whether this is the name of a role. */
export function isRole(text: string): text is Role {
  return roles.some((role) => role === text);
}
