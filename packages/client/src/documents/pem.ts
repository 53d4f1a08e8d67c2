const begin = /^\s*-----BEGIN (?:CMS|PKCS7)-----/;

/** Whether these octets are a signature in PEM. */
export function isPem(bytes: Uint8Array): boolean {
  return begin.test(Buffer.from(bytes.subarray(0, 64)).toString('latin1'));
}

/** The first block's octets; those it was given where there is none. */
export function fromPem(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const [, , base64] = /-----BEGIN (CMS|PKCS7)-----([^-]+)-----END \1-----/.exec(text) ?? [];
  return base64 === undefined ? bytes : Buffer.from(base64, 'base64');
}
