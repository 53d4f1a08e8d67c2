/**
 * Where the demo card can be reached: in a PC/SC reader when pcscd with vpcd is there, else as its image in this process.
 * The agent's code is the same in both cases; `start` says which it is.
 */
import { CardError, connectVpcd, openCardImage } from '@madoguchi/card';
import { type CardChannel, ClientError, imageChannel, listReaders, readerChannels } from '@madoguchi/client';

export interface CardPlace {
  kind: 'reader' | 'image';
  /** Why it is not in a reader, in words. */
  reason?: string;
  channels: () => Promise<CardChannel[]>;
  close: () => Promise<void>;
}

export async function placeCard(file: string, imageKey: Uint8Array): Promise<CardPlace> {
  const image = (reason: string): CardPlace => ({
    kind: 'image',
    reason,
    channels: async () => [imageChannel(file, imageKey), ...(await readers())],
    close: async () => {},
  });
  const list = await listReaders();
  if (list.service === 'absent-library') return image('PC/SC の部品がありません (no PC/SC library)');
  // Asking for readers has woken a pcscd that its socket starts; only then does vpcd listen.
  const card = await openCardImage(file, { imageKey });
  try {
    const link = await connectVpcd(card);
    await link.ready;
    return {
      kind: 'reader',
      channels: readerChannels,
      close: async () => {
        link.close();
        await link.closed;
        await card.close();
      },
    };
  } catch (error) {
    await card.close();
    if (!(error instanceof CardError)) throw error;
    return image(
      error.code === 'taken'
        ? '仮想リーダーは別のカードが使っています (the virtual reader holds another card)'
        : 'pcscd と vpcd が動いていません (pcscd with vpcd is not running)',
    );
  }
}

/** Real readers beside the image: none is not an error here. */
async function readers(): Promise<CardChannel[]> {
  try {
    return await readerChannels();
  } catch (error) {
    if (error instanceof ClientError) return [];
    throw error;
  }
}
