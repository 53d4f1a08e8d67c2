/** Whom a command trusts and what it knows of revocations: files that were named, else the authority of the data folder. */

import { parseCertificate } from '@madoguchi/pki/certificates';
import type { RevocationSource } from '@madoguchi/pki/documents';
import { loadCrl } from '@madoguchi/pki/validation';
import { CommandError, listOption, type Values } from '../cli/command.js';
import { derValues, readInput } from '../cli/input.js';

export const trustOptions = {
  trust: { type: 'string', multiple: true },
  crl: { type: 'string', multiple: true },
  data: { type: 'string' },
} as const;

export interface CommandTrust {
  readonly anchors: readonly Uint8Array[];
  readonly timeStampAnchors: readonly Uint8Array[];
  readonly revocation: readonly RevocationSource[];
}

/** Files of `--trust` and `--crl`; without `--trust`, the authority of the data folder with its newest lists. */
export async function trustOf(values: Values, now: Date): Promise<CommandTrust> {
  const files = listOption(values, 'trust');
  const given = listOption(values, 'crl').flatMap((file) =>
    derValues(readInput(file), ['X509 CRL']).map((der) => crlSource(der, file, now)),
  );
  if (files.length > 0) {
    // A file of --trust is trusted for what its certificate is made for: the stamp's own purpose is checked on the way.
    const anchors = files.flatMap(certificatesIn);
    return { anchors, timeStampAnchors: anchors, revocation: given };
  }
  const { withAuthority } = await import('../cli/folder.js');
  return withAuthority(values, async (ca) => {
    const anchors = await ca.anchors();
    const lists = await ca.crls();
    const own = lists.map((list) => crlSource(list.der, 'the authority of the data folder', now));
    return {
      anchors: anchors.signature,
      timeStampAnchors: anchors.tsa,
      revocation: [...given, ...own],
    };
  });
}

function crlSource(der: Uint8Array, source: string, obtainedAt: Date): RevocationSource {
  const loaded = loadCrl(der);
  if (loaded.ok) return { kind: 'crl', crl: loaded.crl, source, obtainedAt };
  throw new CommandError(
    'usage',
    `${source} is no revocation list: ${loaded.rule} at byte ${loaded.offset}.`,
  );
}

function certificatesIn(file: string): Uint8Array[] {
  const list = derValues(readInput(file), ['CERTIFICATE', 'TRUSTED CERTIFICATE']);
  for (const der of list) {
    const result = parseCertificate(der);
    if (!result.ok)
      throw new CommandError('usage', `${file} is no certificate: ${result.rule} at byte ${result.offset}.`);
  }
  return list;
}
