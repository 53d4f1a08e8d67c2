/** A letter as it is handed over: plain text, one address. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Opens a page that ends the notices (RFC 2369, RFC 8058 is not offered: the page asks first). */
  readonly stopUrl: string;
  /** The same letter sent again keeps it. */
  readonly id: string;
}

/** `permanent`: this address will never take it. */
export type SendOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly rule: string; readonly permanent: boolean };

/** Hands letters over. Never throws. */
export interface MailSender {
  send(letter: Letter): Promise<SendOutcome>;
}
