// Does the authority cost more than its signatures? Issuance through the whole pipeline, a CRL of a million entries, OCSP from the cache
// and fresh, each beside its yardstick in the same run, in turns, medians.
import { createHash, createPrivateKey, randomBytes, sign } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { caApp, caListener, createOcspResponder, demoResidents, initCa, openCa } from '@madoguchi/ca';
import {
  buildCrl,
  buildOcspRequest,
  generateKeyPair,
  type KeyKind,
  keyIdentifier,
  softwareSigner,
  spkiFromRsa,
} from '@madoguchi/pki';
import { openDatabase, openKeystore } from '@madoguchi/store';
import { median, type Row, report } from './report.js';

const rounds = 7;
type OcspAnswer = Awaited<ReturnType<ReturnType<typeof createOcspResponder>['answer']>>;
const rows: Row[] = [];

const dir = await mkdtemp(path.join(tmpdir(), 'bench-ca-'));
const database = await openDatabase({ dataDir: dir, connections: 12 });
const keystore = await openKeystore({ dir: path.join(dir, 'keys'), demo: true, env: {} });
await initCa({ sql: database.sql, keystore, scheme: 'national', now: new Date() });
const ca = await openCa({ sql: database.sql, keystore, clock: () => new Date() });
const [resident] = demoResidents;
if (resident === undefined) throw new Error('no demo resident');
const rsa = softwareSigner((await generateKeyPair('rsa2048')).pkcs8);

/** Nothing but signatures on this one thread: how many a second, and the processor time of one in microseconds. */
async function bareSigning(
  kind: KeyKind,
  ms: number,
  octets = 1200,
): Promise<{ rate: number; micros: number }> {
  const { pkcs8 } = await generateKeyPair(kind);
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  const data = randomBytes(octets);
  const before = process.cpuUsage();
  const begun = performance.now();
  let count = 0;
  while (performance.now() - begun < ms) {
    sign('sha256', data, key);
    count++;
  }
  const rate = (1000 * count) / (performance.now() - begun);
  const { user, system } = process.cpuUsage(before);
  return { rate, micros: (user + system) / count };
}

/** Collects the young generation, or all; the benches run with --expose-gc. */
function clearAway(type: 'minor' | 'major' = 'minor'): void {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('run by npm run bench, which gives --expose-gc');
  void gc({ type });
}

/** The same on the thread pool, with so many under way: what a server can reach. */
async function pooledSigning(kind: KeyKind, underWay: number, ms: number): Promise<number> {
  const signer = softwareSigner((await generateKeyPair(kind)).pkcs8);
  const data = randomBytes(300);
  return perSecond(underWay, ms, async () => {
    await signer.sign(data);
  });
}

async function perSecond(underWay: number, ms: number, work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  let count = 0;
  await Promise.all(
    Array.from({ length: underWay }, async () => {
      while (performance.now() - begun < ms) {
        await work();
        count++;
      }
    }),
  );
  return (1000 * count) / (performance.now() - begun);
}

/**
 * Public keys as cards hand them over. Making so many real pairs would take half an hour: the moduli are random numbers without a small
 * factor, which nobody can tell from the products of two primes, and the authority's tests of the key do all their work.
 */
function keysOf(count: number): Uint8Array[] {
  const small = 3n * 5n * 7n * 11n * 13n * 17n * 19n * 23n * 29n * 31n * 37n * 41n * 43n;
  const keys: Uint8Array[] = [];
  while (keys.length < count) {
    const octets = randomBytes(256);
    octets[0] = (octets[0] ?? 0) | 0xc0;
    octets[255] = (octets[255] ?? 0) | 1;
    const modulus = BigInt(`0x${octets.toString('hex')}`) % small;
    if ([3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n, 41n, 43n].some((p) => modulus % p === 0n))
      continue;
    const key = spkiFromRsa(octets, Uint8Array.of(1, 0, 1));
    if (hasNoSmallFactor(octets)) keys.push(key);
  }
  return keys;
}

const primes = Array.from({ length: 1000 }, (_, n) => n).filter(
  (n) => n > 43 && Array.from({ length: 30 }, (_, d) => d + 2).every((d) => n % d !== 0),
);

function hasNoSmallFactor(octets: Buffer): boolean {
  const value = BigInt(`0x${octets.toString('hex')}`);
  return primes.every((prime) => value % BigInt(prime) !== 0n);
}

/** Requests that wait for their certificate at any moment: what they share a commit with is what makes many cheap. */
const underWay = 400;

