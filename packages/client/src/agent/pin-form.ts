/**
 * Reads `application/x-www-form-urlencoded` bytes and keeps the PIN out of strings: strings cannot be wiped. The field `pin`
 * comes back as a buffer of its own, which the caller zeroes; the body given in is zeroed here.
 */
export function readPinForm(body: Uint8Array): { pin: Buffer; fields: Map<string, string> } {
  const { secrets, fields } = readSecretForm(body, ['pin']);
  return { pin: secrets.get('pin') ?? Buffer.alloc(0), fields };
}

/** The same for several PINs: the fields named come back as buffers. */
export function readSecretForm(
  body: Uint8Array,
  names: readonly string[],
): { secrets: Map<string, Buffer>; fields: Map<string, string> } {
  const fields = new Map<string, string>();
  const secrets = new Map<string, Buffer>();
  for (let start = 0; start <= body.length; ) {
    const found = body.indexOf(0x26, start);
    const end = found < 0 ? body.length : found;
    const equals = body.subarray(start, end).indexOf(0x3d);
    if (equals >= 0) {
      const name = decode(body.subarray(start, start + equals)).toString('utf8');
      const value = decode(body.subarray(start + equals + 1, end));
      if (names.includes(name)) {
        secrets.get(name)?.fill(0);
        secrets.set(name, value);
      } else fields.set(name, value.toString('utf8'));
    }
    start = end + 1;
  }
  body.fill(0);
  return { secrets, fields };
}

function decode(encoded: Uint8Array): Buffer<ArrayBuffer> {
  const out = Buffer.alloc(encoded.length);
  let length = 0;
  for (let at = 0; at < encoded.length; at += 1) {
    const byte = encoded[at] ?? 0;
    const high = hexDigit(encoded[at + 1]);
    const low = hexDigit(encoded[at + 2]);
    if (byte === 0x25 && high >= 0 && low >= 0) {
      out[length] = high * 16 + low;
      at += 2;
    } else out[length] = byte === 0x2b ? 0x20 : byte;
    length += 1;
  }
  return out.subarray(0, length);
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
