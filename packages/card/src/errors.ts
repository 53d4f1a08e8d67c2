import { type StatusWord, statusWordName } from './status-words.js';

/**
 * Why something around the card did not work. The caller turns the code into a sentence for the reader.
 * - `refused`: no daemon listens for a card; `taken`: another card sits in that slot;
 * - `absent`, `locked`, `exists`, `wrongKey`, `notAnImage`, `newerVersion`: about a card image on disk;
 * - `status`: the card answered with the status word in `status`;
 * - `badAnswer`: the card's answer has no sense (too short, not DER, endless);
 * - `badInput`: the values for a new card break a rule named in the message.
 */
export type CardErrorCode =
  | 'refused'
  | 'taken'
  | 'absent'
  | 'locked'
  | 'exists'
  | 'wrongKey'
  | 'notAnImage'
  | 'newerVersion'
  | 'status'
  | 'badAnswer'
  | 'badInput';

/** The one error of this room. Its message never holds a PIN, a key or a personal datum. */
export class CardError extends Error {
  readonly code: CardErrorCode;
  readonly status: StatusWord | undefined;

  constructor(code: CardErrorCode, message: string, options?: { cause?: unknown; status?: StatusWord }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CardError';
    this.code = code;
    this.status = options?.status;
  }
}

/** The card said something other than what `task` needed. */
export function statusError(task: string, status: StatusWord): CardError {
  return new CardError('status', `${task}: the card answered ${statusWordName(status)}`, { status });
}
