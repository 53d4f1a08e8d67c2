import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { CardError } from './errors.js';
import { cardInMemory, seeded } from './testing/demo-card.js';
import { connectVpcd } from './vpcd.js';
import { encodeFrame, FrameReader } from './vpcd-frames.js';

/** A daemon's slot: gives the card's socket and a reader of its answers. */
async function slot() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const accepted = once(server, 'connection').then(([socket]) => socket as Socket);
  return { port, accepted, stop: () => server.close() };
}

async function nextFrame(socket: Socket, reader: FrameReader): Promise<string> {
  for (;;) {
    const [bytes] = (await once(socket, 'data')) as [Uint8Array];
    const [frame] = reader.push(bytes);
    if (frame) return Buffer.from(frame).toString('hex').toUpperCase();
  }
}

const wrongPin = (code: string) => (error: unknown) => error instanceof CardError && error.code === code;

test('the card answers polls and commands, and controls get no reply', async () => {
  const { card } = cardInMemory();
  const { port, accepted, stop } = await slot();
  const link = await connectVpcd(card, { port });
  const socket = await accepted;
  const reader = new FrameReader();
  socket.write(encodeFrame(Uint8Array.of(4)));
  assert.equal(await nextFrame(socket, reader), '3BE000FF8131FE4514');
  await link.ready;
  socket.write(encodeFrame(Uint8Array.of(1)));
  socket.write(encodeFrame(Buffer.from('00A4040C0AD392F000260100000001', 'hex')));
  assert.equal(await nextFrame(socket, reader), '9000');
  // VERIFY, then reset, then a read of what the PIN had opened; all in one packet.
  socket.write(
    Buffer.concat([
      encodeFrame(Buffer.from('0020009B06414243313233', 'hex')),
      encodeFrame(Uint8Array.of(2)),
      encodeFrame(Buffer.from('00A4040C0AD392F000260100000001', 'hex')),
      encodeFrame(Buffer.from('00B0810001', 'hex')),
    ]),
  );
  const answers: string[] = [];
  const more = new FrameReader();
  while (answers.length < 3) {
    const [bytes] = (await once(socket, 'data')) as [Uint8Array];
    answers.push(...more.push(bytes).map((frame) => Buffer.from(frame).toString('hex').toUpperCase()));
  }
  assert.deepEqual(answers, ['9000', '9000', '6982']);
  link.close();
  await link.closed;
  stop();
});

test('length and payload in pieces of one byte make the same frames', () => {
  const reader = new FrameReader();
  const payloads = [Uint8Array.of(4), new Uint8Array(0), new Uint8Array(300).fill(1), Uint8Array.of(0, 1, 2)];
  const wire = Buffer.concat(payloads.map((payload) => encodeFrame(payload)));
  const found: Uint8Array[] = [];
  for (const byte of wire) found.push(...reader.push(Uint8Array.of(byte)));
  assert.deepEqual(found, payloads);
});

test('random bytes cut anywhere make frames of the announced lengths and nothing else', () => {
  const random = seeded(11);
  for (let round = 0; round < 2000; round += 1) {
    const wire = Buffer.alloc(Math.floor(random() * 600), 0).map(() => Math.floor(random() * 256));
    for (let at = 0; at < wire.length; at += 40) wire[at] = 0;
    const reader = new FrameReader();
    const found: Uint8Array[] = [];
    for (let at = 0; at < wire.length; ) {
      const end = at + 1 + Math.floor(random() * 50);
      found.push(...reader.push(wire.subarray(at, end)));
      at = end;
    }
    const again = Buffer.concat(found.map((payload) => encodeFrame(payload)));
    assert.deepEqual(again, wire.subarray(0, again.length));
  }
});

test('an empty frame and an unknown control byte get a status word, or vpcd would drop the card or hang', async () => {
  const { card } = cardInMemory();
  const { port, accepted, stop } = await slot();
  const link = await connectVpcd(card, { port });
  const socket = await accepted;
  const reader = new FrameReader();
  for (const payload of [new Uint8Array(0), Uint8Array.of(7)]) {
    socket.write(encodeFrame(payload));
    assert.equal(await nextFrame(socket, reader), '6700');
  }
  link.close();
  await assert.rejects(link.ready);
  await link.closed;
  stop();
});

test('within three seconds a silent slot is taken, a closed port is refused at once, and neither needs a listener', async (t) => {
  const { card } = cardInMemory();
  const { port, accepted, stop } = await slot();
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const link = await connectVpcd(card, { port });
  const socket = await accepted;
  t.mock.timers.tick(2999);
  // Whether the connection was up by then only changes the word.
  await assert.rejects(link.ready, { code: /^(taken|refused)$/ });
  await link.closed;
  t.mock.timers.reset();
  socket.destroy();
  stop();
  const refused = await connectVpcd(card, { port });
  await refused.closed;
  await assert.rejects(refused.ready, wrongPin('refused'));
});

test('losing the daemon is losing power, and an abort signal takes the card out', async () => {
  const { card } = cardInMemory();
  let offs = 0;
  const device = Object.create(card, {
    atr: { value: () => card.atr() },
    execute: { value: (bytes: Uint8Array) => card.execute(bytes) },
    powerOff: {
      value: () => {
        offs += 1;
        card.powerOff();
      },
    },
  });
  const { port, accepted, stop } = await slot();
  const link = await connectVpcd(device, { port });
  (await accepted).destroy();
  await link.closed;
  assert.equal(offs, 1);
  stop();
  const second = await slot();
  const abort = new AbortController();
  const other = await connectVpcd(device, { port: second.port, signal: abort.signal });
  (await second.accepted).write(encodeFrame(Uint8Array.of(4)));
  await other.ready;
  abort.abort();
  await other.closed;
  assert.equal(offs, 2);
  second.stop();
});
