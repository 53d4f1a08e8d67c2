import { CardError, type KeyName, type SpareSession, spareSession } from '@madoguchi/card';
import { buildCertificationRequest, demoOids, signCades } from '@madoguchi/pki';
import { type CardSignatureAlgorithm, signatureInput, signatureValue } from '../card-signature.js';
import { CardVisit, type KeyKind } from '../card-visit.js';
import type { CardChannel } from '../channel.js';
import { ClientError } from '../client-error.js';
import { RenewalError } from './renewal-error.js';

const keyNames: Readonly<Record<KeyKind, KeyName>> = { sign: 'signature', auth: 'authentication' };

/** One visit to the card with the spare place of one key open beside what every visit can do. */
export interface SpareVisit {
  readonly visit: CardVisit;
  readonly spare: SpareSession;
  /** VERIFY, directly before a step that asks for it. */
  unlock(lastTry?: boolean): Promise<void>;
  /** A CMS by the key in use, or by the spare key. VERIFY before the signature. */
  cms(by: 'inUse' | 'spare', signer: Uint8Array, content: Uint8Array): Promise<Uint8Array>;
  /** PKCS#10 by the spare key. */
  certificationRequest(publicKey: Uint8Array): Promise<Uint8Array>;
}

interface SpareVisitInput {
  readonly channel: CardChannel;
  readonly key: KeyKind;
  /** Not kept: read anew for each VERIFY, so that a forgotten PIN is not used. */
  readonly pin: () => Uint8Array | string;
  readonly algorithm: CardSignatureAlgorithm;
  readonly now: Date;
}

/** @throws ClientError; RenewalError renewal.notOffered for a card that knows no spare places */
export function visitSpare<T>(input: SpareVisitInput, work: (visit: SpareVisit) => Promise<T>): Promise<T> {
  const { channel, key, pin, algorithm, now } = input;
  return channel.withCard(async (transmit, extras) => {
    const visit = new CardVisit(transmit, extras);
    await visit.selectJpki();
    const spare = spareSession(transmit, keyNames[key]);
    // The password was right a moment ago on this card: even a last try is well spent after the first time.
    const unlock = (lastTry = true) => visit.verify(key, pin(), { lastTry });
    const signSpare = async (bytes: Uint8Array) => {
      await unlock();
      return signatureValue(algorithm, await spare.sign(signatureInput(algorithm, bytes)));
    };
    const signInUse = async (bytes: Uint8Array) => {
      await unlock();
      return visit.sign(key, bytes, algorithm);
    };
    try {
      return await work({
        visit,
        spare,
        unlock,
        cms: (by, signerCertificate, content) =>
          signCades({
            content,
            contentType: demoOids.holderRequest,
            detached: false,
            signerCertificate,
            algorithm,
            signingTime: now,
            sign: by === 'spare' ? signSpare : signInUse,
          }),
        certificationRequest: (publicKey) =>
          buildCertificationRequest({ publicKey, algorithm, sign: signSpare }),
      });
    } catch (error) {
      throw error instanceof CardError ? inWords(error) : error;
    }
  });
}

const unknownToCard: readonly string[] = ['unknownInstruction', 'wrongParameters', 'functionNotSupported'];

function inWords(error: CardError): Error {
  const kind = error.status?.kind;
  if (kind !== undefined && unknownToCard.includes(kind)) return new RenewalError('renewal.notOffered', kind);
  // The authority's word is for another card, key or certificate.
  if (kind === 'wrongValue') return new RenewalError('renewal.answer', 'activation');
  return new ClientError('card-unexpected', { subject: kind ?? error.code });
}
