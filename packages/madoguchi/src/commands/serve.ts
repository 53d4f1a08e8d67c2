/** `serve`: one room alone, over the same data folder or DATABASE_URL. Several of the same room may run side by side. */
import path from 'node:path';
import { agencyMigrations, clamdScanner, type Limits, type MailSender, smtpSender } from '@madoguchi/agency';
import { type CaLimits, openCa, type VerifierAccess } from '@madoguchi/ca';
import { agentPhrase, isAuthorityAddress, readerChannels, startAgent } from '@madoguchi/client';
import { isAddress, openCatalogues, portalApp, portalMigrations } from '@madoguchi/portal';
import { migrate, type Sql, startJobs } from '@madoguchi/store';
import { installErrorPages } from '@madoguchi/ui';
import { Hono } from 'hono';
import { type Command, CommandError } from '../cli/command.js';
import { type Config, keyLines, readConfig } from '../cli/config.js';
import { dataPath } from '../cli/data-path.js';
import { databaseOf, issuingKeys, keystoreOf } from '../cli/folder.js';
import { readInput } from '../cli/input.js';
import { plain } from '../cli/plain.js';
import { variantTable } from '../cli/variants.js';
import { serveAuthority } from '../start/authority-server.js';
import { counterOf } from '../start/counter.js';
import { counterLogin } from '../start/counter-login.js';
import { createLifecycle, type Lifecycle } from '../start/lifecycle.js';
import { listen, type Tls } from '../start/listen.js';
import { type Log, openLog } from '../start/log.js';
import { readAgencies } from '../start/own-agencies.js';
import { erasePortalHourly } from '../start/portal-erasure.js';
import { createAgencies } from '../start/served-agencies.js';

const clock = () => new Date();

interface Served {
  config: Config;
  dir: string;
  lifecycle: Lifecycle;
  log: Log;
}

type Room = (served: Served) => Promise<string>;

async function authorityOf({ config, dir, lifecycle }: Served) {
  const keystore = await keystoreOf(dir);
  const database = await databaseOf(dir, false, lifecycle.signal);
  lifecycle.onStop('database', () => database.close());
  const hardware = await issuingKeys();
  if (hardware !== undefined) lifecycle.onStop('keys', hardware.close);
  const ca = await openCa({
    sql: database.sql,
    keystore,
    clock,
    publicUrl: config.caUrl,
    ...(hardware === undefined ? {} : { keys: hardware.keys }),
  });
  return { ca, keystore, database };
}

/** Everybody, unless notified verifiers are named. */
function accessOf({ verifierKeys: keys, verifierCertificates: certificates }: Config): VerifierAccess {
  if (keys === undefined && certificates === undefined) return { open: true };
  return { ...(keys === undefined ? {} : { keys }), ...(certificates === undefined ? {} : { certificates }) };
}

function tlsOf({ tlsKey, tlsCert, verifierCertificates }: Config): Tls | undefined {
  if (tlsKey === undefined && tlsCert === undefined) {
    if (verifierCertificates === undefined) return undefined;
    throw new CommandError(
      'usage',
      'configuration: verifierCertificates is set: certificates are shown in TLS, so set tlsKey and tlsCert too.',
    );
  }
  if (tlsKey === undefined || tlsCert === undefined) {
    throw new CommandError('usage', 'configuration: tlsKey and tlsCert go together; one of them is missing.');
  }
  return {
    key: readInput(tlsKey).toString(),
    cert: readInput(tlsCert).toString(),
  };
}

const schemeOf = (tls: Tls | undefined) => (tls === undefined ? 'http' : 'https');

