/** The demo's agencies: their keys, procedures, reception, verification and desks, over one database. */
import path from 'node:path';
import {
  type AgencyConfig,
  agencyApp,
  beginCare,
  type CitizenTrust,
  cardTlsApp,
  careTasks,
  createDeskLink,
  type DeskOptions,
  deskRoutes,
  httpRevocation,
  joinFormerChain,
  type Limits,
  loadProcedures,
  loadVariants,
  type MailSender,
  ocspStaple,
  openVariantTable,
  putResident,
  type Retention,
  receptionTasks,
  residentLinks,
  residentRegister,
  type Variants,
  verificationTasks,
  verifyCase,
} from '@madoguchi/agency';
import type { Ca } from '@madoguchi/ca';
import type { PortalAgency } from '@madoguchi/portal';
import type { Database, Keystore, Task } from '@madoguchi/store';
import type { Contact } from '@madoguchi/ui';
import type { Hono } from 'hono';
import { CommandError } from '../cli/command.js';
import { type AgencyProfile, demoAgencies } from './agencies.js';
import { archiveOf } from './agency-archive.js';
import { agencyKeys } from './agency-keys.js';
import { demoPostCodes } from './demo-post-codes.js';
import type { Log } from './log.js';
import { type OfficeDesk, officeDesks } from './office-desks.js';
import { rememberAgency } from './own-agencies.js';

export interface ServedAgency {
  code: string;
  basePath: string;
  app: Hono;
  /** What a server that asks for cards' certificates answers, see `cardTlsApp`. */
  cardTls: Hono;
  entry: PortalAgency;
  contact: Contact;
  /** An address that opens the officer's desk once. */
  deskLink: () => Promise<string>;
  /** The offices at that desk, each with a link of its own; call it after `deskLink`. */
  offices: () => Promise<OfficeDesk[]>;
}

export interface Agencies {
  /** In the order in which they were given: in the demo the city first. */
  served: [ServedAgency, ...ServedAgency[]];
  tasks: Record<string, Task>;
}

interface Place {
  database: Database;
  keystore: Keystore;
  ca: Ca;
  caUrl: string;
  origin: string;
  agentOrigin: string;
  /** Where TLS asks for the card's certificate, if anywhere. */
  cardLoginOrigin?: string;
  dir: string;
  clock: () => Date;
  log: Log;
  /** Who receives here; the demo's agencies where it is not given. */
  agencies?: readonly AgencyProfile[];
  metrics?: boolean;
  /** See `DeskOptions`. */
  desk: Pick<DeskOptions, 'linksOpen' | 'fourEyes' | 'scan'>;
  /** Hands over e-mail notices of all of them. */
  mail?: MailSender;
  /** Origins inside that core systems may be told at. */
  webhookOrigins?: readonly string[];
  /** Years that decided cases are kept; without it nothing is erased. */
  retention?: Retention;
  limits?: Limits;
  /** See `AgencyConfig`. */
  duplicateDays?: number | undefined;
  /** Forms of characters for 照合; the shipped table where it is not given. */
  variants?: Variants;
}

/** All of them; their jobs share one queue, and their tables hold each other's cases apart. */
export async function createAgencies(place: Place): Promise<Agencies> {
  const profiles = place.agencies ?? demoAgencies;
  const made = await Promise.all(profiles.map((profile) => createAgency(profile, place)));
  const [first, ...others] = made.map(({ served }) => served);
  if (first === undefined) throw new CommandError('defect', 'There is no agency.');
  return {
    served: [first, ...others],
    tasks: {
      ...receptionTasks(made.map(({ reception }) => reception)),
      ...verificationTasks(made.map(({ verification }) => verification)),
      ...careTasks(made.map(({ care }) => care)),
    },
  };
}