async function issuance(keys: Uint8Array[], ms: number): Promise<number> {
  return perSecond(underWay, ms, async () => {
    const publicKey = keys.pop();
    if (publicKey === undefined) throw new Error('too few keys were made');
    if (resident !== undefined) await ca.issue({ profile: 'signature', publicKey, resident });
  });
}

{
  const bare: number[] = [];
  const whole: number[] = [];
  const used: number[] = [];
  const signing: number[] = [];
  await issuance(keysOf(4000), 1000);
  for (let round = 0; round < rounds; round++) {
    const keys = keysOf(8000);
    // Cards make keys elsewhere: what making them here has left is nobody's work of the authority.
    clearAway('major');
    const alone = await bareSigning('rsa2048', 800);
    bare.push(alone.rate);
    signing.push(alone.micros);
    const before = process.cpuUsage();
    const rate = await issuance(keys, 1600);
    const { user, system } = process.cpuUsage(before);
    whole.push(rate);
    // All threads of this process, the signatures among them; the database's processes are not in it.
    used.push((user + system) / (8000 - keys.length));
  }
  rows.push({
    what: `issue: number, key test, lint, store, sign, verify, compare, lint, store, audit; durable; ${underWay} under way`,
    value: median(whole),
    unit: '/s',
    yardstick: `bare RSA-2048 signing, one thread ${median(bare).toFixed(0)}/s`,
    ratio: median(whole.map((rate, index) => rate / (bare[index] ?? Number.NaN))),
    target: { of: 'ratio', atLeast: 0.8 },
  });
  rows.push({
    what: 'processor time of one certificate in this process, all threads',
    value: median(used),
    unit: 'µs',
    yardstick: `of which one RSA-2048 signature ${median(signing).toFixed(0)} µs`,
  });
}

{
  const now = new Date();
  const days = Array.from({ length: 1000 }, (_, day) => new Date(now.getTime() - day * 86_400_000));
  const ledger = Array.from({ length: 1_000_000 }, (_, i) => {
    const serial = Buffer.alloc(4);
    serial.writeUInt32BE(0x01000000 + i * 17);
    return { serial, date: days[i % 1000] ?? now, reason: 'superseded' as const };
  });
  const building: number[] = [];
  const hashing: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    const der = await buildCrl(
      {
        issuer: Buffer.from('3000', 'hex'),
        issuerKeyIdentifier: keyIdentifier(rsa.publicKey),
        thisUpdate: now,
        nextUpdate: new Date(now.getTime() + 86_400_000),
        number: 1n,
        entries: ledger,
      },
      rsa,
    );
    building.push(performance.now() - begun);
    const hashed = performance.now();
    createHash('sha256').update(der).digest();
    hashing.push(performance.now() - hashed);
  }
  rows.push({
    what: 'a CRL of 1 M entries built and signed',
    value: median(building),
    unit: 'ms',
    yardstick: `SHA-256 of the same bytes ${median(hashing).toFixed(0)} ms`,
    ratio: median(building.map((ms, index) => (hashing[index] ?? Number.NaN) / ms)),
    target: { of: 'ratio', atLeast: 1 / 20 },
  });
}

