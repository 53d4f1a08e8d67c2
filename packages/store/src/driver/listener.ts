import { pause } from '../process.js';
import { Connection, type ConnectionOptions } from './connection.js';

/** Between two tries to hear again. */
const againAfterMs = 500;

/** Somebody who listens. */
export interface Listener {
  end(): Promise<void>;
}

/**
 * Listens to a channel on a connection of its own, and after a loss on the next. `onListening` is told each time it begins: what was
 * notified before that is not known. Rejects when the first connection cannot be had.
 */
export async function listenTo(
  options: ConnectionOptions,
  channel: string,
  { hear, onListening }: { hear: (text: string) => void; onListening?: (() => void) | undefined },
): Promise<Listener> {
  let current: Connection | undefined;
  let isOver = false;
  const listen = async (): Promise<void> => {
    const connection = await Connection.open({ ...options, onNotify: (_channel, text) => hear(text) });
    try {
      await connection.sql().unsafe(`listen "${channel.replaceAll('"', '""')}"`);
    } catch (error) {
      await connection.end();
      throw error;
    }
    if (isOver) return connection.end();
    current = connection;
    connection.onLost = () => void again();
    onListening?.();
  };
  const again = async (): Promise<void> => {
    while (!isOver) {
      await pause(againAfterMs);
      if (isOver) return;
      const isHeard = await listen().then(
        () => true,
        () => false,
      );
      if (isHeard) return;
    }
  };
  await listen();
  return {
    end: async () => {
      isOver = true;
      await current?.end();
    },
  };
}
