import type { IncomingMessage } from 'node:http';

/** Octets of all bodies that are held now, and how many may be at once: many large envelopes must not fill the memory. */
let held = 0;
const mostHeld = 512 * 1024 * 1024;

export type Body =
  | {
      ok: true;
      bytes: Uint8Array;
      /** Called once when the bytes are no longer needed. */
      release: () => void;
    }
  | { ok: false; rule: 'intake.size' | 'intake.unavailable' };

/**
 * Reads a body up to `limit` octets and stops at the first octet too many, whatever length was announced. `incoming`: the same body as the
 * server has it, where there is one: a web stream around it costs more than what is done with the octets.
 */
export async function readBody(request: Request, limit: number, incoming?: IncomingMessage): Promise<Body> {
  const announced = Number(request.headers.get('content-length') ?? '0');
  if (announced > limit) return { ok: false, rule: 'intake.size' };
  const chunks: Uint8Array[] = [];
  let size = 0;
  const release = () => {
    held -= size;
    size = 0;
  };
  const take = (chunk: Uint8Array): boolean => {
    size += chunk.length;
    held += chunk.length;
    chunks.push(chunk);
    return size <= limit && held <= mostHeld;
  };
  try {
    const whole = await (incoming === undefined
      ? readStream(request.body, take)
      : readIncoming(incoming, take));
    if (!whole) {
      const rule = size > limit ? 'intake.size' : 'intake.unavailable';
      release();
      return { ok: false, rule };
    }
  } catch {
    // The sender went away in the middle: it keeps its envelope.
    release();
    return { ok: false, rule: 'intake.unavailable' };
  }
  const [only] = chunks;
  const bytes = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, size);
  return { ok: true, bytes, release };
}

/** Hands over what comes until `take` wants no more; true when that was all. */
async function readStream(body: Request['body'], take: (chunk: Uint8Array) => boolean): Promise<boolean> {
  const reader = body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    if (take(value)) continue;
    await reader.cancel().catch(() => undefined);
    return false;
  }
  return true;
}

/**
 * As above. What still comes when `take` wants no more is thrown away until the server, which answers meanwhile, closes: whoever is sending while nobody
 * reads would lose the answer with the connection.
 */
function readIncoming(incoming: IncomingMessage, take: (chunk: Uint8Array) => boolean): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      incoming.off('data', onData).off('end', onEnd).off('error', onError).off('close', onClose);
    };
    const onData = (chunk: Uint8Array) => {
      if (take(chunk)) return;
      leave();
      incoming.resume();
      resolve(false);
    };
    const onEnd = () => {
      leave();
      resolve(true);
    };
    const onError = (error: Error) => {
      leave();
      reject(error);
    };
    const onClose = () => onError(new Error('gone'));
    if (incoming.destroyed && !incoming.readableEnded) return onClose();
    incoming.on('data', onData).on('end', onEnd).on('error', onError).on('close', onClose);
  });
}
