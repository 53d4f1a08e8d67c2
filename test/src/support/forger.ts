/**
 * Somebody who talks to the city without a browser and keeps to no rule: asks for a signing request as the form's page does, builds the
 * submission with a real card, and may change anything on the way.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { parseCertificate, readIdentity, readZip, writeZip } from '@madoguchi/pki';
import {
  type Answers,
  type ApplicantIdentity,
  buildApplication,
  buildSubmission,
  type ClaimedAttachment,
  parseDefinition,
  type SigningRequestClaims,
  sealSubmission,
} from '@madoguchi/procedure';
import { type CitizenCard, signPin } from './test-city.js';

export const envelopeType = 'application/pkcs7-mime; smime-type=authEnveloped-data';

export const juminhyo: Wish = {
  procedure: 'juminhyo',
  answers: { subject: 'self', copies: '1', domicile: 'no', delivery: 'post' },
};

export interface Wish {
  procedure: string;
  answers: Answers;
  attachments?: { name: string; bytes: Uint8Array; rule: string }[];
}

/** A signing request of the city, as its page gets it. */
export interface Asked {
  jws: string;
  claims: SigningRequestClaims;
  /** Canonical bytes. */
  definition: Uint8Array;
  attachments: { name: string; bytes: Uint8Array }[];
  /** The browser's cookie: it may see the receipt. */
  cookie: string;
}

/** What signing takes of a card. */
export type SigningCard = Pick<CitizenCard, 'session' | 'certificate'>;

/** What is told other than it is, before the signature. */
export interface Lies {
  identity?: Partial<ApplicantIdentity>;
  agency?: { code: string; name: string };
  nonce?: string;
  answers?: Answers;
  /** Named as the signer's, and signed for by the card all the same. */
  certificate?: Uint8Array;
}

/** Asks the city for a signing request, as the script of its form page does. `home` ends with a slash. */
export async function askForRequest(home: string, wish: Wish = juminhyo): Promise<Asked> {
  const files = wish.attachments ?? [];
  const attachments: ClaimedAttachment[] = files.map(({ name, bytes, rule }) => ({
    name,
    size: bytes.length,
    sha256: sha256Hex(bytes),
    rule,
  }));
  const answer = await fetch(new URL(`procedures/${wish.procedure}/request`, home), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: new URL(home).origin,
      'sec-fetch-site': 'same-origin',
    },
    body: JSON.stringify({ answers: wish.answers, attachments }),
  });
  const text = await answer.text();
  assert.equal(answer.status, 201, text.slice(0, 2000));
  const given = JSON.parse(text) as { request: string; definition: string };
  return {
    jws: given.request,
    claims: claimsOf(given.request) as SigningRequestClaims,
    definition: Buffer.from(given.definition, 'utf8'),
    attachments: files.map(({ name, bytes }) => ({ name, bytes })),
    cookie: answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; '),
  };
}

/** The signed container: what the agent would build, but for the lies. */
export async function signWithCard(asked: Asked, card: SigningCard, lies: Lies = {}): Promise<Uint8Array> {
  const { claims } = asked;
  const parsed = parseDefinition(Buffer.from(asked.definition).toString('utf8'));
  const certificate = parseCertificate(card.certificate);
  assert.ok(parsed.ok && certificate.ok);
  const identity = readIdentity(certificate.value);
  assert.ok(identity?.ok);
  const now = new Date();
  const application = buildApplication({
    definition: parsed.definition,
    digest: parsed.digest,
    request: { ...claims, jti: lies.nonce ?? claims.jti },
    agency: lies.agency ?? { code: claims.iss, name: '見本市長' },
    identity: { ...identity.value, ...lies.identity },
    answers: lies.answers ?? claims.answers,
    attachments: claims.attachments,
    signedAt: now,
  });
  return buildSubmission({
    application,
    definition: asked.definition,
    attachments: asked.attachments,
    signerCertificate: lies.certificate ?? card.certificate,
    algorithm: 'rsa-sha256',
    signingTime: now,
    sign: (attributes) => card.session.sign('sign', signPin, attributes),
  });
}

/** Exchanges one file of a signed container and zips it anew. */
export function exchangeFile(
  container: Uint8Array,
  name: string,
  change: (bytes: Buffer) => Uint8Array,
): Uint8Array {
  const read = readZip(container);
  assert.ok(read.ok);
  assert.ok(
    read.value.some((entry) => entry.name === name),
    name,
  );
  return writeZip(
    read.value.map((entry) => ({
      name: entry.name,
      bytes: entry.name === name ? change(Buffer.from(entry.bytes)) : entry.bytes,
    })),
  );
}

export function seal(asked: Asked, container: Uint8Array): Promise<Uint8Array> {
  return sealSubmission(container, Buffer.from(asked.claims.enc, 'base64'));
}

/** Posts bytes to the intake with the request's ticket, or another. */
export function postEnvelope(
  asked: Asked,
  envelope: Uint8Array,
  options: { ticket?: string; type?: string; signal?: AbortSignal } = {},
): Promise<Response> {
  return fetch(asked.claims.intake, {
    method: 'POST',
    headers: {
      'content-type': options.type ?? envelopeType,
      authorization: `Ticket ${options.ticket ?? asked.claims.ticket}`,
    },
    body: Uint8Array.from(envelope),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
}

export interface Arrived {
  receiptNumber: string;
  jws: string;
  envelope: Uint8Array;
}

/** Sends a container and demands the receipt for exactly these bytes. */
export async function sendContainer(asked: Asked, container: Uint8Array): Promise<Arrived> {
  return sendEnvelope(asked, await seal(asked, container));
}

export async function sendEnvelope(asked: Asked, envelope: Uint8Array): Promise<Arrived> {
  const answer = await postEnvelope(asked, envelope);
  const jws = await answer.text();
  assert.equal(answer.status, 201, jws);
  const receipt = claimsOf(jws) as { receiptNumber: string; envelopeSha256: string; jti: string };
  assert.equal(receipt.envelopeSha256, sha256Hex(envelope));
  assert.equal(receipt.jti, asked.claims.jti);
  return { receiptNumber: receipt.receiptNumber, jws, envelope };
}

/** Everything in its order: a genuine application unless lies are told. */
export async function file(home: string, card: SigningCard, lies: Lies = {}, wish?: Wish): Promise<Arrived> {
  const asked = await askForRequest(home, wish);
  return sendContainer(asked, await signWithCard(asked, card, lies));
}

/** The claims of a JWS, unchecked. */
export function claimsOf(jws: string): unknown {
  return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8'));
}

export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
