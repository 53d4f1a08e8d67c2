/** The client as a bare account has it: installed into an empty home, started by the entry that the system runs at login. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './pcsc-namespace.js';
import { madoguchi } from './running-city.js';

export interface InstalledClient {
  /** What the holder finds on the agent's pages. */
  phrase: string;
  stop(): Promise<void>;
}

/** Installs with the authority's trust folder, then does what a login does; returns when the agent answers. */
export async function installClient(home: string, trust: string): Promise<InstalledClient> {
  mkdirSync(home, { recursive: true });
  const env = {
    HOME: home,
    XDG_CONFIG_HOME: '',
    XDG_DATA_HOME: '',
    XDG_RUNTIME_DIR: '',
    DBUS_SESSION_BUS_ADDRESS: '',
  };
  const installed = await run(process.execPath, [madoguchi, 'agent', 'install', '--trust', trust, '--json'], {
    env,
  });
  if (installed.code !== 0) throw new Error(`install ended with ${installed.code}: ${installed.stderr}`);
  const { made, folder } = JSON.parse(installed.stdout) as { made: string[]; folder: string };
  const entry = made.find((file) => file.includes('autostart'));
  if (entry === undefined) throw new Error(`nothing starts at login: ${made.join(', ')}`);
  const [, command = ''] = /^Exec=(.+)$/m.exec(readFileSync(entry, 'utf8')) ?? [];
  const [program = '', ...args] = [...command.matchAll(/"([^"]*)"/g)].map(([, word = '']) => word);
  // It ends with this run, also when that is killed.
  const agent = spawn('setpriv', ['--pdeathsig', 'KILL', program, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(agent, 'exit');
  const first = await Promise.race([once(agent.stdout, 'data').then(String), ended.then(() => undefined)]);
  if (first === undefined) throw new Error('the agent ended at once');
  return {
    phrase: readFileSync(path.join(folder, 'phrase.txt'), 'utf8').trim(),
    stop: async () => {
      agent.kill('SIGTERM');
      await ended;
    },
  };
}
