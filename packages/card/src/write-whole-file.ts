import { apdu } from './apdu.js';
import { CardError } from './errors.js';
import type { DataFile } from './files.js';
import { transmitOk } from './read-whole-file.js';
import type { Transmit } from './virtual-card.js';

const chunk = 255;

/** Fills the current EF and what is left of it with FF. Its first bytes come last, so a file cut off half way reads as empty. */
export async function writeWhole(transmit: Transmit, file: DataFile, bytes: Uint8Array): Promise<void> {
  if (bytes.length > file.size)
    throw new CardError('badInput', `The file holds ${file.size} bytes, not ${bytes.length}.`);
  const whole = new Uint8Array(file.size).fill(0xff);
  const update = async (offset: number, part: Uint8Array) => {
    await transmitOk(transmit, apdu.updateBinary(offset, part), 'writing a file');
  };
  await update(0, whole.subarray(0, chunk));
  whole.set(bytes);
  for (let offset = chunk; offset < file.size; offset += chunk)
    await update(offset, whole.subarray(offset, offset + chunk));
  await update(0, whole.subarray(0, chunk));
}
