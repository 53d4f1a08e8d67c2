/** `serve portal`: the portal, and with a database its helpdesk. */
import { isAddress, openCatalogues, portalApp, portalMigrations } from '@madoguchi/portal';
import { migrate, type Sql } from '@madoguchi/store';
import { CommandError } from '../cli/command.js';
import { databaseOf } from '../cli/folder.js';
import { listen } from '../start/listen.js';
import { erasePortalHourly } from '../start/portal-erasure.js';
import { clock, type Room, type Served, schemeOf, tlsOf } from './serve-room.js';

export const portal: Room = async (served) => {
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