// OCSP over loopback: server here, load from a worker, the same worker against a bare server that answers the same bytes.
{
  const { publicKey } = await generateKeyPair('p256');
  const issued = await ca.issue({ profile: 'authentication', publicKey, resident });
  const issuer = issued.chain[0];
  if (issuer === undefined) throw new Error('no issuer');
  const plain = buildOcspRequest({ certificate: issued.certificate, issuer });
  const app = caApp(ca, { access: { open: true } });
  const real = http.createServer(caListener(ca, { access: { open: true } }));
  const answer = Buffer.from(
    await (await app.request('/ocsp', { method: 'POST', body: Buffer.from(plain) })).arrayBuffer(),
  );
  const bare = http.createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.writeHead(200, {
        'Content-Type': 'application/ocsp-response',
        'Content-Length': answer.length,
      });
      response.end(answer);
    });
  });
  const portOf = (server: http.Server) =>
    new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  const ports = { real: await portOf(real), bare: await portOf(bare) };
  const load = new Worker(new URL('./ocsp-load.js', import.meta.url), { workerData: Buffer.from(plain) });
  const ask = (port: number, ms: number) =>
    new Promise<number>((resolve, reject) => {
      load.removeAllListeners('error');
      load.once('message', resolve);
      load.once('error', reject);
      load.postMessage({ port, ms });
    });
  // The view on the ledger begins with the first question and is live a moment later.
  await ask(ports.real, 2500);
  await ask(ports.bare, 500);
  const cached: number[] = [];
  const fixed: number[] = [];
  for (let round = 0; round < rounds; round++) {
    fixed.push(await ask(ports.bare, 1000));
    cached.push(await ask(ports.real, 1000));
  }
  await load.terminate();
  real.close();
  bare.close();
  rows.push({
    what: 'OCSP from the cache, over HTTP',
    value: median(cached),
    unit: '/s',
    yardstick: `a bare HTTP server with the same bytes ${median(fixed).toFixed(0)}/s`,
    ratio: median(cached.map((rate, index) => rate / (fixed[index] ?? Number.NaN))),
    target: { of: 'ratio', atLeast: 0.5 },
  });

  // The responder's key decides how fast a fresh answer can be: P-256 as we issue it, which signs on the thread that answers, and RSA-2048
  // as the roots have it, which signs on the thread pool. Each is compared with nothing but signatures by the same kind of key, made the
  // same way on the same threads.
  for (const kind of ['p256', 'rsa2048'] as const) {
    // A responder is a process of its own: what the issuances before have left is cleared away first.
    clearAway('major');
    if (kind === 'rsa2048') await useRsaResponder();
    const responder = createOcspResponder(ca.context);
    const nonce = randomBytes(16);
    const asked = Buffer.from(buildOcspRequest({ certificate: issued.certificate, issuer, nonce }));
    const place = asked.indexOf(nonce);
    // The client's work does not count: the requests lie ready, each with a nonce of its own.
    const requests = Array.from({ length: 4096 }, () => {
      const request = Buffer.from(asked);
      randomBytes(16).copy(request, place);
      return request;
    });
    let at = 0;
    /** The answer, in this turn where the key signs at once, as the route gives it; else a promise of it. */
    const fresh = (): OcspAnswer | Promise<OcspAnswer> => {
      const request = requests[at] ?? asked;
      at = (at + 1) % requests.length;
      return responder.answerNow(request) ?? responder.answer(request);
    };
    const take = ({ outcome, cached }: OcspAnswer) => {
      if (outcome !== 'good' || cached) throw new Error('not a fresh good answer');
    };
    const manyUnderWay = (ms: number) => perSecond(64, ms, async () => take(await fresh()));
    /** The same loop as the yardstick's: one answer after another, nothing waited for that is there already. */
    const oneAfterAnother = async (ms: number): Promise<number> => {
      const begun = performance.now();
      let count = 0;
      for (; performance.now() - begun < ms; count++) {
        const answer = fresh();
        take(answer instanceof Promise ? await answer : answer);
      }
      return (1000 * count) / (performance.now() - begun);
    };
    await manyUnderWay(1500);
    const rates: number[] = [];
    const pooled: number[] = [];
    // Short turns: whatever else the machine does meets both alike. Each begins without the other's rubbish, so that nobody clears away
    // what somebody else has left: a signature leaves as much of it in the yardstick's turn as in ours.
    for (let round = 0; round < 3 * rounds; round++) {
      clearAway();
      const bare =
        kind === 'p256' ? (await bareSigning(kind, 200, 300)).rate : await pooledSigning(kind, 64, 200);
      pooled.push(bare);
      clearAway();
      rates.push(kind === 'p256' ? await oneAfterAnother(200) : await manyUnderWay(200));
    }
    rows.push({
      what: `OCSP answers signed freshly (nonce), ${kind} responder`,
      value: median(rates),
      unit: '/s',
      yardstick: `bare signing, the same ${kind === 'p256' ? 'one thread' : 'threads'} ${median(pooled).toFixed(0)}/s`,
      ratio: median(rates.map((rate, index) => rate / (pooled[index] ?? Number.NaN))),
      target: { of: 'ratio', atLeast: 0.8 },
    });
  }
}

async function useRsaResponder(): Promise<void> {
  const { pkcs8, publicKey } = await generateKeyPair('rsa2048');
  await keystore.put('bench-responder', pkcs8);
  const made = await ca.issue({ profile: 'ocsp', authority: 'auth-g1', publicKey });
  await database.sql`
    update ca.authority set responder_certificate = ${made.certificate}, responder_key = 'bench-responder'
    where id = 'auth-g1'`;
}

await database.close();
await rm(dir, { recursive: true, force: true });
report('ca', rows);
// The pools and sockets are closed; what is left are timers of the ledger's view.
process.exit();
