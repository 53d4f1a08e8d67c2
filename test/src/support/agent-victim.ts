// The signing agent of a clerk's computer, in a process of its own that is killed (SIGKILL) around the card act it is told: at once before the request
// leaves, or at once when its answer is there.
import { imageChannel, startAgent } from '@madoguchi/client';

/** As JSON in the first argument. Octets in base64. */
export interface AgentVictim {
  readonly counter: string;
  readonly card: string;
  readonly imageKey: string;
  readonly agency: readonly string[];
  readonly citizen: readonly string[];
  /** The how manieth request of this name, counted from 1. */
  readonly dieAt: { readonly when: 'before' | 'after'; readonly act: string; readonly time: number };
}

const told = JSON.parse(process.argv[2] ?? '{}') as AgentVictim;
const octets = (texts: readonly string[]) => texts.map((text) => new Uint8Array(Buffer.from(text, 'base64')));
const { when, act, time } = told.dieAt;
let times = 0;

const die = async () => {
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => undefined);
};

const agent = await startAgent({
  port: 0,
  channels: async () => [imageChannel(told.card, Buffer.from(told.imageKey, 'base64'))],
  anchors: { agency: octets(told.agency), citizen: octets(told.citizen) },
  demo: true,
  phrase: '青いつばめ',
  counters: [told.counter],
  clock: () => new Date(),
  fetch: async (url, init) => {
    const isIt = String(url).endsWith(`/${act}`) && ++times === time;
    if (isIt && when === 'before') await die();
    const answer = await fetch(url, init);
    const body = await answer.arrayBuffer();
    if (isIt && when === 'after') await die();
    return new Response(body, { status: answer.status, headers: answer.headers });
  },
});
process.stdout.write(`${agent.port}\n`);
