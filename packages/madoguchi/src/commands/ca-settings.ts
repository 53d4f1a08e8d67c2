/** What the office decides for itself: how long letters, sessions and overlaps last, what register events end beyond the reference. */
import {
  allowedWords,
  eventRules,
  officeOf,
  officeSettingNames,
  officeSettings,
  revokedBy,
  setOffice,
} from '@madoguchi/ca/authority';
import { type Command, CommandError, type ExitName } from '../cli/command.js';
import { dataOption } from '../cli/data-path.js';
import { withAuthority } from '../cli/folder.js';

type EventKind = keyof typeof eventRules;

export const caSettings: Command = {
  options: { ...dataOption, json: { type: 'boolean' } },
  run: async ({ values, words, print, printJson }) => {
    const changes = words.map((word) => {
      const at = word.indexOf('=');
      if (at < 1) throw new CommandError('usage', `"${word}" is no change: write NAME=VALUE.`);
      return [word.slice(0, at), word.slice(at + 1)] as const;
    });
    return withAuthority<ExitName>(values, async (ca) => {
      for (const [name, value] of changes) await setOffice(ca.context, name, value, 'operator');
      const office = await officeOf(ca.context);
      const settings = officeSettingNames.map((name) => ({
        name,
        value: String(office[name]),
        default: officeSettings[name].default,
        allowed: allowedWords(name),
        means: officeSettings[name].means,
      }));
      const events = (Object.keys(eventRules) as EventKind[]).map((kind) => ({
        kind,
        revokes: revokedBy(kind, office),
        source: eventRules[kind].source,
      }));
      if (values.json === true) printJson({ settings, events });
      else {
        for (const { name, value, default: usual, allowed, means } of settings) {
          print(`${name}=${value}`.padEnd(24) + (value === usual ? ' (default)' : ` (default ${usual})`));
          print(`    ${means}; ${allowed}`);
        }
        print('');
        print('Register events, what each of them revokes, and the source of the rule:');
        for (const { kind, revokes, source } of events) {
          const ends = Object.entries(revokes).map(([profile, reason]) => `${profile} (${reason})`);
          print(`${kind.padEnd(10)} ${ends.join(', ') || 'nothing'}`);
          print(`    ${source}`);
        }
      }
      return 'good';
    });
  },
};
