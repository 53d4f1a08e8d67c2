import { type Application, parseApplication } from './application.js';
import type { ClaimedAttachment } from './attachments.js';
import { canonicalize, sha256Hex } from './canonical.js';
import type { Json } from './json.js';
import type { Parsed } from './parsed.js';

/** What a co-signature says of itself: the signing request before it is signed, the application afterwards. */
type Cosigning = Pick<Application, 'procedure' | 'relation' | 'answers'> & {
  attachments: readonly ClaimedAttachment[];
};

/**
 * Reads the application that somebody else signed first, from the bytes that travel with a co-signature. It must be the one that the relation names by its
 * digest, and no co-signature itself. A co-signature under the same definition has the very same answers and files: nobody signs anything but what the
 * first one signed. Under another definition (委任状) it is a paper of its own about that application.
 * Rules: those of the application, `submission.cosigned` (missing, other bytes, or nothing to cosign), `submission.cosignedOther` (other answers or files).
 */
export function readCosigned(bytes: Uint8Array | undefined, by: Cosigning): Parsed<Application> {
  const fail = (rule: string): Parsed<Application> => ({ ok: false, rule, offset: 0 });
  const { relation } = by;
  if (bytes === undefined || relation?.kind !== 'cosigns' || sha256Hex(bytes) !== relation.application)
    return fail('submission.cosigned');
  const parsed = parseApplication(bytes);
  if (!parsed.ok) return parsed;
  const first = parsed.value;
  if (first.relation?.kind === 'cosigns' || first.relation?.kind === 'withdraws')
    return fail('submission.cosigned');
  if (first.procedure.digest !== by.procedure.digest) return parsed;
  const same =
    sha256Hex(canonicalize(first.answers as Json)) === sha256Hex(canonicalize(by.answers as Json)) &&
    filesOf(first.attachments) === filesOf(by.attachments);
  return same ? parsed : fail('submission.cosignedOther');
}

function filesOf(attachments: readonly ClaimedAttachment[]): string {
  return JSON.stringify(attachments.map(({ name, size, sha256, rule }) => [name, size, sha256, rule ?? '']));
}
