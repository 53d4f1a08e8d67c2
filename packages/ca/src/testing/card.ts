import path from 'node:path';
import { createCardImage, demoMyNumber, type Medium, type OpenCard, openCardImage } from '@madoguchi/card';
import { cardKeyFor } from '../card-key.js';
import type { Resident } from '../identity/resident.js';
import type { TestAuthority } from './authority.js';

export const signPin = 'DEMO1234';

/** A new card in a file, without keys yet, and its key. */
export async function newCard(
  authority: TestAuthority,
  resident: Resident,
  medium: Medium = 'my-number-card',
): Promise<{ card: OpenCard; cardKey: Uint8Array; name: string }> {
  const cardId = `test-${Math.random().toString(36).slice(2)}`;
  const file = path.join(authority.dir, `${cardId}.card`);
  const imageKey = authority.keystore.derive('card-image');
  const cardKey = cardKeyFor(authority.keystore, cardId);
  await createCardImage(file, {
    imageKey,
    cardKey,
    medium,
    text: {
      name: resident.name,
      address: resident.address,
      birthDate: resident.birthDate,
      sex: resident.sex,
      myNumber: demoMyNumber(cardId),
    },
    expiry: '2036-04-01',
    authPin: '1234',
    signPin,
    textPin: '1234',
    municipality: resident.municipality,
  });
  return { card: await openCardImage(file, { imageKey }), cardKey, name: cardId };
}
