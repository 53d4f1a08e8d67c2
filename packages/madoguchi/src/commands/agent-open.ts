/** The agent's own start page, for the person at this machine: at login the agent starts without a terminal that could tell its address. */
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  agentPort,
  agentStatus,
  findHome,
  folderOf,
  readAgentTrust,
  thisMachine,
  writeOpener,
} from '@madoguchi/client';
import { type Command, CommandError } from '../cli/command.js';
import { openBrowser } from '../cli/open-browser.js';
import { ownScript } from '../cli/own-program.js';
import { startInstalled } from '../cli/start-installed.js';

/** An agent that listens already but has not written its address yet. */
const graceMs = 2_000;
const startMs = 10_000;

export const agentOpen: Command = {
  options: { 'no-open': { type: 'boolean' } },
  run: async ({ values, print }) => {
    const machine = thisMachine(ownScript());
    const folder = folderOf(machine);
    const home = (await findHome(folder)) ?? (await startedHome());
    print(home);
    if (values['no-open'] === true) return 'good';
    // Elsewhere nobody else sees the words of a command, or (Linux) the agent refuses whoever is not its own user.
    openBrowser(process.platform === 'darwin' ? await writeOpener(folder, home) : home);
    return 'good';

    async function startedHome(): Promise<string> {
      const runs = (await agentStatus(agentPort)) !== undefined;
      if (!runs) {
        if ((await readAgentTrust(path.join(folder, 'trust'))) === undefined)
          throw new CommandError(
            'unavailable',
            'The agent does not run, and it knows no agency yet: madoguchi agent install --trust DIR',
          );
        startInstalled(machine);
      }
      const until = Date.now() + (runs ? graceMs : startMs);
      while (Date.now() < until) {
        await pause(100);
        const found = await findHome(folder);
        if (found !== undefined) return found;
      }
      throw new CommandError(
        'unavailable',
        runs
          ? `An agent answers on port ${agentPort}, but it is not the installed one of this user. One that was started in a terminal tells its page there.`
          : 'The signing agent did not start: try madoguchi serve agent, which says why.',
      );
    }
  },
};
