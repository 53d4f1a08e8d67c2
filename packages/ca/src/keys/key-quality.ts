import { importPublicKey, readKeyNumbers } from '@madoguchi/pki/certificates';
import { hexOf } from '../hex.js';

/**
 * Judges a public key (SPKI DER) before a certificate is made for it: RSA of 2048 to 4096 bits with exponent 65537, or P-256 or P-384;
 * for RSA no small factor, no key of the ROCA kind (CVE-2017-15361), no two primes close together (Fermat).
 * Returns the rule it breaks, or undefined for a good key. The point of an EC key is checked on import. Whether a key is in use or known
 * to others the record decides: see `keysInUse`.
 */
export function keyFault(spki: Uint8Array): string | undefined {
  // One issuance asks three times: before anything is made, and in the lint before and after signing.
  const bytes = Buffer.from(spki.buffer, spki.byteOffset, spki.length).toString('latin1');
  const known = judged.get(bytes);
  if (known !== undefined) return known.fault;
  const fault = judge(spki);
  if (judged.size >= judgedKept) judged.clear();
  judged.set(bytes, { fault });
  return fault;
}

const judgedKept = 2000;
const judged = new Map<string, { readonly fault: string | undefined }>();

function judge(spki: Uint8Array): string | undefined {
  const read = readKeyNumbers(spki);
  if (!read.ok) return read.rule;
  if (read.value.kind !== 'rsa') {
    const imported = importPublicKey(spki);
    return imported.ok ? undefined : imported.rule;
  }
  const { modulus, exponent } = read.value;
  if (Buffer.compare(exponent, f4) !== 0) return 'key.exponent';
  const left = remainders(modulus);
  if (left.includes(0)) return 'key.smallFactor';
  if (rocaPowers.every(({ index, powers }) => powers.has(left[index] ?? 0))) return 'key.roca';
  if (hasClosePrimes(BigInt(`0x${hexOf(modulus)}`), 8 * modulus.length)) return 'key.closePrimes';
  return undefined;
}

const f4 = Uint8Array.of(1, 0, 1);

const smallPrimes = primesBelow(1000);

function primesBelow(limit: number): number[] {
  const found: number[] = [];
  for (let n = 2; n < limit; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

/** Some of the small primes together, and what powers of 2¹⁶ leave after division by their product. */
interface Group {
  readonly primes: readonly number[];
  readonly product: number;
  readonly powers: Float64Array;
}

/** Digits of 16 bits in the longest modulus, and what its sign octet begins. */
const mostDigits = 4096 / 16 + 1;
/** A sum of so many digits times remainders stays below 2⁵³, which plain numbers hold exactly. */
const largestProduct = 2 ** 53 / 2 ** 16 / mostDigits;

const groups = groupsOf(smallPrimes);

function groupsOf(primes: readonly number[]): Group[] {
  const made: Group[] = [];
  let some: number[] = [];
  let product = 1;
  const close = () => {
    const powers = new Float64Array(mostDigits + 1);
    for (let at = 0, power = 1; at < mostDigits; at++, power = (power * 65536) % product) powers[at] = power;
    made.push({ primes: some, product, powers });
  };
  for (const prime of primes) {
    if (product * prime > largestProduct) {
      close();
      some = [];
      product = 1;
    }
    some.push(prime);
    product *= prime;
  }
  close();
  return made;
}

// Each key's numbers are written over the last one's: a key is judged in one go, and thousands of them leave nothing to clear away.
const digits = new Float64Array(mostDigits + 1);
const rests = new Int32Array(smallPrimes.length);

/** What is left of a modulus (big-endian) after division by each of the small primes, in their order; good until the next call. */
function remainders(modulus: Uint8Array): Int32Array {
  const count = (modulus.length + 1) >> 1;
  for (let at = 0, end = modulus.length; at < count; at++, end -= 2)
    digits[at] = (modulus[end - 1] ?? 0) + 256 * (modulus[end - 2] ?? 0);
  // The digits are taken two by two.
  digits[count] = 0;
  let found = 0;
  for (const { primes, product, powers } of groups) {
    let even = 0;
    let odd = 0;
    for (let at = 0; at < count; at += 2) {
      even += (digits[at] ?? 0) * (powers[at] ?? 0);
      odd += (digits[at + 1] ?? 0) * (powers[at + 1] ?? 0);
    }
    // Below 2³¹, and integers of that size are divided in a third of the time.
    const rest = ((even + odd) % product) | 0;
    for (const prime of primes) rests[found++] = rest % prime;
  }
  return rests;
}

/** For each prime from 3 to 167 the remainders a ROCA modulus can have: the powers of 65537. */
const rocaPowers = smallPrimes.flatMap((prime, index) => {
  if (prime < 3 || prime > 167) return [];
  const powers = new Set<number>();
  for (let power = 1; !powers.has(power); power = (power * 65537) % prime) powers.add(power);
  return [{ index, powers }];
});

const fermatRounds = 110;
const mayBeSquare = new Uint8Array(fermatRounds);

/** Which remainders squares leave: cheap tests that spare nearly all of the square roots. No two divisors have a common factor. */
const squareTests = [64, 63 * 65 * 11, 17 * 19 * 31].map((divisor) => {
  const isSquare = new Uint8Array(divisor);
  for (let n = 0; n < divisor; n++) isSquare[(n * n) % divisor] = 1;
  return { divisor, isSquare };
});

function hasClosePrimes(modulus: bigint, bits: number): boolean {
  let a = root(modulus, BigInt(bits));
  if (a * a < modulus) a += 1n;
  const first = a * a - modulus;
  mayBeSquare.fill(1);
  for (const { divisor, isSquare } of squareTests) {
    // a² − modulus grows by 2a + 1 with each round: only its remainder is carried along.
    let rest = Number(first % BigInt(divisor));
    let step = (2 * Number(a % BigInt(divisor)) + 1) % divisor;
    for (let round = 0; round < fermatRounds; round++) {
      if (isSquare[rest] === 0) mayBeSquare[round] = 0;
      rest = (rest + step) % divisor;
      step = (step + 2) % divisor;
    }
  }
  for (let round = mayBeSquare.indexOf(1); round >= 0; round = mayBeSquare.indexOf(1, round + 1)) {
    const b = a + BigInt(round);
    const difference = b * b - modulus;
    if (squareRoot(difference) ** 2n === difference) return true;
  }
  return false;
}

/** Floor of the square root. */
function squareRoot(n: bigint): bigint {
  return n < 2n ? n : root(n, BigInt(4 * n.toString(16).length));
}

/** The same of a number of at most so many bits: from the root of its upper half one step of Newton's method is enough. */
function root(n: bigint, bits: bigint): bigint {
  const half = bits >> 2n;
  let x =
    bits <= 50n
      ? BigInt(Math.ceil(Math.sqrt(Number(n))))
      : ((root(n >> (2n * half), bits - 2n * half) + 1n) << half) + 1n;
  // Newton’s step never ends below the root, and at most a few above it.
  if (bits > 50n) x = (x + n / x) >> 1n;
  while (x * x > n) x -= 1n;
  return x;
}
