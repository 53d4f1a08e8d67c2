import type { Certificate, Decrypter, Signer } from '@madoguchi/pki';
import type { Parsed, PostCodes, ProcedureDefinition, Submission } from '@madoguchi/procedure';
import type { Database, Sql } from '@madoguchi/store';
import type { Contact, Words } from '@madoguchi/ui';
import type { Scanner } from './attachments/scanner.js';
import type { Limits } from './limits/limit.js';
import type { MailSender } from './mail/sender.js';

/** A procedure as loaded: `digest` names it, `bytes` is its canonical form. */
export interface LoadedProcedure {
  definition: ProcedureDefinition;
  digest: string;
  bytes: Uint8Array;
}

/** Who the agency is, and under which addresses. */
export interface AgencyConfig {
  /** As in the agency's certificate, e.g. `99201`. */
  code: string;
  /** As in the agency's certificate, e.g. 見本市長. */
  name: string;
  /** Heading of its pages: 見本市. */
  siteName: Words;
  /** `http://127.0.0.1:8080`: its host stands in the certificate. */
  origin: string;
  /** `/a/99201`, or empty under an origin of its own. */
  basePath: string;
  contact: Contact;
  /** Shown above every page: that this is a demo. */
  banner?: Words;
  /** Where the citizen's signing agent listens. Default `http://127.0.0.1:24787`. */
  agentOrigin?: string;
  /** Where TLS asks for the card's certificate, when there is such a place: the same host on another port. */
  cardLoginOrigin?: string;
  /** Post codes of its own, beside the post office's: the demo's invented places. */
  postCodes?: PostCodes;
  /** See `duplicatesOf`. */
  duplicateDays?: number;
  /** Where the citizen learns how to get the agent: the portal's set-up page. */
  setUpUrl?: string;
}

/** The agency’s keys: to sign requests and receipts, to open applications. */
export interface AgencyKeys {
  signer: Signer;
  /** DER, the signer's certificate first, without the anchor. */
  signerChain: Uint8Array[];
  /** What applications are encrypted for now; may change from one request to the next (rotation). */
  readonly encryptionCertificate: Uint8Array;
  readonly decrypter: Decrypter;
  /** Every decryption key that is still kept, read anew: the current one and those that envelopes on their way may need. */
  readonly allDecryption?: () => Promise<readonly { certificate: Uint8Array; decrypter: Decrypter }[]>;
  /** 32 octets for tickets, inquiry numbers and cookies; another for each agency. */
  secret: Uint8Array;
}

/** A fresh OCSP answer for one of the agency's own certificates, to be stapled; undefined when there is none now. */
export type Staple = (certificate: Uint8Array) => Promise<Uint8Array | undefined>;

/** What verification gets after the envelope is open: see `src/verification`. */
export interface VerifyCaseInput<Trust = unknown> {
  sql: Sql;
  agency: { code: string; name: string };
  receiptNumber: string;
  /** Under which receipt these bytes arrived, where that is not the case's own: a correction. */
  submission?: string;
  opened: Parsed<Submission>;
  container: Uint8Array;
  arrivedAt: Date;
  trust: Trust;
  /** Hears of the signer, where signature and path are good. */
  onSigned?: (certificate: Certificate) => Promise<void>;
  clock: () => Date;
}

/** Told of an event by a name; the detail names no person and no secret. */
export type Log = (event: string, detail?: Record<string, string | number | readonly string[]>) => void;

/** What reception works with. */
export interface ReceptionOptions {
  db: Pick<Database, 'sql'>;
  agency: AgencyConfig;
  procedures: LoadedProcedure[];
  keys: AgencyKeys;
  staple: Staple;
  clock: () => Date;
  /** Origins inside the agency's network that webhooks may go to, e.g. `https://core.city.local:8443`. Default: none, only the public internet. */
  webhookOrigins?: readonly string[];
  /** What one client address, and one signer, may do. */
  limits?: Limits;
  /** Hands over e-mail notices; without it no address is asked for. */
  mail?: MailSender;
  /** An external scanner for the files of applications: the applicant hears of what it names. */
  scan?: Scanner;
  /** Largest envelope, in octets. Default 64 MiB. */
  maxEnvelope?: number;
  log?: Log;
}