const ca: Room = async (served) => {
  const { config, log, lifecycle } = served;
  const opened = await authorityOf(served);
  const tls = tlsOf(config);
  const wanted = config.port ?? 8081;
  const origin = config.origin ?? `${schemeOf(tls)}://${config.host}:${wanted}`;
  const port = await serveAuthority({
    ca: opened.ca,
    host: config.host,
    port: wanted,
    log,
    lifecycle,
    metrics: config.metrics,
    access: accessOf(config),
    limits: authorityLimitsOf(config),
    ...(tls === undefined ? {} : { tls: { ...tls, clients: 'any' } }),
    counter: {
      ...counterOf(served.dir, opened.keystore),
      ...(await counterLogin({
        ...opened,
        dir: served.dir,
        origin,
        agentOrigin: `http://127.0.0.1:${config.agentPort}`,
        clock,
      })),
    },
  });
  return `authority: ${schemeOf(tls)}://${config.host}:${port}`;
};

const agency: Room = async (served) => {
  const { config, dir, log, lifecycle } = served;
  const variants = variantTable(config.variants ?? []);
  const own = config.agencies === undefined ? {} : { agencies: readAgencies(config.agencies) };
  const opened = await authorityOf(served);
  await migrate(opened.database.sql, agencyMigrations);
  const port = config.port ?? 8080;
  const tls = tlsOf(config);
  const origin = config.origin ?? `${schemeOf(tls)}://${config.host}:${port}`;
  const { cardLoginPort } = config;
  if (cardLoginPort !== undefined && (tls === undefined || !origin.startsWith('https:')))
    throw new CommandError(
      'usage',
      'configuration: cardLoginPort is set: the card is asked for in TLS, so set tlsKey and tlsCert, and an origin beginning with https:// if any.',
    );
  const cardLogin = cardLoginPort === undefined ? {} : { cardLoginOrigin: cardOrigin(origin, cardLoginPort) };
  const { served: agencies, tasks } = await createAgencies({
    ...opened,
    ...own,
    caUrl: config.caUrl,
    origin,
    agentOrigin: `http://127.0.0.1:${config.agentPort}`,
    ...cardLogin,
    dir,
    clock,
    log,
    metrics: config.metrics,
    webhookOrigins: config.webhookOrigins ?? [],
    ...mailOf(config),
    desk: {
      linksOpen: config.deskLinks === 'open',
      fourEyes: config.fourEyes,
      ...(config.scanner === undefined ? {} : { scan: clamdScanner(config.scanner) }),
    },
    variants,
    limits: limitsOf(config),
    duplicateDays: config.duplicateDays,
    ...(config.retention === undefined ? {} : { retention: config.retention }),
  });
  const jobs = await startJobs({
    url: opened.database.url,
    tasks,
    onFailure: (task, error) => log.fault('agency', task, error),
  });
  lifecycle.onStop('jobs', () => jobs.stop());
  const [city] = agencies;
  const app = new Hono();
  installErrorPages(app, { siteName: city.entry.name, siteHref: `${city.basePath}/`, contact: city.contact });
  for (const { basePath, app: pages } of agencies) app.route(basePath, pages);
  app.get('/', (c) => c.redirect(`${city.basePath}/`));
  const server = await listen(app, config.host, port, 'the agency', tls);
  lifecycle.onStop('agency', server.close);
  if (tls !== undefined && cardLoginPort !== undefined) {
    const byCard = new Hono();
    for (const { basePath, cardTls } of agencies) byCard.route(basePath, cardTls);
    const cards = (await opened.ca.anchors()).authentication.map(pem);
    const entrance = await listen(byCard, config.host, cardLoginPort, 'the login by card', {
      ...tls,
      clients: { cards },
    });
    lifecycle.onStop('card login', entrance.close);
  }
  const lines = agencies.map(
    async ({ basePath, deskLink }) => `agency: ${origin}${basePath}/\ndesk: ${await deskLink()}`,
  );
  const ways = agencies.map(({ basePath }) =>
    cardLogin.cardLoginOrigin === undefined
      ? []
      : `login by the card’s certificate in TLS: ${cardLogin.cardLoginOrigin}${basePath}/my`,
  );
  return [...ways.flat(), ...(await Promise.all(lines))].join('\n');
};

