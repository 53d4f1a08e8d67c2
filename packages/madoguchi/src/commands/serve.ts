/** `serve`: one room alone, over the same data folder or DATABASE_URL. Several of the same room may run side by side. */
import path from 'node:path';
import { agentPhrase, isAuthorityAddress, readerChannels, startAgent } from '@madoguchi/client';
import { type Command, CommandError } from '../cli/command.js';
import { keyLines, readConfig } from '../cli/config.js';
import { dataPath } from '../cli/data-path.js';
import { plain } from '../cli/plain.js';
import { createLifecycle } from '../start/lifecycle.js';
import { openLog } from '../start/log.js';
import { agency } from './serve-agency.js';
import { authority } from './serve-authority.js';
import { portal } from './serve-portal.js';
import { authorityOf, clock, type Room } from './serve-room.js';

const agent: Room = async (served) => {
  const { config, dir, lifecycle } = served;
  const opened = await authorityOf(served);
  const anchors = await opened.ca.anchors();
  const running = await startAgent({
    port: config.port ?? config.agentPort,
    channels: readerChannels,
    anchors: { agency: anchors.agency, citizen: [...anchors.signature, ...anchors.authentication] },
    demo: true,
    phrase: await agentPhrase(path.join(dir, 'agent'), (words) =>
      process.stderr.write(`${plain(words.ja)} ${plain(words.en)}\n`),
    ),
    authorities: {
      responder: `${config.caUrl}/ocsp`,
      ...(isAuthorityAddress(config.caUrl) ? { renewal: config.caUrl } : {}),
      timeStamp: { url: `${config.caUrl}/tsa`, anchors: anchors.tsa },
    },
    ...(config.origin === undefined ? {} : { portals: [config.origin] }),
    counters: [new URL(config.caUrl).origin],
    clock,
  });
  lifecycle.onStop('agent', () => running.close());
  return `agent: http://127.0.0.1:${running.port}\nyour own page: ${running.homeUrl}`;
};

const rooms: Record<string, Room> = { agency, portal, ca: authority, agent };

export const serve: Command = {
  options: {
    config: { type: 'string' },
    data: { type: 'string' },
    trust: { type: 'string' },
    port: { type: 'string' },
  },
  more: () => [
    '',
    'Keys of the configuration file, with the variable for each and what it takes:',
    ...keyLines(),
  ],
  run: async (input) => {
    const { values, words, print } = input;
    // An agent that was told whom to trust needs no authority's data folder: the same as the installed client's.
    if (words[0] === 'agent' && values.trust !== undefined)
      return (await import('./serve-agent.js')).serveAgent.run(input);
    const room = Object.entries(rooms).find(([name]) => name === words[0])?.[1];
    if (room === undefined)
      throw new CommandError('usage', `Which room? One of ${Object.keys(rooms).join(', ')}.`);
    const config = readConfig(values);
    const dir = config.data === undefined ? dataPath(values) : path.resolve(config.data);
    // A service outlives the shell that started it; behind `npm run serve` it is npm that is told to end, and its child hears nothing of it.
    const withParent = process.env.npm_lifecycle_event === 'serve';
    const lifecycle = createLifecycle((line) => process.stderr.write(`${line}\n`), { withParent });
    const log = openLog('-', clock);
    const address = await lifecycle.starting(() => room({ config, dir, lifecycle, log }));
    if (address !== undefined) print(address);
    await lifecycle.stopped;
    return 'good';
  },
};
