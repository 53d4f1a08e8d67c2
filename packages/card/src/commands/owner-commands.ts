import { timingSafeEqual } from 'node:crypto';
import { fileBytes, pinNamed, withAllTries, withFile, withoutFile } from '../card-content.js';
import {
  type Answer,
  type CardContext,
  isAnswer,
  mediumOf,
  ok,
  referencedFile,
  refuse,
} from '../card-context.js';
import { generateCardKey, publicPart } from '../card-keys.js';
import type { Command } from '../command.js';
import { aids, fileById, type KeyFile, spareOf } from '../files.js';
import { keyProof, ownerChallengeLength, ownerMac, pinWord } from '../owner-mac.js';
import { withoutSpare } from '../spare.js';
import { SW } from '../status-words.js';
import { binaryTarget } from './file-commands.js';
import { newPin, storePin } from './pin-commands.js';
import { generateSpare, proveSpare } from './spare-commands.js';

/**
 * EXTERNAL AUTHENTICATE: one attempt a challenge. P2 00 opens the owner's rights until the next SELECT of an AP; P2 that names a PIN lets that
 * PIN alone be set, once.
 */
export function externalAuthenticate(card: CardContext, command: Command): Answer {
  const { state } = card;
  const { application, challenge } = state;
  state.challenge = undefined;
  state.ownerChallenge = undefined;
  state.openPin = undefined;
  if (command.p1 !== 0) return refuse(SW.wrongParameters);
  if (command.data.length !== 32 || command.le !== undefined) return refuse(SW.wrongLength);
  if (application === undefined || challenge === undefined || challenge.length < ownerChallengeLength)
    return refuse(SW.conditionsOfUse);
  const aid = aids[application];
  const { cardKey } = card.content;
  if (command.p2 === 0) {
    if (!timingSafeEqual(ownerMac(cardKey, aid, challenge), command.data)) return refuse(SW.wrongValue);
    state.ownerChallenge = challenge;
    return ok;
  }
  const file = referencedFile(state, command.p2);
  if (isAnswer(file)) return file;
  if (file.kind !== 'pin' || file.pin === 'blocked') return refuse(SW.wrongFileStructure);
  const word = pinWord(cardKey, { aid, reference: command.p2 }, challenge);
  if (!timingSafeEqual(word, command.data)) return refuse(SW.wrongValue);
  state.openPin = file.pin;
  return ok;
}

/**
 * GENERATE ASYMMETRIC KEY PAIR: P1 80 makes a pair and answers its public part, P1 81 the proof of origin: the issuer's. P1 82 and 83 do the
 * same in the spare place, after the holder's PIN.
 */
export async function generateKeyPair(card: CardContext, command: Command): Promise<Answer> {
  if (command.p1 === 0x82) return generateSpare(card, command);
  if (command.p1 === 0x83) return proveSpare(card, command);
  const { ownerChallenge } = card.state;
  if (ownerChallenge === undefined) return refuse(SW.securityStatus);
  if (command.p1 !== 0x80 && command.p1 !== 0x81) return refuse(SW.wrongParameters);
  const file = referencedFile(card.state, command.p2);
  if (isAnswer(file)) return file;
  if (file.kind !== 'key' || file.spare) return refuse(SW.wrongFileStructure);
  if (command.data.length > 0) return refuse(SW.wrongLength);
  if (command.p1 === 0x81) {
    const pkcs8 = card.content.keys[file.key];
    if (pkcs8 === undefined) return refuse(SW.referenceNotFound);
    if (command.le === undefined || command.le < 32) return refuse(SW.wrongLe | 32);
    const proof = keyProof(card.content.cardKey, ownerChallenge, command.p2, publicPart(pkcs8));
    return { sw: SW.ok, data: proof };
  }
  if (command.le !== 256) return refuse(SW.wrongLe);
  return replaceKey(card, file);
}

/** The old certificate goes with the old key: the card never shows one that its key does not fit. */
async function replaceKey(card: CardContext, file: KeyFile): Promise<Answer> {
  const pkcs8 = await generateCardKey(mediumOf(card).algorithm);
  const content = withoutSpare(card.content, file.key);
  const next = { ...content, keys: { ...content.keys, [file.key]: pkcs8 } };
  const certificate = fileById(file.application, file.certificate);
  await card.commit(certificate?.kind === 'data' ? withoutFile(next, certificate) : next);
  return { sw: SW.ok, data: publicPart(pkcs8) };
}

/** UPDATE BINARY inside a file's size: files that the issuer may write, and the spare place of a key after its holder's PIN. */
export async function updateBinary(card: CardContext, command: Command): Promise<Answer> {
  const { state } = card;
  const spare = spareOf(state.currentFile);
  const ofHolder = spare !== undefined && state.verified.has(spare);
  if (state.ownerChallenge === undefined && !ofHolder) return refuse(SW.securityStatus);
  if (command.data.length === 0 || command.le !== undefined) return refuse(SW.wrongLength);
  const target = binaryTarget(card, command);
  if ('sw' in target) return target;
  const { file, offset } = target;
  const mayWrite =
    file.spareOf === undefined ? file.ownerWrites && state.ownerChallenge !== undefined : ofHolder;
  if (!mayWrite) return refuse(SW.securityStatus);
  if (offset + command.data.length > file.size) return refuse(SW.wrongOffset);
  const bytes = fileBytes(card.content, file).slice();
  bytes.set(command.data, offset);
  await card.commit(withFile(card.content, file, bytes));
  return ok;
}

/** RESET RETRY COUNTER: P1 03 gives the tries back, P1 02 sets a new PIN as well. */
export async function resetRetryCounter(card: CardContext, command: Command): Promise<Answer> {
  const { openPin, ownerChallenge } = card.state;
  if (ownerChallenge === undefined && openPin === undefined) return refuse(SW.securityStatus);
  if (command.p1 !== 0x02 && command.p1 !== 0x03) return refuse(SW.wrongParameters);
  const file = referencedFile(card.state, command.p2);
  if (isAnswer(file)) return file;
  if (file.kind !== 'pin') return refuse(SW.wrongFileStructure);
  if (ownerChallenge === undefined && (file.pin !== openPin || command.p1 !== 0x02))
    return refuse(SW.securityStatus);
  if (file.pin === 'blocked') return refuse(SW.conditionsOfUse);
  if (command.le !== undefined) return refuse(SW.wrongLength);
  if (command.p1 === 0x03) {
    if (command.data.length > 0) return refuse(SW.wrongLength);
    card.state.forget(file.pin);
    await card.commit(withAllTries(card.content, pinNamed(card.content, file.pin)));
    return ok;
  }
  if (command.data.length === 0) return refuse(SW.wrongLength);
  const fault = newPin(card, file.pin, command.data);
  if (fault) return fault;
  card.state.forget(file.pin);
  card.state.openPin = undefined;
  await storePin(card, file.pin, command.data);
  return ok;
}
