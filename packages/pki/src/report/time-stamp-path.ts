import { createHash } from 'node:crypto';
import { type Certificate, parseCertificate } from '../certificate/parse.js';
import { keyPurposes } from '../oids.js';
import { type PathResult, validatePath } from '../path/validate.js';
import type { TimeStampToken } from '../tsp/verify.js';
import type { EvidenceCertificate, EvidenceChain } from './evidence.js';

/** A path to an authority, as evidence and taken apart. */
export interface FoundChain {
  readonly chain: EvidenceChain;
  readonly certificates: readonly Certificate[];
}

interface PathsInput {
  readonly anchors: readonly (Uint8Array | Certificate)[];
  /** Where issuers may be found beside those in the token. */
  readonly pool: readonly (Uint8Array | Certificate)[];
  readonly describe: (certificate: Certificate) => EvidenceCertificate;
}

/** What all stamps of one signature may try in vain: some thirty with a chain of ten, one or two with hundreds of useless certificates. */
const triesInVain = 300;

/**
 * Finds the authorities' paths for all time stamps of one signature. Nearly all come from the same one or two, so a path that was found is
 * tried first; and searches that fail are counted by the certificates they had to choose from, because many stamps over many
 * certificates that lead nowhere are an attack on the verifier.
 */
export class TimeStampPaths {
  readonly #input: PathsInput;
  readonly #known = new Map<string, readonly Uint8Array[]>();
  #left = triesInVain;

  constructor(input: PathsInput) {
    this.#input = input;
  }

  /** The path at the stamp's own time, without revocation. */
  find({ info, certificate, signature }: TimeStampToken): FoundChain {
    const { anchors, pool, describe } = this.#input;
    const name = createHash('sha256').update(certificate.der).digest('hex');
    const search = (intermediates: readonly (Uint8Array | Certificate)[]) =>
      validatePath({
        leaf: certificate.der,
        intermediates,
        anchors,
        time: info.time,
        extKeyUsage: [keyPurposes.timeStamping],
        checkRevocation: false,
      });
    const known = this.#known.get(name);
    let found: PathResult = search(known ?? []);
    if (!found.valid && this.#left > 0) {
      const all = [...signature.certificates, ...pool];
      found = search(all);
      if (!found.valid) this.#left -= 1 + all.length;
    }
    if (found.valid) this.#known.set(name, found.path);
    const certificates = (found.path.length === 0 ? [certificate.der] : found.path).flatMap((der) => {
      const parsed = parseCertificate(der);
      return parsed.ok ? [parsed.value] : [];
    });
    return {
      certificates,
      chain: {
        at: info.time.toISOString(),
        indication: found.indication,
        ...(found.subIndication === undefined ? {} : { subIndication: found.subIndication }),
        reason: found.reason,
        path: certificates.map(describe),
      },
    };
  }
}
