import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { generateKeyPair, importPublicKey, softwareSigner, verifySignature } from '@madoguchi/pki';
import { SigningLine } from './signing-line.js';

async function rsaKey() {
  const { pkcs8, publicKey } = await generateKeyPair('rsa2048');
  const imported = importPublicKey(publicKey);
  assert.ok(imported.ok);
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  return { key, publicKey: imported.key, signInPool: softwareSigner(pkcs8).sign };
}

/** A line that tells which threads it has started. */
function countedLine() {
  const threads: Worker[] = [];
  const line = new SigningLine(() => {
    const worker = new Worker(new URL('./signing-thread.js', import.meta.url));
    threads.push(worker);
    return worker;
  });
  return { line, threads };
}

const keys = [await rsaKey(), await rsaKey()] as const;

test('a few signatures start no thread, and many start one, which signs for every key what was asked of it', async () => {
  const { line, threads } = countedLine();
  const signed = async (count: number) => {
    const made = Array.from({ length: count }, async (_, index) => {
      const { key, publicKey, signInPool } = keys[index % 3 === 0 ? 0 : 1];
      const data = Buffer.from('何を署名するか'.repeat(1 + (index % 7)) + index);
      return verifySignature('rsa-sha256', publicKey, data, await line.sign(key, data, signInPool));
    });
    return (await Promise.all(made)).filter(Boolean).length;
  };
  assert.equal(await signed(10), 10);
  assert.equal(threads.length, 0);
  assert.equal(await signed(100), 100);
  assert.equal(await signed(3), 3);
  assert.equal(threads.length, 1);
});

test('what a lost thread had to sign is refused, and the next signature is made by another', async () => {
  const { line, threads } = countedLine();
  const [{ key, signInPool }] = keys;
  const many = () =>
    Promise.allSettled(Array.from({ length: 60 }, (_, n) => line.sign(key, Buffer.of(n), signInPool)));
  const under = many();
  while (threads.length === 0) await new Promise(setImmediate);
  await threads[0]?.terminate();
  const outcomes = (await under).map(({ status }) => status);
  assert.equal(outcomes.filter((status) => status === 'rejected').length > 0, true);
  assert.deepEqual(new Set((await many()).map(({ status }) => status)), new Set(['fulfilled']));
  assert.equal(threads.length, 2);
});
