import { markText, verifyLoginRequest } from '@madoguchi/procedure';
import { agencyTitle, issuerName } from '../agency-names.js';
import { readForm } from '../posted-form.js';
import { type Trouble, trouble } from '../trouble.js';
import type { AcceptedLogin } from './login-session.js';
import { loginRequestTrouble } from './login-troubles.js';

export type LoginAccepted =
  | { ok: true; request: AcceptedLogin; lang?: string }
  | { ok: false; trouble: Trouble; tell?: string; lang?: string };

/** Judges a login request that a page handed over, before anything of it is shown: signer, origin, time, and where the token would go. */
export function acceptLogin(options: {
  contentType: string | undefined;
  body: Uint8Array;
  /** The browser's own Origin header, not `null`. */
  origin: string;
  agencyAnchors: readonly Uint8Array[];
  demo: boolean;
  now: Date;
}): LoginAccepted {
  const form = readForm(options.contentType, options.body);
  const jws = form?.field('request');
  if (form === undefined || jws === undefined) return { ok: false, trouble: trouble('form-broken') };
  const lang = form.field('lang');
  const languages = lang === undefined ? {} : { lang };
  const verified = verifyLoginRequest(jws.trim(), {
    anchors: [...options.agencyAnchors],
    demo: options.demo,
    origin: options.origin,
    now: options.now,
  });
  if (!verified.ok) {
    const { rule, genuineOrigin } = verified;
    const found =
      rule === 'login.origin'
        ? trouble('origin-other', { origin: options.origin.slice(0, 255) })
        : loginRequestTrouble(rule);
    return {
      ok: false,
      trouble: found,
      ...(genuineOrigin === undefined ? {} : { tell: genuineOrigin }),
      ...languages,
    };
  }
  const { claims, agency } = verified;
  const { ja, jaEasy, en } = claims.purpose;
  return {
    ok: true,
    ...languages,
    request: {
      claims: { ...claims, purpose: { ja: markText(ja), jaEasy: markText(jaEasy), en: markText(en) } },
      agency: {
        title: agencyTitle(agency.certificate.subject, agency.name),
        issuer: issuerName(agency.certificate.issuer),
      },
    },
  };
}
