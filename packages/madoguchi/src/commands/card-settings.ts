import { cardOptions as settings, settingText } from '@madoguchi/card';
import type { Command } from '../cli/command.js';

const marks = { verified: '確か', 'secondary source': '出どころ一つ', assumption: '推測' } as const;

/** The table of what real cards or their descriptions differ in: what --set takes, what the real card does, who says so. */
export const cardSettings: Command = {
  options: { json: { type: 'boolean' } },
  run: async ({ values, print, printJson }) => {
    const rows = Object.entries(settings).map(([name, { value, others, mark, source }]) => ({
      name,
      default: settingText(value),
      others: [...others],
      mark,
      source,
    }));
    if (values.json === true) printJson(rows);
    else {
      for (const row of rows) {
        print(`${row.name}=${row.default}  （${marks[row.mark]}, ${row.mark}）`);
        print(`    ほかの値 / other values: ${row.others.join(', ')}`);
        print(`    ${row.source}`);
      }
    }
    return 'good';
  },
};
