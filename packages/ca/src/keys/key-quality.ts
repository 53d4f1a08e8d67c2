import { importPublicKey } from '@madoguchi/pki';

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
  const { object } = imported.key;
  if (object.asymmetricKeyDetails?.publicExponent !== 65537n) return 'key.exponent';
  const modulus = BigInt(
    `0x${Buffer.from(object.export({ format: 'jwk' }).n ?? '', 'base64url').toString('hex')}`,
  );
  const rests = remainders(modulus);
  if (rests.some((rest) => rest === 0)) return 'key.smallFactor';
  if (rocaPowers.every(({ index, powers }) => powers.has(rests[index] ?? 0))) return 'key.roca';
  if (hasClosePrimes(modulus)) return 'key.closePrimes';
  return undefined;
}

const smallPrimes = primesBelow(1000);

function primesBelow(limit: number): number[] {
  const found: number[] = [];
  for (let n = 2; n < limit; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

/** Several primes at a time, their product below 2^52: one division of the long number serves all of them. */
const primeGroups = grouped(smallPrimes);

function grouped(primes: readonly number[]): { product: bigint; primes: number[] }[] {
  const groups: { product: number; primes: number[] }[] = [];
  for (const prime of primes) {
    const last = groups.at(-1);
    if (last !== undefined && last.product * prime < 2 ** 52) {
      last.product *= prime;
      last.primes.push(prime);
    } else groups.push({ product: prime, primes: [prime] });
  }
  return groups.map(({ product, primes: members }) => ({ product: BigInt(product), primes: members }));
}

/** What is left of a number after division by each of the small primes, in their order. */
function remainders(modulus: bigint): number[] {
  return primeGroups.flatMap(({ product, primes }) => {
    const rest = Number(modulus % product);
    return primes.map((prime) => rest % prime);
  });
}

/** For each prime from 3 to 167 the remainders a ROCA modulus can have: the powers of 65537. */
const rocaPowers = smallPrimes.flatMap((prime, index) => {
  if (prime < 3 || prime > 167) return [];
  const powers = new Set<number>();
  for (let power = 1; !powers.has(power); power = (power * 65537) % prime) powers.add(power);
  return [{ index, powers }];
});

const fermatRounds = 110;

/** Remainders of squares by four numbers without a common factor: cheap tests that spare nearly all of the square roots. */
const squareTests = [64, 63, 65, 11].map((divisor) => ({
  divisor,
  squares: new Set(Array.from({ length: divisor }, (_, n) => (n * n) % divisor)),
}));
const cycle = 64 * 63 * 65 * 11;

function hasClosePrimes(modulus: bigint): boolean {
  let a = squareRoot(modulus);
  if (a * a < modulus) a += 1n;
  // a² − modulus grows by 2a + 1 with each round: only its remainder is carried along.
  let rest = Number((a * a - modulus) % BigInt(cycle));
  let step = Number(a % BigInt(cycle));
  for (let round = 0; round < fermatRounds; round++) {
    if (squareTests.every(({ divisor, squares }) => squares.has(rest % divisor))) {
      const b = a + BigInt(round);
      const difference = b * b - modulus;
      if (squareRoot(difference) ** 2n === difference) return true;
    }
    rest = (rest + 2 * step + 1) % cycle;
    step = (step + 1) % cycle;
  }
  return false;
}

/** Floor of the square root, by Newton's method. */
function squareRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt((n.toString(16).length * 4 + 1) >> 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}
