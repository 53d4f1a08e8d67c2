import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { type Answer, type CardContext, isAnswer, random, referencedFile, refuse } from '../card-context.js';
import { ecdsaOfHash } from '../card-keys.js';
import type { Command } from '../command.js';
import type { CardKeyName, KeyFile, KeyName, SpareKeyName } from '../files.js';
import { spareKeyOf } from '../spare.js';
import { SW } from '../status-words.js';
import { maximumRawInput, signByForm, signRaw } from './signature-forms.js';

const sha384Length = 48;
const ecdsaLength = 96;

function privateKey(card: CardContext, name: KeyName | SpareKeyName | CardKeyName): KeyObject | undefined {
  const pkcs8 = card.content.keys[name];
  return pkcs8 && createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
}

/**
 * COMPUTE DIGITAL SIGNATURE 80 2A 00 80 in the JPKI AP, and 80 2A 00 00 in the Text and the Visual AP, where the AP's own key proves that
 * the card is there. Other P1 answer 6A86 unless the card's settings switch them on.
 */
export function computeSignature(card: CardContext, command: Command): Answer {
  const { settings } = card.content;
  if (command.p1 > (settings.signatureForms ? 0x05 : 0x00)) return refuse(SW.wrongParameters);
  const { application } = card.state;
  if (command.p2 === 0x00 && application === 'text') return signWithCardKey(card, command, 'textSigning');
  if (command.p2 === 0x00 && application === 'visual') return signWithCardKey(card, command, 'visualSigning');
  const file = referencedFile(card.state, command.p2);
  if (isAnswer(file)) return file;
  if (file.kind === 'cardKey') return refuse(SW.conditionsOfUse);
  if (file.kind !== 'key') return refuse(SW.wrongFileStructure);
  return signWithHolderKey(card, command, file);
}

function signWithHolderKey(card: CardContext, command: Command, file: KeyFile): Answer {
  const { verified, spent } = card.state;
  const fresh = !card.content.settings.verifyBeforeEachSignature || !spent.has(file.pin);
  if (!verified.has(file.pin) || !fresh) return refuse(SW.securityStatus);
  const name = file.spare ? spareKeyOf[file.key] : file.key;
  const answer = signatureOf(privateKey(card, name), card.content.keys[name], command);
  if (answer.sw === SW.ok) spent.add(file.pin);
  return answer;
}

function signWithCardKey(card: CardContext, command: Command, name: CardKeyName): Answer {
  return signatureOf(privateKey(card, name), card.content.keys[name], command);
}

function signatureOf(key: KeyObject | undefined, pkcs8: Uint8Array | undefined, command: Command): Answer {
  const { p1, data, le } = command;
  if (data.length === 0 || le === undefined) return refuse(SW.wrongLength);
  if (p1 === 0x00 && data.length > maximumRawInput) return refuse(SW.wrongLength);
  const elliptic = key?.asymmetricKeyType === 'ec';
  const answerLength = elliptic ? ecdsaLength : 256;
  if (le !== 256 && le !== answerLength) return refuse(SW.wrongLe | (answerLength & 0xff));
  if (key === undefined || pkcs8 === undefined) return refuse(SW.referenceNotFound);
  if (!elliptic) return p1 === 0x00 ? signRaw(key, data) : signByForm(p1, key, data);
  // Of the next card no command is published: ours takes the bare SHA-384 hash and answers r ‖ s.
  if (p1 !== 0x00) return refuse(SW.wrongParameters);
  if (data.length !== sha384Length) return refuse(SW.conditionsOfUse);
  return { sw: SW.ok, data: ecdsaOfHash(pkcs8, data) };
}

/** INTERNAL AUTHENTICATE 00 88 00 80|sfi: an RSA signature over the challenge's SHA-256, by the common AP's key alone (myna-card). */
export function internalAuthenticate(card: CardContext, command: Command): Answer {
  if (command.p1 !== 0x00) return refuse(SW.wrongParameters);
  const file = referencedFile(card.state, command.p2);
  if (isAnswer(file)) return file;
  if (file.kind === 'key') return refuse(SW.securityStatus);
  if (file.kind !== 'cardKey') return refuse(SW.wrongFileStructure);
  if (file.key !== 'commonAuthentication') return refuse(SW.conditionsOfUse);
  if (command.data.length === 0 || command.le === undefined) return refuse(SW.wrongLength);
  const key = privateKey(card, file.key);
  if (key === undefined) return refuse(SW.referenceNotFound);
  return { sw: SW.ok, data: sign('sha256', command.data, key) };
}

/** GET CHALLENGE: 1..256 random bytes, remembered for one EXTERNAL AUTHENTICATE. */
export function getChallenge(card: CardContext, command: Command): Answer {
  if (command.p1 !== 0 || command.p2 !== 0) return refuse(SW.wrongParameters);
  if (command.extended) return refuse(SW.conditionsOfUse);
  if (command.data.length > 0 || command.le === undefined) return refuse(SW.wrongLength);
  const challenge = random(command.le);
  card.state.challenge = challenge;
  return { sw: SW.ok, data: challenge };
}

/**
 * SET SESSION KEY 80 AE: the Text AP of a real card opens secure messaging with it. This card has no secure messaging, so it refuses
 * there too, each AP with the word that was seen on real cards before it comes to the key itself (myna-card).
 */
export function setSessionKey(card: CardContext): Answer {
  switch (card.state.application) {
    case 'text':
      return refuse(card.state.verified.has('text') ? SW.functionNotSupported : SW.securityStatus);
    case 'common':
    case 'visual':
      return refuse(SW.securityEnvironment);
    default:
      return refuse(SW.securityStatus);
  }
}

/** 80 A2, checking a terminal's CV certificate: no P1 and P2 are known that a card takes. */
export function setPublicKey(): Answer {
  return refuse(SW.wrongParameters);
}
