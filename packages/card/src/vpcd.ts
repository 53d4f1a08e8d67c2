import { connect, type Socket } from 'node:net';
import { CardError } from './errors.js';
import type { CardDevice } from './virtual-card.js';
import { encodeFrame, FrameReader, vpcdControl } from './vpcd-frames.js';

/** A card in a slot of vpcd. */
export interface VpcdLink {
  /**
   * Resolves at the first GET ATR: the reader sees the card. Rejects with CardError `refused` when nothing
   * listens (pcscd not started, or idle under socket activation), or `taken` when the connection stays silent
   * because another card is in the slot.
   */
  readonly ready: Promise<void>;
  /** Resolves when the link has ended, for whatever reason. */
  readonly closed: Promise<void>;
  /** Takes the card out. */
  close(): void;
}

interface Deferred {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(error: Error): void;
}

function deferred(): Deferred {
  let resolve: () => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** pcscd polls every 0.44 s; a slot that is silent for so long belongs to another card. */
const silence = 2000;

async function answer(card: CardDevice, payload: Uint8Array): Promise<Uint8Array | undefined> {
  if (payload.length === 1) {
    switch (payload[0]) {
      case vpcdControl.powerOff:
        card.powerOff();
        return undefined;
      case vpcdControl.powerOn:
        card.powerOn();
        return undefined;
      case vpcdControl.reset:
        card.reset();
        return undefined;
      case vpcdControl.getAtr:
        return card.atr();
    }
  }
  return card.execute(payload);
}

async function serve(card: CardDevice, socket: Socket, polled: () => void): Promise<void> {
  const reader = new FrameReader();
  // One frame after the other; while an APDU runs, TCP holds the rest back.
  for await (const bytes of socket) {
    for (const payload of reader.push(bytes as Uint8Array)) {
      if (payload.length === 1 && payload[0] === vpcdControl.getAtr) polled();
      const reply = await answer(card, payload);
      if (reply) socket.write(encodeFrame(reply));
    }
  }
}

/**
 * Puts a card into a PC/SC reader: connects to the vpcd driver inside pcscd (slot n listens on 35963 + n) and
 * answers until the daemon goes, `close` is called or `signal` fires. Losing the link is losing power.
 * vpcd listens on all interfaces without authentication: keep it in a private network namespace or behind a
 * firewall.
 */
export async function connectVpcd(
  card: CardDevice,
  options?: { host?: string; port?: number; signal?: AbortSignal },
): Promise<VpcdLink> {
  const host = options?.host ?? '127.0.0.1';
  const port = options?.port ?? 35963;
  const socket = connect({ host, port, noDelay: true });
  const link = deferred();
  const stop = () => socket.destroy();
  let connected = false;
  socket.once('connect', () => {
    connected = true;
  });
  const timer = setTimeout(() => {
    link.reject(
      connected
        ? new CardError('taken', `The slot at ${host}:${port} does not poll: another card is in it.`)
        : new CardError('refused', `Nothing answers at ${host}:${port}.`),
    );
    stop();
  }, silence);
  options?.signal?.addEventListener('abort', stop, { once: true });
  const closed = serve(card, socket, () => {
    clearTimeout(timer);
    link.resolve();
  })
    .catch((cause: unknown) => {
      link.reject(
        new CardError('refused', `No vpcd answers at ${host}:${port}. Is pcscd running?`, { cause }),
      );
    })
    .finally(() => {
      clearTimeout(timer);
      options?.signal?.removeEventListener('abort', stop);
      stop();
      card.powerOff();
      link.reject(
        new CardError('refused', `The link to ${host}:${port} ended before the reader asked for the card.`),
      );
    });
  // Whoever does not wait for `ready` must not be killed by its rejection.
  link.promise.catch(() => undefined);
  if (options?.signal?.aborted) stop();
  return { ready: link.promise, closed, close: stop };
}
