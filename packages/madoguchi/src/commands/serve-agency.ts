/** `serve agency`: the agencies, their jobs and, where it is configured, the login by the card's certificate in TLS. */
import { agencyMigrations, clamdScanner, type Limits, type MailSender, smtpSender } from '@madoguchi/agency';
import { migrate, startJobs } from '@madoguchi/store';
import { installErrorPages } from '@madoguchi/ui';
import { Hono } from 'hono';
import { CommandError } from '../cli/command.js';
import type { Config } from '../cli/config.js';
import { variantTable } from '../cli/variants.js';
import { listen, type Tls } from '../start/listen.js';
import { readAgencies } from '../start/own-agencies.js';
import { type Agencies, createAgencies } from '../start/served-agencies.js';
import { authorityOf, clock, type Room, ratesOf, type Served, schemeOf, tlsOf } from './serve-room.js';

export const agency: Room = async (served) => {
  const { config, dir, log, lifecycle } = served;
  const variants = variantTable(config.variants ?? []);
  const own = config.agencies === undefined ? {} : { agencies: readAgencies(config.agencies) };
  const opened = await authorityOf(served);
  await migrate(opened.database.sql, agencyMigrations);
  const port = config.port ?? 8080;
  const tls = tlsOf(config);
  const origin = config.origin ?? `${schemeOf(tls)}://${config.host}:${port}`;
  const byCard = cardLoginOf(config, tls, origin);
  const { served: agencies, tasks } = await createAgencies({
    ...opened,
    ...own,
    caUrl: config.caUrl,
    origin,
    agentOrigin: `http://127.0.0.1:${config.agentPort}`,
    ...(byCard === undefined ? {} : { cardLoginOrigin: byCard.origin }),
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
  const server = await listen(appOf(agencies), config.host, port, 'the agency', tls);
  lifecycle.onStop('agency', server.close);
  if (byCard !== undefined) {
    const { authentication } = await opened.ca.anchors();
    await listenForCards(served, agencies, byCard, authentication);
  }
  return (await Promise.all([...waysByCard(agencies, byCard), ...waysIn(agencies, origin)])).join('\n');
};

/** Pages of all of them on one server; its root leads to the first. */
function appOf(agencies: Agencies['served']): Hono {
  const [{ entry, basePath: home, contact }] = agencies;
  const app = new Hono();
  installErrorPages(app, { siteName: entry.name, siteHref: `${home}/`, contact });
  for (const { basePath, app: pages } of agencies) app.route(basePath, pages);
  app.get('/', (c) => c.redirect(`${home}/`));
  return app;
}

function waysIn(agencies: Agencies['served'], origin: string): Promise<string>[] {
  return agencies.map(
    async ({ basePath, deskLink }) => `agency: ${origin}${basePath}/\ndesk: ${await deskLink()}`,
  );
}

/** The port where TLS asks for the card's certificate. */
interface CardLogin {
  readonly port: number;
  readonly origin: string;
  readonly tls: Tls;
}

function cardLoginOf(
  { cardLoginPort: port }: Config,
  tls: Tls | undefined,
  origin: string,
): CardLogin | undefined {
  if (port === undefined) return undefined;
  if (tls === undefined || !origin.startsWith('https:'))
    throw new CommandError(
      'usage',
      'configuration: cardLoginPort is set: the card is asked for in TLS, so set tlsKey and tlsCert, and an origin beginning with https:// if any.',
    );
  return { port, origin: cardOrigin(origin, port), tls };
}

async function listenForCards(
  { config, lifecycle }: Served,
  agencies: Agencies['served'],
  { port, tls }: CardLogin,
  anchors: readonly Uint8Array[],
): Promise<void> {
  const app = new Hono();
  for (const { basePath, cardTls } of agencies) app.route(basePath, cardTls);
  const clients = { cards: anchors.map(pem) };
  const entrance = await listen(app, config.host, port, 'the login by card', { ...tls, clients });
  lifecycle.onStop('card login', entrance.close);
}

function waysByCard(agencies: Agencies['served'], byCard: CardLogin | undefined): string[] {
  if (byCard === undefined) return [];
  return agencies.map(
    ({ basePath }) => `login by the card’s certificate in TLS: ${byCard.origin}${basePath}/my`,
  );
}

/** What one address may do at an agency, as configured. */
function limitsOf({ limits: { timeStamps: _, ...own } = {}, proxies }: Config): Limits {
  return { proxies, ...ratesOf(own) };
}

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
