/** `madoguchi start`: portal, demo city, authority, agent and card on this machine, over one data folder. */
import path from 'node:path';
import { agencyMigrations, folderSender } from '@madoguchi/agency';
import type { Ca } from '@madoguchi/ca';
import { agentPhrase, type CardChannel, imageChannel, startAgent, writeAgentTrust } from '@madoguchi/client';
import { createAdminLink, createHelpdeskLink, portalMigrations } from '@madoguchi/portal';
import { migrate, startJobs, writeAddresses } from '@madoguchi/store';
import { databaseOf, imageKeyOf, issuingKeys, keystoreOf } from '../cli/folder.js';
import { plain } from '../cli/plain.js';
import type { Addresses } from './addresses.js';
import { announce } from './announce.js';
import { demoAuthority } from './authority.js';
import { serveAuthority } from './authority-server.js';
import { type CardPlace, placeCard } from './card-place.js';
import { clerkCard, clerkLink } from './clerk-card.js';
import { counterOf } from './counter.js';
import { counterLogin } from './counter-login.js';
import { createLifecycle, type Lifecycle } from './lifecycle.js';
import { listen, portsFree } from './listen.js';
import { openLog } from './log.js';
import { besideTheDemo, readAgencies } from './own-agencies.js';
import { erasePortalHourly } from './portal-erasure.js';
import { residentCard } from './resident-card.js';
import { createAgencies } from './served-agencies.js';
import { holdFolder } from './single.js';
import { webApp } from './web.js';

export interface StartOptions {
  dir: string;
  /** Portal and agency; the authority listens on the next port. */
  port: number;
  agentPort: number;
  /** Default true; false: the client that is installed on this machine answers on that port. */
  ownAgent?: boolean;
  /** How many days before its end a certificate may be renewed; default 90. More shows renewal with a new card. */
  renewalDays?: number;
  /** A folder with agencies of one's own, served beside the demo's. */
  agencies?: string;
  print: (line: string) => void;
  clock?: () => Date;
}

export interface Started {
  addresses: Addresses;
  lifecycle: Lifecycle;
}

const host = '127.0.0.1';

/** Starts everything; undefined when it was stopped before it was open. Whatever had been started is stopped then, also on an error. */
export async function start(options: StartOptions): Promise<Started | undefined> {
  const lifecycle = createLifecycle((line) => process.stderr.write(`${line}\n`));
  const addresses = await lifecycle.starting(() => startParts(options, lifecycle));
  return addresses === undefined ? undefined : { addresses, lifecycle };
}

