import type { KeyObject } from 'node:crypto';
import { Worker } from 'node:worker_threads';

interface Waiting {
  readonly key: KeyObject;
  readonly data: Uint8Array;
  readonly resolve: (signature: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
}

/** What goes to the thread in one message: the data to be signed one behind the other, and how long each is. */
export interface ToSign {
  /** Left out where it is the key of the message before: handing one over takes as long as a fifth of a signature. */
  readonly key?: KeyObject;
  readonly data: Uint8Array;
  readonly lengths: readonly number[];
}

/** The answer to the message that has waited longest: the signatures one behind the other, all of the modulus' length. */
export type Signatures = { readonly signatures: Uint8Array } | { readonly error: unknown };

/** A message is some milliseconds of work: so little waits for the last of it, and hardly a turn of this thread goes into handing over. */
const most = 16;

/**
 * RSA signatures (SHA-256, PKCS #1) one after another on one thread beside this one: for whoever has hundreds to sign and other work to do
 * meanwhile. The thread pool would sign them all at once, take this thread's processor from it, and then have nothing to do until this
 * thread has caught up. A few are left to the pool, and no thread is started for them.
 */
export class SigningLine {
  readonly #open: () => Worker;
  #worker: Worker | undefined;
  #waiting: Waiting[] = [];
  #sent: (readonly Waiting[])[] = [];
  #inPool = 0;
  /** The key that the thread has. */
  #known: KeyObject | undefined;

  constructor(open = () => new Worker(new URL('./signing-thread.js', import.meta.url))) {
    this.#open = open;
  }

  /** `signInPool` signs with the same key. Rejects where the thread ends meanwhile; the next signature starts another. */
  async sign(
    key: KeyObject,
    data: Uint8Array,
    signInPool: (data: Uint8Array) => Promise<Uint8Array>,
  ): Promise<Uint8Array> {
    if (this.#worker !== undefined || this.#inPool >= most) return this.#signInThread(key, data);
    this.#inPool++;
    try {
      return await signInPool(data);
    } finally {
      this.#inPool--;
    }
  }

  #signInThread(key: KeyObject, data: Uint8Array): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#send());
      this.#waiting.push({ key, data, resolve, reject });
      if (this.#waiting.length >= most) this.#send();
    });
  }

  #send(): void {
    const [first] = this.#waiting;
    if (first === undefined) return;
    const end = this.#waiting.findIndex(({ key }) => key !== first.key);
    const some = end < 0 ? this.#waiting : this.#waiting.slice(0, end);
    this.#waiting = end < 0 ? [] : this.#waiting.slice(end);
    this.#sent.push(some);
    const data = Buffer.concat(some.map((one) => one.data));
    const lengths = some.map((one) => one.data.length);
    const worker = this.#worker ?? this.#start();
    const { key } = first;
    const message: ToSign = key === this.#known ? { data, lengths } : { key, data, lengths };
    this.#known = key;
    worker.ref();
    worker.postMessage(message);
    if (this.#waiting.length > 0) this.#send();
  }

  #start(): Worker {
    const worker = this.#open();
    worker.on('message', (answer: Signatures) => this.#settle(answer));
    worker.on('error', (error) => this.#end(worker, error));
    worker.on('exit', () => this.#end(worker, new Error('the signing thread has ended')));
    this.#worker = worker;
    this.#known = undefined;
    return worker;
  }

  #settle(answer: Signatures): void {
    const some = this.#sent.shift() ?? [];
    // A thread with nothing to do keeps no process alive.
    if (this.#sent.length === 0) this.#worker?.unref();
    for (const [index, one] of some.entries()) {
      if ('error' in answer) one.reject(answer.error);
      else {
        const length = answer.signatures.length / some.length;
        one.resolve(answer.signatures.subarray(index * length, (index + 1) * length));
      }
    }
  }

  #end(worker: Worker, error: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    const lost = this.#sent.flat();
    this.#sent = [];
    for (const one of lost) one.reject(error);
  }
}
