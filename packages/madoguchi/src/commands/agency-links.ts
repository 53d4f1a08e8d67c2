/** The resident-register system's list of certificates and residents (申請管理システム標準仕様), taken in by an agency. */
import { agencyMigrations, importLinks } from '@madoguchi/agency/desk';
import { migrate } from '@madoguchi/store';
import { type Command, CommandError, type ExitName } from '../cli/command.js';
import { dataOption } from '../cli/data-path.js';
import { existingFolder, withFolder } from '../cli/folder.js';
import { readInput } from '../cli/input.js';
import { agencyOf, agencyOption } from './agency-officer.js';

export const linksImport: Command = {
  options: { ...dataOption, ...agencyOption },
  run: async ({ values, words, print }) => {
    const [file] = words;
    if (file === undefined)
      throw new CommandError('usage', 'Which file? madoguchi agency links import FILE --data DIR');
    const code = agencyOf(values);
    const bytes = readInput(file);
    return withFolder<ExitName>(existingFolder(values), async ({ database, keystore }) => {
      await migrate(database.sql, agencyMigrations);
      const secret = keystore.derive(`agency:${code}`);
      const input = { bytes, by: 'operator', at: new Date() };
      const result = await importLinks(database.sql, { code, secret }, input);
      if (result.ok) {
        print(`${result.linked} certificates are linked with residents. Their numbers were not kept.`);
        return 'good';
      }
      for (const { line, message } of result.faults) print(`${file}:${line}: ${message}`);
      print('何も取り込みませんでした。 Nothing was taken in.');
      return 'no';
    });
  },
};
