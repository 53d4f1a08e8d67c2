import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { StoreError } from '../error.js';
import { tokenFault } from './faults.js';
import type { Token, TokenOptions, TokenPublicKey } from './token-here.js';
import type { Numbered, TokenAnswer, TokenQuestion } from './token-messages.js';

const program = fileURLToPath(new URL('./token-child.js', import.meta.url));

/** The process that holds the module has ended in the middle of an answer. */
class ModuleEnded extends Error {}

/**
 * Opens a token: finds it by its label, logs in. Throws StoreError (69, or 77 for a wrong PIN). The module, a vendor's native library, runs in
 * a process of its own: what breaks in there takes no authority along. When that process ends, it is started anew and asked again.
 */
export async function openToken(options: TokenOptions): Promise<Token> {
  let line = openLine(options);
  await line;
  const ask = async (question: TokenQuestion): Promise<TokenAnswer> => {
    const known = line;
    const isOver = await known.then(
      (open) => open.isOver,
      () => true,
    );
    // Whoever asks meanwhile waits for the same new process.
    if (isOver && line === known) line = openLine(options);
    return (await line).ask(question);
  };
  /** A second time after the process ended; `again` is asked instead where the first may have been done. */
  const sure = async (question: TokenQuestion, again: () => Promise<TokenAnswer> = () => ask(question)) => {
    const answer = await ask(question).catch((error: unknown) => {
      if (!(error instanceof ModuleEnded)) throw error;
      return again().catch(asFault);
    });
    return unwrap(answer);
  };
  return {
    publicKey: async (label) => (await sure({ ask: 'publicKey', label })) as TokenPublicKey | undefined,
    generate: async (label, kind) => {
      await sure({ ask: 'generate', label, kind }, async () => {
        const made = await ask({ ask: 'publicKey', label });
        if (!made.ok || made.value !== undefined) return made;
        return ask({ ask: 'generate', label, kind });
      });
    },
    sign: async (label, mechanism, data) =>
      (await sure({ ask: 'sign', label, mechanism, data: Uint8Array.from(data) })) as Uint8Array,
    async close() {
      await line.then(
        (open) => open.close(),
        () => undefined,
      );
    },
  };
}

/**
 * A process with the token opened. One that ends before that is followed by a second: Ctrl-C reaches a process that was forked this moment before it
 * leads a group of its own, and the authority is to end as it does otherwise, not for a module that does not answer.
 */
async function openLine(options: TokenOptions, isSecond = false): Promise<Line> {
  const line = new Line();
  try {
    unwrap(await line.ask({ ask: 'open', options }));
    return line;
  } catch (error) {
    line.close();
    if (!(error instanceof ModuleEnded)) throw error;
    return isSecond ? asFault(error) : openLine(options, true);
  }
}

function unwrap(answer: TokenAnswer): TokenPublicKey | Uint8Array | undefined {
  if (answer.ok) return answer.value;
  throw new StoreError(answer.rule, answer.words, { exitCode: answer.exitCode });
}

/** The module broke twice: that is told as what it is. */
function asFault(error: unknown): never {
  if (error instanceof ModuleEnded) throw tokenFault('module', 0x30);
  throw error;
}

/** Longer than any module makes a key. */
const longestCallMs = 120_000;

/** The line to one process that holds the module. It keeps this process alive only while a question is open. */
class Line {
  // In a group of its own: Ctrl-C at the terminal is for the authority, which ends what is under way and then the module.
  readonly #child: ChildProcess = fork(program, {
    serialization: 'advanced',
    stdio: 'ignore',
    detached: true,
  });
  readonly #open = new Map<
    number,
    { resolve: (answer: TokenAnswer) => void; reject: (error: Error) => void; limit: NodeJS.Timeout }
  >();
  #last = 0;
  isOver = false;

  constructor() {
    this.#child.on('message', (message) => {
      const { id, content } = message as Numbered<TokenAnswer>;
      this.#open.get(id)?.resolve(content);
      this.#done(id);
    });
    for (const event of ['exit', 'error', 'disconnect']) this.#child.on(event, () => this.#end());
    this.#child.unref();
    this.#child.channel?.unref();
  }

  ask(question: TokenQuestion): Promise<TokenAnswer> {
    return new Promise((resolve, reject) => {
      if (this.isOver) {
        reject(new ModuleEnded());
        return;
      }
      this.#last += 1;
      const id = this.#last;
      // A module that stands still is ended, and asked again like one that broke.
      const limit = setTimeout(() => this.#child.kill('SIGKILL'), longestCallMs);
      this.#open.set(id, { resolve, reject, limit });
      this.#child.ref();
      this.#child.channel?.ref();
      this.#child.send({ id, content: question } satisfies Numbered<TokenQuestion>, (error) => {
        if (error) this.#end();
      });
    });
  }

  #end(): void {
    this.isOver = true;
    for (const { reject, limit } of this.#open.values()) {
      clearTimeout(limit);
      reject(new ModuleEnded());
    }
    this.#open.clear();
  }

  #done(id: number): void {
    clearTimeout(this.#open.get(id)?.limit);
    this.#open.delete(id);
    if (this.#open.size > 0) return;
    this.#child.unref();
    this.#child.channel?.unref();
  }

  close(): void {
    this.isOver = true;
    if (this.#child.connected) this.#child.disconnect();
  }
}
