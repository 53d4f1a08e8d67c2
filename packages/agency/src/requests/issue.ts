import { randomBytes } from 'node:crypto';
import {
  type Answers,
  type ClaimedAttachment,
  canonicalize,
  createSigningRequest,
  type Relation,
  sha256Hex,
} from '@madoguchi/procedure';
import type { LoadedProcedure, ReceptionOptions } from '../options.js';
import { insertRequest } from './queries.js';
import { createTicket } from './ticket.js';

/** A request is in force for half an hour; its ticket an hour longer, for slow lines and for sending again. */
const lifeSeconds = 30 * 60;
const ticketSeconds = lifeSeconds + 60 * 60;

/** Application, definition, signature and their wrapping have this much room beside the attachments. */
const roomBeside = 4 * 1024 * 1024;

/** The largest envelope that can answer a request for these files, in octets. What somebody sends in addition is not even read. */
function largestAnswer(attachments: readonly ClaimedAttachment[]): number {
  return attachments.reduce((sum, { size }) => sum + size, roomBeside);
}

/** What the page hands to the agent, and what it asks afterwards. */
export interface IssuedRequest {
  jti: string;
  /** Compact JWS. */
  request: string;
  expiresAt: Date;
}

/** The agency's certificates cannot be shown to be in force now: no request that an agent would take. */
export class NoStapleError extends Error {}

/**
 * Issues a signing request for answers that were checked: writes its nonce down, then signs. Both certificates (signing,
 * encryption) travel with a fresh OCSP answer.
 */
export async function issueRequest(
  options: ReceptionOptions,
  procedure: LoadedProcedure,
  input: { answers: Answers; attachments: ClaimedAttachment[]; relation?: Relation; browserHash: Uint8Array },
): Promise<IssuedRequest> {
  const { agency, keys, staple, db, clock } = options;
  const [leaf] = keys.signerChain;
  if (!leaf) throw new TypeError('the agency has no signing certificate');
  // Read once: the key may be exchanged while we wait.
  const { encryptionCertificate } = keys;
  const [ocsp, encOcsp] = await Promise.all([staple(leaf), staple(encryptionCertificate)]);
  if (!ocsp || !encOcsp) throw new NoStapleError();

  const iat = Math.floor(clock().getTime() / 1000);
  const exp = iat + lifeSeconds;
  const jti = randomBytes(16).toString('base64url');
  const { definition, digest } = procedure;
  const base = `${agency.origin}${agency.basePath}`;
  const request = await createSigningRequest(
    {
      iss: agency.code,
      origin: agency.origin,
      jti,
      iat,
      exp,
      procedure: { id: definition.id, version: definition.version, digest },
      answers: input.answers,
      attachments: input.attachments,
      ...(input.relation === undefined ? {} : { relation: input.relation }),
      intake: `${base}/intake`,
      return: `${base}/receipt`,
      ticket: createTicket(keys.secret, agency.code, {
        jti,
        until: iat + ticketSeconds,
        largest: input.relation === undefined ? largestAnswer(input.attachments) : 0,
      }),
      enc: Buffer.from(encryptionCertificate).toString('base64'),
      encOcsp: Buffer.from(encOcsp).toString('base64'),
    },
    { signer: keys.signer, chain: keys.signerChain, ocsp },
  );
  const expiresAt = new Date(exp * 1000);
  await insertRequest(db.sql, agency.code, {
    jti,
    procedureId: definition.id,
    procedureVersion: definition.version,
    definitionDigest: digest,
    answersDigest: sha256Hex(canonicalize(input.answers)),
    attachments: input.attachments,
    relation: input.relation ?? null,
    browserHash: input.browserHash,
    issuedAt: new Date(iat * 1000),
    expiresAt,
  });
  return { jti, request, expiresAt };
}
