import { timingSafeEqual } from 'node:crypto';
import { apdu } from './apdu.js';
import { spkiOfPublicPart } from './card-keys.js';
import { sfiReference } from './command.js';
import { CardError } from './errors.js';
import { type ApplicationName, aids, type DataFile, efs, type KeyName, type PinFile } from './files.js';
import type { CardAlgorithm } from './media.js';
import { keyProof, ownerChallengeLength, ownerMac } from './owner-mac.js';
import { transmitOk } from './read-whole-file.js';
import type { Transmit } from './virtual-card.js';
import { writeWhole } from './write-whole-file.js';

/** The PINs that a counter may set. */
export type OwnerPin = 'signature' | 'authentication' | 'text';

/**
 * What the issuer may do with a card. Each method opens the rights, works, and ends them by SELECT, so nothing
 * stands open between two of them. All reject with CardError; `status` with securityStatus or wrongValue means
 * that the card does not know this key.
 */
export interface OwnerSession {
  /** A new pair made in the card; the old key and its certificate are gone. `spki`: DER of the SubjectPublicKeyInfo. */
  generateKeyPair(key: KeyName): Promise<{ algorithm: CardAlgorithm; spki: Uint8Array }>;
  /** Fills a file. Its first bytes come last, so a file cut off half way reads as empty. */
  writeFile(file: DataFile, bytes: Uint8Array): Promise<void>;
  /** Sets a PIN and gives its tries back. */
  setPin(pin: OwnerPin, newPin: string | Uint8Array): Promise<void>;
  resetRetryCounter(pin: OwnerPin): Promise<void>;
}

export const pinFiles: Readonly<Record<OwnerPin, PinFile>> = {
  signature: efs.jpki.signaturePin,
  authentication: efs.jpki.authenticationPin,
  text: efs.text.textPin,
};

/**
 * Opens the issuer's session over any transmit: GET CHALLENGE, then EXTERNAL AUTHENTICATE with
 * HMAC-SHA256(cardKey, "madoguchi-owner-1" ‖ AID ‖ challenge). It is our extension, real cards answer 6D00.
 * Rejects at once when the card refuses the key.
 */
export async function openOwnerSession(transmit: Transmit, cardKey: Uint8Array): Promise<OwnerSession> {
  async function inside<T>(
    application: ApplicationName,
    work: (challenge: Uint8Array) => Promise<T>,
  ): Promise<T> {
    const aid = aids[application];
    await transmitOk(transmit, apdu.selectApplication(aid), 'selecting the application');
    const challenge = await transmitOk(
      transmit,
      apdu.getChallenge(ownerChallengeLength),
      'getting a challenge',
    );
    const mac = ownerMac(cardKey, aid, challenge);
    await transmitOk(transmit, apdu.externalAuthenticate(mac), 'opening the issuer’s session');
    try {
      return await work(challenge);
    } finally {
      await transmit(apdu.selectApplication(aid));
    }
  }

  await inside('jpki', async () => undefined);
  return {
    generateKeyPair: (name) =>
      inside('jpki', async (challenge) => {
        const file = name === 'signature' ? efs.jpki.signatureKey : efs.jpki.authenticationKey;
        const part = await transmitOk(transmit, apdu.generateKeyPair(file), 'making a key');
        const proof = await transmitOk(transmit, apdu.proveKeyPair(file), 'proving a key');
        const expected = keyProof(cardKey, challenge, sfiReference(file.id), part);
        if (proof.length !== expected.length || !timingSafeEqual(proof, expected))
          throw new CardError('badAnswer', 'making a key: it does not come from this card');
        const made = spkiOfPublicPart(part);
        if (made === undefined)
          throw new CardError('badAnswer', 'making a key: the card gave neither an RSA-2048 nor a P-384 key');
        return made;
      }),
    writeFile: (file, bytes) =>
      inside(file.application, async () => {
        await transmitOk(transmit, apdu.selectFile(file.id), 'selecting a file');
        await writeWhole(transmit, file, bytes);
      }),
    setPin: (pin, newPin) =>
      inside(pinFiles[pin].application, async () => {
        await transmitOk(transmit, apdu.resetRetryCounter(pinFiles[pin], newPin), 'setting a PIN');
      }),
    resetRetryCounter: (pin) =>
      inside(pinFiles[pin].application, async () => {
        await transmitOk(transmit, apdu.resetRetryCounter(pinFiles[pin]), 'giving tries back');
      }),
  };
}
