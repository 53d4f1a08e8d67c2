/** The command line of the client alone, as it is installed on a holder's machine: no authority, no agency, no database. */
import { runMain } from './cli/run-main.js';
import { clientCommands } from './commands/client-table.js';

export function main(words: readonly string[]): Promise<void> {
  return runMain(clientCommands, words);
}
