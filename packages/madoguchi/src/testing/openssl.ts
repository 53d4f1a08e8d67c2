import { execFileSync } from 'node:child_process';

/** The content that OpenSSL finds signed in a CMS file under the authority of a PEM file. @throws what OpenSSL says when it refuses */
export function signedByOpenssl(file: string, authority: string): Buffer {
  const form = ['-inform', 'DER', '-binary', '-purpose', 'any'];
  const words = ['cms', '-verify', '-in', file, ...form, '-CAfile', authority];
  return execFileSync('openssl', words, { stdio: 'pipe' });
}
