/** The signing agent of an installed client: whom it trusts stands in files, there is no authority and no database here. */
import path from 'node:path';
import {
  agentPhrase,
  agentPort,
  announceHome,
  folderOf,
  readAgentTrust,
  readerChannels,
  startAgent,
  thisMachine,
} from '@madoguchi/client';
import { type Command, CommandError, optional, portOption } from '../cli/command.js';
import { plain } from '../cli/plain.js';
import { createLifecycle } from '../start/lifecycle.js';

export const serveAgent: Command = {
  options: { trust: { type: 'string' }, port: { type: 'string' } },
  run: async ({ values, words, print }) => {
    if (words[0] !== 'agent') throw new CommandError('usage', 'Which room? The client has one: agent.');
    const folder = folderOf(thisMachine(undefined));
    const from = path.resolve(optional(values, 'trust') ?? path.join(folder, 'trust'));
    const trust = await readAgentTrust(from);
    if (trust === undefined)
      throw new CommandError(
        'unavailable',
        `The agent knows no agency yet: there is no certificate in ${path.join(from, 'agency')}. Install it with: madoguchi agent install --trust DIR`,
      );
    const lifecycle = createLifecycle((line) => process.stderr.write(`${line}\n`), { withParent: false });
    for (const entry of trust.strange)
      process.stderr.write(
        `${path.join(from, 'trust.json')}: ${plain(entry)} cannot be used: portals are origins (https://portal.example, https://*.lg.jp), counters exact ones, responder, timeStamp and renewal are addresses (renewal over https).\n`,
      );
    const address = await lifecycle.starting(async () => {
      const phrase = await agentPhrase(folder, (words) =>
        process.stderr.write(`${plain(words.ja)} ${plain(words.en)}\n`),
      );
      const running = await startAgent({
        port: portOption(values, 'port', agentPort),
        channels: readerChannels,
        anchors: { agency: trust.agency, citizen: trust.citizen },
        demo: trust.demo,
        phrase,
        portals: trust.portals,
        counters: trust.counters,
        authorities: {
          ...(trust.responder === undefined ? {} : { responder: trust.responder }),
          ...(trust.timeStamp === undefined
            ? {}
            : { timeStamp: { url: trust.timeStamp, anchors: trust.timestamp } }),
          ...(trust.renewal === undefined ? {} : { renewal: trust.renewal }),
        },
        clock: () => new Date(),
      });
      lifecycle.onStop('agent', () => running.close());
      // For `madoguchi agent open`; where it cannot be written (a full disk) the address still stands in this terminal.
      const forget = await announceHome(folder, { homeUrl: running.homeUrl, phrase }).catch(() => undefined);
      if (forget !== undefined) lifecycle.onStop('address', forget);
      return `agent: http://127.0.0.1:${running.port}\nyour own page: ${running.homeUrl}`;
    });
    if (address !== undefined) print(address);
    await lifecycle.stopped;
    return 'good';
  },
};
