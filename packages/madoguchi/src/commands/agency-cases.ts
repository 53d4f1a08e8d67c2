/** Cases as an operator handles them: one leaves as a file, is held, or ends by rule. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { caseBundle, casesToErase, eraseDue, holdCase } from '@madoguchi/agency/archive';
import { agencyMigrations } from '@madoguchi/agency/desk';
import type { Ca } from '@madoguchi/ca';
import { migrate } from '@madoguchi/store';
import { japaneseDay, parseDay } from '@madoguchi/ui/words';
import {
  type Command,
  CommandError,
  type ExitName,
  optional,
  required,
  type Values,
} from '../cli/command.js';
import { readConfig } from '../cli/config.js';
import { dataOption } from '../cli/data-path.js';
import { type OpenFolder, withAuthority } from '../cli/folder.js';
import { archiveOf } from '../start/agency-archive.js';
import { agencyKeys } from '../start/agency-keys.js';
import { knownAgencies } from '../start/known-agencies.js';
import { agencyOf, agencyOption } from './agency-officer.js';

const clock = () => new Date();
const actor = 'operator';

/** The agency's archive and keys over the data folder, for the command's own duration. */
export function withAgency<T>(
  values: Values,
  work: (place: Awaited<ReturnType<typeof openAgency>>) => Promise<T>,
): Promise<T> {
  return withAuthority(values, async (ca, folder) => work(await openAgency(values, ca, folder)));
}

async function openAgency(values: Values, ca: Ca, { dir, database, keystore }: OpenFolder) {
  const code = agencyOf(values);
  const name = knownAgencies(dir).find((one) => one.code === code)?.name ?? code;
  await migrate(database.sql, agencyMigrations);
  const made = await keystore.get(`agency.${code}.agency`);
  if (made === undefined)
    throw new CommandError(
      'unavailable',
      `Agency ${code} has no keys in ${dir} yet: they are made by madoguchi start or madoguchi serve agency.`,
    );
  const { keys, decryption } = await agencyKeys({
    ca,
    keystore,
    folder: path.join(dir, 'agencies'),
    agency: { code, name, hosts: ['127.0.0.1'] },
    clock,
  });
  const archive = await archiveOf({ ca, database, clock }, { code, name }, keys);
  return { code, sql: database.sql, archive, decryption };
}

function receiptOf(words: readonly string[]): string {
  const [receipt = ''] = words;
  if (/^[0-9]{4}-[0-9]{7,12}$/.test(receipt)) return receipt;
  throw new CommandError(
    'usage',
    `Which case? ${receipt || 'Nothing'} is not a receipt number like 2026-0000001.`,
  );
}

const unknown = (receipt: string) => new CommandError('no', `There is no case ${receipt}.`);

export const caseExport: Command = {
  options: { ...dataOption, ...agencyOption, out: { type: 'string', short: 'o' } },
  run: async ({ values, words, print }) => {
    const receipt = receiptOf(words);
    const out = required(values, 'out');
    return withAgency<ExitName>(values, async ({ archive }) => {
      const bundle = await caseBundle(archive, receipt, actor);
      if (bundle === undefined) throw unknown(receipt);
      if (out === '-') process.stdout.write(bundle);
      else {
        writeFileSync(out, bundle, { mode: 0o600 });
        print(`${out}: case ${receipt}, ${bundle.length} octets. unzip it; README.txt says how to check it.`);
      }
      return 'good';
    });
  },
};

export const caseHold: Command = {
  options: {
    ...dataOption,
    ...agencyOption,
    reason: { type: 'string' },
    release: { type: 'boolean' },
  },
  run: async ({ values, words, print }) => {
    const receipt = receiptOf(words);
    const hold = values.release !== true;
    const reason = required(values, 'reason');
    return withAgency<ExitName>(values, async ({ code, sql }) => {
      const done = await holdCase(sql, code, receipt, { hold, at: clock(), actor, reason });
      if (!done)
        throw new CommandError(
          'no',
          `Case ${receipt}: there is none, it is erased, or it is ${hold ? 'held' : 'not held'} already.`,
        );
      print(hold ? `Case ${receipt} is held: no rule erases it.` : `Case ${receipt} is no longer held.`);
      return 'good';
    });
  },
};

export const caseRetention: Command = {
  options: {
    ...dataOption,
    ...agencyOption,
    config: { type: 'string' },
    erase: { type: 'boolean' },
    on: { type: 'string' },
    json: { type: 'boolean' },
  },
  run: async ({ values, print, printJson }) => {
    const { retention } = readConfig(values);
    if (retention === undefined)
      throw new CommandError(
        'usage',
        'No rule says when cases end, so none does. Set retention in the configuration, e.g. {"default": 5, "douro-senyo": 10} (years after the decision).',
      );
    const on = dayAsked(values);
    return withAgency<ExitName>(values, async ({ code, sql }) => {
      const due = await casesToErase(sql, code, retention, on?.end ?? clock());
      const erased = values.erase === true ? await eraseDue(sql, code, retention, clock()) : [];
      const cases = due.map(({ receiptNumber, decidedAt, years, endsAt }) => ({
        receiptNumber,
        decidedAt: decidedAt.toISOString(),
        years,
        ends: japaneseDay(endsAt),
        erased: erased.includes(receiptNumber),
      }));
      if (values.json === true) printJson({ agency: code, ...(on && { on: on.day }), cases });
      else {
        for (const one of cases)
          print(
            `${one.receiptNumber}  decided ${one.decidedAt.slice(0, 10)}, kept ${one.years} years, until ${one.ends}${one.erased ? ': erased' : ''}`,
          );
        print(
          values.erase === true
            ? `${erased.length} cases were erased; each is told by the audit chain.`
            : on !== undefined
              ? `${cases.length} cases will be due on ${on.day}, unless they are held. Nothing was erased.`
              : `${cases.length} cases are due. They are erased with --erase, and by themselves while the agency runs.`,
        );
      }
      return 'good';
    });
  },
};

/** The day of `--on`, to its end in Japan; it only looks ahead. */
function dayAsked(values: Values): { day: string; end: Date } | undefined {
  const text = optional(values, 'on');
  if (text === undefined) return undefined;
  const day = parseDay(text);
  if (day === undefined) throw new CommandError('usage', `Not a day: ${text}. For example --on 2027-04-01.`);
  if (values.erase === true)
    throw new CommandError('usage', '--on only lists; what is due today is erased with --erase alone.');
  return { day, end: new Date(`${day}T23:59:59.999+09:00`) };
}
