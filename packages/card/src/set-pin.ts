import { apdu } from './apdu.js';
import { sfiReference } from './command.js';
import { aids } from './files.js';
import { ownerChallengeLength, pinWord } from './owner-mac.js';
import { type OwnerPin, pinFiles } from './owner-session.js';
import { transmitOk } from './read-whole-file.js';
import type { Transmit } from './virtual-card.js';

/** The issuer's side: its word for one challenge of the card that knows this key, good for one PIN. */
export function wordForPin(cardKey: Uint8Array, pin: OwnerPin, challenge: Uint8Array): Uint8Array {
  const file = pinFiles[pin];
  return pinWord(cardKey, { aid: aids[file.application], reference: sfiReference(file.id) }, challenge);
}

/**
 * Sets one PIN, and gives its tries back, where the card's key is elsewhere: `ask` brings the issuer's word for the card's challenge
 * (`wordForPin`). The PIN itself goes to the card alone. Rejects with CardError; `status` wrongValue means that the word is for another card.
 */
export async function setPinByWord(
  transmit: Transmit,
  pin: OwnerPin,
  newPin: Uint8Array,
  ask: (challenge: Uint8Array) => Promise<Uint8Array>,
): Promise<void> {
  const file = pinFiles[pin];
  const select = apdu.selectApplication(aids[file.application]);
  await transmitOk(transmit, select, 'selecting the application');
  const challenge = await transmitOk(
    transmit,
    apdu.getChallenge(ownerChallengeLength),
    'getting a challenge',
  );
  const command = apdu.resetRetryCounter(file, newPin);
  try {
    const word = await ask(challenge);
    await transmitOk(transmit, apdu.externalAuthenticate(word, file), 'opening the PIN');
    await transmitOk(transmit, command, 'setting a PIN');
  } finally {
    command.fill(0);
    await transmit(select);
  }
}
