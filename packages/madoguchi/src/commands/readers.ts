import { listReaders, watchReaders } from '@madoguchi/client/card';
import { type Command, CommandError } from '../cli/command.js';
import { langOption, languageOf } from '../cli/language.js';
import { listLines, listTrouble } from '../cli/reader-words.js';

/** The readers and what lies in them; with `--watch` again at each change, until Ctrl-C. */
export const readers: Command = {
  options: { watch: { type: 'boolean' }, ...langOption, json: { type: 'boolean' } },
  run: async ({ values, print, printJson }) => {
    const register = languageOf(values);
    if (values.watch === true) {
      if (values.json === true)
        throw new CommandError('usage', '--json prints one document: leave --watch out.');
      const end = new AbortController();
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => end.abort());
      for await (const list of watchReaders({ signal: end.signal })) {
        const time = new Date().toTimeString().slice(0, 8);
        for (const line of listLines(list, register)) print(`${time}  ${line}`);
      }
      return 'good';
    }
    const list = await listReaders();
    if (values.json === true) printJson(list);
    else for (const line of listLines(list, register)) print(line);
    return listTrouble(list) === undefined ? 'good' : 'unavailable';
  },
};