async function startParts(options: StartOptions, lifecycle: Lifecycle): Promise<Addresses> {
  const { dir, port, print, ownAgent = true } = options;
  const clock = options.clock ?? (() => new Date());
  const { signal } = lifecycle;
  const profiles =
    options.agencies === undefined ? {} : { agencies: besideTheDemo(readAgencies(options.agencies)) };
  lifecycle.onStop('data folder', holdFolder(dir));
  await portsFree([
    { port, what: 'portal and city', option: 'port' },
    { port: port + 1, what: 'authority', option: 'port' },
    ...(ownAgent ? [{ port: options.agentPort, what: 'signing agent', option: 'agent-port' }] : []),
  ]);
  const log = openLog(path.join(dir, 'log.jsonl'), clock);
  lifecycle.onStop('log', log.close);

  print('データベースを起動しています… (database)');
  const keystore = await keystoreOf(dir);
  const database = await databaseOf(dir, true, signal);
  lifecycle.onStop('database', () => database.close());
  await migrate(database.sql, agencyMigrations);
  await migrate(database.sql, portalMigrations);
  signal.throwIfAborted();

  print('認証局を用意しています… (demo authority)');
  const caUrl = `http://${host}:${port + 1}`;
  const hardware = await issuingKeys();
  if (hardware !== undefined) lifecycle.onStop('keys', hardware.close);
  const ca = await demoAuthority({
    ...{ database, keystore, clock, publicUrl: caUrl },
    ...(hardware === undefined ? {} : { keys: hardware.keys }),
    ...(options.renewalDays === undefined ? {} : { renewalDays: options.renewalDays }),
  });
  const origin = `http://${host}:${port}`;
  const agentOrigin = `http://${host}:${options.agentPort}`;
  const login = { origin: caUrl, agentOrigin, setUpUrl: `${origin}/start`, hasDemoClerk: true, clock };
  await serveAuthority({
    ...{ ca, host, port: port + 1, log, lifecycle },
    counter: { ...counterOf(dir, keystore), ...(await counterLogin({ ca, keystore, dir, ...login })) },
    // Somebody else's database may have other processes at work in it.
    alone: (process.env.DATABASE_URL ?? '') === '',
  });
  signal.throwIfAborted();

  const { served: agencies, tasks } = await createAgencies({
    database,
    keystore,
    ca,
    caUrl,
    origin,
    agentOrigin,
    dir,
    clock,
    log,
    ...profiles,
    // One person at one machine: the link opens the desk at once.
    desk: { linksOpen: true },
    // Nothing leaves this machine: letters lie in a folder, to be read.
    mail: folderSender({ folder: path.join(dir, 'mail'), from: 'noreply@madoguchi.example' }),
  });
  const [city, ...others] = agencies;
  const jobs = await startJobs({
    url: database.url,
    tasks,
    onFailure: (task, error) => log.fault('agency', task, error),
  });
  lifecycle.onStop('jobs', () => jobs.stop());
  const web = await listen(
    webApp({ agencies, sql: database.sql, origin, agentOrigin, caUrl, clock, log }),
    host,
    port,
    'portal and agency',
  );
  lifecycle.onStop('portal and agency', web.close);
  erasePortalHourly({ sql: database.sql, clock, log, lifecycle });
  signal.throwIfAborted();

  print('カードを用意しています… (card)');
  const clerk = await clerkCard({ ca, keystore, dir, clock });
  const file = await residentCard({ ca, keystore, dir, clock });
  const imageKey = imageKeyOf(keystore);
  const card = await placeCard(file, imageKey);
  lifecycle.onStop('card', card.close);
  const anchors = await ca.anchors();
  // For a client that is installed on this machine: madoguchi agent install --trust DIR/trust
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
  const agent = ownAgent
    ? await agentOf(options, {
        ...{ card, anchors, origin, caUrl, clock, imageKey },
        ...(clerk === undefined ? {} : { clerk: imageChannel(clerk, imageKey) }),
      })
    : undefined;
  if (agent !== undefined) lifecycle.onStop('agent', () => agent.close());
  signal.throwIfAborted();

  const addresses: Addresses = {
    portal: `${origin}/`,
    agency: `${origin}${city.basePath}/`,
    ca: caUrl,
    agent: agentOrigin,
    ...(agent === undefined ? {} : { agentHome: agent.homeUrl }),
    desk: await city.deskLink(),
    others: await Promise.all(
      others.map(async ({ entry, basePath, deskLink, offices }) => ({
        name: entry.name.ja,
        agency: `${origin}${basePath}/`,
        desk: await deskLink(),
        offices: await offices(),
      })),
    ),
    admin: `${origin}${await createAdminLink(database.sql, 'admin-1', clock())}`,
    helpdesk: `${origin}${await createHelpdeskLink(database.sql, 'helper-1', clock())}`,
    counter: `${caUrl}${await clerkLink(ca)}`,
    mail: path.join(dir, 'mail'),
    card: { kind: card.kind, file },
    pid: process.pid,
  };
  await writeAddresses(dir, { ...addresses });
  announce(addresses, card.reason, print);
  return addresses;
}

interface AgentPlace {
  card: CardPlace;
  /** The demo clerk's, for logins at the counter only. */
  clerk?: CardChannel;
  anchors: Awaited<ReturnType<Ca['anchors']>>;
  origin: string;
  caUrl: string;
  clock: () => Date;
  imageKey: Uint8Array;
}

/** The demo's own signing agent, over the demo card. */
async function agentOf({ dir, agentPort }: StartOptions, place: AgentPlace) {
  const { card, clerk, anchors, origin, caUrl, clock, imageKey } = place;
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
