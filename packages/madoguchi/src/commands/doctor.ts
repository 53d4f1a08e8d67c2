import { doctor as checkEnvironment } from '@madoguchi/client';
import { cardOptions, channelOf } from '../cli/card-option.js';
import { type Command, optional, portOption } from '../cli/command.js';
import { plain } from '../cli/plain.js';

const marks = { ok: '●', warn: '▲', fail: '✕', skip: '－' } as const;

/** The environment check of the preparation page, in a terminal. Costs no PIN try. */
export const doctor: Command = {
  options: { ...cardOptions, 'agent-port': { type: 'string' }, json: { type: 'boolean' } },
  run: async ({ values, print, printJson }) => {
    const chosen = optional(values, 'card') ?? optional(values, 'reader');
    const report = await checkEnvironment({
      now: new Date(),
      agentPort: portOption(values, 'agent-port', 24787),
      ...(chosen === undefined ? {} : { channels: async () => [await channelOf(values)] }),
    });
    if (values.json === true) {
      printJson(report);
    } else {
      for (const check of report.checks) {
        print(`${marks[check.state]} ${plain(check.title.ja)}: ${plain(check.found.ja)}`);
        if (check.state === 'warn' || check.state === 'fail') {
          print(`    ${plain(check.means.ja)}`);
          print(`    → ${plain(check.next.ja)}`);
        }
      }
    }
    return report.state === 'fail' ? 'no' : 'good';
  },
};
