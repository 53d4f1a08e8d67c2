import type { ForeignCard } from './foreign-card.js';

/** What can go wrong between a person and their card. Every code has words in `client-words.ts`. */
export type ClientErrorCode =
  | 'no-library'
  | 'service-stopped'
  | 'no-reader'
  | 'no-card'
  | 'card-busy'
  | 'card-at-pad'
  | 'card-removed'
  | 'card-unresponsive'
  | 'card-unexpected'
  | 'card-exchanged'
  | 'not-my-number-card'
  | 'no-certificate'
  | 'pin-format'
  | 'pin-wrong'
  | 'pin-last-try'
  | 'pin-locked'
  | 'pin-pad-stopped'
  | 'several-cards'
  | 'port-taken';

/** Which secret is meant: 署名用パスワード, 利用者証明用パスワード, or the input-support application's PIN. */
export type PinKind = 'sign' | 'auth' | 'text';

export interface ClientErrorDetail {
  /** Tries that remain after this failure. */
  triesLeft?: number;
  pin?: PinKind;
  /** What lies in the reader instead of a My Number Card. */
  card?: ForeignCard | 'jukicard';
  /** A reader's name, a program's name: never a secret, never holder data. */
  subject?: string;
}

/**
 * The one error of this room. Its message is for a log (no secrets, no holder data); the reader's sentence comes
 * from `explainClientError`. Status words and PC/SC codes end here and do not travel further.
 */
export class ClientError extends Error {
  readonly code: ClientErrorCode;
  readonly detail: ClientErrorDetail;

  constructor(code: ClientErrorCode, detail: ClientErrorDetail = {}) {
    super(detail.subject === undefined ? code : `${code} (${detail.subject})`);
    this.name = 'ClientError';
    this.code = code;
    this.detail = detail;
  }
}
