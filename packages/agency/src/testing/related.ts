import { readSubmission } from '@madoguchi/procedure';
import { readSubmissionOf, submissionsOf } from '../cases/submissions.js';
import { openArrived } from '../intake/open.js';
import { inquiryNumber } from '../receipts/inquiry-number.js';
import { verifyCase } from '../verification/index.js';
import { base, envelopeFor, type Issued, issuedFrom, origin, send } from './room.js';
import type { VerificationRoom } from './verification-room.js';

type Files = { name: string; bytes: Uint8Array }[];

/** Cookies of a reader who gave the inquiry number of a case. */
export async function lookUp(room: VerificationRoom, receipt: string): Promise<string> {
  const { agency, keys } = room.options;
  const response = await room.app.request(`${origin}${base}/applications`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
    body: new URLSearchParams({
      receipt,
      inquiry: inquiryNumber(keys.secret, agency.code, receipt),
    }).toString(),
  });
  if (response.status !== 303) throw new Error(String(response.status));
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

/** What the island of a correction's or withdrawal's page does: posts the answers, gets a signing request. */
export function askRelated(
  room: VerificationRoom,
  input: {
    receipt: string;
    place: 'correction' | 'withdrawal';
    cookie: string;
    answers: Record<string, string>;
    attachments?: { name: string; size: number; sha256: string; rule: string }[];
  },
): Promise<Response> {
  const { receipt, place, cookie, answers, attachments = [] } = input;
  return Promise.resolve(
    room.app.request(`${origin}${base}/applications/${receipt}/${place}/request`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, 'sec-fetch-site': 'same-origin', cookie },
      body: JSON.stringify({ answers, attachments }),
    }),
  );
}

export async function relatedRequest(...input: Parameters<typeof askRelated>): Promise<Issued> {
  const response = await askRelated(...input);
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  const issued = (await response.json()) as Issued;
  return { ...issued, ...issuedFrom(issued.request), cookie: input[1].cookie };
}

/** Signs and sends what was asked for, and runs it through reception and verification; gives its own receipt number. */
export async function sendRelated(
  room: VerificationRoom,
  issued: Issued,
  change: Parameters<typeof envelopeFor>[2] = {},
  files: Files = [],
): Promise<string> {
  const answer = await send(room, issued.claims.ticket, await envelopeFor(room, issued, change, files));
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  const [, payload = ''] = (await answer.text()).split('.');
  const { receiptNumber } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
    receiptNumber: string;
  };
  await openAgain(room, receiptNumber);
  return receiptNumber;
}

/** The job that opens an arrival. */
export async function openAgain(room: VerificationRoom, receiptNumber: string): Promise<void> {
  await openArrived(room.options, receiptNumber, async (input) => {
    await verifyCase({ ...input, trust: room.trust });
  });
}

/** The application that a case stands on. */
export async function standingOn(room: VerificationRoom, receipt: string) {
  const { sql } = room.options.db;
  const newest = (await submissionsOf(sql, '99201', receipt)).at(-1) ?? receipt;
  const stored = await readSubmissionOf(sql, '99201', newest);
  const read = stored && readSubmission(stored.container);
  if (!read?.ok) throw new Error('cannot be read');
  return read.value.application;
}
