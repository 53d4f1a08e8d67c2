import { type CardSettings, parseSetting } from '@madoguchi/card';
import { CommandError, listOption, type Values } from './command.js';

export const settingOption = { set: { type: 'string', multiple: true } } as const;

/** `--set NAME=VALUE`, as often as wanted: behaviour on which real cards or their descriptions differ. */
export function cardSettingsOf(values: Values): Partial<CardSettings> {
  let settings: Partial<CardSettings> = {};
  for (const text of listOption(values, 'set')) {
    const parsed = parseSetting(text);
    if (!parsed.ok) throw new CommandError('usage', `--set ${text}: use one of ${parsed.allowed}.`);
    settings = { ...settings, ...parsed.settings };
  }
  return settings;
}
