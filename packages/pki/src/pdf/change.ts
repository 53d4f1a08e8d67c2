/** What a later part of the file does to the document that was signed. */
export type PdfChangeKind =
  | 'signature'
  | 'documentTimeStamp'
  | 'validationValues'
  | 'formFill'
  | 'annotation'
  | 'information'
  | 'metadata'
  /** Everything else: it changes what people see, or could. */
  | 'other';

/** Something that was changed in a PDF after it was signed. */
export interface PdfChange {
  readonly kind: PdfChangeKind;
  /** Whether it is allowed after a signature, under the certification in force. */
  readonly permitted: boolean;
  /** What exactly, for the engineer: `pdf.change.…`. */
  readonly rule: string;
  /** Number of the object. */
  readonly object: number;
  /** It shows something on a page: the stamp of a further signature, for instance. */
  readonly visible?: boolean;
}

/** How a rule describes a change; whether it is permitted is asked in one place. */
export interface Described {
  readonly kind: PdfChangeKind;
  readonly rule: string;
  /** Names of the fields concerned, for locks. */
  readonly field?: string;
  readonly visible?: boolean;
}

export const other = (rule: string): Described => ({ kind: 'other', rule: `pdf.change.${rule}` });
