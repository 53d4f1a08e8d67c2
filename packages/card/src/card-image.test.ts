import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { CardContent } from './card-content.js';
import { createCardImage, openCardImage } from './card-image.js';
import { CardError } from './errors.js';
import { writeImage } from './image-file.js';
import { keyFolderIn, openImage, sealImage } from './image-format.js';
import { demoMyNumber, myNumberCheckDigit } from './my-number.js';
import { diskStorage, type StableStorage } from './stable-storage.js';
import { demoCard, demoContent, imageKey, seeded } from './testing/demo-card.js';
import { LosingStorage } from './testing/losing-storage.js';

const hex = (text: string) => Buffer.from(text, 'hex');
const selectJpki = hex('00A4040C0AD392F000260100000001');
const query = hex('00200098');
const right = hex('002000980431323334');
const wrong = hex('002000980439393939');
const answerOf = async (answer: Promise<Uint8Array>) => Buffer.from(await answer).toString('hex');
const hasCode = (code: string) => (error: unknown) => error instanceof CardError && error.code === code;

async function inFolder(work: (file: string, folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'mado card 券-'));
  try {
    await work(path.join(folder, 'taro.card'), folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The demo card's image, without making its keys again. */
async function place(file: string, storage: StableStorage = diskStorage): Promise<void> {
  await writeImage(storage, file, await demoContent(), imageKey);
}

test('a card image keeps its tries from one opening to the next', () =>
  inFolder(async (file, folder) => {
    await createCardImage(file, demoCard);
    if (process.platform !== 'win32')
      assert.equal((await stat(file)).mode & 0o077, 0, 'nobody else may read it');
    for (const expected of ['63c2', '63c1', '63c0']) {
      const card = await openCardImage(file, { imageKey });
      await card.execute(selectJpki);
      assert.equal(await answerOf(card.execute(wrong)), expected);
      await card.close();
    }
    const card = await openCardImage(file, { imageKey, settings: { blockedStatusWord: 0x6983 } });
    await card.execute(selectJpki);
    assert.equal(await answerOf(card.execute(right)), '6983');
    await card.close();
    assert.equal(await answerOf(card.execute(selectJpki)), '9000');
    assert.deepEqual(await readdir(folder), ['taro.card']);
  }));

test('a closed card writes nothing any more', () =>
  inFolder(async (file) => {
    await place(file);
    const card = await openCardImage(file, { imageKey });
    await card.close();
    await card.execute(selectJpki);
    assert.equal(await answerOf(card.execute(wrong)), '6581');
  }));

test('the image is sealed: no name, number, PIN or key can be read in it', () =>
  inFolder(async (file) => {
    await createCardImage(file, demoCard);
    const bytes = await readFile(file);
    for (const secret of [
      '総務',
      demoCard.text.myNumber,
      'ABC123',
      Buffer.from(demoCard.cardKey).toString('base64'),
    ])
      assert.equal(bytes.indexOf(secret), -1);
  }));

test('every changed or cut image is refused without a throw', async () => {
  const image = sealImage(await demoContent(), imageKey);
  const random = seeded(5);
  assert.equal(openImage(image, imageKey).ok, true);
  for (let round = 0; round < 3000; round += 1) {
    const length = random() < 0.3 ? Math.floor(random() * image.length) : image.length;
    const bytes = Uint8Array.from(image.subarray(0, length));
    const at = Math.floor(random() * bytes.length);
    if (bytes.length === image.length) bytes[at] = (bytes[at] ?? 0) ^ (1 + Math.floor(random() * 255));
    assert.equal(openImage(bytes, imageKey).ok, false);
  }
  assert.deepEqual(openImage(image, new Uint8Array(32)), { ok: false, rule: 'wrongKey' });
});

test('opening tells what is wrong with a file', () =>
  inFolder(async (file, folder) => {
    await assert.rejects(openCardImage(file, { imageKey }), hasCode('absent'));
    await assert.rejects(openCardImage(path.join(folder, 'no', 'x'), { imageKey }), hasCode('absent'));
    await createCardImage(file, demoCard);
    await assert.rejects(createCardImage(file, demoCard), hasCode('exists'));
    await assert.rejects(openCardImage(file, { imageKey: new Uint8Array(32) }), hasCode('wrongKey'));
    const bytes = await readFile(file);
    bytes[8] = 3;
    await writeFile(file, bytes);
    await assert.rejects(openCardImage(file, { imageKey }), hasCode('newerVersion'));
    await writeFile(file, 'hello');
    await assert.rejects(openCardImage(file, { imageKey }), hasCode('notAnImage'));
    assert.deepEqual(await readdir(folder), ['taro.card'], 'no lock is left after a failure');
  }));

test('a card with a My Number that could be real, or PINs outside the rules, is not made', () =>
  inFolder(async (file) => {
    const real = '12345678901';
    const myNumber = real + myNumberCheckDigit(real).toString();
    assert.equal(myNumber, '123456789018', 'the published example of a right check digit');
    const refused = [
      { ...demoCard, text: { ...demoCard.text, myNumber } },
      { ...demoCard, text: { ...demoCard.text, myNumber: '1234' } },
      { ...demoCard, text: { ...demoCard.text, address: '見'.repeat(700) } },
      { ...demoCard, authPin: '12345' },
      { ...demoCard, signPin: 'abc123' },
      { ...demoCard, signPin: 'ABCDEF' },
      { ...demoCard, expiry: '2035' },
      { ...demoCard, imageKey: new Uint8Array(16) },
    ];
    for (const card of refused) await assert.rejects(createCardImage(file, card), hasCode('badInput'));
    await assert.rejects(stat(file));
  }));

test('demo numbers have twelve digits, a wrong check digit, and follow from their seed', () => {
  for (let seed = 0; seed < 500; seed += 1) {
    const number = demoMyNumber(seed);
    assert.match(number, /^[0-9]{12}$/);
    assert.notEqual(Number(number[11]), myNumberCheckDigit(number.slice(0, 11)));
  }
  assert.equal(demoMyNumber('a'), demoMyNumber('a'));
  assert.notEqual(demoMyNumber('a'), demoMyNumber('b'));
});

test('one image is open once: in this process and in another', () =>
  inFolder(async (file) => {
    await place(file);
    const card = await openCardImage(file, { imageKey });
    await assert.rejects(openCardImage(file, { imageKey }), hasCode('locked'));
    await card.close();

    const door = JSON.stringify(new URL('./index.js', import.meta.url).href);
    const script = `import { openCardImage } from ${door};
      await openCardImage(process.argv[1], { imageKey: new Uint8Array(32).fill(9) });
      process.stdout.write('open'); setInterval(() => {}, 1000);`;
    const other = spawn(process.execPath, ['--input-type=module', '-e', script, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => other.stdout.once('data', resolve));
    await assert.rejects(openCardImage(file, { imageKey }), (error: CardError) => {
      assert.equal(error.code, 'locked');
      assert.match(error.message, new RegExp(`process ${other.pid}`));
      return true;
    });
    const gone = new Promise((resolve) => other.once('exit', resolve));
    other.kill('SIGKILL');
    await gone;
    const taken = await openCardImage(file, { imageKey });
    await taken.close();
  }));

const noLinks = process.platform === 'win32' ? { skip: 'needs a privilege on Windows' } : {};

test('a symbolic link to an image is the same card: one lock, one file', noLinks, () =>
  inFolder(async (file, folder) => {
    await place(file);
    const alias = path.join(folder, 'alias.card');
    await symlink(file, alias);
    const card = await openCardImage(alias, { imageKey });
    await assert.rejects(openCardImage(file, { imageKey }), hasCode('locked'));
    await card.execute(selectJpki);
    assert.equal(await answerOf(card.execute(wrong)), '63c2');
    await card.close();
    assert.ok((await lstat(alias)).isSymbolicLink());
    const again = await openCardImage(file, { imageKey });
    await again.execute(selectJpki);
    assert.equal(await answerOf(again.execute(query)), '63c2');
    await again.close();
  }),
);

test('a lock from an earlier life is taken over, even when its process id is in use again', () =>
  inFolder(async (file) => {
    await place(file);
    const boot = 'another-boot/12345';
    for (const lock of [
      `${process.pid}\n\nx\n`,
      `${process.ppid}\n${boot}\nx\n`,
      `999999999\n\nx\n`,
      'nonsense',
      '',
    ]) {
      if (lock.includes(boot) && process.platform !== 'linux') continue;
      await writeFile(`${file}.lock`, lock);
      const card = await openCardImage(file, { imageKey });
      await card.close();
    }
  }));

test('of many that open at the same moment over a stale lock exactly one succeeds', () =>
  inFolder(async (file) => {
    await place(file);
    const stale = '999999999\n\nold\n';
    const right = `${file}.lock.${createHash('sha256').update(stale).digest('hex').slice(0, 16)}`;
    for (let round = 0; round < 40; round += 1) {
      await writeFile(`${file}.lock`, stale);
      // Every other time the last one to take it over had died half way.
      if (round % 2 === 1) await writeFile(right, '999999998\n\nolder\n');
      const all = await Promise.allSettled(
        Array.from({ length: 8 }, () => openCardImage(file, { imageKey })),
      );
      const open = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      assert.equal(open.length, 1);
      await open[0]?.close();
    }
    assert.deepEqual(await readdir(path.dirname(file)), ['taro.card']);
  }));

test('a card whose lock was taken away stops writing', () =>
  inFolder(async (file) => {
    await place(file);
    const card = await openCardImage(file, { imageKey });
    await card.execute(selectJpki);
    await writeFile(`${file}.lock`, 'somebody else');
    const before = await readFile(file);
    assert.equal(await answerOf(card.execute(right)), '6581');
    assert.deepEqual(await readFile(file), before);
    await rm(`${file}.lock`);
    await card.close();
  }));

test('a wrong guess gives an answer only after its try is durable', () =>
  inFolder(async (file) => {
    const disk = new LosingStorage();
    await place(file, disk);
    const card = await openCardImage(file, { imageKey, storage: disk });
    await card.execute(selectJpki);
    disk.log.length = 0;
    await card.execute(wrong);
    assert.deepEqual(disk.log, ['write', 'fsync', 'rename', 'fsyncFolder']);
    await card.close();
  }));

test('an image from before there were media opens as what its label says, with the applications it has', () =>
  inFolder(async (file) => {
    const { medium: _medium, objects: _objects, ...old } = await demoContent();
    const { visualBirth: _birth, ...pins } = old.pins;
    await writeImage(diskStorage, file, { ...old, pins } as CardContent, imageKey);
    const card = await openCardImage(file, { imageKey });
    await card.execute(selectJpki);
    assert.equal(await answerOf(card.execute(right)), '9000');
    await card.execute(hex('00A4040C0AD3921000310001010402'));
    assert.equal(await answerOf(card.execute(hex('00200091'))), '6a88');
    assert.equal(await answerOf(card.execute(hex('00CA004200'))), '6a88');
    await card.close();
  }));

test('an image says where its key lies, still after it was written again; changing that is noticed', async () => {
  const content = { ...(await demoContent()), keyFolder: '/home/taro/窓口' };
  const image = sealImage(content, imageKey);
  assert.equal(keyFolderIn(image), '/home/taro/窓口');
  const opened = openImage(image, imageKey);
  assert.ok(opened.ok);
  assert.equal(keyFolderIn(sealImage(opened.content, imageKey)), '/home/taro/窓口');
  const moved = Buffer.from(image);
  moved.write('h', 30);
  assert.deepEqual(openImage(moved, imageKey), { ok: false, rule: 'wrongKey' });
  assert.equal(keyFolderIn(sealImage(await demoContent(), imageKey)), undefined);
  for (const length of [0, 8, 21, 22, 23, 40])
    assert.equal(openImage(image.subarray(0, length), imageKey).ok, false);
});
