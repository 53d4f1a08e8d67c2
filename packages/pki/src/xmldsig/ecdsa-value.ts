import { attempt } from '../der/fault.js';
import { inside, wholeTlv } from '../der/read.js';
import { tags } from '../der/tags.js';
import { readInteger } from '../der/values.js';
import { sequence, unsignedInteger } from '../der/write.js';

/** Octets of one of the two numbers, by the size of the field in bits. */
const width = (bits: number): number => Math.ceil(bits / 8);

/**
 * An ECDSA signature of XML Signature (RFC 9231 2.3.6: r and s side by side, each as wide as the field) as DER ECDSA-Sig-Value. Undefined
 * where it is not as long as it must be.
 */
export function ecdsaToDer(raw: Uint8Array, bits: number): Uint8Array | undefined {
  const size = width(bits);
  if (raw.length !== 2 * size) return undefined;
  return sequence(unsignedInteger(raw.subarray(0, size)), unsignedInteger(raw.subarray(size)));
}

/** The way back. Throws RangeError on what is no signature on a field of that size: the signer has made something else. */
export function ecdsaFromDer(der: Uint8Array, bits: number): Uint8Array {
  const size = width(bits);
  const read = attempt(() => {
    const reader = inside(wholeTlv(der));
    const numbers = [readInteger(reader.next(tags.integer)), readInteger(reader.next(tags.integer))];
    reader.close();
    return numbers;
  });
  if (!read.ok) throw new RangeError(`not an ECDSA signature: ${read.rule}`);
  const wide = read.value.map((content) => {
    const magnitude = content[0] === 0 ? content.subarray(1) : content;
    if (magnitude.length > size) throw new RangeError('the ECDSA signature is of another curve');
    return Buffer.concat([Buffer.alloc(size - magnitude.length), magnitude]);
  });
  return Buffer.concat(wide);
}
