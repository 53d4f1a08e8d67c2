import path from 'node:path';
import { checkContent } from '@madoguchi/portal';
import { type Command, CommandError } from '../cli/command.js';

/** What an operator checks before a list goes to the portal's folder. */
export const portalCheck: Command = {
  options: {},
  run: async ({ words: [folder], print }) => {
    if (folder === undefined) throw new CommandError('usage', 'portal check needs a folder.');
    const { good, faults } = checkContent(folder, new Date());
    for (const { file, line, message } of faults) print(`${path.join(folder, file)}:${line}: ${message}`);
    if (faults.length > 0) return 'no';
    for (const [file, rows] of Object.entries(good)) print(`${path.join(folder, file)}: good (${rows} rows)`);
    return 'good';
  },
};
