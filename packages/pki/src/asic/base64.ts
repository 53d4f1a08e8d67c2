/** Canonical base64 (RFC 4648 section 4): no white space, no missing padding, unused bits zero; otherwise undefined. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
