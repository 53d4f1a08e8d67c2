// The thread of `SigningLine`: signs what each message names, and answers messages in their order.
import { type KeyObject, sign } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import type { Signatures, ToSign } from './signing-line.js';

/** The key that came last. */
let known: KeyObject | undefined;

function signAll({ key = known, data, lengths }: ToSign): Signatures {
  known = key;
  if (key === undefined) return { error: new Error('no key has come yet') };
  try {
    let at = 0;
    const made = lengths.map((length) => {
      const signature = sign('sha256', data.subarray(at, at + length), key);
      at += length;
      return signature;
    });
    return { signatures: Buffer.concat(made) };
  } catch (error) {
    return { error };
  }
}

parentPort?.on('message', (message: ToSign) => parentPort?.postMessage(signAll(message)));
