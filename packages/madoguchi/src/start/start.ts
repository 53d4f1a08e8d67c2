/** `madoguchi start`: portal, demo city, authority, agent and card on this machine, over one data folder. */
import path from 'node:path';
import { agencyMigrations, folderSender } from '@madoguchi/agency';
import type { Ca } from '@madoguchi/ca';
import { type CardChannel, imageChannel } from '@madoguchi/client';
import { createAdminLink, createHelpdeskLink, portalMigrations } from '@madoguchi/portal';
import { type Keystore, migrate, type Sql, startJobs, writeAddresses } from '@madoguchi/store';
import { databaseOf, imageKeyOf, issuingKeys, keystoreOf } from '../cli/folder.js';
import type { Addresses } from './addresses.js';
import type { AgencyProfile } from './agencies.js';
import { announce } from './announce.js';
import { demoAuthority } from './authority.js';
import { serveAuthority } from './authority-server.js';
import { type CardPlace, placeCard } from './card-place.js';
import { clerkCard, clerkLink } from './clerk-card.js';
import { counterOf } from './counter.js';
import { counterLogin } from './counter-login.js';
import { startDemoAgent, writeDemoTrust } from './demo-agent.js';
import { createLifecycle, type Lifecycle } from './lifecycle.js';
import { listen, portsFree } from './listen.js';
import { type Log, openLog } from './log.js';
import { besideTheDemo, readAgencies } from './own-agencies.js';
import { erasePortalHourly } from './portal-erasure.js';
import { residentCard } from './resident-card.js';
import { type Agencies, createAgencies } from './served-agencies.js';
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

/** What every part of a start is made from. */
interface Run extends StartOptions {
  readonly clock: () => Date;
  readonly lifecycle: Lifecycle;
  readonly log: Log;
  readonly origin: string;
  readonly caUrl: string;
  readonly agentOrigin: string;
}

interface Store {
  readonly keystore: Keystore;
  readonly database: Awaited<ReturnType<typeof databaseOf>>;
}

/** Part after part; each says before it how it is stopped again. A stop in the middle is heard between them. */
async function startParts(options: StartOptions, lifecycle: Lifecycle): Promise<Addresses> {
  const { print } = options;
  const profiles = options.agencies === undefined ? undefined : besideTheDemo(readAgencies(options.agencies));
  const run = await begin(options, lifecycle);

  print('データベースを起動しています… (database)');
  const store = await openStore(run);
  lifecycle.signal.throwIfAborted();

  print('認証局を用意しています… (demo authority)');
  const ca = await openAuthority(run, store);
  lifecycle.signal.throwIfAborted();
  const agencies = await openAgencies(run, store, ca, profiles);
  lifecycle.signal.throwIfAborted();

  print('カードを用意しています… (card)');
  const cards = await openCards(run, store, ca);
  const anchors = await ca.anchors();
  await writeDemoTrust(run, anchors);
  const agent = (options.ownAgent ?? true) ? await startDemoAgent(run, { ...cards, anchors }) : undefined;
  if (agent !== undefined) lifecycle.onStop('agent', () => agent.close());
  lifecycle.signal.throwIfAborted();

  const addresses = await addressesOf(run, {
    ...{ sql: store.database.sql, ca, agencies, cards, agentHome: agent?.homeUrl },
  });
  await writeAddresses(run.dir, { ...addresses });
  announce(addresses, cards.card.reason, print);
  return addresses;
}

/** Takes the data folder and the ports for this start, before anything is changed. */
async function begin(options: StartOptions, lifecycle: Lifecycle): Promise<Run> {
  const { dir, port, agentPort, ownAgent = true } = options;
  const clock = options.clock ?? (() => new Date());
  lifecycle.onStop('data folder', holdFolder(dir));
  await portsFree([
    { port, what: 'portal and city', option: 'port' },
    { port: port + 1, what: 'authority', option: 'port' },
    ...(ownAgent ? [{ port: agentPort, what: 'signing agent', option: 'agent-port' }] : []),
  ]);
  const log = openLog(path.join(dir, 'log.jsonl'), clock);
  lifecycle.onStop('log', log.close);
  return {
    ...options,
    ...{ clock, lifecycle, log },
    origin: `http://${host}:${port}`,
    caUrl: `http://${host}:${port + 1}`,
    agentOrigin: `http://${host}:${agentPort}`,
  };
}

async function openStore({ dir, lifecycle }: Run): Promise<Store> {
  const keystore = await keystoreOf(dir);
  const database = await databaseOf(dir, true, lifecycle.signal);
  lifecycle.onStop('database', () => database.close());
  await migrate(database.sql, agencyMigrations);
  await migrate(database.sql, portalMigrations);
  return { keystore, database };
}

