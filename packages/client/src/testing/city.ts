import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { softwareDecrypter } from '@madoguchi/pki';
import {
  createLoginRequest,
  createReceipt,
  createSigningRequest,
  type LoginRequestClaims,
  openSubmission,
  readSubmission,
  type SigningRequestClaims,
  type Submission,
} from '@madoguchi/procedure';
import { agencyAuthority, testNow } from './authorities.js';
import { residentRecord } from './resident-record.js';

export interface UploadedFile {
  name: string;
  bytes: Uint8Array;
  type?: string;
}

/** How the intake behaves: `good`, or one of the ways it can go wrong. */
export type IntakeMood = 'good' | 'busy' | 'refuses' | 'redirects' | 'hangs-up' | 'false-receipt';

/**
 * A city as small as it can be: one procedure, requests signed as protocol says, an intake that opens what arrives and gives a signed receipt.
 * Its pages are the two that the agent needs: the one that opens it and the one it returns to.
 */
export async function startCity(options: { now?: Date } = {}) {
  const now = options.now ?? testNow;
  const authority = await agencyAuthority();
  const { city, encryption } = authority;
  const state = {
    mood: 'good' as IntakeMood,
    envelopes: [] as Buffer[],
    tickets: [] as (string | undefined)[],
    submissions: [] as Submission[],
    /** Bodies of the forms that came back from the agent. */
    logins: [] as { origin: string | undefined; token: string | null }[],
    jti: '',
    page: '',
  };

  const receiptFor = async (envelope: Uint8Array, jti: string) =>
    createReceipt(
      {
        receiptNumber: '2026-0001234',
        jti,
        envelopeSha256: createHash('sha256').update(envelope).digest('hex'),
        arrivedAt: now,
        agency: { code: '99201', name: '見本市' },
      },
      { signer: city.signer, chain: [city.der] },
    );

  const intake = async (envelope: Buffer): Promise<{ status: number; body: string; location?: string }> => {
    if (state.mood === 'busy') return { status: 503, body: 'later' };
    if (state.mood === 'refuses') return { status: 403, body: 'no' };
    if (state.mood === 'redirects') return { status: 307, body: '', location: '/elsewhere' };
    state.envelopes.push(envelope);
    if (state.mood === 'false-receipt')
      return { status: 201, body: await receiptFor(Buffer.from('other bytes'), state.jti) };
    const opened = await openSubmission(envelope, encryption.der, softwareDecrypter(encryption.pkcs8));
    const submission = opened.ok ? readSubmission(opened.value) : opened;
    if (!submission.ok) return { status: 400, body: submission.rule };
    state.submissions.push(submission.value);
    return { status: 201, body: await receiptFor(envelope, submission.value.application.nonce) };
  };

  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      if (incoming.method !== 'POST') {
        outgoing.setHeader('content-type', 'text/html; charset=utf-8');
        outgoing.setHeader('referrer-policy', 'origin');
        outgoing.end(incoming.url?.startsWith('/form') ? state.page : '<h1 id="arrived">届きました</h1>');
        return;
      }
      if (incoming.url === '/login/token') {
        const form = new URLSearchParams(Buffer.concat(chunks).toString());
        state.logins.push({ origin: incoming.headers.origin, token: form.get('token') });
        outgoing.setHeader('content-type', 'text/html; charset=utf-8');
        outgoing.end('<h1 id="logged-in">ログインしました</h1>');
        return;
      }
      state.tickets.push(incoming.headers.authorization);
      if (state.mood === 'hangs-up') {
        incoming.socket.destroy();
        return;
      }
      void intake(Buffer.concat(chunks)).then(({ status, body, location }) => {
        outgoing.statusCode = status;
        if (location !== undefined) outgoing.setHeader('location', location);
        outgoing.end(body);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const seconds = Math.floor(now.getTime() / 1000);
  const ocsp = await authority.ocsp(city.certificate, now);
  const encOcsp = await authority.ocsp(encryption.certificate, now);

  const claims = (changes: Partial<SigningRequestClaims> = {}): SigningRequestClaims => ({
    iss: '99201',
    origin,
    jti: randomBytes(16).toString('base64url'),
    iat: seconds - 5,
    exp: seconds + 900,
    procedure: { id: 'juminhyo', version: '1.0', digest: residentRecord.digest },
    answers: { scope: 'self', copies: '1', domicile: 'no' },
    attachments: [],
    intake: `${origin}/intake`,
    return: `${origin}/requests/done`,
    ticket: 'ticket-1.abc',
    enc: Buffer.from(encryption.der).toString('base64'),
    encOcsp: Buffer.from(encOcsp).toString('base64'),
    ...changes,
  });

  /** A signed request; by default by the city itself. */
  const request = async (
    changes: Partial<SigningRequestClaims> = {},
    keys: Parameters<typeof createSigningRequest>[1] = { signer: city.signer, chain: [city.der], ocsp },
  ): Promise<string> => {
    const made = claims(changes);
    state.jti = made.jti;
    return createSigningRequest(made, keys);
  };

  /** A signed login request. */
  const loginRequest = (
    changes: Partial<LoginRequestClaims> = {},
    keys: Parameters<typeof createLoginRequest>[1] = { signer: city.signer, chain: [city.der], ocsp },
  ): Promise<string> =>
    createLoginRequest(
      {
        iss: '99201',
        origin,
        nonce: randomBytes(32).toString('base64'),
        iat: seconds - 5,
        exp: seconds + 290,
        return: `${origin}/login/token`,
        purpose: {
          ja: '申請の状況を見る',
          jaEasy: '{申請|しんせい}を {見|み}る',
          en: 'See your applications',
        },
        ...changes,
      },
      keys,
    );

  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin, authority, state, request, loginRequest, close };
}

export type City = Awaited<ReturnType<typeof startCity>>;

/** The claim that names an uploaded file. */
export function claimedFile(file: UploadedFile, rule: string) {
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  return { name: file.name, size: file.bytes.length, sha256, rule };
}
