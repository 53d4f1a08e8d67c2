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
import { utf8 } from './form-fields.js';
import { multipartBoundary, parseMultipart } from './multipart.js';
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
  let tell: string | undefined;
  let lang: string | undefined;
  const fail = (found: Trouble): Accepted => ({
    ok: false,
    trouble: found,
    ...(tell === undefined ? {} : { tell }),
    ...(lang === undefined ? {} : { lang }),
  });
  const boundary = multipartBoundary(options.contentType);
  const form = boundary === undefined ? undefined : parseMultipart(options.body, boundary);
  if (form === undefined || !form.ok) return fail(trouble('form-broken'));
  const texts = form.value.filter(({ filename }) => filename === undefined);
  const field = (name: string) => {
    const found = texts.filter((part) => part.name === name);
    return found.length === 1 && found[0] !== undefined ? utf8(found[0].bytes) : undefined;
  };
  lang = field('lang');
  const jws = field('request');
  const definitionText = field('definition');
  if (jws === undefined || definitionText === undefined) return fail(trouble('form-broken'));

  const verified = verifySigningRequest(jws.trim(), {
    anchors: [...options.agencyAnchors],
    demo: options.demo,
    origin: options.origin,
    now: options.now,
  });
  tell = verified.ok ? verified.claims.origin : verified.genuineOrigin;
  if (!verified.ok) {
    if (verified.rule === 'request.origin')
      return fail(trouble('origin-other', { origin: options.origin.slice(0, 255) }));
    return fail(requestTrouble(verified.rule, explainRule(verified.rule)));
  }
  const { claims, agency } = verified;

  const parsed = parseDefinition(definitionText);
  if (!parsed.ok) return fail(trouble('definition-broken'));
  const { definition, digest } = parsed;
  const named = claims.procedure;
  if (digest !== named.digest || definition.id !== named.id || definition.version !== named.version)
    return fail(trouble('definition-other'));

  // Who cosigns signs the first one's bytes too: without them nobody could see whom they join.
  const earlier = claims.relation?.kind === 'cosigns' ? field('cosigned') : undefined;
  const cosignedBytes = earlier === undefined ? undefined : Buffer.from(earlier, 'utf8');
  const cosigned = claims.relation?.kind === 'cosigns' ? readCosigned(cosignedBytes, claims) : undefined;
  if (cosigned?.ok === false) return fail(trouble('cosigned-other'));

  const drawn = drawApplication(
    definition,
    { answers: claims.answers, attachments: claims.attachments, relation: claims.relation },
    cosigned?.value,
  );
  const [fault] = drawn.faults;
  if (fault?.rule === 'draw.attachment') return fail(trouble('attachment-other'));
  if (fault !== undefined) return fail(trouble('answer-hidden', { field: fault.id.slice(0, 64) }));

  const files = form.value.filter(
    ({ name, filename, bytes }) =>
      // A file field nobody filled arrives as a part without name and content.
      name === 'attachment' && filename !== undefined && (filename !== '' || bytes.length > 0),
  );
  const attachments = matchAttachments(claims, files);
  if (attachments === undefined) return fail(trouble('attachment-other'));

  return {
    ok: true,
    ...(lang === undefined ? {} : { lang }),
    request: {
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
      attachments,
      ...(cosigned === undefined || cosignedBytes === undefined
        ? {}
        : { cosigned: { application: cosigned.value, bytes: cosignedBytes } }),
      rows: drawn.rows.filter(({ source }) => source === 'answer'),
    },
  };
}

/** The files in the request's order, each named as the request names it; undefined when one is missing, another or too many. */
function matchAttachments(
  claims: SigningRequestClaims,
  files: { type?: string; bytes: Uint8Array }[],
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
