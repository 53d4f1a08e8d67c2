import assert from 'node:assert/strict';
import { type AgentOptions, startAgent } from '../agent/agent.js';
import { CardSession } from '../card-session.js';
import type { CardChannel } from '../channel.js';
import { citizenAuthority, testNow } from './authorities.js';
import { AgentWindow, exchange, multipart, servingOf } from './browser.js';
import { type City, startCity, type UploadedFile } from './city.js';
import { residentRecord } from './resident-record.js';
import { makeTestCard, type TestCard, testPins } from './test-card.js';

export const phrase = '青いつばめ';

/** A city, a citizen with a card, and an agent between them. */
export async function startRig(options: Partial<AgentOptions> = {}) {
  const clock = { now: testNow };
  const city = await startCity();
  const citizens = await citizenAuthority();
  const card = await makeTestCard({ issue: citizens.issue });
  const reader = { channels: [card.channel] as CardChannel[] };
  const agent = await startAgent({
    port: 0,
    channels: async () => reader.channels,
    anchors: { agency: [city.authority.root.der], citizen: [citizens.signCa.der, citizens.authCa.der] },
    demo: true,
    phrase,
    clock: () => clock.now,
    ...options,
  });
  const entrance = `http://127.0.0.1:${agent.port}`;

  /** The city's page hands over, as the browser does on the click. */
  const handOver = (
    fields: Record<string, string>,
    extra: { files?: UploadedFile[]; headers?: Record<string, string | undefined>; door?: string } = {},
  ) => {
    const { body, contentType } = multipart(fields, extra.files);
    return exchange(`${entrance}/${extra.door ?? 'sign'}`, {
      method: 'POST',
      body,
      headers: {
        'content-type': contentType,
        origin: city.origin,
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'document',
        ...extra.headers,
      },
    });
  };

  /** Hands over a good request and follows to the signing page. */
  const open = async (
    changes: Parameters<City['request']>[0] = {},
    files: UploadedFile[] = [],
  ): Promise<AgentWindow> => {
    const request = await city.request(changes);
    const first = await handOver({ request, definition: residentRecord.text }, { files });
    return new AgentWindow(addressIn(first.text));
  };

  /** Hands over a good login request and follows to its page. */
  const openLogin = async (changes: Parameters<City['loginRequest']>[0] = {}): Promise<AgentWindow> => {
    const first = await handOver({ request: await city.loginRequest(changes) }, { door: 'login' });
    return new AgentWindow(addressIn(first.text));
  };

  const triesLeft = () => new CardSession(card.channel).pinStatus('sign');

  const close = async () => {
    await agent.close();
    await city.close();
  };
  return {
    agent,
    city,
    citizens,
    card,
    reader,
    clock,
    entrance,
    handOver,
    open,
    openLogin,
    triesLeft,
    close,
  };
}

export type Rig = Awaited<ReturnType<typeof startRig>>;

/** Where the first page leads. */
export function addressIn(html: string): string {
  const found = /location\.replace\("(http:\/\/127\.0\.0\.1:\d+\/(?:login\/|check\/)?[0-9a-f]{32})"\)/.exec(
    html,
  )?.[1];
  if (found === undefined) throw new Error(`no address in: ${html.replace(/<style.*<\/style>/s, '')}`);
  return found;
}

export function cardLabel(card: TestCard): string {
  return card.channel.label;
}

/** What a page says, without markup. */
export function pageText(html: string): string {
  return html
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/[ \t\n]+/g, ' ');
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The page of a signing says this. */
export async function saysOn(window: AgentWindow, words: RegExp) {
  const page = await window.page();
  assert.match(pageText(page.text), words);
  return page;
}

/** Types the PIN and waits until the yes counts; the token of the page that asks for it. */
export async function toConfirm(window: AgentWindow, card: TestCard): Promise<string> {
  await window.post('/pin', { pin: testPins.sign, card: card.channel.label });
  const { text } = await saysOn(window, /署名して送る/);
  await pause(520);
  return servingOf(text);
}
