import type { Transmit } from '@madoguchi/card';

/** A reader on the counter's desk. `other`: no card to issue into, or one that cannot be read at this moment. */
interface CounterReader {
  readonly name: string;
  readonly holds: 'nothing' | 'card' | 'other';
}

/** The PC/SC readers of the counter's machine: filled in by whoever knows PC/SC, which this room does not. */
export interface CounterReaders {
  /** Empty where there is no PC/SC service. Never rejects for what a card or a reader does. */
  list(): Promise<readonly CounterReader[]>;
  /** Has the card in this reader for itself while `work` runs, and leaves it locked. @throws CaError (exit code 69) in words */
  withCard<T>(reader: string, work: (transmit: Transmit) => Promise<T>): Promise<T>;
}
