/** Octets in hexadecimal, lower case, without a copy of them: of what is a Buffer already not even another view. */
export function hexOf(octets: Uint8Array): string {
  const { buffer, byteOffset, length } = octets;
  return (Buffer.isBuffer(octets) ? octets : Buffer.from(buffer, byteOffset, length)).toString('hex');
}
