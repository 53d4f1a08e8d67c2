/** The cards of the demo: images on disk, issued once by the demo authority. */
import { existsSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Ca, cardKeyFor, keepCard } from '@madoguchi/ca';
import { createCardImage, demoMyNumber, openCardImage } from '@madoguchi/card';
import type { Keystore } from '@madoguchi/store';
import { CommandError } from '../cli/command.js';
import { faceIssuerOf } from '../cli/face-issuer.js';
import { imageKeyOf } from '../cli/folder.js';

/** Printed at the start: this card belongs to nobody. */
export const demoPins = { sign: 'ABC123', auth: '1234', text: '1234' } as const;

const demoResident = '総務　太郎';

interface Demo {
  ca: Ca;
  keystore: Keystore;
  dir: string;
  clock: () => Date;
}

/** The resident's card: its file; makes card and certificates when they are not there. */
export async function residentCard(demo: Demo): Promise<string> {
  const made = await demoCard(demo, demoResident, 'soumu-taro.card');
  if (made === undefined) throw new CommandError('defect', 'The demo resident is not in the register.');
  return made.file;
}

/** A card of somebody in the register, by their name: undefined where nobody has it; `residentId` where it was made just now. */
export async function demoCard(
  { ca, keystore, dir, clock }: Demo,
  holder: string,
  fileName: string,
): Promise<{ file: string; residentId?: string } | undefined> {
  const file = path.join(dir, 'cards', fileName);
  if (existsSync(file)) return { file };
  const record = (await ca.residents('99201')).find((each) => each.name === holder);
  if (record === undefined) return undefined;
  await mkdir(path.dirname(file), { recursive: true });
  const imageKey = imageKeyOf(keystore);
  const cardKey = cardKeyFor(keystore, path.basename(file));
  const { name, address, birthDate, sex, municipality } = record;
  await createCardImage(file, {
    imageKey,
    keyFolder: path.resolve(dir),
    cardKey,
    faceIssuer: await faceIssuerOf(keystore),
    text: { name, address, birthDate, sex, myNumber: demoMyNumber(fileName.replace(/\.card$/, '')) },
    expiry: `${clock().getUTCFullYear() + 10}-04-01`,
    municipality,
    authPin: demoPins.auth,
    signPin: demoPins.sign,
    textPin: demoPins.text,
  });
  const card = await openCardImage(file, { imageKey });
  try {
    card.powerOn();
    await ca.issueToCard({
      transmit: card.transmit,
      cardKey,
      resident: { name, address, birthDate, sex, municipality },
      residentId: record.id,
      // The image is gone, so what it held is revoked: a start that was cut off, or a deleted file, must not end the demo.
      replace: true,
      signPin: demoPins.sign,
    });
    const expiry = new Date(`${clock().getUTCFullYear() + 10}-04-01T14:59:59Z`);
    await keepCard(ca.context, record, { name: path.basename(file), expiry });
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    card.reset();
    await card.close();
  }
  return { file, residentId: record.id };
}
