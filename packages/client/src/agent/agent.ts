import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { CardChannel } from '../channel.js';
import { ClientError } from '../client-error.js';
import { CardQueue } from './card-queue.js';
import { DeskJobs } from './desk/desk-job.js';
import { entranceApp } from './entrance.js';
import type { Authorities } from './files/authorities.js';
import { FilesJobs } from './files/files-job.js';
import { Home } from './home/visits.js';
import { Logins } from './login/login-session.js';
import { OneJob } from './one-job.js';
import { agentPort, describeHolder } from './port.js';
import type { RenewalJob } from './renewal/renewal-job.js';
import { roomApp } from './room.js';
import { Sessions } from './sessions.js';
import type { TokenJob } from './tokens/token-job.js';
import { type TokenFolder, tokenChannels } from './tokens/token-place.js';

export interface AgentOptions {
  /** Default 24787. Tests use 0. */
  port?: number;
  /** Port of the signing pages; a new one each start by default, so that no earlier page or service worker knows it. */
  uiPort?: number;
  /** Where cards may be: asked anew for each page. */
  channels: () => Promise<CardChannel[]>;
  /** Cards that stand before the others where this origin asks for a login: a demo has its clerk's card beside the resident's. Default: none. */
  loginCards?: (origin: string) => readonly CardChannel[];
  /** DER certificates: whom requests and receipts may come from, and who may have issued the card. Never the same ones. */
  anchors: { agency: readonly Uint8Array[]; citizen: readonly Uint8Array[] };
  /** The anchors are demo anchors: http on loopback is allowed, every page says so, real cards are refused by their issuer. */
  demo: boolean;
  /** 合い言葉: see `agentPhrase`. */
  phrase: string;
  /** Origins of portals whose page may be told, after a click, whether the environment is ready: exact, or `https://*.lg.jp`. Default: none. */
  portals?: readonly string[];
  /** Origins of counters whose card work this computer does: exact. Default: none. */
  counters?: readonly string[];
  /** Authorities that the files pages may ask about revocation and for time stamps. Default: none. */
  authorities?: Authorities;
  /** Images that stand for smartphones: where they are kept. Default: none, and smartphones are not offered. */
  phones?: TokenFolder;
  clock?: () => Date;
  fetch?: typeof globalThis.fetch;
  /** Refuse connections from other users of this machine (Linux). Default true; false is for tests. */
  checkPeer?: boolean;
  /** How long a PIN may wait for the yes. Default and most: five minutes. */
  pinLifeMs?: number;
  sessionLifeMs?: number;
  /** How long the final page must have stood before its yes counts. Default and least: half a second. */
  yesDelayMs?: number;
}

export interface Agent {
  port: number;
  uiPort: number;
  /** The agent's own start page, with a path of this start: for its user alone, not for sites. */
  homeUrl: string;
  /** Ends both servers; PINs and unsent applications are wiped. */
  close(): Promise<void>;
}

/**
 * Starts the signing agent on 127.0.0.1. When the known port is taken it names who holds it and does not start elsewhere: pages would
 * find the other program instead.
 *
 * @throws ClientError port-taken
 */
export async function startAgent(options: AgentOptions): Promise<Agent> {
  if (!options.demo && process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0')
    throw new Error('NODE_TLS_REJECT_UNAUTHORIZED=0 would send applications to anybody: unset it.');
  const { demo } = options;
  const clock = options.clock ?? (() => new Date());
  const { agency: agencyAnchors, citizen: citizenAnchors } = options.anchors;
  const held = {
    sessions: new Sessions(options.sessionLifeMs),
    logins: new Logins(clock),
    desks: new DeskJobs(clock),
    files: new FilesJobs(),
    renewals: new OneJob<RenewalJob>(),
    tokenJobs: new OneJob<TokenJob>(),
  };
  const home = new Home();
  const checkPeer = options.checkPeer ?? true;
  const shared = { ...held, home, clock, checkPeer, agencyAnchors, demo };
  const ports = { entrance: 0, room: 0 };
  const entrance = server(
    entranceApp({
      ...shared,
      portals: options.portals ?? [],
      counters: options.counters ?? [],
      port: () => ports.entrance,
      uiPort: () => ports.room,
    }).fetch,
  );
  const room = server(
    roomApp({
      ...shared,
      ...cardsInTurn(options, held.logins),
      phones: options.phones,
      authorities: options.authorities ?? {},
      citizenAnchors,
      phrase: options.phrase,
      fetch: options.fetch ?? globalThis.fetch,
      pinLifeMs: options.pinLifeMs,
      yesDelayMs: options.yesDelayMs,
      port: () => ports.room,
      entrancePort: () => ports.entrance,
    }).fetch,
  );
  const close = async () => {
    for (const work of Object.values(held)) work.close();
    await Promise.all([entrance, room].map(stop));
  };
  try {
    // The signing pages first: from the moment the known door opens, everything behind it stands.
    ports.room = await listen(room, options.uiPort ?? 0);
    ports.entrance = await listen(entrance, options.port ?? agentPort);
  } catch (error) {
    await close();
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      throw await portTaken(ports.room === 0 ? (options.uiPort ?? 0) : (options.port ?? agentPort));
    throw error;
  }
  const homeUrl = `http://127.0.0.1:${ports.room}/${home.path}`;
  return { port: ports.entrance, uiPort: ports.room, homeUrl, close };
}

/** The cards as the pages reach them: one visit to a reader at a time, whoever asks. */
function cardsInTurn(options: AgentOptions, { atPad: typing }: Logins) {
  const queue = new CardQueue();
  const inTurn = (list: readonly CardChannel[]) => list.map((channel) => queue.inTurn(channel));
  const channels = async () =>
    inTurn([...(await cardsOf(options)), ...(await tokenChannels(options.phones))]);
  return {
    channels,
    look: async () =>
      (await channels()).map((channel) => (typing.has(channel.label) ? atPad(channel) : channel)),
    loginCards: (origin: string) => inTurn(options.loginCards?.(origin) ?? []),
  };
}

/** The readers; none is no trouble where a smartphone can sign. */
async function cardsOf({ channels, phones }: AgentOptions): Promise<CardChannel[]> {
  try {
    return await channels();
  } catch (error) {
    if ((await tokenChannels(phones)).length === 0) throw error;
    return [];
  }
}

/** The same reader for a page that looks while somebody types on its keys. */
function atPad(channel: CardChannel): CardChannel {
  const { label } = channel;
  return {
    ...channel,
    label,
    withCard: () => Promise.reject(new ClientError('card-at-pad', { subject: label })),
  };
}

async function portTaken(port: number): Promise<ClientError> {
  return new ClientError('port-taken', { subject: (await describeHolder(port)) ?? `127.0.0.1:${port}` });
}

type Fetch = Parameters<typeof getRequestListener>[0];

function server(fetch: unknown): Server {
  const listener = getRequestListener(fetch as Fetch, { overrideGlobalObjects: false });
  const made = createServer(
    { requestTimeout: 120_000, headersTimeout: 10_000, keepAliveTimeout: 5_000 },
    listener,
  );
  made.maxConnections = 64;
  return made;
}

function listen(made: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    made.once('error', reject);
    made.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      made.off('error', reject);
      resolve((made.address() as AddressInfo).port);
    });
  });
}

function stop(made: Server): Promise<void> {
  return new Promise((resolve) => {
    made.close(() => resolve());
    made.closeAllConnections();
  });
}
