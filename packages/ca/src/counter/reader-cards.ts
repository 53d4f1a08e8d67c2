import {
  aids,
  apdu,
  CardError,
  efs,
  openOwnerSession,
  readWholeFile,
  type Transmit,
  transmitOk,
} from '@madoguchi/card';
import { CaError } from '../error.js';
import type { CounterReaders } from './reader-port.js';

/** A card held in a reader, locked and let go by `close`. */
interface HeldCard {
  readonly reader: string;
  readonly transmit: Transmit;
  close(): Promise<void>;
}

/** A card that was made for somebody, and the key by which its issuer is known to it. */
interface KnownCard {
  readonly name: string;
  readonly cardKey: Uint8Array;
}

/** How the counter knows that a card is the applicant's. */
interface CardOwner {
  readonly cards: readonly KnownCard[];
  /** Is this authentication certificate (DER) one that was issued to the applicant? */
  isTheirs(certificate: Uint8Array): Promise<boolean>;
}

/**
 * The applicant's card in one of the readers, or undefined. A card with a certificate that is not the applicant's is asked nothing more: a card
 * of another issuer might count a foreign key's attempt.
 */
export async function findInReaders(
  readers: CounterReaders,
  owner: CardOwner,
): Promise<(HeldCard & KnownCard) | undefined> {
  if (owner.cards.length === 0) return undefined;
  for (const { name, holds } of await readers.list()) {
    if (holds !== 'card') continue;
    const held = await hold(readers, name).catch(unlessDefect);
    if (held === undefined) continue;
    const known = await recognised(held.transmit, owner).catch(() => undefined);
    if (known !== undefined) return { ...held, ...known };
    await held.close();
  }
  return undefined;
}

/** A card that was pulled out between two looks is no card: the next reader may hold the right one. */
function unlessDefect(error: unknown): undefined {
  if (error instanceof CaError && error.exitCode !== 70) return undefined;
  throw error;
}

async function recognised(transmit: Transmit, owner: CardOwner): Promise<KnownCard | undefined> {
  const certificate = await authenticationCertificate(transmit);
  if (certificate !== undefined && !(await owner.isTheirs(certificate))) return undefined;
  for (const card of owner.cards) {
    const opened = openOwnerSession(transmit, card.cardKey).then(() => true);
    if (await opened.catch(() => false)) return card;
  }
  return undefined;
}

/** DER, free to read; undefined where none was written yet. */
async function authenticationCertificate(transmit: Transmit): Promise<Uint8Array | undefined> {
  await transmitOk(transmit, apdu.selectApplication(aids.jpki), 'selecting the application');
  await transmitOk(transmit, apdu.selectFile(efs.jpki.authenticationCertificate.id), 'selecting a file');
  try {
    const bytes = await readWholeFile(transmit);
    return bytes[0] === 0x30 ? bytes : undefined;
  } catch (error) {
    if (error instanceof CardError && error.code === 'badAnswer') return undefined;
    throw error;
  }
}

/** Opens the card and keeps it until `close`: an act is many steps, and nobody else comes in between them. */
function hold(readers: CounterReaders, reader: string): Promise<HeldCard> {
  return new Promise((resolve, reject) => {
    const ended: Promise<void> = readers.withCard(
      reader,
      (transmit) =>
        new Promise<void>((release) => {
          resolve({
            reader,
            transmit,
            close: async () => {
              release();
              // Locking a card that was pulled out meanwhile: what was done with it has its own error.
              await ended.catch(() => undefined);
            },
          });
        }),
    );
    ended.catch(reject);
  });
}
