import type { CaContext } from '../context.js';
import { recordPeople } from '../counter/people.js';
import { CaError } from '../error.js';

interface Setting {
  readonly default: string;
  readonly means: string;
  /** Whole numbers from and to, or the words that are allowed. */
  readonly allowed: readonly [number, number] | readonly string[];
}

const number = (value: number, from: number, to: number, means: string): Setting => ({
  default: String(value),
  means,
  allowed: [from, to],
});

/** What an office decides for itself; the defaults are those of the reference, or ours where it is silent. */
export const officeSettings = {
  letterDays: number(60, 1, 366, 'days within which a letter of inquiry (照会書) is answered'),
  idleMinutes: number(15, 1, 480, 'minutes without a step after which a session of the counter ends'),
  sessionHours: number(9, 1, 24, 'hours after which every session of the counter ends'),
  actMinutes: number(30, 5, 240, 'minutes for which an act waits for the applicant’s passwords'),
  lossMisses: number(20, 1, 1000, 'misses in an hour after which the loss line waits for one operator'),
  overlapHours: number(
    24,
    1,
    168,
    'hours after which an online renewal supersedes the old certificate even where the card did not say that it changed over',
  ),
  attemptsPerDay: number(
    20,
    1,
    1000,
    'online renewals of one certificate, and tokens of one person, that may be begun within 24 hours: what is begun and not ended stands in the lists as revoked',
  ),
  reader: {
    default: 'server',
    means:
      'which reader the counter uses first: the authority’s own machine’s (server), or the one on the clerk’s desk by the signing agent (agent)',
    allowed: ['server', 'agent'],
  },
  wardRevokes: {
    default: 'nothing',
    means:
      'what the beginning of guardianship (成年被後見) ends: it is not among the grounds that the Act and municipal pages list, so by default nothing (the municipal manual was not read); a new signature certificate is refused in any case',
    allowed: ['nothing', 'signature'],
  },
} as const satisfies Record<string, Setting>;

export type OfficeSettingName = keyof typeof officeSettings;
export const officeSettingNames = Object.keys(officeSettings) as readonly OfficeSettingName[];

/** The settings in force, read. */
export interface Office {
  readonly letterDays: number;
  readonly idleMinutes: number;
  readonly sessionHours: number;
  readonly actMinutes: number;
  readonly lossMisses: number;
  readonly overlapHours: number;
  readonly attemptsPerDay: number;
  readonly reader: 'server' | 'agent';
  readonly wardRevokes: 'nothing' | 'signature';
}

const prefix = 'office.';
const knownMs = 5000;
const known = new WeakMap<object, { readonly at: number; readonly all: Promise<Office> }>();

/** The office's settings, at most five seconds old: every page asks for them, and every process has the same. */
export function officeOf(ctx: Pick<CaContext, 'sql'>): Promise<Office> {
  const found = known.get(ctx.sql);
  if (found !== undefined && performance.now() - found.at < knownMs) return found.all;
  const all = read(ctx);
  known.set(ctx.sql, { at: performance.now(), all });
  all.catch(() => known.delete(ctx.sql));
  return all;
}

async function read(ctx: Pick<CaContext, 'sql'>): Promise<Office> {
  const rows = await ctx.sql<{ name: string; value: string }[]>`
    select name, value from ca.setting where name like ${`${prefix}%`}`;
  const value = (name: OfficeSettingName) => {
    const stored = rows.find((row) => row.name === prefix + name)?.value;
    return stored !== undefined && isAllowed(name, stored) ? stored : officeSettings[name].default;
  };
  return {
    letterDays: Number(value('letterDays')),
    idleMinutes: Number(value('idleMinutes')),
    sessionHours: Number(value('sessionHours')),
    actMinutes: Number(value('actMinutes')),
    lossMisses: Number(value('lossMisses')),
    overlapHours: Number(value('overlapHours')),
    attemptsPerDay: Number(value('attemptsPerDay')),
    reader: value('reader') === 'agent' ? 'agent' : 'server',
    wardRevokes: value('wardRevokes') === 'signature' ? 'signature' : 'nothing',
  };
}

function isAllowed(name: OfficeSettingName, value: string): boolean {
  const { allowed } = officeSettings[name];
  const [from, to] = allowed;
  if (typeof from === 'string' || typeof to === 'string')
    return (allowed as readonly string[]).includes(value);
  return /^\d{1,6}$/.test(value) && Number(value) >= from && Number(value) <= to;
}

/** What may stand there, in words. */
export function allowedWords(name: OfficeSettingName): string {
  const { allowed } = officeSettings[name];
  return typeof allowed[0] === 'string' ? allowed.join(' or ') : `${allowed[0]} to ${allowed[1]}`;
}

/** Changes one setting, with its line in the audit chain. Throws CaError for a name or value that is none. */
export async function setOffice(ctx: CaContext, given: string, value: string, actor: string): Promise<void> {
  const name = officeSettingNames.find((one) => one === given);
  if (name === undefined) throw noSetting(given);
  if (!isAllowed(name, value)) throw badValue(name, value);
  const now = ctx.clock();
  await ctx.sql.begin(async (tx) => {
    await tx`insert into ca.setting (name, value) values (${prefix + name}, ${value})
      on conflict (name) do update set value = excluded.value`;
    await recordPeople(tx, {
      at: now,
      actor,
      action: 'office.setting',
      subject: name,
      detail: { value },
    });
  });
  known.delete(ctx.sql);
}

function noSetting(name: string): CaError {
  const list = officeSettingNames.join(', ');
  return new CaError('office.name', {
    ja: `「${name.slice(0, 40)}」という設定はありません。あるもの: ${list}`,
    jaEasy: `その {設定|せってい}は ありません。ある もの: ${list}`,
    en: `There is no setting "${name.slice(0, 40)}". There are: ${list}`,
  });
}

function badValue(name: OfficeSettingName, value: string): CaError {
  const allowed = allowedWords(name);
  return new CaError('office.value', {
    ja: `${name} に「${value.slice(0, 40)}」は使えません。使えるもの: ${allowed}`,
    jaEasy: `${name}に つかえる もの: ${allowed}`,
    en: `${name} cannot be "${value.slice(0, 40)}": ${allowed}.`,
  });
}
