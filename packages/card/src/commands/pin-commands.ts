import {
  allTries,
  makePin,
  pinMatches,
  pinNamed,
  withAllTries,
  withPin,
  withTries,
} from '../card-content.js';
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
  const { settings } = card.content;
  const query = command.data.length === 0;
  if (command.extended || (query ? (command.le ?? 256) !== 256 : command.le !== undefined))
    return refuse(SW.wrongLength);
  if (file.pin === 'blocked') return refuse(query ? SW.triesLeft : settings.blockedStatusWord);
  const pin = pinNamed(card.content, file.pin);
  const record = card.content.pins[pin];
  if (record === undefined) return refuse(SW.referenceNotFound);
  const limited = allTries(settings, pin) !== 'unlimited';
  if (query) return refuse(limited ? SW.triesLeft | record.tries : SW.wrongValue);
  if (limited && record.tries === 0) return refuse(settings.blockedStatusWord);
  const answer = limited
    ? await compare(card, pin, record.tries, command.data)
    : pinMatches(record, command.data)
      ? ok
      : refuse(SW.wrongValue);
  card.state.forget(file.pin);
  if (answer.sw === SW.ok) card.state.verified.add(file.pin);
  return answer;
}

async function compare(card: CardContext, pin: PinName, tries: number, given: Uint8Array): Promise<Answer> {
  card.state.forget(pin);
  await card.commit(withTries(card.content, pin, tries - 1));
  const record = card.content.pins[pin];
  if (record === undefined || !pinMatches(record, given)) return refuse(SW.triesLeft | (tries - 1));
  const { content } = card;
  await card.commit(
    content.settings.successRestoresTries ? withAllTries(content, pin) : withTries(content, pin, tries),
  );
  return ok;
}

/** A new PIN from the wire, or why it may not be set. PINs are ASCII: other bytes fail the rules. */
export function newPin(card: CardContext, name: PinName, data: Uint8Array): Answer | undefined {
  if (!pinKinds[name].changeable) return refuse(SW.conditionsOfUse);
  const mixed = card.content.settings.signaturePasswordMixed;
  return checkNewPin(name, data, mixed).ok ? undefined : refuse(SW.wrongData);
}

/** Sets a PIN that obeys the rules, with all its tries. */
export async function storePin(card: CardContext, name: PinName, data: Uint8Array): Promise<void> {
  const pin = pinNamed(card.content, name);
  await card.commit(withPin(card.content, pin, makePin(card.content.settings, pin, data, random(16))));
}

/** The applications whose PINs change by CHANGE KEY 80 32; the others take CHANGE REFERENCE DATA (myna-card). */
const changeKeyApplications = ['common', 'resident'];

async function change(card: CardContext, command: Command, byChangeKey: boolean): Promise<Answer> {
  const file = pinFile(card, command.p2);
  if (isAnswer(file)) return file;
  if (command.data.length === 0 || command.le !== undefined) return refuse(SW.wrongLength);
  if (file.pin === 'blocked' || !card.state.verified.has(file.pin)) return refuse(SW.securityStatus);
  if (changeKeyApplications.includes(file.application) !== byChangeKey) return refuse(SW.conditionsOfUse);
  const fault = newPin(card, file.pin, command.data);
  if (fault) return fault;
  await storePin(card, file.pin, command.data);
  return ok;
}

/** CHANGE REFERENCE DATA with P1 = 01: the new PIN alone, after VERIFY of the old one. */
export async function changeReferenceData(card: CardContext, command: Command): Promise<Answer> {
  return command.p1 === 0x01 ? change(card, command, false) : refuse(SW.wrongParameters);
}

/** CHANGE KEY 80 32 00 80: the same in the common and the resident-register AP. */
export async function changeKey(card: CardContext, command: Command): Promise<Answer> {
  return command.p1 === 0x00 ? change(card, command, true) : refuse(SW.wrongParameters);
}
