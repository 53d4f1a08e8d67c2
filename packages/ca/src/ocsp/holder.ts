import { importPublicKey, parseCertificate, verifySignature } from '@madoguchi/pki/certificates';
import type { OcspRequest } from '@madoguchi/pki/validation';
import type { CaContext } from '../context.js';

/**
 * Is the request signed by the key of the one certificate that it asks about? Then its holder asks. The certificate in the record decides, never
 * one that came along. One that was revoked or is over is its holder's too. SHA-1 proves nothing any more.
 */
export async function asksForOwn(
  { sql }: Pick<CaContext, 'sql'>,
  authority: string,
  { requests, signature }: OcspRequest,
): Promise<boolean> {
  const [id] = requests;
  if (signature === undefined || signature.algorithm === 'rsa-sha1') return false;
  if (id === undefined || requests.length !== 1) return false;
  const [row] = await sql<{ certificate: Uint8Array }[]>`
    select certificate from ca.certificate
    where authority = ${authority} and serial = ${id.serial} and certificate is not null`;
  const own = row === undefined ? undefined : parseCertificate(row.certificate);
  const imported = own?.ok === true ? importPublicKey(own.value.spki) : undefined;
  if (imported?.ok !== true) return false;
  return verifySignature(signature.algorithm, imported.key, signature.tbs, signature.signature);
}
