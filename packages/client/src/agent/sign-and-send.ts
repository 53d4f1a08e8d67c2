import {
  buildApplication,
  buildSubmission,
  drawApplication,
  parseApplication,
  sealSubmission,
} from '@madoguchi/procedure';
import { cardAlgorithm } from '../card-signature.js';
import { endWarning } from '../certificate-end.js';
import type { CardChannel } from '../channel.js';
import { ClientError, type ClientErrorCode } from '../client-error.js';
import { asClientError, CardExchanged, readCard, SignatureFaulty, signOnCard } from './card-work.js';
import { HeldPin } from './held-pin.js';
import { checkOwnCertificate } from './own-certificate.js';
import type { SigningSession, Stage } from './signing-session.js';
import { type SealedApplication, submit } from './submit.js';
import { cardTrouble, type Trouble, trouble } from './trouble.js';

/** What the two visits and the submission need from outside. */
export interface SigningContext {
  agencyAnchors: readonly Uint8Array[];
  citizenAnchors: readonly Uint8Array[];
  demo: boolean;
  clock: () => Date;
  fetch: typeof globalThis.fetch;
  pinLifeMs?: number | undefined;
}

type Confirm = Extract<Stage, { at: 'confirm' }>;

/**
 * The first visit: reads the certificate with the PIN and completes the application. Takes the PIN over: it is held for the second visit or
 * zeroed at once. Leaves the session at `confirm`, or back at `ask` with a notice.
 */
export async function completeApplication(
  session: SigningSession,
  context: SigningContext,
  visit: { channel: CardChannel; pin: Buffer; lastTry: boolean },
): Promise<void> {
  const { channel, pin } = visit;
  const back = (notice: Trouble) => {
    pin.fill(0);
    session.moveTo({ at: 'ask', notice });
  };
  session.moveTo({ at: 'reading' });
  const now = context.clock();
  try {
    const first = await readCard(channel, pin, {
      anchors: context.citizenAnchors,
      now,
      lastTry: visit.lastTry,
    });
    const own = checkOwnCertificate(first.certificate, context.citizenAnchors, [first.caCertificate], now);
    if (!own.ok) return back(own.trouble);
    const { claims, agency, definition, definitionDigest, attachments } = session.request;
    const application = buildApplication({
      definition,
      digest: definitionDigest,
      request: claims,
      agency: { code: agency.code, name: agency.name },
      identity: own.identity,
      answers: claims.answers,
      attachments: claims.attachments.map((claimed, index) => ({
        ...claimed,
        mime: attachments[index]?.mime,
      })),
      signedAt: now,
      authenticationKey: first.authenticationKey,
    });
    // What is shown is read back from the very bytes that will be signed.
    const parsed = parseApplication(application);
    const drawn = parsed.ok
      ? drawApplication(definition, parsed.value, session.request.cosigned?.application)
      : undefined;
    if (drawn === undefined || drawn.faults.length > 0) return back(trouble('certificate-faulty'));
    session.moveTo({
      at: 'confirm',
      channel,
      first,
      pin: new HeldPin(pin, { lifeMs: context.pinLifeMs, clock: () => context.clock().getTime() }),
      application,
      rows: drawn.rows,
      holder: own.identity.name,
      ending: endWarning(own.certificate.notAfter, now),
    });
  } catch (error) {
    back(cardTrouble(asClientError(error)));
  }
}

/** Troubles after which the same PIN may be used again, as long as it is held: no VERIFY failed. */
const keepsPin: readonly ClientErrorCode[] = [
  'no-library',
  'service-stopped',
  'no-reader',
  'no-card',
  'card-busy',
  'card-removed',
  'card-unresponsive',
  'not-my-number-card',
];

/**
 * The yes: one signature, then sealing and sending. Returns when the session stands at `done`, `held`, `over`, or back
 * where the citizen can try again. Never throws.
 */
export async function signAndSend(session: SigningSession, context: SigningContext): Promise<void> {
  const confirm = session.stage;
  if (confirm.at !== 'confirm') return;
  const pin = session.takePin({ at: 'working', step: 'signing' });
  if (pin === undefined) return;
  try {
    const sealed = await signAndSeal(session, context, confirm, pin);
    if (sealed !== undefined) await send(session, context, sealed);
  } catch {
    pin.forget();
    session.moveTo({ at: 'over', trouble: trouble('defect') });
  }
}

class PinForgotten extends Error {}

async function signAndSeal(
  session: SigningSession,
  context: SigningContext,
  confirm: Confirm,
  pin: HeldPin,
): Promise<SealedApplication | undefined> {
  const { claims, agency, definitionBytes, attachments, encryptionCertificate } = session.request;
  let submission: Uint8Array;
  try {
    submission = await buildSubmission({
      application: confirm.application,
      definition: definitionBytes,
      attachments,
      cosigned: session.request.cosigned?.bytes,
      signerCertificate: confirm.first.certificate,
      algorithm: cardAlgorithm(confirm.first.certificate),
      signingTime: context.clock(),
      sign: async (signedAttributes) => {
        if (pin.bytes === undefined) throw new PinForgotten();
        return signOnCard(confirm.channel, confirm.first, pin.bytes, signedAttributes);
      },
    });
  } catch (error) {
    backToCard(session, confirm, pin, error);
    return undefined;
  }
  pin.forget();
  session.moveTo({ at: 'working', step: 'sealing' });
  const envelope = await sealSubmission(submission, encryptionCertificate);
  const { intake, ticket, jti } = claims;
  return { envelope, intake, ticket, jti, agency: { code: agency.code, name: agency.name } };
}

/** Nothing was signed. Where the PIN is still good the citizen only presses again; else they type it again. */
function backToCard(session: SigningSession, confirm: Confirm, pin: HeldPin, error: unknown): void {
  if (error instanceof ClientError && keepsPin.includes(error.code) && pin.bytes !== undefined) {
    session.moveTo({ ...confirm, notice: cardTrouble(error) });
    return;
  }
  pin.forget();
  if (error instanceof PinForgotten) session.moveTo({ at: 'ask', notice: trouble('pin-forgotten') });
  else if (error instanceof CardExchanged) session.moveTo({ at: 'ask', notice: trouble('card-exchanged') });
  else if (error instanceof SignatureFaulty)
    session.moveTo({ at: 'ask', notice: trouble('signature-faulty') });
  else if (error instanceof ClientError) session.moveTo({ at: 'ask', notice: cardTrouble(error) });
  else session.moveTo({ at: 'over', trouble: trouble('defect') });
}

/** Sends the sealed bytes, the first time or again. They stay in memory until a good receipt is there. */
export async function send(
  session: SigningSession,
  context: SigningContext,
  sealed: SealedApplication,
): Promise<void> {
  session.moveTo({ at: 'working', step: 'sending' });
  const { claims } = session.request;
  const result = await submit(sealed, {
    agencyAnchors: context.agencyAnchors,
    demo: context.demo,
    now: context.clock,
    fetch: context.fetch,
  }).catch(() => ({
    // Whatever went wrong here, the bytes may have left: they are kept, and the citizen may send them again.
    ok: false as const,
    trouble: trouble('agency-silent', { agency: sealed.agency.name }),
  }));
  if (result.ok) {
    const back = new URL(claims.return);
    back.searchParams.set('receipt', result.receiptNumber);
    back.searchParams.set('jti', claims.jti);
    session.moveTo({ at: 'done', returnTo: back.href });
  } else if (result.trouble.action === 'resend')
    session.moveTo({ at: 'held', sealed, notice: result.trouble });
  else session.moveTo({ at: 'over', trouble: result.trouble });
}
