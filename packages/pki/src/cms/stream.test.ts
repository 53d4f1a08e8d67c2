import assert from 'node:assert/strict';
import { closeSync, createWriteStream, openSync, readFileSync, readSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { chunks, endless, together } from '../testing/chunks.js';
import { mutations, seeded } from '../testing/mutate.js';
import { openssl, opensslAbsent, pem, withFiles } from '../testing/outside.js';
import { goodAttributes, signedMessage } from '../testing/signed-message.js';
import { testLeaf, testRoot } from '../testing/small-pki.js';
import { signCades } from './sign-cades.js';
import { signCadesAttached, signCadesDetached } from './sign-cades-stream.js';
import { verifySignedData } from './verify-signed-data.js';
import { verifySignedDataStream } from './verify-stream.js';

const root = await testRoot();
const holder = await testLeaf(root, {});
const holder384 = await testLeaf(root, { kind: 'p384', serial: 5 });
const content = Buffer.from('申請の中身\r\n'.repeat(700));

const input = (by = holder) => ({
  signerCertificate: by.certificate,
  signingTime: new Date('2026-06-01T00:00:00Z'),
  algorithm: by.signer.algorithm,
  sign: (bytes: Uint8Array) => by.signer.sign(bytes),
});

/** What the stream says, which must be what the whole says, whatever the size of its chunks. */
async function verdict(cms: Uint8Array, beside?: Uint8Array, size: number | (() => number) = 4096) {
  const pieces: Uint8Array[] = [];
  const { result, inside } = await verifySignedDataStream({
    cms: chunks(cms, size),
    ...(beside === undefined ? {} : { content: chunks(beside, size) }),
    onContent: (piece) => void pieces.push(Uint8Array.from(piece)),
  });
  const { content: _, ...whole } = verifySignedData({
    cms,
    ...(beside === undefined ? {} : { content: beside }),
  });
  return { result, whole, inside, pieces: Buffer.concat(pieces) };
}

test('a signature made as a stream is good, inside and beside, for the stream and for the whole', async () => {
  for (const by of [holder, holder384]) {
    for (const size of [1, 7, 1000, 1 << 20]) {
      const attached = await together(signCadesAttached({ ...input(by), content: chunks(content, size) }));
      const one = await verdict(attached, undefined, size);
      assert.equal(one.result.ok, true, one.result.reason);
      assert.deepEqual(one.result, one.whole);
      assert.deepEqual([one.inside, one.pieces], [true, content]);
      const detached = await signCadesDetached({ ...input(by), content: chunks(content, size) });
      const two = await verdict(detached, content, size);
      assert.equal(two.result.ok, true, two.result.reason);
      assert.deepEqual(two.result, two.whole);
      assert.equal(two.inside, false);
    }
  }
});

test('definite messages are streamed too, and content inside must be the content beside', async () => {
  const attached = await signCades({ ...input(), content, detached: false });
  const random = seeded(3);
  const { result, whole } = await verdict(attached, content, () => 1 + Math.floor(random() * 300));
  assert.deepEqual(result, whole);
  assert.ok(result.ok);
  const other = await verdict(attached, Buffer.from('別の中身'));
  assert.equal(other.result.rule, 'signature.content.differs');
  assert.equal(
    (await verdict(await signCades({ ...input(), content, detached: true }))).result.rule,
    'signature.content.missing',
  );
});

test('what is tampered with fails alike in both', async () => {
  const cms = await together(signCadesAttached({ ...input(), content: chunks(content, 999) }));
  const tampered = Buffer.from(cms);
  tampered[tampered.indexOf(content.subarray(0, 12)) + 3] = 0x41;
  const { result, whole } = await verdict(tampered);
  assert.equal(result.rule, 'signature.digest');
  assert.deepEqual(result, whole);
});

test('a signature without signed attributes, or with a digest that was not announced, is refused by name', async () => {
  const direct = await signedMessage({ content, holder, inside: true });
  assert.equal((await verdict(direct)).result.rule, 'signature.attributes.streamed');
  const { type, digest, certificate } = goodAttributes(content, holder);
  const message = await signedMessage({
    content,
    holder,
    inside: true,
    attributes: [type, digest, certificate],
  });
  const sha256 = Buffer.from('300d06096086480165030402010500', 'hex');
  const sha512 = Buffer.from('300d06096086480165030402030500', 'hex');
  const unannounced = Buffer.from(message);
  sha512.copy(unannounced, unannounced.indexOf(sha256));
  assert.equal((await verdict(unannounced)).result.rule, 'signature.digest.unlisted');
});

test('damage gets a verdict, and the stream accepts nothing that the whole refuses', async () => {
  const cms = await together(
    signCadesAttached({ ...input(), content: chunks(content.subarray(0, 300), 100) }),
  );
  for (const damaged of mutations(cms, 1500, 9)) {
    const { result, whole } = await verdict(damaged, undefined, 64);
    if (result.ok) assert.ok(whole.ok, whole.rule);
    else assert.ok(result.rule !== undefined);
  }
});

test('openssl verifies what we stream, and we stream what openssl streams', {
  skip: opensslAbsent,
}, async () => {
  const attached = await together(signCadesAttached({ ...input(), content: chunks(content, 5000) }));
  const detached = await signCadesDetached({ ...input(), content: chunks(content, 5000) });
  const files = {
    'a.p7m': attached,
    'd.p7s': detached,
    content,
    'root.pem': pem(root.certificate),
    'leaf.pem': pem(holder.certificate),
    'key.pem': pem(holder.pkcs8, 'PRIVATE KEY'),
  };
  await withFiles(files, async (folder) => {
    const verify = ['cms', '-verify', '-binary', '-inform', 'DER', '-CAfile', 'root.pem', '-purpose', 'any'];
    const one = openssl(folder, ...verify, '-in', 'a.p7m', '-out', 'out');
    assert.ok(one.ok, one.text);
    assert.deepEqual(readFileSync(path.join(folder, 'out')), content);
    const two = openssl(folder, ...verify, '-in', 'd.p7s', '-content', 'content', '-out', 'out2');
    assert.ok(two.ok, two.text);
    const sign = [
      'cms',
      '-sign',
      '-binary',
      '-signer',
      'leaf.pem',
      '-inkey',
      'key.pem',
      '-in',
      'content',
      '-outform',
      'DER',
    ];
    for (const options of [
      ['-stream', '-nodetach', '-cades'],
      ['-nodetach'],
      ['-stream', '-nodetach', '-keyid'],
    ]) {
      const made = openssl(folder, ...sign, ...options, '-out', 'o.p7m');
      assert.ok(made.ok, made.text);
      const { result, whole, pieces } = await verdict(readFileSync(path.join(folder, 'o.p7m')));
      assert.deepEqual(result, whole);
      assert.ok(result.ok, `${options} ${result.reason}`);
      assert.deepEqual(pieces, content);
    }
  });
});

test('a file of openssl that is larger than what may be in memory is verified, and ours by openssl', {
  skip: opensslAbsent,
}, async () => {
  const megabytes = 48;
  const files = {
    'root.pem': pem(root.certificate),
    'leaf.pem': pem(holder.certificate),
    'key.pem': pem(holder.pkcs8, 'PRIVATE KEY'),
  };
  await withFiles(files, async (folder) => {
    const place = (name: string) => path.join(folder, name);
    await write(place('content'), endless(megabytes));
    await write(place('a.p7m'), signCadesAttached({ ...input(), content: endless(megabytes) }));
    const verify = ['cms', '-verify', '-binary', '-inform', 'DER', '-CAfile', 'root.pem', '-purpose', 'any'];
    const one = openssl(folder, ...verify, '-in', 'a.p7m', '-out', 'out');
    assert.ok(one.ok, one.text);
    const made = openssl(
      folder,
      'cms',
      '-sign',
      '-binary',
      '-stream',
      '-nodetach',
      '-signer',
      'leaf.pem',
      '-inkey',
      'key.pem',
      '-in',
      'content',
      '-outform',
      'DER',
      '-out',
      'o.p7m',
    );
    assert.ok(made.ok, made.text);
    for (const name of ['a.p7m', 'o.p7m']) {
      let length = 0;
      let largest = 0;
      const { result } = await verifySignedDataStream({
        cms: readChunks(place(name)),
        onContent: (piece) => {
          length += piece.length;
          largest = Math.max(largest, piece.length);
        },
      });
      assert.ok(result.ok, result.reason);
      assert.equal(length, megabytes << 20);
      // The work is bounded by what is handed out at once, not by the length of the content.
      assert.ok(largest <= 1 << 20);
    }
  });
});

async function write(file: string, stream: AsyncIterable<Uint8Array>): Promise<void> {
  const out = createWriteStream(file);
  for await (const part of stream) {
    await new Promise<void>((resolve, reject) =>
      out.write(part, (error) => (error ? reject(error) : resolve())),
    );
  }
  await new Promise<void>((resolve) => out.end(resolve));
}

async function* readChunks(file: string): AsyncGenerator<Uint8Array> {
  const handle = openSync(file, 'r');
  const buffer = Buffer.alloc(1 << 18);
  try {
    for (let read = readSync(handle, buffer); read > 0; read = readSync(handle, buffer))
      yield buffer.subarray(0, read);
  } finally {
    closeSync(handle);
  }
}
