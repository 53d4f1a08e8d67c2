/** The demo city 見本市 as an agency: its keys, procedures, reception, verification and desk. */
import path from 'node:path';
import {
  type AgencyConfig,
  agencyApp,
  type CitizenTrust,
  createDeskLink,
  deskRoutes,
  httpRevocation,
  loadProcedures,
  ocspStaple,
  putResident,
  receptionTasks,
  residentRegister,
  verificationTasks,
  verifyCase,
} from '@madoguchi/agency';
import type { Ca } from '@madoguchi/ca';
import type { PortalAgency } from '@madoguchi/portal';
import type { Database, Keystore, Task } from '@madoguchi/store';
import type { Contact } from '@madoguchi/ui';
import type { Hono } from 'hono';
import { CommandError } from '../cli/command.js';
import { agencyKeys } from './agency-keys.js';
import type { Log } from './log.js';

export interface City {
  basePath: string;
  app: Hono;
  tasks: Record<string, Task>;
  entry: PortalAgency;
  contact: Contact;
  /** An address that opens the officer's desk once. */
  deskLink: () => Promise<string>;
}

const code = '99201';
const contact: Contact = {
  name: {
    ja: '見本市 市民課',
    jaEasy: '{見本市|みほんし} {市民課|しみんか}',
    en: 'Mihon City, Citizens Division',
  },
  telephone: '099-000-0100',
};

export async function createCity(input: {
  database: Database;
  keystore: Keystore;
  ca: Ca;
  caUrl: string;
  origin: string;
  agentOrigin: string;
  dir: string;
  clock: () => Date;
  log: Log;
  metrics?: boolean;
}): Promise<City> {
  const { database, keystore, ca, caUrl, origin, agentOrigin, dir, clock, log } = input;
  const basePath = `/a/${code}`;
  const agency: AgencyConfig = {
    code,
    name: '見本市',
    siteName: { ja: '見本市', jaEasy: '{見本市|みほんし}', en: 'Mihon City' },
    origin,
    basePath,
    contact,
    banner: {
      ja: 'これは見本です。本物の市役所ではありません。',
      jaEasy: 'これは {見本|みほん}です。{本物|ほんもの}の {市役所|しやくしょ}では ありません。',
      en: 'This is a demonstration, not a real city office.',
    },
    agentOrigin,
    setUpUrl: '/start',
  };
  const keys = await agencyKeys({
    ca,
    keystore,
    folder: path.join(dir, 'agencies'),
    agency: { code, name: agency.name, hosts: [new URL(origin).hostname] },
    clock,
  });
  const anchors = await ca.anchors();
  const issuer = anchors.agency.at(-1);
  if (issuer === undefined) throw new CommandError('defect', 'The authority has no root for agencies.');
  const procedures = loadProcedures();
  const options = {
    db: database,
    agency,
    procedures,
    keys,
    staple: ocspStaple({ issuer, url: `${caUrl}/ocsp`, clock }),
    clock,
    metrics: input.metrics ?? true,
    log: (event: string, detail?: Record<string, string | number>) => log.write('agency', event, detail),
  };
  const { sql } = database;
  await registerResidents(ca, sql);
  const trust: CitizenTrust = {
    anchors: [...anchors.signature],
    demo: true,
    revocation: httpRevocation({ indexUrl: `${caUrl}/crl/index.json`, ocspUrl: `${caUrl}/ocsp`, clock }),
    residents: residentRegister(sql, code),
  };
  const login = {
    anchors: [...anchors.authentication],
    demo: true,
    revocation: trust.revocation,
  };
  const verification = { sql, agency: { code, name: agency.name }, trust, clock };
  return {
    basePath,
    contact,
    app: agencyApp({
      ...options,
      login,
      desk: deskRoutes({
        ...{ sql, agency, procedures, verification, clock, log: options.log },
        login: { keys, staple: options.staple, site: login },
      }),
    }),
    tasks: {
      ...receptionTasks([
        {
          options,
          verify: async (input) => {
            await verifyCase({ ...input, trust });
          },
        },
      ]),
      ...verificationTasks([verification]),
    },
    entry: {
      code,
      name: agency.siteName,
      url: `${basePath}/`,
      procedures: procedures.map(({ definition }) => definition),
    },
    deskLink: () => createDeskLink({ sql, agency, now: clock() }),
  };
}

/** The city's resident records are its own; in the demo they are filled from the people the authority knows. */
async function registerResidents(ca: Ca, sql: Database['sql']): Promise<void> {
  for (const { id, name, address, birthDate, sex } of await ca.residents(code)) {
    await putResident(sql, code, { id, name, address, birthDate, sex });
  }
}
