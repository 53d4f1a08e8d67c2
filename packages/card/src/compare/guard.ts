import type { Transmit } from '../virtual-card.js';

/** What a comparison may send: nothing that writes, nothing that costs a try, nothing that uses a holder's key. */
const harmless: readonly ((command: Uint8Array) => boolean)[] = [
  // SELECT, READ BINARY, READ RECORD, GET CHALLENGE, GET DATA.
  ([, ins]) => [0xa4, 0xb0, 0xb2, 0x84, 0xca].includes(ins ?? -1),
  // VERIFY without data: a question for the tries left.
  (command) => command[1] === 0x20 && (command.length === 4 || (command.length === 5 && command[4] === 0)),
  // The card's own proof; the holder's keys answer 6982 as long as no PIN was verified, and none is here.
  ([cla, ins]) => (cla === 0x80 && ins === 0x2a) || (cla === 0x00 && ins === 0x88),
  // The iPhone's question, and an instruction that no card has.
  (command) => command.length === 4 && ((command[0] === 0x80 && command[1] === 0xfc) || command[1] === 0xff),
];

/** Lets only harmless commands through; anything else is a defect of ours and never reaches the card. */
export function harmlessOnly(transmit: Transmit): Transmit {
  return async (command) => {
    if (command.length < 4 || !harmless.some((allows) => allows(command)))
      throw new RangeError('a comparison sends nothing but harmless commands');
    return transmit(command);
  };
}