async function createAgency(profile: AgencyProfile, place: Place) {
  const { database, keystore, ca, caUrl, origin, agentOrigin, dir, clock, log } = place;
  const { code, contact } = profile;
  const basePath = `/a/${code}`;
  const agency: AgencyConfig = {
    code,
    name: profile.name,
    siteName: profile.siteName,
    origin,
    basePath,
    contact,
    banner: profile.banner,
    agentOrigin,
    postCodes: demoPostCodes,
    setUpUrl: '/start',
    ...(place.duplicateDays === undefined ? {} : { duplicateDays: place.duplicateDays }),
    ...(place.cardLoginOrigin === undefined ? {} : { cardLoginOrigin: place.cardLoginOrigin }),
  };
  const { keys, decryption } = await agencyKeys({
    ca,
    keystore,
    folder: path.join(dir, 'agencies'),
    agency: { code, name: agency.name, hosts: [new URL(origin).hostname] },
    clock,
  });
  const anchors = await ca.anchors();
  const issuer = anchors.agency.at(-1);
  if (issuer === undefined) throw new CommandError('defect', 'The authority has no root for agencies.');
  const procedures = loadProcedures(profile.procedures);
  await rememberAgency(dir, { code, name: profile.name });
  const options = {
    db: database,
    agency,
    procedures,
    keys,
    staple: ocspStaple({ issuer, url: `${caUrl}/ocsp`, clock }),
    clock,
    metrics: place.metrics ?? true,
    ...(place.limits === undefined ? {} : { limits: place.limits }),
    webhookOrigins: place.webhookOrigins ?? [],
    ...(place.desk.scan === undefined ? {} : { scan: place.desk.scan }),
    ...(place.mail === undefined ? {} : { mail: place.mail }),
    log: (event: string, detail?: Record<string, unknown>) => log.write('agency', event, detail),
  };
  const { sql } = database;
  await joinFormerChain(sql, code, clock());
  if (profile.hasResidents) await registerResidents(ca, sql, code);
  const variants = await openVariantTable({ sql, agency: code }, place.variants ?? loadVariants([]));
  const trust: CitizenTrust = {
    anchors: [...anchors.signature],
    demo: true,
    revocation: httpRevocation({
      indexUrl: `${caUrl}/crl/index.json`,
      ocspUrl: `${caUrl}/ocsp`,
      holdMs: 100,
      clock,
    }),
    ...(profile.hasResidents
      ? { residents: { ...residentRegister(sql, code), links: residentLinks(sql, code, keys.secret) } }
      : {}),
    variants,
  };
  const login = {
    anchors: [...anchors.authentication],
    demo: true,
    revocation: trust.revocation,
  };
  const verification = { sql, agency: { code, name: agency.name }, trust, clock };
  const archive = await archiveOf({ ca, database, clock, caUrl }, { code, name: agency.name }, keys);
  const care = {
    ...archive,
    log: options.log,
    keys: decryption,
    ...(place.retention === undefined ? {} : { retention: place.retention }),
  };
  await beginCare(care);
  return {
    reception: {
      options,
      verify: async (input: Omit<Parameters<typeof verifyCase>[0], 'trust'>) => {
        await verifyCase({ ...input, trust });
      },
      trust,
    },
    verification,
    care,
    served: {
      code,
      basePath,
      contact,
      app: agencyApp({
        ...options,
        login,
        desk: deskRoutes({
          ...{
            sql,
            agency,
            procedures,
            verification,
            archive,
            variants,
            clock,
            log: options.log,
            ...place.desk,
          },
          webhooks: { secret: keys.secret, origins: options.webhookOrigins },
          login: { keys, staple: options.staple, site: login, limits: place.limits },
        }),
      }),
      cardTls: cardTlsApp({ ...options, site: login }),
      entry: {
        code,
        name: agency.siteName,
        url: `${basePath}/`,
        procedures: procedures.map(({ definition }) => definition),
      },
      deskLink: () => createDeskLink({ sql, agency, now: clock() }),
      offices: () => officeDesks({ sql, agency, procedures, clock }),
    } satisfies ServedAgency,
  };
}

/** The city's resident records are its own; in the demo they are filled from the people the authority knows. */
async function registerResidents(ca: Ca, sql: Database['sql'], code: string): Promise<void> {
  for (const { id, name, kana, address, birthDate, sex } of await ca.residents(code)) {
    await putResident(sql, code, { id, name, kana, address, birthDate, sex });
  }
}
