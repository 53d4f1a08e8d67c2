/**
 * `JPKIAPICCTOKEN2` My Number Card, `JPKIAPICCTOKEN` the old Basic Resident Register Card, the smartphones, and
 * `JPKIAPICCTOKEN3`, our guess for the card to come.
 */
export type TokenLabel =
  | 'JPKIAPICCTOKEN2'
  | 'JPKIAPICCTOKEN'
  | 'JPKIAPGPSETOKEN'
  | 'JPKIAPIOSTOKEN'
  | 'JPKIAPICCTOKEN3';

/** EF 0006, 160 bytes: a PKCS#11 CK_TOKEN_INFO, integers big-endian, text space padded. */
export function encodeTokenInformation(label: TokenLabel, serial: string): Uint8Array {
  const out = Buffer.alloc(160, 0x20);
  out.write(label, 0, 32, 'latin1');
  out.write('MADOGUCHI DEMO', 32, 32, 'latin1');
  out.write('VIRTUAL', 64, 16, 'latin1');
  out.write(serial, 80, 16, 'latin1');
  // Flags: RNG, login required, user PIN initialised, token initialised.
  const numbers = [0x0000040d, 1, 0, 1, 0, 16, 6, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff];
  for (const [index, value] of numbers.entries()) out.writeUInt32BE(value, 96 + index * 4);
  out.write('03', 140, 2, 'latin1');
  out.write('01', 142, 2, 'latin1');
  out.write('9'.repeat(16), 144, 16, 'latin1');
  return out;
}
