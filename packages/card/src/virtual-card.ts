import type { CardContent } from './card-content.js';
import { type Answer, type CardContext, mediumOf, ok, refuse } from './card-context.js';
import { type Command, parseCommand } from './command.js';
import { getData, readBinary, readRecord, select } from './commands/file-commands.js';
import {
  computeSignature,
  getChallenge,
  internalAuthenticate,
  setPublicKey,
  setSessionKey,
} from './commands/key-commands.js';
import {
  externalAuthenticate,
  generateKeyPair,
  resetRetryCounter,
  updateBinary,
} from './commands/owner-commands.js';
import { changeKey, changeReferenceData, verify } from './commands/pin-commands.js';
import { activateSpare } from './commands/spare-commands.js';
import { SW } from './status-words.js';
import { VolatileState } from './volatile-state.js';

/** Sends a command APDU, gives the response: data followed by SW1 SW2. */
export type Transmit = (apdu: Uint8Array) => Promise<Uint8Array>;

/** A card as a reader sees it. */
export interface CardDevice {
  atr(): Uint8Array;
  powerOn(): void;
  powerOff(): void;
  reset(): void;
  /** Never rejects and never answers less than a status word. Calls queue up: one APDU at a time. */
  execute(apdu: Uint8Array): Promise<Uint8Array>;
}

type Handler = (card: CardContext, command: Command) => Answer | Promise<Answer>;

/** CLA 00. */
const interindustry = new Map<number, Handler>([
  [0xa4, select],
  [0xb0, readBinary],
  [0xb2, readRecord],
  [0x20, verify],
  [0x24, changeReferenceData],
  [0x84, getChallenge],
  [0x82, externalAuthenticate],
  [0x47, generateKeyPair],
  [0xd6, updateBinary],
  [0x2c, resetRetryCounter],
  [0x44, activateSpare],
  [0x88, internalAuthenticate],
  [0xca, getData],
]);

/** CLA 80. */
const proprietary = new Map<number, Handler>([
  [0x2a, computeSignature],
  [0x32, changeKey],
  [0xa2, setPublicKey],
  [0xae, setSessionKey],
  // The iPhone's token answers; the plastic card says wrong length.
  [0xfc, (card) => (mediumOf(card).lastCommandIndicator ? ok : refuse(SW.wrongLength))],
]);

/** Commands seen to refuse a class of secure messaging with 69FC; the others say 6882. */
const refuseObjects = [0xb0, 0x20];

function handlerFor(command: Command): Handler | number {
  const { cla, ins } = command;
  if (cla === 0x00 || cla === 0x80) {
    const own = (cla === 0x00 ? interindustry : proprietary).get(ins);
    if (own) return own;
    const otherClass = (cla === 0x00 ? proprietary : interindustry).has(ins);
    return otherClass ? SW.unknownClass : SW.unknownInstruction;
  }
  if (cla <= 0x0f && (cla & 0x03) === 0)
    return refuseObjects.includes(ins) ? SW.secureMessagingObjects : SW.secureMessagingNotSupported;
  return cla === 0x10 ? SW.chainingNotSupported : SW.unknownClass;
}

function encode(answer: Answer): Uint8Array {
  return Buffer.concat([answer.data ?? new Uint8Array(0), Uint8Array.of(answer.sw >> 8, answer.sw & 0xff)]);
}

class MemoryFailure extends Error {}

/**
 * The card without its disk: content in memory, and `save` that makes a content last before it counts.
 */
export class VirtualCard implements CardDevice {
  #content: CardContent;
  #state = new VolatileState();
  #queue: Promise<unknown> = Promise.resolve();
  readonly #save: (content: CardContent) => Promise<void>;

  constructor(content: CardContent, save: (content: CardContent) => Promise<void>) {
    this.#content = content;
    this.#save = save;
  }

  atr(): Uint8Array {
    return Buffer.from(this.#content.settings.atr, 'hex');
  }
  powerOn(): void {
    this.#state = new VolatileState();
  }
  powerOff(): void {
    this.#state = new VolatileState();
  }
  reset(): void {
    this.#state = new VolatileState();
  }

  execute(apdu: Uint8Array): Promise<Uint8Array> {
    // A copy: the caller may wipe a PIN while the command waits its turn.
    const own = Uint8Array.from(apdu);
    const result = this.#queue.then(() => this.#run(own));
    this.#queue = result;
    return result;
  }

  /** Resolves when every APDU given so far is answered. */
  async idle(): Promise<void> {
    await this.#queue;
  }

  async #run(apdu: Uint8Array): Promise<Uint8Array> {
    const parsed = parseCommand(apdu);
    if (!parsed.ok) return encode(refuse(parsed.sw));
    const handler = handlerFor(parsed.command);
    if (typeof handler === 'number') return encode(refuse(handler));
    try {
      return encode(await handler(this.#context(), parsed.command));
    } catch (error) {
      // The cause may name a path or a key; a card says only that it failed.
      return encode(refuse(error instanceof MemoryFailure ? SW.memoryFailure : SW.noDiagnosis));
    } finally {
      // It may have held a PIN.
      apdu.fill(0);
      parsed.command.data.fill(0);
    }
  }

  #context(): CardContext {
    const card = this;
    return {
      get content() {
        return card.#content;
      },
      state: this.#state,
      async commit(next) {
        const numbered = { ...next, generation: card.#content.generation + 1 };
        try {
          await card.#save(numbered);
        } catch (cause) {
          throw new MemoryFailure('the change did not reach stable storage', { cause });
        }
        card.#content = numbered;
      },
    };
  }
}
