// Attachments as what they are: told to the officer in words before anybody opens them.
import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { writeZip } from '@madoguchi/pki';
import type { Database } from '@madoguchi/store';
import { mutations } from '@madoguchi/testing';
import { Hono } from 'hono';
import { agencyApp } from '../app.js';
import { createDeskLink, deskRoutes } from '../desk/index.js';
import { base, origin, roadPermission, temporaryDatabase } from '../testing/room.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { inspectAttachment } from './inspect.js';
import { clamdScanner } from './scanner.js';

const found = (name: string, bytes: Uint8Array) => inspectAttachment(name, bytes).findings;
const pdf = (inside: string | Buffer) =>
  Buffer.concat([
    Buffer.from('%PDF-1.7\n1 0 obj\n'),
    Buffer.from(inside),
    Buffer.from('\nendobj\nstartxref\n9\n%%EOF\n'),
  ]);
const png = (width: number, height: number) => {
  const header = Buffer.alloc(25);
  header.writeUInt32BE(13, 0);
  header.write('IHDR', 4, 'latin1');
  header.writeUInt32BE(width, 8);
  header.writeUInt32BE(height, 12);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), header]);
};
const jpeg = (width: number, height: number) => {
  const frame = Buffer.from('ffc0001108000000000301', 'hex');
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([
    Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
    frame,
    Buffer.alloc(20),
  ]);
};

test('what the name says is held against the bytes', () => {
  assert.deepEqual(found('図.pdf', pdf('<</Type/Catalog>>')), []);
  assert.deepEqual(found('写真.jpg', jpeg(4000, 3000)), []);
  assert.deepEqual(found('写真.png', png(800, 600)), []);
  assert.deepEqual(found('表.csv', Buffer.from('氏名,住所\r\n総務 太郎,見本市\r\n')), []);
  assert.deepEqual(found('図.pdf', jpeg(10, 10)), ['otherKind']);
  assert.deepEqual(found('図.pdf', Buffer.from('MZ\u0090\0')), ['otherKind', 'program']);
  assert.deepEqual(found('写真.jpg', Buffer.from('<svg onload=alert(1)>')), ['otherKind', 'script']);
  assert.deepEqual(found('図.pdf', Buffer.from('ただの文章')), ['otherKind']);
});

test('a PDF that runs something is found: in plain names, in names with #, in compressed object streams', () => {
  assert.ok(found('a.pdf', pdf('<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>')).includes('script'));
  assert.ok(
    found('a.pdf', pdf('<</OpenAction<</S/J#61vaScript>>>>'.replace('/OpenAction', '/X'))).includes('script'),
  );
  assert.ok(found('a.pdf', pdf('<</A<</S/Launch/F(cmd.exe)>>>>')).includes('script'));
  const packed = deflateSync(Buffer.from('5 0 <</S/JavaScript/JS(x)>>'));
  const stream = Buffer.concat([
    Buffer.from('<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>stream\r\n'),
    packed,
    Buffer.from('\r\nendstream'),
  ]);
  assert.ok(found('a.pdf', pdf(stream)).includes('script'));
  assert.deepEqual(found('a.pdf', pdf('<</Names<</EmbeddedFiles 3 0 R>>>>')), ['embeds']);
  assert.deepEqual(found('a.pdf', pdf('<</Encrypt 3 0 R>>')), ['encrypted']);
  assert.deepEqual(found('a.pdf', pdf('<<>>').subarray(0, 20)), ['broken']);
});

const objectStream = (dictionary: string, data: Uint8Array) =>
  Buffer.concat([Buffer.from(`<<${dictionary}>>stream\r\n`), data, Buffer.from('\r\nendstream')]);

test('an object stream is looked into however its type is written, and one that cannot be looked into is told', () => {
  const harmless = deflateSync(Buffer.from('5 0 <</Type/Font>>'));
  const packed = deflateSync(Buffer.from('5 0 <</S/JavaScript/JS(x)>>'));
  const plain = '/Type/ObjStm/N 1/First 4/Filter/FlateDecode';
  assert.deepEqual(found('a.pdf', pdf(objectStream(plain, harmless))), []);
  for (const [dictionary, data] of [
    [plain.replace('ObjStm', 'Obj#53tm'), packed],
    [`${plain}/X(stream\n)`, packed],
    [plain.replace('/FlateDecode', '[/ASCIIHexDecode/FlateDecode]'), Buffer.from(packed.toString('hex'))],
    [`${plain}/DecodeParms<</Predictor 12/Columns 1>>`, harmless],
  ] as const)
    assert.deepEqual(found('a.pdf', pdf(objectStream(dictionary, data))), ['script'], dictionary);
  const locked = Buffer.concat([pdf('<</Encrypt 3 0 R>>'), pdf(objectStream(plain, Buffer.from('no zlib')))]);
  assert.deepEqual(found('a.pdf', locked), ['encrypted']);
});