/** The demo's authority with its counter, on the port after the portal's. */
async function openAuthority(run: Run, { database, keystore }: Store): Promise<Ca> {
  const { dir, clock, lifecycle, log, caUrl, origin, agentOrigin } = run;
  const hardware = await issuingKeys();
  if (hardware !== undefined) lifecycle.onStop('keys', hardware.close);
  const ca = await demoAuthority({
    ...{ database, keystore, clock, publicUrl: caUrl },
    ...(hardware === undefined ? {} : { keys: hardware.keys }),
    ...(run.renewalDays === undefined ? {} : { renewalDays: run.renewalDays }),
  });
  const login = { origin: caUrl, agentOrigin, setUpUrl: `${origin}/start`, hasDemoClerk: true, clock };
  await serveAuthority({
    ...{ ca, host, port: run.port + 1, log, lifecycle },
    counter: { ...counterOf(dir, keystore), ...(await counterLogin({ ca, keystore, dir, ...login })) },
    // Somebody else's database may have other processes at work in it.
    alone: (process.env.DATABASE_URL ?? '') === '',
  });
  return ca;
}

/** The agencies, their jobs, and the portal before them, on one port. */
async function openAgencies(
  run: Run,
  { database, keystore }: Store,
  ca: Ca,
  profiles: readonly AgencyProfile[] | undefined,
): Promise<Agencies['served']> {
  const { dir, clock, lifecycle, log, caUrl, origin, agentOrigin } = run;
  const { sql } = database;
  const { served, tasks } = await createAgencies({
    ...{ database, keystore, ca, caUrl, origin, agentOrigin, dir, clock, log },
    ...(profiles === undefined ? {} : { agencies: profiles }),
    // One person at one machine: the link opens the desk at once.
    desk: { linksOpen: true },
    // Nothing leaves this machine: letters lie in a folder, to be read.
    mail: folderSender({ folder: path.join(dir, 'mail'), from: 'noreply@madoguchi.example' }),
  });
  const jobs = await startJobs({
    url: database.url,
    tasks,
    onFailure: (task, error) => log.fault('agency', task, error),
  });
  lifecycle.onStop('jobs', () => jobs.stop());
  const app = webApp({ agencies: served, sql, origin, agentOrigin, caUrl, clock, log });
  const web = await listen(app, host, run.port, 'portal and agency');
  lifecycle.onStop('portal and agency', web.close);
  erasePortalHourly({ sql, clock, log, lifecycle });
  return served;
}

interface Cards {
  /** The demo resident's, where it was placed. */
  readonly card: CardPlace;
  /** The image behind it. */
  readonly file: string;
  readonly clerk: CardChannel | undefined;
  readonly imageKey: Uint8Array;
}

async function openCards({ dir, clock, lifecycle }: Run, { keystore }: Store, ca: Ca): Promise<Cards> {
  const clerk = await clerkCard({ ca, keystore, dir, clock });
  const file = await residentCard({ ca, keystore, dir, clock });
  const imageKey = imageKeyOf(keystore);
  const card = await placeCard(file, imageKey);
  lifecycle.onStop('card', card.close);
  return { card, file, clerk: clerk === undefined ? undefined : imageChannel(clerk, imageKey), imageKey };
}

/** Where everything is now, with the links that open each desk once. */
async function addressesOf(
  { dir, clock, origin, caUrl, agentOrigin }: Run,
  parts: { sql: Sql; ca: Ca; agencies: Agencies['served']; cards: Cards; agentHome: string | undefined },
): Promise<Addresses> {
  const { sql, ca, cards, agentHome } = parts;
  const [city, ...others] = parts.agencies;
  return {
    portal: `${origin}/`,
    agency: `${origin}${city.basePath}/`,
    ca: caUrl,
    agent: agentOrigin,
    ...(agentHome === undefined ? {} : { agentHome }),
    desk: await city.deskLink(),
    others: await Promise.all(
      others.map(async ({ entry, basePath, deskLink, offices }) => ({
        name: entry.name.ja,
        agency: `${origin}${basePath}/`,
        desk: await deskLink(),
        offices: await offices(),
      })),
    ),
    admin: `${origin}${await createAdminLink(sql, 'admin-1', clock())}`,
    helpdesk: `${origin}${await createHelpdeskLink(sql, 'helper-1', clock())}`,
    counter: `${caUrl}${await clerkLink(ca)}`,
    mail: path.join(dir, 'mail'),
    card: { kind: cards.card.kind, file: cards.file },
    pid: process.pid,
  };
}
