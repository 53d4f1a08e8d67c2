import { buildLoginToken, type LoginToken, verifyLoginToken } from '@madoguchi/procedure';
import { CardSession } from '../../card-session.js';
import type { CardChannel } from '../../channel.js';
import { ClientError } from '../../client-error.js';
import { onPinPad } from '../../pin.js';
import { authenticationCertificateIsFree } from '../../token-kind.js';
import { asClientError, signingKinds } from '../card-work.js';
import { isKnownIssuer } from '../own-certificate.js';
import type { Trouble } from '../trouble.js';
import { agentVersion } from '../version.js';
import type { AcceptedLogin } from './login-session.js';
import { loginCardTrouble, loginTrouble } from './login-troubles.js';

/** Names program and version, as the token format asks: a name, not a place to fetch from. */
const appVersion = `https://madoguchi.example/agent/${agentVersion}`;

interface LoginVisit {
  channel: CardChannel;
  /** Zeroed here, whatever happens. */
  pin: Buffer;
  /** Typed on the reader's own keys instead: `pin` is empty then. */
  onPad: boolean;
  lastTry: boolean;
  citizenAnchors: readonly Uint8Array[];
  demo: boolean;
  now: Date;
}

/**
 * The one visit of a login: issuer, certificate, VERIFY, one signature, locked again. The key signs nothing but the digests of the origin
 * the browser named and of a nonce in its own form; the token is verified here as a site would before it leaves.
 */
export async function answerLogin(
  request: AcceptedLogin,
  visit: LoginVisit,
): Promise<{ ok: true; token: LoginToken } | { ok: false; trouble: Trouble }> {
  const { claims } = request;
  try {
    const token = await makeToken(request, visit);
    const { citizenAnchors: anchors, demo, now } = visit;
    const judged = verifyLoginToken(JSON.stringify(token), {
      anchors,
      demo,
      origin: claims.origin,
      nonce: claims.nonce,
      now,
    });
    // Whether it is revoked is the site's question, and the last one it asks: all the others are answered by then.
    if (judged.ok || judged.rule === 'token.revocationUnknown') return { ok: true, token };
    if (judged.rule === 'token.expired')
      return { ok: false, trouble: loginTrouble('login-certificate-expired') };
    if (judged.rule === 'token.signature')
      return { ok: false, trouble: loginTrouble('login-signature-faulty') };
    return { ok: false, trouble: loginTrouble('login-certificate-faulty') };
  } catch (error) {
    return { ok: false, trouble: loginCardTrouble(asClientError(error)) };
  } finally {
    visit.pin.fill(0);
  }
}

function makeToken({ claims }: AcceptedLogin, options: LoginVisit): Promise<LoginToken> {
  return new CardSession(options.channel).visit(async (visit) => {
    // Asked again in the same visit as VERIFY: the card may have been exchanged since the page was shown.
    const kind = await visit.kind();
    if (!signingKinds.includes(kind)) throw new ClientError('not-my-number-card');
    const caCertificate = await visit.readCertificate('auth-ca');
    if (!isKnownIssuer(caCertificate, options.citizenAnchors, options.now))
      throw new ClientError('not-my-number-card');
    // Free on a card, so a card without the certificate costs no try; on the Android token it needs the PIN.
    const early = authenticationCertificateIsFree(kind) ? await visit.readCertificate('auth') : undefined;
    await visit.verify('auth', options.onPad ? onPinPad : options.pin, { lastTry: options.lastTry });
    const certificate = early ?? (await visit.readCertificate('auth'));
    return buildLoginToken({
      certificate,
      origin: claims.origin,
      nonce: claims.nonce,
      appVersion,
      sign: (input, algorithm) => {
        if (algorithm !== 'rsa-sha256' && algorithm !== 'ecdsa-sha384')
          throw new ClientError('card-unexpected', { subject: algorithm });
        return visit.sign('auth', input, algorithm);
      },
    });
  });
}
