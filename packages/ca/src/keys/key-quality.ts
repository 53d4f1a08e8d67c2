import { importPublicKey } from '@madoguchi/pki';

/**
 * Judges a public key (SPKI DER) before a certificate is made for it: RSA of 2048 to 4096 bits with exponent 65537, or P-256 or P-384;
 * for RSA no small factor, no key of the ROCA kind (CVE-2017-15361), no two primes close together (Fermat).
 * Returns the rule it breaks, or undefined for a good key. The point of an EC key is checked on import.
 */
export function keyFault(spki: Uint8Array): string | undefined {
  const imported = importPublicKey(spki);
  if (!imported.ok) return imported.rule;
  if (imported.key.kind !== 'rsa') return undefined;
  const { object } = imported.key;
  if (object.asymmetricKeyDetails?.publicExponent !== 65537n) return 'key.exponent';
  const modulus = BigInt(
    `0x${Buffer.from(object.export({ format: 'jwk' }).n ?? '', 'base64url').toString('hex')}`,
  );
  if (smallPrimes.some((prime) => modulus % BigInt(prime) === 0n)) return 'key.smallFactor';
  if (isRoca(modulus)) return 'key.roca';
  if (hasClosePrimes(modulus)) return 'key.closePrimes';
  return undefined;
}

const smallPrimes = primesBelow(1000);

function primesBelow(limit: number): number[] {
  const found: number[] = [];
  for (let n = 2; n < limit; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

/** Primes and, for each, the remainders a ROCA modulus can have: the powers of 65537. */
const rocaRemainders = smallPrimes
  .filter((prime) => prime >= 3 && prime <= 167)
  .map((prime) => {
    const powers = new Set<number>();
    for (let power = 1; !powers.has(power); power = (power * 65537) % prime) powers.add(power);
    return { prime, powers };
  });

function isRoca(modulus: bigint): boolean {
  return rocaRemainders.every(({ prime, powers }) => powers.has(Number(modulus % BigInt(prime))));
}

const fermatRounds = 110;

function hasClosePrimes(modulus: bigint): boolean {
  let a = squareRoot(modulus);
  if (a * a < modulus) a += 1n;
  for (let round = 0; round < fermatRounds; round++, a += 1n) {
    const rest = a * a - modulus;
    if (mayBeSquare(rest) && squareRoot(rest) ** 2n === rest) return true;
  }
  return false;
}

/** Remainders of squares: three cheap tests that spare most of the square roots. */
const squareTests = [64, 63, 65, 11].map((divisor) => ({
  divisor: BigInt(divisor),
  squares: new Set(Array.from({ length: divisor }, (_, n) => (n * n) % divisor)),
}));

function mayBeSquare(n: bigint): boolean {
  return squareTests.every(({ divisor, squares }) => squares.has(Number(n % divisor)));
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
