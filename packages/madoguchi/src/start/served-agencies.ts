/** The demo's agencies: their keys, procedures, reception, verification and desks, over one database. */
import path from 'node:path';
import {
  type AgencyConfig,
  type AgencyKeys,
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
import { rememberAgency } from './known-agencies.js';
import type { Log } from './log.js';
import { type OfficeDesk, officeDesks } from './office-desks.js';

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
  const { database, keystore, ca, caUrl, origin, dir, clock } = place;
  const { sql } = database;
  const { code, name, contact } = profile;
  const { keys, decryption } = await agencyKeys({
    ca,
    keystore,
    folder: path.join(dir, 'agencies'),
    agency: { code, name, hosts: [new URL(origin).hostname] },
    clock,
    onFault: (error) => place.log.fault('agency', 'decryption-keys', error),
  });
  const anchors = await ca.anchors();
  const issuer = anchors.agency.at(-1);
  if (issuer === undefined) throw new CommandError('defect', 'The authority has no root for agencies.');
  const options = receptionOf(profile, place, keys, issuer);
  const { agency, procedures } = options;
  await rememberAgency(dir, { code, name });
  await joinFormerChain(sql, code, clock());
  if (profile.hasResidents) await registerResidents(ca, sql, code);
  const variants = await openVariantTable({ sql, agency: code }, place.variants ?? loadVariants([]));
  const { trust, login } = trustOf({ ...place, anchors, profile, secret: keys.secret }, variants);
  const verification = { sql, agency: { code, name }, trust, clock };
  const archive = await archiveOf({ ca, database, clock, caUrl }, { code, name }, keys);
  const care = {
    ...archive,
    log: options.log,
    keys: decryption,
    ...(place.retention === undefined ? {} : { retention: place.retention }),
  };
  await beginCare(care);
  const desk = deskRoutes({
    ...{ sql, agency, procedures, verification, archive, variants, clock, log: options.log },
    ...place.desk,
    webhooks: { secret: keys.secret, origins: options.webhookOrigins },
    login: { keys, staple: options.staple, site: login, limits: place.limits },
  });
  const { basePath, siteName } = agency;
  const served: ServedAgency = {
    ...{ code, basePath, contact },
    app: agencyApp({ ...options, login, desk }),
    cardTls: cardTlsApp({ ...options, site: login }),
    entry: {
      ...{ code, name: siteName, url: `${basePath}/` },
      procedures: procedures.map(({ definition }) => definition),
    },
    deskLink: () => createDeskLink({ sql, agency, now: clock() }),
    offices: () => officeDesks({ sql, agency, procedures, clock }),
  };
  const verify = async (input: Omit<Parameters<typeof verifyCase>[0], 'trust'>) => {
    await verifyCase({ ...input, trust });
  };
  return { reception: { options, verify, trust }, verification, care, served };
}

/** What its reception works with: who it is, its procedures and keys, and what the place allows. */
function receptionOf(profile: AgencyProfile, place: Place, keys: AgencyKeys, issuer: Uint8Array) {
  const { database, caUrl, clock, log, limits, mail } = place;
  const { scan } = place.desk;
  return {
    db: database,
    agency: configOf(profile, place),
    procedures: loadProcedures(profile.procedures),
    keys,
    staple: ocspStaple({ issuer, url: `${caUrl}/ocsp`, clock }),
    clock,
    metrics: place.metrics ?? true,
    webhookOrigins: place.webhookOrigins ?? [],
    ...(limits === undefined ? {} : { limits }),
    ...(scan === undefined ? {} : { scan }),
    ...(mail === undefined ? {} : { mail }),
    log: (event: string, detail?: Record<string, unknown>) => log.write('agency', event, detail),
  };
}

function configOf({ code, name, siteName, contact, banner }: AgencyProfile, place: Place): AgencyConfig {
  const { origin, agentOrigin, duplicateDays, cardLoginOrigin } = place;
  return {
    ...{ code, name, siteName, origin, contact, banner, agentOrigin },
    basePath: `/a/${code}`,
    postCodes: demoPostCodes,
    setUpUrl: '/start',
    ...(duplicateDays === undefined ? {} : { duplicateDays }),
    ...(cardLoginOrigin === undefined ? {} : { cardLoginOrigin }),
  };
}

/** Whom this agency believes: about signatures and who signed them, and about logins. */
function trustOf(
  place: Place & { anchors: Awaited<ReturnType<Ca['anchors']>>; profile: AgencyProfile; secret: Uint8Array },
  variants: NonNullable<CitizenTrust['variants']>,
) {
  const { anchors, profile, secret, database, caUrl, clock } = place;
  const { code, hasResidents } = profile;
  const { sql } = database;
  const revocation = httpRevocation({
    indexUrl: `${caUrl}/crl/index.json`,
    ocspUrl: `${caUrl}/ocsp`,
    holdMs: 100,
    clock,
  });
  const residents = () => ({ ...residentRegister(sql, code), links: residentLinks(sql, code, secret) });
  const trust: CitizenTrust = {
    ...{ anchors: [...anchors.signature], demo: true, revocation, variants },
    ...(hasResidents ? { residents: residents() } : {}),
  };
  return { trust, login: { anchors: [...anchors.authentication], demo: true, revocation } };
}

/** The city's resident records are its own; in the demo they are filled from the people the authority knows. */
async function registerResidents(ca: Ca, sql: Database['sql'], code: string): Promise<void> {
  for (const { id, name, kana, address, birthDate, sex } of await ca.residents(code)) {
    await putResident(sql, code, { id, name, kana, address, birthDate, sex });
  }
}
