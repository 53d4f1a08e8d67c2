import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { agentPort, agentStatus } from '../agent/port.js';
import { readAgentTrust } from '../install/agent-trust.js';
import { folderOf, installAgent, installedState, runQuietly } from '../install/install.js';
import { agentUnit, type Machine } from '../install/install-plan.js';
import type { DoctorFix, DoctorReport } from './report.js';

export interface FixResult {
  fix: DoctorFix;
  /** `left`: there is nothing safe to do on this machine; its next step stands in the report. */
  outcome: 'done' | 'failed' | 'left';
}

type Run = (command: readonly string[]) => boolean;

/**
 * Mends what can be mended without a question: it starts the smart card service, puts the agent at login (when it knows an agency already) and
 * starts it. It never touches a PIN, a card, a driver, or another program; nothing is installed from the network.
 */
export async function applyFixes(
  report: DoctorReport,
  machine: Machine,
  run: Run = runQuietly,
): Promise<FixResult[]> {
  const fixes = [...new Set(report.checks.flatMap(({ fix }) => fix ?? []))];
  const results: FixResult[] = [];
  for (const fix of fixes) results.push({ fix, outcome: await actions[fix](machine, run) });
  return results;
}

const actions: Record<DoctorFix, (machine: Machine, run: Run) => Promise<FixResult['outcome']>> = {
  // The system itself decides who may (root, or a polkit rule); no password is asked for here.
  'start-service': async ({ platform, systemd }, run) => {
    if (platform !== 'linux' || !systemd) return 'left';
    return run(['systemctl', '--no-ask-password', 'start', 'pcscd.socket']) ? 'done' : 'failed';
  },
  'install-agent': async (machine, run) => {
    if ((await readAgentTrust(path.join(folderOf(machine), 'trust'))) === undefined) return 'left';
    await installAgent(machine, { run });
    return 'done';
  },
  'start-agent': async (machine, run) => {
    const { autostart } = await installedState(machine, run);
    if (!autostart || machine.platform !== 'linux' || !machine.systemd) return 'left';
    if (!run(['systemctl', '--user', 'start', agentUnit])) return 'failed';
    for (let tries = 0; tries < 30; tries += 1) {
      if ((await agentStatus(agentPort)) !== undefined) return 'done';
      await pause(100);
    }
    return 'failed';
  },
};
