import type { Command } from '../cli/command.js';
import { readInput } from '../cli/input.js';

export const procedureCheck: Command = {
  options: {},
  run: async ({ words, print }) => {
    // Only now: the help of a small command loads no room.
    const { readProcedure } = await import('@madoguchi/agency');
    const result = readProcedure(Buffer.from(readInput(words[0])).toString('utf8'));
    if (result.ok) {
      print(`${result.definition.id} ${result.definition.version}: good (SHA-256 ${result.digest})`);
      return 'good';
    }
    for (const fault of result.faults) {
      print(
        `${words[0]}${fault.line === undefined ? '' : `:${fault.line}`}: ${fault.path}: ${fault.message}`,
      );
    }
    return 'no';
  },
};
