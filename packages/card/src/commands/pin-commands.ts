import { makePin, pinMatches, withPin, withTries } from '../card-content.js';
import {
  type Answer,
  type CardContext,
  isAnswer,
  ok,
  random,
  referencedFile,
  refuse,
} from '../card-context.js';
import type { Command } from '../command.js';
import type { PinFile, PinName } from '../files.js';
import { checkNewPin, pinKinds } from '../pin-rules.js';
import { SW } from '../status-words.js';

/** The PIN file that P2 names. */
function pinFile(card: CardContext, p2: number): PinFile | Answer {
  const file = referencedFile(card.state, p2);
  if (isAnswer(file)) return file;
  return file.kind === 'pin' ? file : refuse(SW.wrongFileStructure);
}

/**
 * VERIFY. Without data (4 bytes, or 5 with a Le of 00) it is a query: always 63Cx, also when already verified,
 * because OpenSC takes anything else for another card. With data a try is written to stable storage first and
 * only then the PIN is compared: pulling the plug between the two costs a try, never gains one.
 */
export async function verify(card: CardContext, command: Command): Promise<Answer> {
  if (command.p1 !== 0x00) return refuse(SW.wrongParameters);
  const file = pinFile(card, command.p2);
  if (isAnswer(file)) return file;
  const { pin } = file;
  const tries = pin === 'blocked' ? 0 : card.content.pins[pin].tries;
  if (command.data.length === 0) {
    if (command.le !== undefined && command.le !== 256) return refuse(SW.wrongLength);
    return refuse(SW.triesLeft | tries);
  }
  if (command.le !== undefined) return refuse(SW.wrongLength);
  if (pin === 'blocked' || tries === 0) return refuse(card.content.settings.blockedStatusWord);
  return compare(card, pin, tries, command.data);
}

async function compare(card: CardContext, pin: PinName, tries: number, given: Uint8Array): Promise<Answer> {
  const { state } = card;
  state.forget(pin);
  await card.commit(withTries(card.content, pin, tries - 1));
  if (!pinMatches(card.content.pins[pin], given)) return refuse(SW.triesLeft | (tries - 1));
  await card.commit(withTries(card.content, pin, pinKinds[pin].tries));
  state.verified.add(pin);
  return ok;
}

/** A new PIN from the wire, or why it may not be set. PINs are ASCII: other bytes fail the rules. */
export function newPin(name: PinName, data: Uint8Array): Answer | undefined {
  if (!pinKinds[name].changeable) return refuse(SW.conditionsOfUse);
  return checkNewPin(name, Buffer.from(data).toString('latin1')).ok ? undefined : refuse(SW.wrongData);
}

/** CHANGE REFERENCE DATA with P1 = 01: the new PIN alone, after VERIFY of the old one. */
export async function changeReferenceData(card: CardContext, command: Command): Promise<Answer> {
  if (command.p1 !== 0x01) return refuse(SW.wrongParameters);
  const file = pinFile(card, command.p2);
  if (isAnswer(file)) return file;
  if (command.data.length === 0 || command.le !== undefined) return refuse(SW.wrongLength);
  if (file.pin === 'blocked' || !card.state.verified.has(file.pin)) return refuse(SW.securityStatus);
  const fault = newPin(file.pin, command.data);
  if (fault) return fault;
  await card.commit(withPin(card.content, file.pin, makePin(file.pin, command.data, random(16))));
  return ok;
}
