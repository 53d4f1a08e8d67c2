import { constants, createPrivateKey, privateEncrypt } from 'node:crypto';
import { type Answer, type CardContext, isAnswer, random, referencedFile, refuse } from '../card-context.js';
import type { Command } from '../command.js';
import { SW } from '../status-words.js';

/** RSA-2048: a 256-byte block less 11 bytes of PKCS#1 v1.5 padding. */
const maximumInput = 245;

/**
 * COMPUTE DIGITAL SIGNATURE 80 2A 00 80: PKCS#1 v1.5 type 1 padding around the given bytes as they are (RFC 8017,
 * 9.2 step 3 onwards); making a DigestInfo is the client's task. P1 = 01..05, seen on cards by one source only,
 * answer 6A86.
 */
export function computeSignature(card: CardContext, command: Command): Answer {
  if (command.p1 !== 0x00) return refuse(SW.wrongParameters);
  const file = referencedFile(card.state, command.p2);
  if (isAnswer(file)) return file;
  if (file.kind !== 'key') return refuse(SW.wrongFileStructure);
  const { verified, spent } = card.state;
  const fresh = !card.content.settings.verifyBeforeEachSignature || !spent.has(file.pin);
  if (!verified.has(file.pin) || !fresh) return refuse(SW.securityStatus);
  const { data, le } = command;
  if (data.length === 0 || data.length > maximumInput || le === undefined) return refuse(SW.wrongLength);
  if (le !== 256) return refuse(SW.wrongLe);
  const pkcs8 = card.content.keys[file.key];
  if (pkcs8 === undefined) return refuse(SW.referenceNotFound);
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  const signature = privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, data);
  spent.add(file.pin);
  return { sw: SW.ok, data: signature };
}

/** GET CHALLENGE: 1..256 random bytes, remembered for one EXTERNAL AUTHENTICATE. */
export function getChallenge(card: CardContext, command: Command): Answer {
  if (command.p1 !== 0 || command.p2 !== 0) return refuse(SW.wrongParameters);
  if (command.data.length > 0 || command.le === undefined) return refuse(SW.wrongLength);
  const challenge = random(command.le);
  card.state.challenge = challenge;
  return { sw: SW.ok, data: challenge };
}
