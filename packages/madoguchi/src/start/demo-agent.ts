/** The signing agent of `madoguchi start`, over the demo card; and what a client that is installed on this machine must trust to be used with it. */
import path from 'node:path';
import type { Ca } from '@madoguchi/ca';
import { agentPhrase, type CardChannel, startAgent, writeAgentTrust } from '@madoguchi/client';
import { plain } from '../cli/plain.js';
import type { CardPlace } from './card-place.js';

type Anchors = Awaited<ReturnType<Ca['anchors']>>;

/** Where the demo is. */
interface DemoPlace {
  readonly dir: string;
  readonly origin: string;
  readonly caUrl: string;
}

/** For a client that is installed on this machine: madoguchi agent install --trust DIR/trust */
export async function writeDemoTrust({ dir, origin, caUrl }: DemoPlace, anchors: Anchors): Promise<void> {
  await writeAgentTrust(path.join(dir, 'trust'), {
    agency: [...anchors.agency],
    citizen: [...anchors.signature, ...anchors.authentication],
    timestamp: [...anchors.tsa],
    demo: true,
    portals: [origin],
    counters: [caUrl],
    responder: `${caUrl}/ocsp`,
    timeStamp: `${caUrl}/tsa`,
    renewal: caUrl,
  });
}

export async function startDemoAgent(
  { dir, origin, caUrl, agentPort, clock }: DemoPlace & { agentPort: number; clock: () => Date },
  held: {
    card: CardPlace;
    /** The demo clerk's, for logins at the counter only. */
    clerk: CardChannel | undefined;
    anchors: Anchors;
    imageKey: Uint8Array;
  },
) {
  const { card, clerk, anchors, imageKey } = held;
  return startAgent({
    port: agentPort,
    channels: card.channels,
    loginCards: (asking) => (asking === caUrl && clerk !== undefined ? [clerk] : []),
    anchors: { agency: anchors.agency, citizen: [...anchors.signature, ...anchors.authentication] },
    demo: true,
    phrase: await agentPhrase(path.join(dir, 'agent'), (words) =>
      process.stderr.write(`${plain(words.ja)} ${plain(words.en)}\n`),
    ),
    portals: [origin],
    counters: [caUrl],
    authorities: {
      responder: `${caUrl}/ocsp`,
      renewal: caUrl,
      timeStamp: { url: `${caUrl}/tsa`, anchors: anchors.tsa },
    },
    phones: { folder: path.join(dir, 'phones'), imageKey, keyFolder: path.resolve(dir) },
    clock,
  });
}
