/** What the levels above B need beside the key: time stamps, and values that prove path and revocation. */
import { type SignatureLevel, type SignInput, validationValues } from '@madoguchi/client/documents';
import { gatherEverySigner, gatherEvidence } from '@madoguchi/pki';
import { CommandError, type Values } from '../cli/command.js';
import { stampFrom } from './time-stamp-http.js';
import { trustOf } from './trust.js';

/** Loaded before the PIN is asked for, so that a missing root or list is told first. */
export async function levelSources(
  values: Values,
  level: SignatureLevel,
  timestamp: string | undefined,
): Promise<Pick<SignInput, 'stamp' | 'values'>> {
  if (level === 'B' || timestamp === undefined) return {};
  const trust = await trustOf(values, new Date());
  const stamp = stampFrom(timestamp, trust.timeStampAnchors);
  if (level === 'T') return { stamp };
  return {
    stamp,
    values: async (signed) => {
      const now = { ...trust, policy: 'signing', time: new Date() };
      const found =
        'found' in signed
          ? signed.found.map(({ evidence }) => evidence)
          : 'xml' in signed
            ? [gatherEvidence({ ...now, ...signed })]
            : gatherEverySigner({ ...now, ...signed });
      const { values: proofs, missing } = validationValues(found, trust.revocation);
      if (missing.length === 0) return proofs;
      throw new CommandError(
        'unavailable',
        `Level ${level} is not reached: for ${missing.length} certificate(s) of the signer or the time stamp there is no path to a trusted root or no revocation list. Give them with --trust and --crl.`,
      );
    },
  };
}
