import { spawn } from 'node:child_process';
import { agentCommand, agentUnit, type Machine, runQuietly } from '@madoguchi/client';

/** Starts the installed agent as at login, and does not wait for it. */
export function startInstalled(machine: Machine): void {
  if (machine.systemd && runQuietly(['systemctl', '--user', 'start', agentUnit])) return;
  const [program = process.execPath, ...words] = agentCommand(machine);
  spawn(program, words, {
    cwd: machine.home,
    detached: true,
    stdio: 'ignore',
    windowsHide: true,
  })
    .on('error', () => {})
    .unref();
}
