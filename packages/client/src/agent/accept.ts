import { createHash } from 'node:crypto';
import {
  drawApplication,
  explainRule,
  parseDefinition,
  readCosigned,
  type SigningRequestClaims,
  verifySigningRequest,
} from '@madoguchi/procedure';
import { agencyTitle, issuerName } from './agency-names.js';
import { type PostedFile, readForm } from './posted-form.js';
import type { AcceptedRequest, HeldAttachment } from './signing-session.js';
import { requestTrouble, type Trouble, trouble } from './trouble.js';

export type Accepted =
  | { ok: true; request: AcceptedRequest; lang?: string }
  | {
      ok: false;
      trouble: Trouble;
      /** Origin of a genuine page, which may be told that the agent is there and has refused. */
      tell?: string;
      lang?: string;
    };

interface AcceptOptions {
  contentType: string | undefined;
  body: Uint8Array;
  /** The browser's own Origin header, not `null`. */
  origin: string;
  agencyAnchors: readonly Uint8Array[];
  demo: boolean;
  now: Date;
}

/**
 * Judges what a page handed over, before anything of it is shown: signer, origin, time, addresses, the definition's digest, that every answer can be
 * drawn, and that the files are the ones the request names.
 */
export function acceptRequest(options: AcceptOptions): Accepted {
  const form = readForm(options.contentType, options.body);
  if (form === undefined) return { ok: false, trouble: trouble('form-broken') };
  const language = form.field('lang');
  const lang = language === undefined ? {} : { lang: language };
  const fail = (found: Trouble, tell?: string): Accepted => ({
    ok: false,
    trouble: found,
    ...(tell === undefined ? {} : { tell }),
    ...lang,
  });
  const [jws, definition] = [form.field('request'), form.field('definition')];
  if (jws === undefined || definition === undefined) return fail(trouble('form-broken'));
  const { agencyAnchors, demo, origin, now } = options;
  const verified = verifySigningRequest(jws.trim(), { anchors: [...agencyAnchors], demo, origin, now });
  if (!verified.ok) {
    const { rule, genuineOrigin } = verified;
    const isOther = rule === 'request.origin';
    const other = () => trouble('origin-other', { origin: origin.slice(0, 255) });
    return fail(isOther ? other() : requestTrouble(rule, explainRule(rule)), genuineOrigin);
  }
  const [cosigned, files] = [form.field('cosigned'), form.files('attachment')];
  const held = holdRequest(verified, { definition, cosigned, files });
  if ('trouble' in held) return fail(held.trouble, verified.claims.origin);
  return { ok: true, ...lang, request: held };
}

/** What stands in the form beside the request. */
interface HandedOver {
  /** The definition's text. */
  readonly definition: string;
  /** The text that a co-signature is about. */
  readonly cosigned: string | undefined;
  readonly files: readonly PostedFile[];
}

/** What came with a genuine request, held against what the request says of it. */
function holdRequest(
  verified: Extract<ReturnType<typeof verifySigningRequest>, { ok: true }>,
  handed: HandedOver,
): AcceptedRequest | { trouble: Trouble } {
  const { claims, agency } = verified;
  const parsed = parseDefinition(handed.definition);
  if (!parsed.ok) return { trouble: trouble('definition-broken') };
  const { definition, digest } = parsed;
  const named = claims.procedure;
  if (digest !== named.digest || definition.id !== named.id || definition.version !== named.version)
    return { trouble: trouble('definition-other') };

  // Who cosigns signs the first one's bytes too: without them nobody could see whom they join.
  const isCosignature = claims.relation?.kind === 'cosigns';
  const bytes =
    isCosignature && handed.cosigned !== undefined ? Buffer.from(handed.cosigned, 'utf8') : undefined;
  const cosigned = isCosignature ? readCosigned(bytes, claims) : undefined;
  if (cosigned?.ok === false) return { trouble: trouble('cosigned-other') };

  const { answers, attachments, relation } = claims;
  const drawn = drawApplication(definition, { answers, attachments, relation }, cosigned?.value);
  const [fault] = drawn.faults;
  if (fault?.rule === 'draw.attachment') return { trouble: trouble('attachment-other') };
  if (fault !== undefined) return { trouble: trouble('answer-hidden', { field: fault.id.slice(0, 64) }) };

  const held = matchAttachments(claims, handed.files);
  if (held === undefined) return { trouble: trouble('attachment-other') };
  return {
    claims,
    agency: {
      code: agency.code,
      name: agency.name,
      title: agencyTitle(agency.certificate.subject, agency.name),
      issuer: issuerName(agency.certificate.issuer),
    },
    encryptionCertificate: verified.encryptionCertificate.der,
    definition,
    definitionBytes: parsed.bytes,
    definitionDigest: digest,
    attachments: held,
    ...(cosigned === undefined || bytes === undefined
      ? {}
      : { cosigned: { application: cosigned.value, bytes } }),
    rows: drawn.rows.filter(({ source }) => source === 'answer'),
  };
}

/** The files in the request's order, each named as the request names it; undefined when one is missing, another or too many. */
function matchAttachments(
  claims: SigningRequestClaims,
  files: readonly PostedFile[],
): HeldAttachment[] | undefined {
  if (files.length !== claims.attachments.length) return undefined;
  const left = files.map((file) => ({
    file,
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
  }));
  const matched: HeldAttachment[] = [];
  for (const { name, size, sha256 } of claims.attachments) {
    const at = left.findIndex((one) => one.sha256 === sha256 && one.file.bytes.length === size);
    const [found] = at < 0 ? [] : left.splice(at, 1);
    if (found === undefined) return undefined;
    const mime = mediaType(found.file.type);
    matched.push({ name, bytes: found.file.bytes, ...(mime === undefined ? {} : { mime }) });
  }
  return matched;
}

/** RFC 6838 names only: it is written into the signed application. */
function mediaType(type: string | undefined): string | undefined {
  const match = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,60}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,100}/i.exec(type ?? '');
  return match?.[0].toLowerCase();
}
