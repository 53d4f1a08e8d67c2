import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type CardSettings,
  createCardImage,
  type DataFile,
  demoMyNumber,
  efs,
  type Medium,
  openCardImage,
  openOwnerSession,
  type TokenLabel,
} from '@madoguchi/card';
import type { CardChannel } from '../channel.js';
import { imageChannel } from '../image-channel.js';

export const testPins = { sign: 'ABC123', auth: '1234', text: '5678' };

/** What an issuer writes on a card: given the card's public keys, the four certificates. */
export interface TestCertificates {
  sign?: Uint8Array;
  auth?: Uint8Array;
  signCa: Uint8Array;
  authCa: Uint8Array;
}

export interface CardKeys {
  sign: { spki: Uint8Array };
  auth: { spki: Uint8Array };
}

interface TestCardOptions {
  label?: TokenLabel;
  medium?: Medium;
  settings?: Partial<CardSettings>;
  name?: string;
  address?: string;
  issue: (keys: CardKeys) => Promise<TestCertificates>;
}

export interface TestCard {
  file: string;
  imageKey: Uint8Array;
  channel: CardChannel;
}

/** A card image in a folder of its own, with keys made inside and the given certificates written by the owner's session. */
export async function makeTestCard(options: TestCardOptions): Promise<TestCard> {
  const folder = await mkdtemp(path.join(tmpdir(), 'madoguchi-client-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'demo.card');
  const imageKey = randomBytes(32);
  const cardKey = randomBytes(32);
  await createCardImage(file, {
    imageKey,
    cardKey,
    ...(options.label === undefined ? {} : { label: options.label }),
    ...(options.medium === undefined ? {} : { medium: options.medium }),
    ...(options.settings === undefined ? {} : { settings: options.settings }),
    text: {
      name: options.name ?? '総務　太郎',
      address: options.address ?? '見本県見本市中央一丁目２番３号',
      birthDate: '1975-04-01',
      sex: 'male',
      myNumber: demoMyNumber(1),
    },
    expiry: '2035-04-01',
    authPin: testPins.auth,
    signPin: testPins.sign,
    textPin: testPins.text,
    municipality: '99201',
  });
  const card = await openCardImage(file, { imageKey });
  try {
    card.powerOn();
    const owner = await openOwnerSession(card.transmit, cardKey);
    const keys = {
      sign: await owner.generateKeyPair('signature'),
      auth: await owner.generateKeyPair('authentication'),
    };
    const certificates = await options.issue(keys);
    const { jpki } = efs;
    const files: [DataFile, Uint8Array | undefined][] = [
      [jpki.signatureCertificate, certificates.sign],
      [jpki.authenticationCertificate, certificates.auth],
      [jpki.signatureCaCertificate, certificates.signCa],
      [jpki.authenticationCaCertificate, certificates.authCa],
    ];
    for (const [ef, bytes] of files) if (bytes !== undefined) await owner.writeFile(ef, bytes);
  } finally {
    await card.close();
  }
  return { file, imageKey, channel: imageChannel(file, imageKey) };
}

/** Bytes in the form of a DER element, for tests that need no certificate. */
export function fakeDer(filler: number, length = 600): Uint8Array {
  const out = new Uint8Array(length + 4).fill(filler);
  out.set([0x30, 0x82, length >> 8, length & 0xff]);
  return out;
}
