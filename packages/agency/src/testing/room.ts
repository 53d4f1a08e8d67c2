import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { softwareDecrypter } from '@madoguchi/pki';
import {
  buildApplication,
  buildSubmission,
  type ClaimedAttachment,
  type SigningRequestClaims,
  sealSubmission,
} from '@madoguchi/procedure';
import { type Database, migrate, openDatabase } from '@madoguchi/store';
import { copyPreparedDatabase } from '@madoguchi/store/testing';
import { agencyWorld, citizenWorld, now, type Party, taro } from '@madoguchi/testing';
import { Hono } from 'hono';
import { type AgencyAppOptions, agencyApp } from '../app.js';
import { torisage } from '../corrections/torisage.js';
import { agencyMigrations } from '../migrations.js';
import { loadProcedures } from '../procedures.js';
import { ininjo } from '../signers/mandate.js';

export const base = '/a/99201';
export const origin = 'http://127.0.0.1:8080';

/** A data folder with its own server, gone after the tests. */
export async function temporaryDatabase(): Promise<{ db: Database; close: () => Promise<void> }> {
  const dir = await mkdtemp(path.join(tmpdir(), 'mado-agency-'));
  copyPreparedDatabase(dir);
  const db = await openTables(dir);
  return {
    db,
    close: async () => {
      await db.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export async function openTables(dir: string): Promise<Database> {
  const db = await openDatabase({ dataDir: dir });
  await migrate(db.sql, agencyMigrations);
  return db;
}

/** The demo city over a database, its keys, a citizen, and a clock that tests may set. */
export async function openRoom(db: Pick<Database, 'sql'>, procedures = loadProcedures()) {
  const [world, citizens] = await Promise.all([agencyWorld(), citizenWorld()]);
  const time = { now };
  const options: AgencyAppOptions = {
    db,
    agency: {
      code: '99201',
      name: '見本市',
      siteName: { ja: '見本市', jaEasy: '{見本市|みほんし}', en: 'Mihon City' },
      origin,
      basePath: base,
      contact: { name: '見本市 市民課', telephone: '099-000-0100' },
      setUpUrl: '/start',
    },
    procedures,
    keys: {
      signer: world.city.signer,
      signerChain: [world.city.der],
      encryptionCertificate: world.encryption.der,
      decrypter: softwareDecrypter(world.encryption.pkcs8),
      secret: new Uint8Array(32).fill(7),
    },
    staple: (der) =>
      world.ocsp(
        Buffer.compare(der, world.city.der) === 0 ? world.city.certificate : world.encryption.certificate,
        'good',
        time.now,
      ),
    clock: () => time.now,
  };
  const app = new Hono().route(base, agencyApp(options));
  return { world, citizens, time, options, app, procedures };
}

export type Room = Awaited<ReturnType<typeof openRoom>>;

export const juminhyo = {
  subject: 'self',
  copies: '1',
  domicile: 'no',
  delivery: 'post',
};

/** Of `douro-senyo`. */
export const roadPermission = {
  kind: 'new',
  purpose: '店の看板を出すため',
  route: '市道123号線',
  place: '中央一丁目',
  part: 'sidewalk',
  object: 'sign',
  area: '1.2',
  pieces: '1',
  from: '2026-12-01',
  until: '2026-12-02',
  structure: '鉄骨、高さ2.5m',
  works: 'no',
  telephone: '099-000-0000',
};

/** What the island does: posts answers, gets a signing request. */
export async function askForRequest(
  room: Room,
  procedure = 'juminhyo',
  answers: Record<string, string> = juminhyo,
  attachments: ClaimedAttachment[] = [],
) {
  const response = await room.app.request(`${origin}${base}/procedures/${procedure}/request`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin, 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify({ answers, attachments }),
  });
  return response;
}

export interface Issued {
  request: string;
  definition: string;
  agent: string;
  jti: string;
  status: string;
  expires: string;
  /** Of a co-signature: what was signed first. */
  cosigned?: string;
  claims: SigningRequestClaims;
  cookie: string;
}

export async function issue(...input: Parameters<typeof askForRequest>): Promise<Issued> {
  const response = await askForRequest(...input);
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  const issued = (await response.json()) as Omit<Issued, 'claims' | 'cookie'>;
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return { ...issued, ...issuedFrom(issued.request), cookie };
}

/** The claims of a signing request, unchecked: for those who made it. */
export function issuedFrom(request: string): Pick<Issued, 'claims'> {
  const [, payload = ''] = request.split('.');
  return { claims: JSON.parse(Buffer.from(payload, 'base64url').toString()) as SigningRequestClaims };
}

type Change = Partial<Parameters<typeof buildApplication>[0]> & {
  /** Whose card it is; the demo resident's by default. */
  by?: Party;
};

/** What the agent does: application, signature, envelope. `change` makes it lie. */
export async function envelopeFor(
  room: Room,
  issued: Pick<Issued, 'claims'> & { cosigned?: string | undefined },
  change: Change = {},
  files: { name: string; bytes: Uint8Array }[] = [],
  encryption: Party = room.world.encryption,
): Promise<Uint8Array> {
  const { claims } = issued;
  const procedure = [...room.procedures, torisage(room.options.agency), ininjo(room.options.agency)].find(
    ({ digest }) => digest === claims.procedure.digest,
  );
  if (!procedure) throw new Error('no such procedure');
  const { by = room.citizens.citizen, ...changes } = change;
  const { signer, der } = by;
  const application = buildApplication({
    definition: procedure.definition,
    digest: procedure.digest,
    request: claims,
    agency: { code: '99201', name: '見本市' },
    identity: taro,
    answers: claims.answers,
    attachments: claims.attachments,
    signedAt: room.time.now,
    ...changes,
  });
  const submission = await buildSubmission({
    application,
    definition: change.definition
      ? (room.procedures.find(({ definition }) => definition === change.definition)?.bytes ?? procedure.bytes)
      : procedure.bytes,
    attachments: files,
    cosigned: issued.cosigned === undefined ? undefined : Buffer.from(issued.cosigned),
    signerCertificate: der,
    algorithm: signer.algorithm,
    signingTime: room.time.now,
    sign: (attributes) => signer.sign(attributes),
  });
  return sealSubmission(submission, encryption.der);
}

/** What the agent does last: posts the envelope. */
export function send(room: Room, ticket: string, envelope: Uint8Array, headers: Record<string, string> = {}) {
  return room.app.request(`${origin}${base}/intake`, {
    method: 'POST',
    headers: {
      'content-type': 'application/pkcs7-mime; smime-type=authEnveloped-data',
      authorization: `Ticket ${ticket}`,
      ...headers,
    },
    body: Uint8Array.from(envelope),
  });
}
