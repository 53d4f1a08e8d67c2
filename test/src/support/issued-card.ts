import { randomBytes } from 'node:crypto';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type CardDevice,
  CardError,
  type CardSettings,
  connectVpcd,
  createCardImage,
  type DataFile,
  demoMyNumber,
  efs,
  type KeyName,
  type Medium,
  type OpenCard,
  openCardImage,
  openOwnerSession,
  type VpcdLink,
} from '@madoguchi/card';
import { opensslIssuer } from './openssl-issuer.js';

/** PINs of the card of these tests. */
const pins = { authentication: '1234', signature: 'ABC123', text: '4321' } as const;

/** A card image with keys and certificates, to be copied for each test. */
export interface IssuedCard {
  readonly folder: string;
  readonly file: string;
  readonly imageKey: Uint8Array;
  readonly certificates: Readonly<Record<KeyName | 'signatureCa' | 'authenticationCa', Uint8Array>>;
}

/** Who certifies a card's keys in a test. */
export interface TestIssuer {
  authority(name: KeyName): Promise<Uint8Array>;
  certify(name: KeyName, spki: Uint8Array): Promise<Uint8Array>;
}

/** Makes a card image in `folder`, with keys made in the card and certificates by `issuer`. */
export async function issueCard(
  folder: string,
  issuer: TestIssuer,
  imageKey: Uint8Array = randomBytes(32),
  medium: Medium = 'my-number-card',
): Promise<IssuedCard> {
  const file = path.join(folder, `${randomBytes(6).toString('hex')}.card`);
  const cardKey = randomBytes(32);
  await createCardImage(file, {
    imageKey,
    cardKey,
    medium,
    text: {
      name: '総務　太郎',
      address: '見本県見本市中央１丁目１番１号',
      birthDate: '1980-02-03',
      sex: 'male',
      myNumber: demoMyNumber('総務太郎'),
    },
    expiry: '2035-02-03',
    municipality: '99201',
    authPin: pins.authentication,
    signPin: pins.signature,
    textPin: pins.text,
  });
  const card = await openCardImage(file, { imageKey });
  try {
    const owner = await openOwnerSession(card.transmit, cardKey);
    const issue = async (name: KeyName, own: DataFile, ca: DataFile) => {
      const caCertificate = await issuer.authority(name);
      const { spki } = await owner.generateKeyPair(name);
      const certificate = await issuer.certify(name, spki);
      await owner.writeFile(ca, caCertificate);
      await owner.writeFile(own, certificate);
      return [certificate, caCertificate] as const;
    };
    const { jpki } = efs;
    const [signature, signatureCa] = await issue(
      'signature',
      jpki.signatureCertificate,
      jpki.signatureCaCertificate,
    );
    const [authentication, authenticationCa] = await issue(
      'authentication',
      jpki.authenticationCertificate,
      jpki.authenticationCaCertificate,
    );
    return {
      folder,
      file,
      imageKey,
      certificates: { signature, signatureCa, authentication, authenticationCa },
    };
  } finally {
    await card.close();
  }
}

/** A card whose certificates OpenSSL made. */
export function issueWithOpenssl(folder: string): Promise<IssuedCard> {
  return issueCard(folder, opensslIssuer(folder));
}

/** pcscd notices at its next poll that the last card has left; on a busy machine that may take longer. */
async function insert(card: CardDevice, port: number): Promise<VpcdLink> {
  for (let attempt = 1; ; attempt += 1) {
    const link = await connectVpcd(card, { port });
    try {
      await link.ready;
      return link;
    } catch (error) {
      await link.closed;
      const taken = error instanceof CardError && error.code === 'taken';
      if (!taken || attempt === 20) throw error;
    }
  }
}

/** What a card in a reader is asked: a command, or to start anew. */
export type Asked = Uint8Array | 'reset';

interface InReader {
  settings?: Partial<CardSettings>;
  port?: number;
  /** Somebody pulls the card out when it is asked this, before it answers. */
  pulledAt?: (asked: Asked) => boolean;
}

/** A card that `pull` takes out of the reader as soon as it is asked what it waits for. */
function pulled(card: CardDevice, isMoment: (asked: Asked) => boolean, pull: () => void): CardDevice {
  return {
    atr: () => card.atr(),
    powerOn: () => card.powerOn(),
    powerOff: () => card.powerOff(),
    reset: () => (isMoment('reset') ? pull() : card.reset()),
    execute: async (command) => {
      if (!isMoment(command)) return card.execute(command);
      pull();
      return Uint8Array.of(0x6f, 0x00);
    },
  };
}

/**
 * Puts a fresh copy of the card into a reader for the length of `work`, and takes it out again. Each call has
 * all its tries. `gone` resolves when the card is out, e.g. at `pulledAt`.
 */
export async function withCardInReader<T>(
  issued: IssuedCard,
  work: (card: OpenCard, gone: Promise<void>) => Promise<T>,
  { settings = {}, port = 35963, pulledAt }: InReader = {},
): Promise<T> {
  const copy = path.join(issued.folder, `${randomBytes(6).toString('hex')}.card`);
  await copyFile(issued.file, copy);
  const card = await openCardImage(copy, { imageKey: issued.imageKey, settings });
  try {
    let pull = () => {};
    const device = pulledAt === undefined ? card : pulled(card, pulledAt, () => pull());
    const link = await insert(device, port);
    pull = () => link.close();
    try {
      return await work(card, link.closed);
    } finally {
      link.close();
      await link.closed;
    }
  } finally {
    await card.close();
  }
}
