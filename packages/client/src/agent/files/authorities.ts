import {
  type Evidence,
  gatherEverySigner,
  gatherEvidence,
  type RevocationSource,
  stampThrough,
} from '@madoguchi/pki';
import { postOctets } from '@madoguchi/procedure/basics';
import { askResponders, namedResponder, type OcspSend } from '../../documents/ask-responders.js';
import type { CollectInput } from '../../documents/collect.js';
import {
  DocumentError,
  type SignatureLevel,
  type SignedSoFar,
  type SignInput,
} from '../../documents/format.js';
import { validationValues } from '../../documents/validation-values.js';

/** Authorities that the files pages may ask: about a certificate, for a time stamp. No file goes to them. */
export interface Authorities {
  /** OCSP responder for citizens' certificates, which name none themselves. */
  readonly responder?: string;
  /** Where certificates are renewed (the authority's own address): it sees what stands in the certificate. */
  readonly renewal?: string;
  /** Time-stamping authority, and its roots (DER). */
  readonly timeStamp?: { readonly url: string; readonly anchors: readonly Uint8Array[] };
}

export interface Asking {
  readonly authorities: Authorities;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: () => Date;
}

const longest = 1 << 20;
const patienceMs = 10_000;

/** Where revocation is asked: only about certificates on paths to the anchors. */
export function responders({ authorities, fetch, clock }: Asking): NonNullable<CollectInput['ocsp']> {
  const send: OcspSend = (url, body) => postOctets({ fetch, url, asks: 'ocsp', body, longest, patienceMs });
  return { addressOf: (certificate) => namedResponder(certificate) ?? authorities.responder, send, clock };
}

/** The levels that can be reached with these authorities: B always; LT needs the word of the responder kept in the signature. */
export function levelsWith({ responder, timeStamp }: Authorities): SignatureLevel[] {
  if (timeStamp === undefined) return ['B'];
  return responder === undefined ? ['B', 'T'] : ['B', 'T', 'LT'];
}

/**
 * What a level above B needs beside the key. The time stamp's authority sees a digest, the responders see numbers of certificates.
 * Both reject with {@link DocumentError} or TimeStampError where they do not give what is needed.
 */
export function levelSources(
  level: SignatureLevel,
  asking: Asking,
  anchors: readonly Uint8Array[],
): Pick<SignInput, 'stamp' | 'values'> {
  const { timeStamp } = asking.authorities;
  if (level === 'B' || timeStamp === undefined) return {};
  const send = async (body: Uint8Array) => {
    const answer = await postOctets({
      ...{ fetch: asking.fetch, url: timeStamp.url, body, longest, patienceMs },
      asks: 'timeStamp',
    });
    if (answer.ok) return answer.bytes;
    throw new DocumentError('stamp.unreachable');
  };
  // Whether the authority is revoked is asked by whoever verifies: the list that tells comes after the stamp.
  const stamp = stampThrough(send, { anchors: timeStamp.anchors, checkRevocation: false });
  if (level === 'T') return { stamp };
  const values: SignInput['values'] = async (signed) => {
    const evidence = (revocation: readonly RevocationSource[]) =>
      evidenceOf(signed, {
        ...{ policy: 'signing', anchors, timeStampAnchors: timeStamp.anchors, revocation },
        time: asking.clock(),
      });
    const { revocation } = await askResponders(evidence([]), responders(asking));
    const found = validationValues(evidence(revocation), revocation);
    if (found.missing.length > 0) throw new DocumentError('revocation.unreachable');
    return found.values;
  };
  return { stamp, values };
}

function evidenceOf(
  signed: SignedSoFar,
  trust: Omit<Parameters<typeof gatherEverySigner>[0], 'cms' | 'content'>,
): Evidence[] {
  if ('found' in signed) return signed.found.map(({ evidence }) => evidence);
  if ('xml' in signed) return [gatherEvidence({ ...trust, ...signed })];
  return gatherEverySigner({ ...trust, ...signed });
}