test('streams that unpack to more than is looked at end the look, and are told', () => {
  const large = deflateSync(Buffer.alloc(5 * 1024 * 1024));
  const streams = (count: number) =>
    Array.from({ length: count }, () => objectStream('/Type/ObjStm/N 1/First 4/Filter/FlateDecode', large));
  // None of them can be unpacked as a whole: each counts with what it may have cost.
  assert.deepEqual(found('a.pdf', pdf(Buffer.concat(streams(30)))), ['script']);
  assert.deepEqual(found('a.pdf', pdf(Buffer.concat(streams(40)))), ['script', 'bomb']);
});

test('a zip bomb, a macro and a picture of a billion points are told without unpacking them', () => {
  const bomb = writeZip([{ name: 'a.txt', bytes: Buffer.alloc(60_000_000), stored: false }]);
  const began = process.memoryUsage().arrayBuffers;
  assert.deepEqual(found('a.zip', bomb), ['bomb']);
  assert.ok(process.memoryUsage().arrayBuffers - began < 30_000_000);
  assert.deepEqual(found('a.xlsx', writeZip([{ name: 'xl/vbaProject.bin', bytes: Buffer.from('x') }])), [
    'macro',
  ]);
  assert.deepEqual(
    found('a.docx', writeZip([{ name: 'word/document.xml', bytes: Buffer.from('<w/>') }])),
    [],
  );
  assert.deepEqual(found('a.png', png(100_000, 100_000)), ['hugeImage']);
  assert.deepEqual(found('a.jpg', jpeg(65_000, 65_000)), ['hugeImage']);
  assert.deepEqual(found('a.jpg', Buffer.from('ffd8ff', 'hex')), ['broken']);
});

test('no damaged file makes the look throw or hang', () => {
  const samples = [
    pdf('<</Type/ObjStm/Filter/FlateDecode>>stream\nxx\nendstream'),
    jpeg(100, 100),
    png(1, 1),
    writeZip([{ name: 'a.txt', bytes: Buffer.from('text') }]),
  ];
  for (const sample of samples)
    for (const mutant of mutations(sample, 300)) assert.ok(Array.isArray(found('a.pdf', mutant)));
});

/** Speaks as clamd does: takes INSTREAM, reads the pieces, names EICAR's string. */
function fakeClamd(): Promise<{ url: string; close: () => void }> {
  const server = net.createServer((socket) => {
    let received = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (!received.subarray(-4).equals(Buffer.alloc(4))) return;
      assert.equal(received.toString('latin1', 0, 10), 'zINSTREAM\0');
      const isBad = received.includes('EICAR-STANDARD-ANTIVIRUS-TEST-FILE');
      socket.end(isBad ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0');
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      resolve({ url: `tcp://127.0.0.1:${port}`, close: () => server.close() });
    });
  });
}

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db);
});
after(() => close());

const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE', '!$H+H*'].join('');

test('a scanner by configuration: malware is named and does not leave the desk; without an answer the file is told as not scanned', async () => {
  const clamd = await fakeClamd();
  const scan = clamdScanner(clamd.url);
  assert.equal(await scan(Buffer.from(eicar)), 'malware');
  assert.equal(await scan(Buffer.alloc(200_000, 'x')), 'clean');
  const receipt = await room.file(
    {},
    {
      procedure: 'douro-senyo',
      answers: roadPermission,
      files: [{ name: '位置図.pdf', bytes: Buffer.from(eicar), rule: 'map' }],
    },
  );
  const { agency, procedures, clock } = room.options;
  const open = async (scanner: typeof scan) => {
    const options = {
      sql: db.sql,
      agency,
      procedures,
      verification: room.verification,
      clock,
      linksOpen: true,
    };
    const app = new Hono().route(
      base,
      agencyApp({ ...room.options, desk: deskRoutes({ ...options, scan: scanner }) }),
    );
    const entered = await app.request(await createDeskLink({ sql: db.sql, agency, now: clock() }));
    const cookie = entered.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    return (path: string) =>
      app.request(`${origin}${base}/desk/cases/${receipt}${path}`, { headers: { cookie } });
  };
  const desk = await open(scan);
  const html = await (await desk('')).text();
  assert.match(html, /ウイルスなどが見つかりました/);
  assert.match(html, /ファイルの名前が示す種類のものではありません/);
  const download = await desk('/attachments/0');
  assert.equal(download.status, 403);
  assert.ok(!(await download.text()).includes('EICAR'));
  clamd.close();
  const without = await open(clamdScanner(clamd.url));
  assert.match(await (await without('')).text(), /検査がまだできていません/);
  assert.equal((await without('/attachments/0')).status, 200);
});
