import { contentOf, importPublicKey, inside, tags, wholeTlv } from '@madoguchi/pki';

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
  const imported = importPublicKey(spki);
  if (!imported.ok) return imported.rule;
  if (imported.key.kind !== 'rsa') return undefined;
  const { modulus, exponent } = numbersOf(spki);
  if (exponent !== 65537n) return 'key.exponent';
  const rests = remainders(modulus);
  if (rests.includes(0)) return 'key.smallFactor';
  if (rocaPowers.every(({ index, powers }) => powers.has(rests[index] ?? 0))) return 'key.roca';
  if (hasClosePrimes(modulus)) return 'key.closePrimes';
  return undefined;
}

/** Modulus and exponent of an RSA key whose form was checked on import. */
function numbersOf(spki: Uint8Array): { modulus: bigint; exponent: bigint } {
  const outer = inside(wholeTlv(spki));
  outer.next(tags.sequence);
  const fields = inside(wholeTlv(contentOf(outer.next(tags.bitString)).subarray(1)));
  const next = () => {
    const octets = contentOf(fields.next(tags.integer));
    return BigInt(`0x${Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('hex')}`);
  };
  return { modulus: next(), exponent: next() };
}

const smallPrimes = primesBelow(1000);

function primesBelow(limit: number): number[] {
  const found: number[] = [];
  for (let n = 2; n < limit; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

/** A product of primes, and how it is divided further: down to products that fit into 31 bits, where plain numbers do the rest. */
interface Products {
  readonly product: bigint;
  /** From which place on the primes of this product stand in `smallPrimes`. */
  readonly from: number;
  readonly to: number;
  readonly parts: readonly [Products, Products] | undefined;
}

/** The long number is divided once by the product of all primes; what is left is shorter with each step down. */
const products = productsOf(0, smallPrimes.length);

function productsOf(from: number, to: number): Products {
  const product = smallPrimes.slice(from, to).reduce((all, prime) => all * BigInt(prime), 1n);
  if (product < 2n ** 31n) return { product, from, to, parts: undefined };
  const middle = (from + to) >> 1;
  return { product, from, to, parts: [productsOf(from, middle), productsOf(middle, to)] };
}

/** What is left of a number after division by each of the small primes, in their order. */
function remainders(number: bigint): number[] {
  const rests: number[] = [];
  const divide = ({ product, from, to, parts }: Products, value: bigint): void => {
    const rest = value % product;
    if (parts !== undefined) {
      divide(parts[0], rest);
      divide(parts[1], rest);
      return;
    }
    const short = Number(rest);
    for (let at = from; at < to; at++) rests.push(short % (smallPrimes[at] ?? 1));
  };
  divide(products, number);
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

/** Which remainders squares leave: cheap tests that spare nearly all of the square roots. No two divisors have a common factor. */
const squareTests = [64, 63 * 65 * 11, 17 * 19 * 31].map((divisor) => {
  const isSquare = new Uint8Array(divisor);
  for (let n = 0; n < divisor; n++) isSquare[(n * n) % divisor] = 1;
  return { divisor, isSquare };
});

function hasClosePrimes(modulus: bigint): boolean {
  let a = squareRoot(modulus);
  if (a * a < modulus) a += 1n;
  const first = a * a - modulus;
  const mayBeSquare = new Uint8Array(fermatRounds).fill(1);
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
