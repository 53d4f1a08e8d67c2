/** The whole command line: every room's commands. */
import { runMain } from './cli/run-main.js';
import { commands } from './commands/table.js';

export function main(words: readonly string[]): Promise<void> {
  return runMain(commands, words);
}
