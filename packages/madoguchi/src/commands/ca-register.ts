/** The resident register of the counter: people come in from a file, all of them or none; events change them and revoke what they must. */
import { applyEvents, importRegister } from '@madoguchi/ca/authority';
import { type Command, CommandError, type ExitName } from '../cli/command.js';
import { dataOption } from '../cli/data-path.js';
import { withAuthority } from '../cli/folder.js';
import { readInput } from '../cli/input.js';

export const caRegister: Command = {
  options: { ...dataOption, json: { type: 'boolean' } },
  run: async ({ values, words, print, printJson }) => {
    const [file] = words;
    if (file === undefined)
      throw new CommandError('usage', 'Which file? madoguchi ca register FILE --data DIR');
    const bytes = readInput(file);
    return withAuthority<ExitName>(values, async (ca) => {
      const result = await importRegister(ca.context, bytes, 'operator');
      if (values.json === true) printJson(result);
      else if (result.ok) print(`${result.added} people taken in, ${result.unchanged} were there already.`);
      else {
        for (const { line, field, words: say } of result.faults) {
          print(`${file}:${line}${field === undefined ? '' : ` ${field}`}: ${say.ja} ${say.en}`);
        }
        print('何も取り込みませんでした。 Nothing was taken in.');
      }
      return result.ok ? 'good' : 'no';
    });
  },
};

export const caEvents: Command = {
  options: { ...dataOption, json: { type: 'boolean' } },
  run: async ({ values, words, print, printJson }) => {
    const [file] = words;
    if (file === undefined)
      throw new CommandError('usage', 'Which file? madoguchi ca events FILE --data DIR');
    const bytes = readInput(file);
    return withAuthority<ExitName>(values, async (ca) => {
      const result = await applyEvents(ca.context, bytes, 'operator');
      if (values.json === true) printJson(result);
      else {
        for (const { line, field, words: say } of result.faults) {
          print(`${file}:${line}${field === undefined ? '' : ` ${field}`}: ${say.ja} ${say.en}`);
        }
        print(
          `${result.applied} events applied, ${result.known} known already, ${result.revoked} certificates revoked, ${result.faults.length} faults.`,
        );
      }
      return result.faults.length === 0 ? 'good' : 'no';
    });
  },
};
