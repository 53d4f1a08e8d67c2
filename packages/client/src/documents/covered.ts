import { createHash } from 'node:crypto';
import type { CoveredFile } from '@madoguchi/pki';

/** A file that a signature covers, named by its digest. */
export function coveredFile(bytes: Uint8Array, name?: string): CoveredFile {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { ...(name === undefined ? {} : { name }), sha256, size: bytes.length };
}
