import type {
  FoundSignature,
  GatherInput,
  PdfPlace,
  SignatureAlgorithm,
  Stamp,
  ValidationValues,
} from '@madoguchi/pki';

/** Formats by the word of `madoguchi sign --as`. */
export type FormatId = 'cades' | 'asic' | 'asic-s' | 'pdf' | 'xml';

/** Baseline levels of ETSI: as signed, with a time stamp, with validation values, with an archive time stamp over all of it. */
export const levels = ['B', 'T', 'LT', 'LTA'] as const;
export type SignatureLevel = (typeof levels)[number];

/** A file as it was given: its name without a folder. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The key of whoever signs: a card's, reached through its session, or any other. */
export interface DocumentSigner {
  readonly certificate: Uint8Array;
  /** The authority's certificates, as far as they are at hand: they go into the signature. */
  readonly issuers: readonly Uint8Array[];
  readonly algorithm: SignatureAlgorithm;
  /** Signs data and hashes it itself; ECDSA signatures are DER. Rejects with ClientError where it is a card. */
  readonly sign: (data: Uint8Array) => Promise<Uint8Array>;
}

/** What a person wants signed, before anybody has asked for a PIN. */
export interface SignRequest {
  readonly files: readonly GivenFile[];
  readonly level: SignatureLevel;
  /** The content travels beside the signature; only where the format leaves a choice. */
  readonly detached?: boolean;
  /** No level was asked for: the form that the receivers of today take, where it is less than level B. */
  readonly plain?: boolean;
  /** XML only: identifier of the element to sign; default the whole document, or what e-Gov's form has. */
  readonly element?: string;
  /** XML only: name of the element that the signature goes into. */
  readonly into?: string;
  /** PDF only. */
  readonly pdf?: PdfChoices;
}

/** What a visible stamp says. */
export interface StampText {
  /** 署名者; empty while nobody is known yet. */
  readonly signer: string;
  readonly time: Date;
  /** 認証局. */
  readonly authority: string;
}

/** What a person may choose for a signature in a PDF. */
export interface PdfChoices {
  readonly stamp?: {
    /** Draws the stamp as a PDF of one page, of the same size whatever it says. */
    readonly draw: (text: StampText) => Uint8Array;
    /** From 1, or from the last with -1, which is the default. */
    readonly page?: number;
    /** Default the lower right corner. */
    readonly at?: PdfPlace;
  };
  /** Full name of an empty signature field to sign in. */
  readonly field?: string;
  readonly reason?: string;
}

/** Everything a format needs to sign; whatever has to be fetched comes through a function. */
export interface SignInput extends SignRequest {
  readonly signer: DocumentSigner;
  readonly signingTime: Date;
  /** Level T and above. Rejects with TimeStampError. */
  readonly stamp?: Stamp;
  /**
   * Level LT and above: everything that proves this signature and its time stamps, see `validationValues`. Called when the time stamp is on,
   * with a CMS and, where it is detached, its content; with an XML document; for any other format with `found`, its own evidence.
   */
  readonly values?: (signed: SignedSoFar) => Promise<ValidationValues>;
}

export type SignedSoFar =
  | { readonly cms: Uint8Array; readonly content?: Uint8Array }
  | { readonly xml: Uint8Array; readonly files: ReadonlyMap<string, Uint8Array>; readonly signer: number }
  | { readonly found: readonly FoundSignature[] };

/** A request that cannot be signed, told before a PIN is asked for; the words are in `document-words.ts`. */
export interface DocumentFault {
  readonly rule:
    | 'files.none'
    | 'files.several'
    | 'file.name'
    | 'file.sameName'
    | 'file.form'
    | 'file.application'
    | 'detached'
    | 'level'
    | 'xml.element'
    | 'xml.into'
    | 'xml.breaks'
    | 'pdf.form'
    | 'pdf.encrypted'
    | 'pdf.certified'
    | 'pdf.page'
    | 'pdf.stamp'
    | 'pdf.field';
  /** The file it is about. */
  readonly name?: string;
}

/** Signing broke off after the request had been accepted: a rule of pki, for instance `cades.stamp.over`. */
export class DocumentError extends Error {
  readonly rule: string;

  constructor(rule: string) {
    super(`The signature could not be completed (${rule}).`);
    this.name = 'DocumentError';
    this.rule = rule;
  }
}

/** Whom to trust and what was fetched before; as for `gatherEvidence` of pki. */
export type Trust = Pick<
  GatherInput,
  | 'policy'
  | 'anchors'
  | 'intermediates'
  | 'revocation'
  | 'timeStampAnchors'
  | 'nonceTime'
  | 'arrivalTime'
  | 'time'
  | 'attempts'
>;

interface DocumentGatherInput {
  /** The file that holds the signature. */
  readonly file: GivenFile;
  /** What a detached signature was made over, where the person says which. */
  readonly content?: GivenFile;
  /** Files that lie beside it, of those that `filesBeside` names. */
  readonly beside?: readonly GivenFile[];
  readonly trust: Trust;
}

/**
 * One format of signed documents. Pure but for the functions it is given: files and HTTP stay at the edge, so that the command line and the
 * signing agent's pages use the same code. A new format is one file here and one line in `formats.ts`.
 */
export interface DocumentFormat {
  readonly id: FormatId;
  /** Its proper name, for reports: a term, the same in every language. */
  readonly title: string;
  /** With the dot; what the person's file name gets. */
  readonly extension: string;
  readonly mediaType: string;
  /** The levels it can be signed at; absent: all. */
  readonly levels?: readonly SignatureLevel[];
  /** Whether these octets are of this format, by their beginning alone: it need not be well-formed. `name` where octets leave it open. */
  readonly detect: (bytes: Uint8Array, name: string) => boolean;
  /** The first thing that keeps this from being signed in this format. */
  readonly fault: (request: SignRequest) => DocumentFault | undefined;
  /** Rejects with DocumentError, and with whatever signer, stamp and values reject. */
  readonly sign: (input: SignInput) => Promise<Uint8Array>;
  /** Names of other files that the signatures of this one are about, as far as it says: a relative path each, without `..`. */
  readonly filesBeside?: (bytes: Uint8Array) => readonly string[];
  /**
   * The evidence of every signature, none judged. What cannot be read gives one that says so; a readable file without a signature gives none.
   * Never throws on hostile input.
   */
  readonly gather: (input: DocumentGatherInput) => FoundSignature[];
}
