import path from 'node:path';
import { aids, apdu, CardError, type OpenCard, openCardImage } from '@madoguchi/card';
import type { CardChannel, TokenKeys } from './channel.js';
import { ClientError, type ClientErrorCode } from './client-error.js';

/**
 * A channel to a card image on disk, in this process: the same visits as to a reader, each with the image's exclusive lock, power on
 * at the start, SELECT AP and power off at the end.
 *
 * @param imageKey the key the image is sealed with (32 octets)
 * @param keys the keys of a smartphone token, where they are known
 */
export function imageChannel(file: string, imageKey: Uint8Array, keys?: TokenKeys): CardChannel {
  const label = path.basename(file);
  return {
    label,
    ...(keys === undefined ? {} : { keys }),
    async withCard(fn) {
      const card = await openImage(file, imageKey, label);
      try {
        card.powerOn();
        return await fn(card.transmit);
      } finally {
        await card.transmit(apdu.selectApplication(aids.jpki));
        card.reset();
        await card.close();
      }
    },
  };
}

const meanings: Partial<Record<CardError['code'], ClientErrorCode>> = {
  locked: 'card-busy',
  absent: 'no-card',
};
const patience = { tries: 40, pauseMs: 100 };

async function openImage(file: string, imageKey: Uint8Array, label: string): Promise<OpenCard> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await openCardImage(file, { imageKey });
    } catch (error) {
      if (isFull(error)) throw new ClientError('card-unexpected', { subject: 'memoryFailure' });
      if (!(error instanceof CardError)) throw error;
      const code = meanings[error.code] ?? 'card-unresponsive';
      if (code !== 'card-busy' || attempt >= patience.tries) throw new ClientError(code, { subject: label });
      await new Promise((resolve) => setTimeout(resolve, patience.pauseMs));
    }
  }
}

/** Not even the image's lock can be written: the same as a card whose memory fails. */
function isFull(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT', 'EROFS'].includes(String(error.code))
  );
}
