import { apdu } from './apdu.js';
import { spkiOfPublicPart } from './card-keys.js';
import { CardError } from './errors.js';
import { type DataFile, efs, type KeyFile, type KeyName, spareFiles } from './files.js';
import type { CardAlgorithm } from './media.js';
import { readWholeFile, transmitOk } from './read-whole-file.js';
import { splitResponse } from './status-words.js';
import type { Transmit } from './virtual-card.js';
import { writeWhole } from './write-whole-file.js';

interface SpareContent {
  readonly certificate: Uint8Array | undefined;
  readonly issuer: Uint8Array | undefined;
}

/**
 * What a holder does with the spare place of a key, each step directly after VERIFY of that key's PIN in the JPKI application. All reject
 * with CardError; a card without spare places answers `unknownInstruction` or `wrongParameters`.
 */
export interface SpareSession {
  /** Is there a spare key, without its PIN? */
  isThere(): Promise<boolean>;
  /** The spare key's certificate and its authority's as they were written (undefined: none, or not whole). */
  look(): Promise<SpareContent | undefined>;
  /** A new pair in the spare place; `spki`: DER of the SubjectPublicKeyInfo. What lay there is gone. */
  generate(): Promise<{ readonly algorithm: CardAlgorithm; readonly spki: Uint8Array }>;
  /** The card's proof to its issuer over the issuer's nonce (32 bytes). */
  prove(nonce: Uint8Array): Promise<Uint8Array>;
  /** The raw answer of COMPUTE DIGITAL SIGNATURE by the spare key. */
  sign(input: Uint8Array): Promise<Uint8Array>;
  /** Writes the certificate, and the authority's where the card's is another, and reads both back. */
  write(certificate: Uint8Array, issuer: Uint8Array | undefined): Promise<void>;
  /** Puts key and certificates into use. */
  activate(mac: Uint8Array): Promise<void>;
}

const keyFiles: Readonly<Record<KeyName, KeyFile>> = {
  signature: efs.jpki.signatureKey,
  authentication: efs.jpki.authenticationKey,
};

/** The spare place of one key, over a connection to the card; see SpareSession. */
export function spareSession(transmit: Transmit, key: KeyName): SpareSession {
  const files = spareFiles[key];
  const select = (id: number) => transmitOk(transmit, apdu.selectFile(id), 'selecting the spare place');

  async function readBack(file: DataFile): Promise<Uint8Array | undefined> {
    await select(file.id);
    return readWholeFile(transmit).catch((error: unknown) => {
      if (error instanceof CardError && error.code === 'badAnswer') return undefined;
      throw error;
    });
  }
  async function writeBack(file: DataFile, bytes: Uint8Array): Promise<void> {
    await select(file.id);
    await writeWhole(transmit, file, bytes);
    const read = await readBack(file);
    if (read === undefined || !Buffer.from(read).equals(bytes))
      throw new CardError('badAnswer', 'the card does not hold what was written');
  }

  async function isThere(): Promise<boolean> {
    return splitResponse(await transmit(apdu.selectFile(files.key.id)))?.status.kind === 'ok';
  }

  return {
    isThere,
    async look() {
      if (!(await isThere())) return undefined;
      return { certificate: await readBack(files.certificate), issuer: await readBack(files.issuer) };
    },
    async generate() {
      const part = await transmitOk(transmit, apdu.generateSpare(keyFiles[key]), 'making a spare key');
      const made = spkiOfPublicPart(part);
      if (made === undefined)
        throw new CardError('badAnswer', 'making a spare key: neither an RSA-2048 nor a P-384 key');
      return made;
    },
    prove: (nonce) => transmitOk(transmit, apdu.proveSpare(keyFiles[key], nonce), 'proving the spare key'),
    async sign(input) {
      await select(files.key.id);
      return transmitOk(transmit, apdu.computeSignature(input), 'signing with the spare key');
    },
    async write(certificate, issuer) {
      if (issuer !== undefined) await writeBack(files.issuer, issuer);
      await writeBack(files.certificate, certificate);
    },
    async activate(mac) {
      await transmitOk(transmit, apdu.activateSpare(keyFiles[key], mac), 'putting the spare key into use');
    },
  };
}
