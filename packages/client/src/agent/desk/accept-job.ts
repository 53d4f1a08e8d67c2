import { explainRule, markText, verifyCounterJob } from '@madoguchi/procedure';
import { agencyTitle, issuerName } from '../agency-names.js';
import { readForm } from '../posted-form.js';
import { requestTrouble, type Trouble, trouble } from '../trouble.js';
import type { AcceptedJob } from './desk-job.js';
import { jobTrouble } from './job-troubles.js';

export type JobAccepted =
  | { ok: true; job: AcceptedJob; lang?: string }
  | { ok: false; trouble: Trouble; tell?: string; lang?: string };

/**
 * Judges a counter's job before anything of it is shown: this computer is that counter's, and then as with every request: signer, origin, time, and
 * whom the card acts are asked of.
 */
export function acceptJob(options: {
  contentType: string | undefined;
  body: Uint8Array;
  /** The browser's own Origin header, not `null`. */
  origin: string;
  /** Origins of the counters that this computer works for. */
  counters: readonly string[];
  agencyAnchors: readonly Uint8Array[];
  demo: boolean;
  now: Date;
}): JobAccepted {
  const { origin, demo, now } = options;
  const form = readForm(options.contentType, options.body);
  const jws = form?.field('request');
  if (form === undefined || jws === undefined) return { ok: false, trouble: trouble('form-broken') };
  const lang = form.field('lang');
  const languages = lang === undefined ? {} : { lang };
  if (!options.counters.includes(origin))
    return { ok: false, trouble: jobTrouble('job-not-here', { origin: origin.slice(0, 255) }), ...languages };
  const verified = verifyCounterJob(jws.trim(), { anchors: [...options.agencyAnchors], demo, origin, now });
  if (!verified.ok)
    return {
      ok: false,
      trouble: requestTrouble(verified.rule, explainRule(verified.rule)),
      ...(verified.genuineOrigin === undefined ? {} : { tell: verified.genuineOrigin }),
      ...languages,
    };
  const { claims, office } = verified;
  const { act } = claims;
  return {
    ok: true,
    ...languages,
    job: {
      claims: { ...claims, act: { ...act, name: markText(act.name) } },
      office: {
        title: agencyTitle(office.certificate.subject, office.name),
        issuer: issuerName(office.certificate.issuer),
      },
    },
  };
}
