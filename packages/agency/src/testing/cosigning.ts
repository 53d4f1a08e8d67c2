import { type Party, taro } from '@madoguchi/testing';
import { readSubmissionOf } from '../cases/submissions.js';
import { signerCode } from '../signers/code.js';
import { readSigning } from '../signers/signing.js';
import { verificationTasks } from '../verification/index.js';
import { sendRelated } from './related.js';
import { base, type Issued, issuedFrom, origin } from './room.js';
import type { VerificationRoom } from './verification-room.js';

type Identity = typeof taro;

/** Somebody with a card of their own. */
export interface CardHolder {
  identity: Identity;
  party: Party;
  /** Of the other certificate on it, by which its holder logs in. */
  authenticationKey?: string;
}

export async function cardHolder(room: VerificationRoom, change: Partial<Identity>): Promise<CardHolder> {
  const who = { ...taro, ...change };
  const none = (text: string) => '0'.repeat([...text].length);
  const identity = {
    ...who,
    nameSubstitution: none(who.name),
    addressSubstitution: none(who.address),
  };
  return { identity, party: await room.citizens.another(identity) };
}

/** The code for one of those who must sign, as the applicant's page shows it. */
export async function codeFor(room: VerificationRoom, receipt: string, signer: string): Promise<string> {
  const { db, agency, keys } = room.options;
  const signing = await readSigning(db.sql, agency.code, receipt);
  return signerCode(keys.secret, agency.code, { receipt, signer, digest: signing?.digest ?? '' });
}

/** Follows the link that the applicant gave; cookies of that browser, or undefined where the code opens nothing. */
export async function follow(
  room: VerificationRoom,
  receipt: string,
  code: string,
): Promise<string | undefined> {
  const answer = await room.app.request(`${origin}${base}/cosign?receipt=${receipt}&code=${code}`);
  if (answer.status !== 303) return undefined;
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

/** What the page's island does on 署名へ進む. */
export async function askToSign(
  room: VerificationRoom,
  receipt: string,
  cookie: string,
  answers: Record<string, string> = {},
) {
  return room.app.request(`${origin}${base}/applications/${receipt}/cosign/request`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin, 'sec-fetch-site': 'same-origin', cookie },
    body: JSON.stringify({ answers, attachments: [] }),
  });
}

export async function signingRequest(
  room: VerificationRoom,
  receipt: string,
  signer: string,
  answers?: Record<string, string>,
): Promise<Issued> {
  const cookie = await follow(room, receipt, await codeFor(room, receipt, signer));
  if (cookie === undefined) throw new Error('the code opens nothing');
  const answer = await askToSign(room, receipt, cookie, answers);
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  const issued = (await answer.json()) as Issued;
  return { ...issued, ...issuedFrom(issued.request), cookie };
}

/** The files of a case, as the co-signer's page hands them on. */
async function filesOf(room: VerificationRoom, receipt: string) {
  const signing = await readSigning(room.options.db.sql, room.options.agency.code, receipt);
  return signing?.submission.attachments ?? [];
}

/** The whole way of a co-signer: link, request, card, envelope, reception, verification. Gives the receipt number of the signature. */
export async function cosign(
  room: VerificationRoom,
  receipt: string,
  signer: string,
  holder: CardHolder,
  answers?: Record<string, string>,
): Promise<string> {
  const issued = await signingRequest(room, receipt, signer, answers);
  return sendSigned(room, receipt, issued, holder);
}

export async function sendSigned(
  room: VerificationRoom,
  receipt: string,
  issued: Issued,
  { identity, party, authenticationKey }: CardHolder,
): Promise<string> {
  const files = issued.claims.attachments.length === 0 ? [] : [...(await filesOf(room, receipt))];
  const key = authenticationKey === undefined ? {} : { authenticationKey };
  return sendRelated(room, issued, { identity, by: party, ...key }, files);
}

/** The job that looks at a case when the last signature is there; `again`: when something has changed about it. */
export async function lookAgain(room: VerificationRoom, receiptNumber: string, again = false): Promise<void> {
  const { agency } = room.options;
  await verificationTasks([room.verification])['agency.verify']?.({
    agency: agency.code,
    ...{ receiptNumber, again },
  });
}

/** The container under a receipt number, as it stands in the database. */
export async function containerOf(room: VerificationRoom, receipt: string): Promise<Uint8Array> {
  const stored = await readSubmissionOf(room.options.db.sql, room.options.agency.code, receipt);
  if (stored === undefined) throw new Error('nothing under that number');
  return stored.container;
}
