import { createPrivateKey } from 'node:crypto';
import { type Answer, type CardContext, isAnswer, random, referencedFile, refuse } from '../card-context.js';
import type { Command } from '../command.js';
import { SW } from '../status-words.js';
import { maximumRawInput, signByForm, signRaw } from './signature-forms.js';

/** COMPUTE DIGITAL SIGNATURE 80 2A 00 80. Other P1 answer 6A86 unless the card's settings switch them on. */
export function computeSignature(card: CardContext, command: Command): Answer {
  const { p1, data, le } = command;
  const { settings } = card.content;
  if (p1 > (settings.signatureForms ? 0x05 : 0x00)) return refuse(SW.wrongParameters);
  const file = referencedFile(card.state, command.p2);
  if (isAnswer(file)) return file;
  if (file.kind !== 'key') return refuse(SW.wrongFileStructure);
  const { verified, spent } = card.state;
  const fresh = !settings.verifyBeforeEachSignature || !spent.has(file.pin);
  if (!verified.has(file.pin) || !fresh) return refuse(SW.securityStatus);
  const tooLong = p1 === 0x00 && data.length > maximumRawInput;
  if (data.length === 0 || tooLong || le === undefined) return refuse(SW.wrongLength);
  if (le !== 256) return refuse(SW.wrongLe);
  const pkcs8 = card.content.keys[file.key];
  if (pkcs8 === undefined) return refuse(SW.referenceNotFound);
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  const answer = p1 === 0x00 ? signRaw(key, data) : signByForm(p1, key, data);
  if (answer.sw === SW.ok) spent.add(file.pin);
  return answer;
}

/** GET CHALLENGE: 1..256 random bytes, remembered for one EXTERNAL AUTHENTICATE. */
export function getChallenge(card: CardContext, command: Command): Answer {
  if (command.p1 !== 0 || command.p2 !== 0) return refuse(SW.wrongParameters);
  if (command.data.length > 0 || command.le === undefined) return refuse(SW.wrongLength);
  const challenge = random(command.le);
  card.state.challenge = challenge;
  return { sw: SW.ok, data: challenge };
}
