/** Structured log lines of `start` and `serve`: one JSON object a line. Only codes, counts and routes: never a person's data. */
import { createWriteStream } from 'node:fs';
import { defectOf } from '@madoguchi/ui';

export interface Log {
  write: (room: string, event: string, fields?: Record<string, unknown>) => void;
  /** A defect, under the number that the reader of the page sees. */
  fault: (room: string, number: string, error: unknown) => void;
  close: () => Promise<void>;
}

/** Appends to a file (0600); `-` is standard error. */
export function openLog(file: string, clock: () => Date): Log {
  const own = file !== '-';
  const stream = own ? createWriteStream(file, { flags: 'a', mode: 0o600 }) : process.stderr;
  // A full disk must not stop a service that can still answer.
  stream.on('error', () => {});
  const write: Log['write'] = (room, event, fields = {}) => {
    stream.write(`${JSON.stringify({ at: clock().toISOString(), room, event, ...fields })}\n`);
  };
  return {
    write,
    fault: (room, number, error) => write(room, 'fault', { number, ...defectOf(error) }),
    close: () => new Promise((resolve) => (own ? stream.end(() => resolve()) : resolve())),
  };
}
