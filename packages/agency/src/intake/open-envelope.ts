import { openSubmission } from '@madoguchi/procedure';
import type { AgencyKeys } from '../options.js';

/**
 * Opens an envelope with the key it was sealed for: the current one, else a retired one that is still kept. A key made a moment ago by another process is found
 * as well: whoever holds the keys is asked again before an envelope is called unreadable.
 */
export async function openWithKeys(
  { encryptionCertificate, decrypter, allDecryption }: AgencyKeys,
  envelope: Uint8Array,
): ReturnType<typeof openSubmission> {
  const opened = await openSubmission(envelope, encryptionCertificate, decrypter);
  if (opened.ok || opened.rule !== 'envelope.recipient' || allDecryption === undefined) return opened;
  for (const key of await allDecryption()) {
    const again = await openSubmission(envelope, key.certificate, key.decrypter);
    if (again.ok || again.rule !== 'envelope.recipient') return again;
  }
  return opened;
}
