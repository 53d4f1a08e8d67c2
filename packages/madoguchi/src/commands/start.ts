import { spawn } from 'node:child_process';
import { type Command, CommandError, portOption } from '../cli/command.js';
import { dataOption, dataPath } from '../cli/data-path.js';
import { start as startAll } from '../start/start.js';

/** Opens the visitor's browser; that it cannot be opened is no error: the address stands above. */
function openBrowser(url: string): void {
  const [program, args] =
    process.platform === 'darwin'
      ? ['open', [url]]
      : process.platform === 'win32'
        ? ['explorer.exe', [url]]
        : ['xdg-open', [url]];
  const hasScreen =
    process.platform !== 'linux' ||
    process.env.DISPLAY !== undefined ||
    process.env.WAYLAND_DISPLAY !== undefined;
  if (!hasScreen) return;
  spawn(program as string, args as string[], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

export const start: Command = {
  options: {
    ...dataOption,
    port: { type: 'string' },
    'agent-port': { type: 'string' },
    'no-open': { type: 'boolean' },
  },
  run: async ({ values, print }) => {
    const port = portOption(values, 'port', 8080);
    const agentPort = portOption(values, 'agent-port', 24787);
    if (port === 0 || port === 65535) throw new CommandError('usage', '--port needs two ports: N and N + 1.');
    const started = await startAll({ dir: dataPath(values), port, agentPort, print });
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
