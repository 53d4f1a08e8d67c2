import { timingSafeEqual } from 'node:crypto';
import { fileBytes } from '../card-content.js';
import {
  type Answer,
  type CardContext,
  isAnswer,
  mediumOf,
  ok,
  referencedFile,
  refuse,
} from '../card-context.js';
import { generateCardKey, publicPart, spkiOfPkcs8 } from '../card-keys.js';
import type { Command } from '../command.js';
import { fileKey, type KeyFile, spareFiles } from '../files.js';
import { activationMac, spareNonceLength, spareProof } from '../owner-mac.js';
import { spareKey, withSpareInUse, withSpareKey } from '../spare.js';
import { SW } from '../status-words.js';

/** The key whose spare place P2 names, after VERIFY of its PIN: the holder agrees to each of these commands. */
function ownedKey(card: CardContext, p2: number): KeyFile | Answer {
  const file = referencedFile(card.state, p2);
  if (isAnswer(file)) return file;
  if (file.kind !== 'key' || file.spare) return refuse(SW.wrongFileStructure);
  return card.state.verified.has(file.pin) ? file : refuse(SW.securityStatus);
}

/** GENERATE ASYMMETRIC KEY PAIR with P1 82: a pair in the spare place; the key in use is not touched. Answers the public part. */
export async function generateSpare(card: CardContext, command: Command): Promise<Answer> {
  const file = ownedKey(card, command.p2);
  if (isAnswer(file)) return file;
  if (command.data.length > 0) return refuse(SW.wrongLength);
  if (command.le !== 256) return refuse(SW.wrongLe);
  const pkcs8 = await generateCardKey(mediumOf(card).algorithm);
  await card.commit(withSpareKey(card.content, file.key, pkcs8));
  return { sw: SW.ok, data: publicPart(pkcs8) };
}

/** GENERATE ASYMMETRIC KEY PAIR with P1 83 and a nonce: the card's proof to its issuer that the spare key was made inside. */
export function proveSpare(card: CardContext, command: Command): Answer {
  const file = ownedKey(card, command.p2);
  if (isAnswer(file)) return file;
  if (command.data.length !== spareNonceLength) return refuse(SW.wrongLength);
  if (command.le === undefined || command.le < 32) return refuse(SW.wrongLe | 32);
  const pkcs8 = spareKey(card.content, file.key);
  if (pkcs8 === undefined) return refuse(SW.referenceNotFound);
  const { cardKey } = card.content;
  return { sw: SW.ok, data: spareProof(cardKey, file.key, command.data, spkiOfPkcs8(pkcs8)) };
}

/** ACTIVATE 00 44 with the issuer's MAC: exactly this key with exactly these certificates comes into use, in one write. */
export async function activateSpare(card: CardContext, command: Command): Promise<Answer> {
  if (command.p1 !== 0x00) return refuse(SW.wrongParameters);
  const file = ownedKey(card, command.p2);
  if (isAnswer(file)) return file;
  if (command.data.length !== 32 || command.le !== undefined) return refuse(SW.wrongLength);
  const { content } = card;
  const pkcs8 = spareKey(content, file.key);
  const next = withSpareInUse(content, file.key);
  if (pkcs8 === undefined || next === undefined) return refuse(SW.referenceNotFound);
  const { certificate, issuer } = spareFiles[file.key];
  const authority = content.files[fileKey(issuer)];
  const expected = activationMac(content.cardKey, file.key, {
    spki: spkiOfPkcs8(pkcs8),
    certificate: fileBytes(content, certificate),
    ...(authority === undefined ? {} : { issuer: authority }),
  });
  if (!timingSafeEqual(expected, command.data)) return refuse(SW.wrongValue);
  card.state.spent.delete(file.pin);
  await card.commit(next);
  return ok;
}
