/** A running demo city together with what only its operators have: the database, the keys, the authority, the desk's link. */
import path from 'node:path';
import { type Ca, cardKeyFor, initCa, openCa, type Resident } from '@madoguchi/ca';
import { createCardImage, demoMyNumber, openCardImage } from '@madoguchi/card';
import { CardSession, imageChannel } from '@madoguchi/client';
import { type Database, type Keystore, openDatabase, openKeystore } from '@madoguchi/store';
import { enterDesk, type Officer } from './desk.js';
import { freePorts } from './free-ports.js';
import { type RunningCity, startCity, temporaryFolder } from './running-city.js';

export const signPin = 'ABC123';

/** Somebody's card, as an image on disk, with what the authority knows of it. */
export interface CitizenCard {
  readonly file: string;
  readonly imageKey: Uint8Array;
  readonly session: CardSession;
  /** DER of the signature certificate. */
  readonly certificate: Uint8Array;
  readonly signSerial: string;
}

interface CardWish {
  /** When the authority believes to issue it. */
  now?: Date;
  /** No certificate outlives the card. */
  cardExpiry?: Date;
}

/** An authority that is older than the city. */
async function makeAuthority(dir: string, now: Date): Promise<void> {
  const database = await openDatabase({ dataDir: dir });
  try {
    const keystore = await openKeystore({ dir: path.join(dir, 'keys'), demo: true });
    await initCa({ sql: database.sql, keystore, scheme: 'national', now });
  } finally {
    await database.close();
  }
}

/** Has an authority issue a card for an invented person, with keys made in the card. */
async function issueTestCard(
  authority: { ca: (now: Date) => Promise<Ca>; keystore: Keystore; folder: string },
  resident: Resident,
  wish: CardWish = {},
): Promise<CitizenCard> {
  const { keystore, folder } = authority;
  const now = wish.now ?? new Date();
  const file = path.join(folder, `${crypto.randomUUID()}.card`);
  const imageKey = keystore.derive('card-image');
  const cardKey = cardKeyFor(keystore, path.basename(file));
  const { name, address, birthDate, sex, municipality } = resident;
  await createCardImage(file, {
    imageKey,
    cardKey,
    text: { name, address, birthDate, sex, myNumber: demoMyNumber(file) },
    expiry: '2036-04-01',
    municipality,
    authPin: '1234',
    signPin,
    textPin: '1234',
  });
  const card = await openCardImage(file, { imageKey });
  let signSerial: string | undefined;
  try {
    card.powerOn();
    const ca = await authority.ca(now);
    ({ signSerial } = await ca.issueToCard({
      transmit: card.transmit,
      cardKey,
      resident,
      signPin,
      ...(wish.cardExpiry === undefined ? {} : { cardExpiry: wish.cardExpiry }),
    }));
  } finally {
    card.reset();
    await card.close();
  }
  if (signSerial === undefined) throw new Error('the card got no signature certificate');
  const session = new CardSession(imageChannel(file, imageKey));
  const certificate = await session.readCertificate('sign', signPin);
  return { file, imageKey, session, certificate, signSerial };
}

/** Issues one card by the authority of a data folder, whoever runs its database. */
export async function issueCardIn(dir: string, resident: Resident, wish?: CardWish): Promise<CitizenCard> {
  const database = await openDatabase({ dataDir: dir });
  try {
    const keystore = await openKeystore({ dir: path.join(dir, 'keys'), demo: true });
    const ca = (now: Date) => openCa({ sql: database.sql, keystore, clock: () => now, clockMayGoBack: true });
    return await issueTestCard({ ca, keystore, folder: dir }, resident, wish);
  } finally {
    await database.close();
  }
}

export interface TestCity {
  readonly dir: string;
  readonly city: RunningCity;
  /** Origin of portal and city. */
  readonly origin: string;
  readonly ports: { web: number; ca: number; agent: number };
  readonly database: Database;
  readonly keystore: Keystore;
  /** The city's authority, at any time one likes. */
  ca(now?: Date): Promise<Ca>;
  issueCard(resident: Resident, wish?: CardWish): Promise<CitizenCard>;
  /** The officer, with a desk of their own. */
  officer: Officer;
  close(): Promise<void>;
}

/** Starts a demo city on free ports over a folder of its own, and enters its desk. */
export async function openTestCity(name: string, options: { authoritySince?: Date } = {}): Promise<TestCity> {
  const { dir, remove } = await temporaryFolder(name);
  if (options.authoritySince !== undefined) await makeAuthority(dir, options.authoritySince);
  const web = await freePorts(3);
  const ports = { web, ca: web + 1, agent: web + 2 };
  const city = await startCity({
    dir,
    args: ['--port', String(ports.web), '--agent-port', String(ports.agent)],
  });
  const database = await openDatabase({ dataDir: dir });
  const keystore = await openKeystore({ dir: path.join(dir, 'keys'), demo: true });
  const ca = (now?: Date) =>
    openCa({
      sql: database.sql,
      keystore,
      clock: now === undefined ? () => new Date() : () => now,
      // What was issued long ago is made now.
      clockMayGoBack: true,
    });
  return {
    dir,
    city,
    origin: new URL(city.addresses.agency).origin,
    ports,
    database,
    keystore,
    ca,
    issueCard: (resident, wish) => issueTestCard({ ca, keystore, folder: dir }, resident, wish),
    officer: await enterDesk(city.addresses.desk),
    close: async () => {
      await database.close();
      await city.stop();
      await remove();
    },
  };
}
