/** Officers of an agency: who works at its desk, and what they may do. */
import {
  addOfficer,
  agencyMigrations,
  createDeskLink,
  isRole,
  listDepartments,
  listOfficers,
  type OfficerRow,
  type RoleRow,
  removeOfficer,
  roles,
  setDepartment,
} from '@madoguchi/agency/desk';
import { type Database, migrate } from '@madoguchi/store';
import {
  type Command,
  CommandError,
  type ExitName,
  listOption,
  optional,
  type Values,
} from '../cli/command.js';
import { dataOption, dataPath } from '../cli/data-path.js';
import { existingFolder, withFolder } from '../cli/folder.js';
import { mustBeReachedAt } from '../cli/reached-at.js';
import { knownAgencies } from '../start/known-agencies.js';

export const agencyOption = { agency: { type: 'string' } } as const;
const operator = 'operator';

/** The agency that `--agency` names, the demo's city without it. */
export function agencyOf(values: Values): string {
  const known = knownAgencies(dataPath(values));
  const code = optional(values, 'agency') ?? known[0]?.code ?? '';
  if (known.some((one) => one.code === code)) return code;
  throw new CommandError(
    'usage',
    `--agency is ${code}: one of ${known.map((one) => `${one.code} (${one.name})`).join(', ')}.`,
  );
}

function rolesOf(values: Values): RoleRow[] {
  const given = listOption(values, 'role');
  const unknown = given.find((role) => !isRole(role));
  if (given.length === 0 || unknown !== undefined)
    throw new CommandError(
      'usage',
      `--role ${unknown === undefined ? 'is missing' : `is ${unknown}`}: use ${roles.join(', ')}; it may be repeated.`,
    );
  const scopes = [
    ...listOption(values, 'department').map((id) => `department:${id}`),
    ...listOption(values, 'procedure').map((id) => `procedure:${id}`),
    // Of one-stop applications: one office's parts and nothing else.
    ...listOption(values, 'office').map((id) => `office:${id}`),
  ];
  return given
    .filter(isRole)
    .flatMap((role) => (scopes.length === 0 ? ['*'] : scopes).map((scope) => ({ role, scope })));
}

const faults = {
  officer:
    'An officer’s id has small letters, digits and hyphens, up to 40. It stands in the audit log: no names.',
  roles: `At least one role of ${roles.join(', ')}.`,
  scope: 'An id of a department, procedure or office has small letters, digits and hyphens.',
  unknown: 'There is no such officer (any more): madoguchi agency officer list',
  lastAdmin: 'Nobody would be left to manage officers. Give the role admin to another officer first.',
} as const;

function plainOfficer({ officer, addedAt, endedAt, roles: held, cards }: OfficerRow) {
  return {
    officer,
    roles: held.map(({ role, scope }) => ({ role, scope })),
    cards,
    addedAt: addedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}

async function withDesk<T>(values: Values, work: (sql: Database['sql']) => Promise<T>): Promise<T> {
  return withFolder(existingFolder(values), async ({ database }) => {
    await migrate(database.sql, agencyMigrations);
    return work(database.sql);
  });
}

function officerIn(words: readonly string[], action: string): string {
  const [officer] = words;
  if (officer === undefined)
    throw new CommandError('usage', `Which officer? madoguchi agency officer ${action} ID`);
  return officer;
}

export const officerAdd: Command = {
  options: {
    ...dataOption,
    ...agencyOption,
    role: { type: 'string', multiple: true },
    department: { type: 'string', multiple: true },
    procedure: { type: 'string', multiple: true },
    office: { type: 'string', multiple: true },
    origin: { type: 'string' },
    json: { type: 'boolean' },
  },
  run: async ({ values, words, print, printJson }) => {
    const officer = officerIn(words, 'add');
    const code = agencyOf(values);
    const held = rolesOf(values);
    const origin = mustBeReachedAt(values, 'agency', 'desk');
    return withDesk<ExitName>(values, async (sql) => {
      const now = new Date();
      const fault = await addOfficer(sql, code, { officer, roles: held, by: operator, now });
      if (fault !== undefined) throw new CommandError('no', faults[fault]);
      const agency = { code, origin, basePath: `/a/${code}` };
      const link = await createDeskLink({ sql, agency, now, officer });
      if (values.json === true) printJson({ officer, link });
      else {
        print(`${officer}: ${held.map(({ role, scope }) => `${role} ${scope}`).join(', ')}`);
        print(
          '一度だけのリンク（本人がカードを登録します） One-time link, by which the officer registers a card:',
        );
        print(link);
      }
      return 'good';
    });
  },
};

export const officerList: Command = {
  options: { ...dataOption, ...agencyOption, json: { type: 'boolean' } },
  run: async ({ values, print, printJson }) => {
    const code = agencyOf(values);
    return withDesk<ExitName>(values, async (sql) => {
      const officers = (await listOfficers(sql, code)).map(plainOfficer);
      if (values.json === true) printJson(officers);
      else {
        for (const { officer, roles: held, cards, endedAt } of officers) {
          const what =
            endedAt === null
              ? held.map(({ role, scope }) => (scope === '*' ? role : `${role} (${scope})`)).join(', ')
              : `removed ${endedAt.slice(0, 10)}`;
          print(`${officer.padEnd(20)} ${String(cards).padStart(2)} cards  ${what}`);
        }
        for (const { department, procedures } of await listDepartments(sql, code))
          print(`department ${department}: ${procedures.join(', ')}`);
      }
      return 'good';
    });
  },
};

export const officerRemove: Command = {
  options: { ...dataOption, ...agencyOption },
  run: async ({ values, words, print }) => {
    const officer = officerIn(words, 'remove');
    const code = agencyOf(values);
    return withDesk<ExitName>(values, async (sql) => {
      const fault = await removeOfficer(sql, code, { officer, by: operator, now: new Date() });
      if (fault !== undefined) throw new CommandError('no', faults[fault]);
      print(`${officer}: removed. Sessions, links and cards open nothing from now on.`);
      return 'good';
    });
  },
};

export const agencyDepartment: Command = {
  options: { ...dataOption, ...agencyOption, procedure: { type: 'string', multiple: true } },
  run: async ({ values, words, print }) => {
    const [department] = words;
    if (department === undefined)
      throw new CommandError('usage', 'Which department? madoguchi agency department ID --procedure P…');
    const code = agencyOf(values);
    const procedures = listOption(values, 'procedure');
    return withDesk<ExitName>(values, async (sql) => {
      const input = { department, procedures, by: operator, now: new Date() };
      const fault = await setDepartment(sql, code, input);
      if (fault !== undefined) throw new CommandError('usage', faults[fault]);
      print(
        procedures.length === 0
          ? `${department}: no procedures any more.`
          : `${department}: ${procedures.join(', ')}`,
      );
      return 'good';
    });
  },
};