/** What one address may do at an agency, as configured. */
function limitsOf({ limits: { timeStamps: _, ...own } = {}, proxies }: Config): Limits {
  return { proxies, ...ratesOf(own) };
}

/** The same at the authority. */
function authorityLimitsOf({ limits: { requests, timeStamps } = {}, proxies }: Config): CaLimits {
  return { proxies, ...ratesOf({ requests, timeStamps }) };
}

const ratesOf = (limits: Readonly<Record<string, number | undefined>>) =>
  Object.fromEntries(
    Object.entries(limits).flatMap(([kind, perMinute]) =>
      perMinute === undefined ? [] : [[kind, { perMinute }]],
    ),
  );

/** E-mail notices, where a server is configured. */
function mailOf({ smtpUrl, mailFrom }: Config): { mail?: MailSender } {
  if (smtpUrl === undefined && mailFrom === undefined) return {};
  if (smtpUrl === undefined || mailFrom === undefined)
    throw new CommandError(
      'usage',
      'configuration: smtpUrl and mailFrom go together; one of them is missing.',
    );
  return { mail: smtpSender({ url: smtpUrl, from: mailFrom }) };
}

/** The same host on another port: the session's cookie goes to both. */
function cardOrigin(origin: string, port: number): string {
  const url = new URL(origin);
  url.port = String(port);
  return url.origin;
}

const pem = (der: Uint8Array) =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`;

const catalogueMs = 5 * 60_000;

/** The agencies' catalogues: a file that cannot be read stops the start, an address that does not answer is asked again. */
async function cataloguesOf({ config, log, lifecycle }: Served) {
  let started = false;
  const catalogues = await openCatalogues({
    sources: config.catalogues ?? [],
    onFault: (source, fault) => {
      if (!started && !isAddress(source))
        throw new CommandError('usage', `configuration: catalogues: ${source}: ${fault}.`);
      process.stderr.write(`${source}: ${plainLine(fault)}\n`);
      log.write('portal', 'catalogue', { source });
    },
  });
  started = true;
  const timer = setInterval(() => void catalogues.refresh(), catalogueMs);
  lifecycle.onStop('catalogues', () => clearInterval(timer));
  return catalogues;
}

const plainLine = (text: string) => text.replace(/\p{Cc}+/gu, ' ').slice(0, 300);

/** The database of the helpdesk, its tables up to date. */
async function helpdeskOf({ dir, log, lifecycle }: Served): Promise<Sql> {
  const database = await databaseOf(dir, false, lifecycle.signal);
  lifecycle.onStop('database', () => database.close());
  await migrate(database.sql, portalMigrations);
  erasePortalHourly({ sql: database.sql, clock, log, lifecycle });
  return database.sql;
}

const portal: Room = async (served) => {
  const { config, log, lifecycle } = served;
  const catalogues = await cataloguesOf(served);
  const sql = config.helpdesk ? await helpdeskOf(served) : undefined;
  const [agency = '', procedure = ''] = config.featured?.split('/') ?? [];
  const app = portalApp({
    get agencies() {
      return catalogues.agencies();
    },
    ...(config.featured === undefined ? {} : { featured: { agency, procedure } }),
    agentUrl: `http://127.0.0.1:${config.agentPort}`,
    ...(config.origin === undefined ? {} : { origin: config.origin }),
    demo: true,
    metrics: config.metrics,
    statsUrl: `${config.caUrl}/stats.json`,
    ...(config.downloads === undefined ? {} : { downloads: config.downloads }),
    ...(config.content === undefined ? {} : { content: config.content }),
    ...(sql === undefined ? {} : { sql }),
    log: (number, error) => log.fault('portal', number, error),
  });
  const tls = tlsOf(config);
  const server = await listen(app, config.host, config.port ?? 8080, 'the portal', tls);
  lifecycle.onStop('portal', server.close);
  return `portal: ${schemeOf(tls)}://${config.host}:${server.port}/`;
};

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

const rooms: Record<string, Room> = { agency, portal, ca, agent };

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
