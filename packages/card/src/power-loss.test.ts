import assert from 'node:assert/strict';
import { createPublicKey, publicDecrypt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import type { CardContent } from './card-content.js';
import { createCardImage, openCardImage } from './card-image.js';
import { publicPart, spkiOfPublicPart } from './card-keys.js';
import { CardError } from './errors.js';
import { type DataFile, efs, fileKey } from './files.js';
import { writeImage } from './image-file.js';
import { openImage } from './image-format.js';
import { type OwnerSession, openOwnerSession } from './owner-session.js';
import { ascii, cardKey, demoCard, demoContent, imageKey, pins, seeded } from './testing/demo-card.js';
import { LosingStorage } from './testing/losing-storage.js';

const folder = await mkdtemp(path.join(tmpdir(), 'mado-power-'));
const file = path.join(folder, 'taro.card');
after(() => rm(folder, { recursive: true, force: true }));

/** What may be left of unsynced bytes and names when power goes: all of it may happen on a real disk. */
const survivals = [
  { data: 'lost', folder: false },
  { data: 'lost', folder: true },
  { data: 'torn', folder: false },
  { data: 'torn', folder: true },
  { data: 'kept', folder: false },
  { data: 'kept', folder: true },
] as const;

const base = await demoContent();

/** A file that looks like a certificate, recognised by its filler: whole, or it is not there. */
function element(mark: number): Uint8Array {
  const bytes = new Uint8Array(600).fill(mark);
  bytes.set([0x30, 0x82, 0x02, 0x54]);
  return bytes;
}

function expectedFile(target: DataFile, mark: number): Buffer {
  return Buffer.concat([element(mark), Buffer.alloc(target.size - 600, 0xff)]);
}

interface World {
  readonly execute: (hex: string) => Promise<string>;
  readonly owner: OwnerSession;
}

const select = { jpki: '00A4040C0AD392F000260100000001', text: '00A4040C0AD3921000310001010408' };
const verify = (reference: string, pin: string) =>
  `002000${reference}${pin.length.toString(16).padStart(2, '0')}${ascii(pin)}`;
const newPins = { authentication: '5678', signature: 'NEW456' };

/** One thing that people or the counter do with a card; each writes at least once. */
const actions: Readonly<Record<string, (world: World) => Promise<unknown>>> = {
  'a wrong PIN': ({ execute }) => execute(verify('98', '9999')),
  'a right PIN': ({ execute }) => execute(verify('98', pins.authentication)),
  'a wrong signature password': ({ execute }) => execute(verify('9B', 'WRONG1')),
  'a change of the PIN': async ({ execute }) => {
    await execute(verify('98', pins.authentication));
    await execute(
      `00240198${newPins.authentication.length.toString(16).padStart(2, '0')}${ascii(newPins.authentication)}`,
    );
  },
  'a change of the signature password': async ({ execute }) => {
    await execute(verify('9B', pins.signature));
    await execute(`0024019B06${ascii(newPins.signature)}`);
  },
  'a new key': ({ owner }) => owner.generateKeyPair('authentication'),
  'a certificate': ({ owner }) => owner.writeFile(efs.jpki.authenticationCertificate, element(0x11)),
  'another certificate': ({ owner }) => owner.writeFile(efs.jpki.authenticationCertificate, element(0x22)),
  'a change of address': ({ owner }) => owner.writeFile(efs.text.basicItems, element(0x33)),
  'new tries at the counter': ({ owner }) => owner.resetRetryCounter('authentication'),
  'a new PIN at the counter': ({ owner }) => owner.setPin('text', '0000'),
};

/** P-384 in these tests: an RSA key takes 0.1 s each of the hundreds of times, and what is written is the same. */
const quick: CardContent = { ...base, medium: 'next-card' };

function at(content: CardContent, target: DataFile): Uint8Array | undefined {
  return content.files[fileKey(target)];
}

/** Nothing of the content is half new: PINs are one whole record, the certificate is whole or absent, the key opens. */
function checkWhole(content: CardContent, where: string): void {
  const certificate = at(content, efs.jpki.authenticationCertificate);
  if (certificate !== undefined && certificate[0] === 0x30) {
    const whole = [0x11, 0x22].some((mark) =>
      expectedFile(efs.jpki.authenticationCertificate, mark).equals(Buffer.from(certificate)),
    );
    assert.ok(whole, `${where}: a certificate of two halves`);
  }
  const items = Buffer.from(at(content, efs.text.basicItems) ?? []);
  const [old, fresh] = [at(base, efs.text.basicItems), expectedFile(efs.text.basicItems, 0x33)];
  const readable = items[0] !== 0xff;
  assert.ok(
    !readable || items.equals(old ?? items) || items.equals(fresh),
    `${where}: items of two addresses`,
  );
  const key = content.keys.authentication;
  if (key !== undefined) assert.ok(spkiOfPublicPart(publicPart(key)), `${where}: a key that is none`);
  for (const record of Object.values(content.pins)) {
    assert.equal(record.salt.length, 16, where);
    assert.equal(record.digest.length, 32, where);
  }
}

async function contentOn(disk: LosingStorage): Promise<CardContent | undefined> {
  const bytes = await disk.read(file);
  if (bytes === undefined) return undefined;
  const opened = openImage(bytes, imageKey);
  assert.ok(opened.ok, 'the image on the disk does not open');
  return opened.content;
}

/** Runs the actions until the power goes after `steps` steps of the disk; tells how many guesses got an answer. */
async function run(disk: LosingStorage, names: readonly string[], steps: number) {
  const card = await openCardImage(file, { imageKey, storage: disk });
  const owner = await openOwnerSession(card.transmit, cardKey);
  let wrongAnswered = 0;
  let last = '';
  const execute = async (hex: string) => {
    const answer = Buffer.from(await card.execute(Buffer.from(hex, 'hex'))).toString('hex');
    if (hex === verify('98', '9999') && answer.startsWith('63c')) wrongAnswered += 1;
    if (answer === '9000' && hex.startsWith('00200098')) wrongAnswered = 0;
    return answer;
  };
  disk.crashAfter(steps);
  try {
    for (const name of names) {
      last = name;
      await execute(select.jpki);
      await actions[name]?.({ execute, owner });
      if (name === 'new tries at the counter') wrongAnswered = 0;
    }
  } catch (error) {
    // The owner's session tells of the failure; a command answers 6581.
    assert.ok(error instanceof CardError, `${last}: ${String(error)}`);
  } finally {
    await card.close();
  }
  return { wrongAnswered, last };
}

test('power lost at any step of any sequence of commands: the card is as before or after a command, and tries never come back', async () => {
  const random = seeded(20_261_127);
  const names = Object.keys(actions);
  let crashes = 0;
  for (let round = 0; round < 12; round += 1) {
    const sequence = Array.from({ length: 3 }, () => names[Math.floor(random() * names.length)] ?? '');
    const clean = new LosingStorage();
    await writeImage(clean, file, quick, imageKey);
    clean.log.length = 0;
    await run(clean, sequence, Number.POSITIVE_INFINITY);
    const steps = clean.log.length;
    // A file takes dozens of writes: each fourth step of a long sequence, each step of a short one.
    for (let crash = 0; crash <= steps; crash += steps > 30 ? 1 + Math.floor(random() * 7) : 1) {
      const disk = new LosingStorage();
      await writeImage(disk, file, quick, imageKey);
      const { wrongAnswered } = await run(disk, sequence, crash);
      for (const survives of survivals) {
        const where = `${sequence.join(', ')}; ${crash} steps; ${JSON.stringify(survives)}`;
        const content = await contentOn(disk.afterRestart(survives));
        assert.ok(content, where);
        checkWhole(content, where);
        const tries = content.pins.authentication?.tries ?? 0;
        const left = Math.max(0, 3 - wrongAnswered);
        const reset = sequence.some((name) => /right|change of the PIN|counter/.test(name));
        // What was answered is counted. A command that the crash cut off may have counted one more, or, where it gives tries back, none.
        assert.ok(tries <= left || reset, `${where}: ${tries} tries after ${wrongAnswered} answers`);
        crashes += 1;
      }
    }
  }
  assert.ok(crashes > 500, `${crashes} crashes`);
});

test('every command ends on the old content or on the new one, never between: compared after each crash', async () => {
  for (const name of Object.keys(actions)) {
    const contents: string[] = [];
    const clean = new LosingStorage();
    await writeImage(clean, file, quick, imageKey);
    const write = clean.write.bind(clean);
    clean.write = async (target, bytes) => {
      const opened = openImage(bytes, imageKey);
      if (opened.ok) contents.push(String(opened.content.generation));
      await write(target, bytes);
    };
    clean.log.length = 0;
    await run(clean, [name], Number.POSITIVE_INFINITY);
    assert.ok(contents.length > 0, `${name} writes nothing`);
    const all = ['0', ...contents];
    for (let crash = 0; crash <= clean.log.length; crash += clean.log.length > 30 ? 5 : 1) {
      const disk = new LosingStorage();
      await writeImage(disk, file, quick, imageKey);
      await run(disk, [name], crash);
      for (const survives of survivals) {
        const content = await contentOn(disk.afterRestart(survives));
        const generation = String(content?.generation);
        // Four steps a write: what was synced must be there, what was not may be.
        const written = Math.floor(crash / 4);
        const allowed = all.slice(written, written + 2);
        assert.ok(
          allowed.includes(generation),
          `${name}, ${crash} steps: ${generation} of ${allowed.join()}`,
        );
      }
    }
  }
});

test('power lost while a card is made leaves no card or a whole one, and the next attempt succeeds', async () => {
  for (let crash = 0; crash <= 5; crash += 1) {
    const disk = new LosingStorage();
    disk.crashAfter(crash);
    // A smartphone's token: made without the keys of other applications, so quickly.
    const done = await createCardImage(file, { ...demoCard, medium: 'android' }, disk).then(
      () => true,
      () => false,
    );
    for (const survives of survivals) {
      const restarted = disk.afterRestart(survives);
      const content = await contentOn(restarted);
      if (done) assert.ok(content, 'an answer of success and no card');
      if (content === undefined) await createCardImage(file, { ...demoCard, medium: 'android' }, restarted);
      const card = await openCardImage(file, { imageKey, storage: restarted });
      assert.equal(Buffer.from(await card.execute(Buffer.from(select.jpki, 'hex'))).toString('hex'), '9000');
      await card.close();
    }
  }
});

test('a key made by a command that answered is there after the crash, and signs', async () => {
  const disk = new LosingStorage();
  await writeImage(disk, file, base, imageKey);
  const card = await openCardImage(file, { imageKey, storage: disk });
  const owner = await openOwnerSession(card.transmit, cardKey);
  const { spki } = await owner.generateKeyPair('authentication');
  disk.crashAfter(0);
  await card.close();
  const again = await openCardImage(file, {
    imageKey,
    storage: disk.afterRestart({ data: 'lost', folder: false }),
  });
  await again.execute(Buffer.from(select.jpki, 'hex'));
  await again.execute(Buffer.from(verify('98', pins.authentication), 'hex'));
  const answer = await again.execute(Buffer.from('802A009704AABBCCDD00', 'hex'));
  await again.close();
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  const back = publicDecrypt(key, answer.subarray(0, 256));
  assert.equal(back.toString('hex'), 'aabbccdd');
});

test('whoever leaves out a sync is found: the same checks fail over a disk that loses it', async () => {
  const disk = new LosingStorage();
  await writeImage(disk, file, quick, imageKey);
  // A writer that believes its rename without syncing the folder.
  disk.fsyncFolder = async () => undefined;
  const { wrongAnswered } = await run(disk, ['a wrong PIN'], Number.POSITIVE_INFINITY);
  const content = await contentOn(disk.afterRestart({ data: 'lost', folder: false }));
  assert.equal(wrongAnswered, 1);
  assert.equal(content?.pins.authentication?.tries, 3, 'the try came back');
});
