import type { CommandEntry } from '../cli/command.js';
import { holderCommands } from './holder-table.js';

/** The commands of the installed client. */
export const clientCommands: readonly CommandEntry[] = [
  {
    name: 'serve',
    words: 1,
    usage: 'agent [--trust DIR] [--port N]',
    summary: 'Run the signing agent in this terminal.',
    load: async () => (await import('./serve-agent.js')).serveAgent,
  },
  ...holderCommands,
];
