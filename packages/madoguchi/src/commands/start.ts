import { type Command, CommandError, optional, portOption } from '../cli/command.js';
import { dataOption, dataPath } from '../cli/data-path.js';
import { openBrowser } from '../cli/open-browser.js';
import { start as startAll } from '../start/start.js';

export const start: Command = {
  options: {
    ...dataOption,
    port: { type: 'string' },
    'agent-port': { type: 'string' },
    agencies: { type: 'string' },
    'renewal-days': { type: 'string' },
    'no-open': { type: 'boolean' },
    'no-agent': { type: 'boolean' },
  },
  run: async ({ values, print }) => {
    const port = portOption(values, 'port', 8080);
    const agentPort = portOption(values, 'agent-port', 24787);
    if (port === 0 || port === 65535) throw new CommandError('usage', '--port needs two ports: N and N + 1.');
    const ownAgent = values['no-agent'] !== true;
    const days = optional(values, 'renewal-days');
    if (days !== undefined && !/^\d{1,4}$/.test(days))
      throw new CommandError('usage', `--renewal-days is ${days}: a number of days, 0 to 9999.`);
    const agencies = optional(values, 'agencies');
    const started = await startAll({
      ...{ dir: dataPath(values), port, agentPort, ownAgent, print },
      ...(days === undefined ? {} : { renewalDays: Number(days) }),
      ...(agencies === undefined ? {} : { agencies }),
    });
    if (started === undefined) {
      print('開く前に止めました。 Stopped before it was open.');
      return 'good';
    }
    if (values['no-open'] !== true) openBrowser(started.addresses.portal);
    await started.lifecycle.stopped;
    print('止めました。 Stopped.');
    return 'good';
  },
};
